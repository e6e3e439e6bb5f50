"""Someone chooses the language that the bot speaks to them (`/språk`)."""

from bot.cards import language as cards
from bot.case import case_of
from bot.casework import redrawn
from bot.conversation import Commanded, Context, Outgoing, Pressed, Say
from bot.domain.languages import read_language
from bot.domain.people import Language, Place
from bot.texts import texts


def command(commanded: Commanded, context: Context) -> list[Outgoing]:
    """Speak the language that is named; without one that we know, offer those there are."""
    wanted = read_language(commanded.text)
    if wanted is None:
        card = cards.choice(texts(context.speaker.language))
        return [Say(to=commanded.place, card=card)]
    return _spoken(wanted, commanded.place, context)


def offer(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Offer the languages to who presses the button for them on their own page."""
    card = cards.choice(texts(context.speaker.language))
    return [Say(to=_own(pressed, context), card=card)]


def choose(pressed: Pressed, context: Context) -> list[Outgoing]:
    wanted = read_language(pressed.value) or context.speaker.language
    return _spoken(wanted, _own(pressed, context), context)


def _spoken(wanted: Language, to: Place, context: Context) -> list[Outgoing]:
    """Remember it, say so, and redraw the cards that they have of what is not finished."""
    who, store = context.speaker.id, context.store
    store.people.speak(who, wanted)
    own = [ticket for ticket in store.tickets.of_asker(who) if ticket.is_unfinished]
    given = [ticket for ticket in store.tickets.with_host() if ticket.contact == who]
    found = {ticket.id: ticket for ticket in (*own, *given)}
    cases = [case_of(store.tickets.get(ticket_id), context) for ticket_id in found]
    cards_again = [change for case in cases for change in redrawn(case)]
    return [Say(to=to, card=cards.chosen(texts(wanted))), *cards_again]


def _own(pressed: Pressed, context: Context) -> Place:
    """Return the speaker's own place: what they read in is nobody else's business."""
    own = context.store.people.place_of(context.speaker.id, pressed.account.platform)
    return own or Place(pressed.place.platform, pressed.account.user)
