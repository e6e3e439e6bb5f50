"""The host's team makes a later message of the asker's a ticket of its own."""

from collections.abc import Mapping
from functools import partial

from bot.cards import notes
from bot.cards.blocks import Card
from bot.cards.forms import Fields
from bot.cards.team_forms import split_form
from bot.case import Case, case_for_team, stamp
from bot.casework import record, redrawn, route_to_contact, tell_all, view_of
from bot.conversation import Context, FormIncomplete, Outgoing, Pressed, Show, Submitted
from bot.domain import Refusal
from bot.domain.events import Asked, AskerWrote, Via
from bot.domain.joining import Linked, SplitOff
from bot.domain.people import Place
from bot.domain.tickets import Slot, SlotRole, Status
from bot.intake import open_case, receipt
from bot.texts import texts


class NothingToSplit(Refusal):
    key = "refusal.nothing_to_split"


def open_split(pressed: Pressed, context: Context) -> list[Outgoing]:
    case = case_for_team(pressed.value, context)
    return [Show(card=_form(case, context, {}), trigger=pressed.trigger)]


def send_split(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    """Open a ticket whose clock starts at the message's time (SLA rule 15); both sides are told."""
    case = case_for_team(sent.value, context)
    wrote, task = _filled_in(case, sent.fields, context)
    place = _place(case)
    asked = _asked(case, wrote, task, sent.key, context)
    agreement = context.agreements.current_at(wrote.at)
    new = open_case(asked, case.ticket.municipality, place, agreement, context)
    number, said = new.ticket.number, list[Outgoing]()
    case = record(case, SplitOff(**stamp(context), message=wrote.message, number=number))
    new = record(new, Linked(**stamp(context), number=case.ticket.number))
    if new.ticket.status is Status.OPEN:
        new, said = route_to_contact(new)
    name = context.speaker.name
    draw = partial(notes.wrote, "note.split", wrote.text, name=name, number=number)
    return [*tell_all(case, draw), *redrawn(case), receipt(new, place), *said]


def _asked(case: Case, wrote: AskerWrote, task: str, key: str, context: Context) -> Asked:
    return Asked(
        at=wrote.at,
        received_at=context.now,
        by=case.ticket.asker,
        message=key,
        text=wrote.text,
        via=Via.SPLIT,
        task=task,
        side=case.agreement.side_of(task),
        message_at=wrote.at,
        marked_by=context.speaker.id,
    )


def _place(case: Case) -> Place:
    """Return where the first ticket's asker reads its answers; the new one has its own thread."""
    place = case.store.slots.place_of(Slot(case.ticket.id, SlotRole.ASKER))
    if place is None:
        raise NothingToSplit
    return Place(place.platform, place.channel)


def _filled_in(case: Case, fields: Fields, context: Context) -> tuple[AskerWrote, str]:
    say, errors = texts(context.speaker.language), dict[str, str]()
    wrote, task = _later(case).get(fields.get("message", "")), fields.get("task", "")
    if wrote is None:
        errors["message"] = say("form.unknown_choice")
    if task not in case.agreement.tasks:
        errors["task"] = say("form.unknown_choice")
    if errors or wrote is None:
        raise FormIncomplete(errors, _form(case, context, errors))
    return wrote, task


def _form(case: Case, context: Context, errors: Fields) -> Card:
    messages = _later(case)
    if not messages:
        raise NothingToSplit
    say = texts(context.speaker.language)
    return split_form(view_of(case), messages.items(), say, errors)


def _later(case: Case) -> Mapping[str, AskerWrote]:
    """Return what the asker wrote later and is still here, by its place in the log."""
    log = case.store.tickets.log(case.ticket.id)
    gone = {event.message for event in log if isinstance(event, SplitOff)}
    return {
        str(number): event
        for number, event in enumerate(log)
        if isinstance(event, AskerWrote) and not event.is_thanks and event.message not in gone
    }
