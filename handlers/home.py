"""A person looks at their own page: my questions, and for the host's team the queue."""

from bot.cards.home import by_deadline
from bot.cards.home import home as home_card
from bot.case import case_of
from bot.casework import view_of
from bot.conversation import Context, Opened, Outgoing, Show
from bot.texts import texts


def home(_: Opened, context: Context) -> list[Outgoing]:
    tickets, speaker = context.store.tickets, context.speaker
    own = [view_of(case_of(ticket, context)) for ticket in tickets.of_asker(speaker.id)]
    queue = None
    if speaker.is_host_team:
        with_host = [view_of(case_of(ticket, context)) for ticket in tickets.with_host()]
        queue = by_deadline(with_host)
    return [Show(card=home_card(own, queue, texts(speaker.language)))]
