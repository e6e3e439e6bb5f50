"""The asker says that two things were asked: the second becomes a ticket of its own."""

from functools import partial

from bot.cards import notes
from bot.case import Case, case_for_asker, stamp
from bot.casework import TEAM_LANGUAGE, record, redrawn, route_to_contact, tell_contact, tell_team
from bot.conversation import Context, Outgoing, Pressed
from bot.domain import Refusal
from bot.domain.events import Asked, Via
from bot.domain.joining import Linked, SplitOff
from bot.domain.offers import offers
from bot.domain.people import Place
from bot.domain.tickets import Slot, SlotRole, Status
from bot.intake import choices_of, open_case, receipt
from bot.texts import texts
from storage.tickets import NoSuchTicket


class AlreadyTwo(Refusal):
    key = "refusal.already_two"


def split_in_two(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Open a ticket for the second part, with the question's own time; the first keeps its words.

    :raises AlreadyTwo: somebody has pressed before
    """
    case = case_for_asker(pressed.value, context)
    log = context.store.tickets.log(case.ticket.id)
    words, first = offers(log).second, log[0]
    if words is None or not isinstance(first, Asked):
        raise AlreadyTwo
    place = _place(case)
    asked = _asked(first, words, pressed.key, case, context)
    new = open_case(asked, case.ticket.municipality, place, case.agreement, context)
    number, given = new.ticket.number, list[Outgoing]()
    case = record(case, SplitOff(**stamp(context), message=first.message, number=number))
    new = record(new, Linked(**stamp(context), number=case.ticket.number))
    if new.ticket.status is Status.OPEN:
        new, given = route_to_contact(new)
    return [receipt(new, place), *given, *_told(case, words, number, context), *redrawn(case)]


def _asked(first: Asked, words: str, key: str, case: Case, context: Context) -> Asked:
    understood = context.understand(words)
    by_another = context.speaker.id if context.speaker.id != case.ticket.asker else None
    return Asked(
        at=first.at,
        received_at=context.now,
        by=case.ticket.asker,
        message=key,
        text=words,
        via=Via.SPLIT,
        task=understood.task,
        side=case.agreement.side_of(understood.task),
        choices=choices_of(understood),
        message_at=first.message_at,
        marked_by=by_another,
        seems_urgent=understood.urgent,
    )


def _place(case: Case) -> Place:
    """Return where the asker reads answers; the new ticket has a thread of its own there."""
    place = case.store.slots.place_of(Slot(case.ticket.id, SlotRole.ASKER))
    if place is None:
        raise NoSuchTicket
    return Place(place.platform, place.channel)


def _told(case: Case, words: str, number: str, context: Context) -> list[Outgoing]:
    """Tell who has the first ticket which part of it is now elsewhere."""
    name = context.speaker.name
    draw = partial(notes.wrote, "note.split_in_two", words, name=name, number=number)
    told = tell_team(case, draw(texts(TEAM_LANGUAGE)))
    if case.ticket.contact:
        told += tell_contact(case, draw(case.say_to(case.ticket.contact)))
    return told
