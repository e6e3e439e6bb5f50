"""The asker has read what was answered before: it solved the question, or was not enough."""

from bot.cards import notes
from bot.case import Case, case_for_asker, stamp
from bot.casework import (
    TEAM_LANGUAGE,
    record,
    redrawn,
    route_to_contact,
    tell_contact,
    tell_team,
)
from bot.conversation import Context, Outgoing, Pressed
from bot.domain.answers import standing_offer
from bot.domain.deflection import Deflected, NotEnough, Offered
from bot.domain.events import NeedsHelp
from bot.domain.tickets import Status
from bot.table import UnknownButton
from bot.texts import texts


def solved(pressed: Pressed, context: Context) -> list[Outgoing]:
    """End the ticket: nobody needs to write an answer. It can be opened again."""
    case, offer = _offered(pressed, context)
    event = Deflected(**stamp(context), answer=offer.answer, ticket=offer.ticket)
    case = record(case, event)
    told = _tell_team(case, "note.deflected", context)
    if case.ticket.contact:
        say = case.say_to(case.ticket.contact)
        told += tell_contact(case, notes.did("note.deflected", say, name=context.speaker.name))
    return [*told, *redrawn(case)]


def still_help(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Take the offer away. What the host has goes on; what was referred is the host's now."""
    case, offer = _offered(pressed, context)
    case = record(case, NotEnough(**stamp(context), answer=offer.answer))
    said: list[Outgoing] = []
    if case.ticket.status is Status.REFERRED:
        case, said = route_to_contact(record(case, NeedsHelp(**stamp(context))))
    return [*said, *_tell_team(case, "note.not_enough", context), *redrawn(case)]


def _offered(pressed: Pressed, context: Context) -> tuple[Case, Offered]:
    """Return the case and what its asker is offered now.

    :raises UnknownButton: nothing is: the card is an old one
    """
    case = case_for_asker(pressed.value, context)
    offer = standing_offer(context.store.tickets.log(case.ticket.id))
    if offer is None:
        raise UnknownButton
    return case, offer


def _tell_team(case: Case, key: str, context: Context) -> list[Outgoing]:
    return tell_team(case, notes.did(key, texts(TEAM_LANGUAGE), name=context.speaker.name))
