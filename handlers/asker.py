"""What the asker can do with a question once asked: hurry it, withdraw it, open it again."""

from bot.cards import notes
from bot.case import Case, case_for_asker, stamp
from bot.casework import TEAM_LANGUAGE, record, redrawn, tell_asker, tell_contact, tell_team
from bot.conversation import Context, Outgoing, Pressed
from bot.domain.agreement import Priority
from bot.domain.events import PriorityChanged, Reopened, Withdrawn
from bot.texts import texts


def urgent(pressed: Pressed, context: Context) -> list[Outgoing]:
    return _prioritised(pressed, Priority.URGENT, context)


def not_urgent(pressed: Pressed, context: Context) -> list[Outgoing]:
    return _prioritised(pressed, Priority.NORMAL, context)


def withdraw(pressed: Pressed, context: Context) -> list[Outgoing]:
    case = case_for_asker(pressed.value, context)
    case = record(case, Withdrawn(**stamp(context)))
    return [*_tell_host(case, "note.withdrawn", context), *redrawn(case)]


def reopen(pressed: Pressed, context: Context) -> list[Outgoing]:
    case = case_for_asker(pressed.value, context)
    case = record(case, Reopened(**stamp(context)))
    return [*_tell_host(case, "note.reopened", context), *redrawn(case)]


def _prioritised(pressed: Pressed, priority: Priority, context: Context) -> list[Outgoing]:
    case = case_for_asker(pressed.value, context)
    if case.ticket.priority is priority:
        return []
    case = record(case, PriorityChanged(**stamp(context), priority=priority))
    key = "note.urgent" if priority is Priority.URGENT else "note.not_urgent"
    return [*_tell_all(case, key, context), *redrawn(case)]


def _tell_all(case: Case, key: str, context: Context) -> list[Outgoing]:
    """Tell both sides: targets have been taken anew (SLA rule 8)."""
    name = context.speaker.name
    to_asker = notes.did(key, case.say_to(case.ticket.asker), name=name)
    return [*tell_asker(case, to_asker), *_tell_host(case, key, context)]


def _tell_host(case: Case, key: str, context: Context) -> list[Outgoing]:
    name = context.speaker.name
    told = tell_team(case, notes.did(key, texts(TEAM_LANGUAGE), name=name))
    if case.ticket.contact:
        say = case.say_to(case.ticket.contact)
        told += tell_contact(case, notes.did(key, say, name=name))
    return told
