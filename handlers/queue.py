"""Someone looks at the queue (`/saker`), or at one part of it; who only asks sees their own."""

from bot.cards.home import home
from bot.cards.queue import queue_card
from bot.case import TeamOnly
from bot.conversation import Commanded, Context, Outgoing, Pressed, Say, Show
from bot.domain.people import Place
from bot.domain.queue import Part, Wanted
from bot.domain.queue_words import read_wanted
from bot.queue import own_questions, queue_for
from bot.texts import texts


def command(commanded: Commanded, context: Context) -> list[Outgoing]:
    say = texts(context.speaker.language)
    if not context.speaker.is_host_team:
        return [Say(to=commanded.place, card=home(own_questions(context), None, say))]
    what, unclear = read_wanted(commanded.text, context.agreement)
    queue = queue_for(what, context, unclear)
    return [Say(to=commanded.place, card=queue_card(queue, say))]


def show(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Show the part that was pressed: on one's own page there, else below, in private."""
    if not context.speaker.is_host_team:
        raise TeamOnly
    queue, say = queue_for(_wanted(pressed, context), context), texts(context.speaker.language)
    if pressed.card is None:
        return [Show(card=home(own_questions(context), queue, say))]
    own = context.store.people.place_of(context.speaker.id, pressed.account.platform)
    to = own or Place(pressed.place.platform, pressed.account.user)
    return [Say(to=to, card=queue_card(queue, say))]


def _wanted(pressed: Pressed, context: Context) -> Wanted:
    """Read the filters; what is not there (any more) is left out."""
    municipality, task = pressed.fields.get("municipality"), pressed.fields.get("task")
    agreement = context.agreement
    return Wanted(
        part=Part(pressed.value) if pressed.value in {*Part} else Part.ALL,
        municipality=municipality if municipality in agreement.municipalities else None,
        task=task if task in agreement.tasks else None,
    )
