"""A person looks at their own page: my questions, and for the host's team the queue."""

from bot.cards.home import home as home_card
from bot.conversation import Context, Opened, Outgoing, Show
from bot.domain.queue import Wanted
from bot.queue import own_questions, queue_for
from bot.texts import texts


def home(_: Opened, context: Context) -> list[Outgoing]:
    queue = queue_for(Wanted(), context) if context.speaker.is_host_team else None
    card = home_card(own_questions(context), queue, texts(context.speaker.language))
    return [Show(card=card)]
