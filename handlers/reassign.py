"""The host's team gives a ticket to somebody else, or says which task it really is."""

from collections.abc import Mapping

from bot.cards import forms
from bot.cards.blocks import Card
from bot.case import Case, case_for_team, stamp
from bot.casework import offered, record, redrawn, route_to_contact, tell_both, view_of
from bot.conversation import Context, FormIncomplete, Outgoing, Pressed, Show, Submitted
from bot.deadlines import still_by_hand
from bot.domain.agreement import Side
from bot.domain.events import HandedOver, TaskChanged
from bot.domain.people import Person, PersonId
from bot.domain.tickets import Status
from bot.texts import texts


def open_hand_over(pressed: Pressed, context: Context) -> list[Outgoing]:
    case = case_for_team(pressed.value, context)
    return [Show(card=_hand_over_form(case, context, {}), trigger=pressed.trigger)]


def send_hand_over(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    case, to = case_for_team(sent.value, context), PersonId(sent.fields.get("to", ""))
    if to not in {person.id for person in _team(case)}:
        errors = {"to": texts(context.speaker.language)("form.unknown_choice")}
        raise FormIncomplete(errors, _hand_over_form(case, context, errors))
    case = record(case, HandedOver(**stamp(context), to=to))
    names = {"name": context.speaker.name, "to": case.people[to].name}
    return [*offered(case), *tell_both(case, "note.handed_over", **names), *redrawn(case)]


def open_change_task(pressed: Pressed, context: Context) -> list[Outgoing]:
    case = case_for_team(pressed.value, context)
    return [Show(card=_change_task_form(case, context, {}), trigger=pressed.trigger)]


def send_change_task(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    case, task = case_for_team(sent.value, context), sent.fields.get("task", "")
    if task not in case.agreement.tasks:
        errors = {"task": texts(context.speaker.language)("form.unknown_choice")}
        raise FormIncomplete(errors, _change_task_form(case, context, errors))
    side = case.agreement.side_of(task)
    case = record(case, TaskChanged(**stamp(context), task=task, side=side))
    values = {"name": context.speaker.name, "task": case.agreement.tasks[task].name}
    told = tell_both(case, _CHANGED.get(side, "note.task_changed"), **values)
    said: list[Outgoing] = []
    if case.ticket.status is Status.OPEN:  # nobody has begun: whose task it is decides who gets it
        case, said = route_to_contact(case)
    return [*told, *still_by_hand(case), *said, *redrawn(case)]


_CHANGED: Mapping[Side, str] = {
    Side.PARTNER: "note.task_changed_to_own",
    Side.EXTERNAL: "note.task_changed_to_external",
    Side.NONE: "note.task_changed_to_external",
}


def _hand_over_form(case: Case, context: Context, errors: forms.Fields) -> Card:
    say = texts(context.speaker.language)
    return forms.hand_over_form(view_of(case), _team(case), context.now, say, errors)


def _change_task_form(case: Case, context: Context, errors: forms.Fields) -> Card:
    say = texts(context.speaker.language)
    return forms.change_task_form(view_of(case), "ticket.change_task", say, errors)


def _team(case: Case) -> list[Person]:
    return [person for person in case.people.values() if person.is_host_team]
