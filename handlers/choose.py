"""The asker says what the question is about, or that they still need help."""

from bot.cards import forms
from bot.cards.blocks import Card
from bot.case import Case, case_for_asker, stamp
from bot.casework import record, redrawn, route_to_contact, tell_both, view_of
from bot.conversation import Context, FormIncomplete, Outgoing, Pressed, Show, Submitted
from bot.deadlines import still_by_hand
from bot.domain.events import Chosen, NeedsHelp, TaskChanged
from bot.domain.tickets import Status
from bot.texts import texts


def choose(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Settle an unsure question. The value is the ticket's id, a colon, and the task or nothing."""
    ticket, _, task = pressed.value.partition(":")
    case = case_for_asker(ticket, context)
    known = task if task in case.ticket.choices else None
    side = case.agreement.side_of(known)
    case = record(case, Chosen(**stamp(context), task=known, side=side))
    return _onwards(case)


def need_help(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Let the host help with what is not its task; the work is counted as unspecified."""
    case = case_for_asker(pressed.value, context)
    case = record(case, NeedsHelp(**stamp(context)))
    return _onwards(case)


def open_wrong_task(pressed: Pressed, context: Context) -> list[Outgoing]:
    case = case_for_asker(pressed.value, context)
    return [Show(card=_form(case, context, {}), trigger=pressed.trigger)]


def send_wrong_task(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    case = case_for_asker(sent.value, context)
    task = sent.fields.get("task", "")
    if task not in case.agreement.tasks:
        errors = {"task": texts(context.speaker.language)("form.unknown_choice")}
        raise FormIncomplete(errors, _form(case, context, errors))
    side = case.agreement.side_of(task)
    case = record(case, TaskChanged(**stamp(context), task=task, side=side))
    name = case.agreement.tasks[task].name
    told = tell_both(case, "note.task_changed", name=context.speaker.name, task=name)
    return [*told, *still_by_hand(case), *_onwards(case)]


def _form(case: Case, context: Context, errors: dict[str, str]) -> Card:
    say = texts(context.speaker.language)
    return forms.change_task_form(view_of(case), "asker.wrong_task", say, errors)


def _onwards(case: Case) -> list[Outgoing]:
    """Give what is now the host's to somebody, unless somebody has taken it; redraw the cards."""
    said: list[Outgoing] = []
    if case.ticket.status is Status.OPEN:
        case, said = route_to_contact(case)
    return [*said, *redrawn(case)]
