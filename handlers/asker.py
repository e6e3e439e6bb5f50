"""What the asker can do with a question once asked: hurry it, withdraw it, open it again."""

from bot.cards import notes
from bot.case import Case, case_for_asker, stamp
from bot.casework import TEAM_LANGUAGE, record, redrawn, tell_contact, tell_team
from bot.conversation import Context, Outgoing, Pressed
from bot.deadlines import prioritised
from bot.domain.agreement import Priority
from bot.domain.events import Reopened, Withdrawn
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
    return prioritised(case_for_asker(pressed.value, context), priority, context)


def _tell_host(case: Case, key: str, context: Context) -> list[Outgoing]:
    name = context.speaker.name
    told = tell_team(case, notes.did(key, texts(TEAM_LANGUAGE), name=name))
    if case.ticket.contact:
        say = case.say_to(case.ticket.contact)
        told += tell_contact(case, notes.did(key, say, name=name))
    return told
