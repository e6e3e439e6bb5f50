"""What moves a ticket's deadlines: its priority, or a target set by hand. Both sides are told."""

from functools import partial

from bot.cards import notes
from bot.case import Case, stamp
from bot.casework import record, redrawn, tell_all, view_of
from bot.conversation import Context, Outgoing
from bot.domain.agreement import Priority
from bot.domain.by_hand import running_now
from bot.domain.events import PriorityChanged


def prioritised(case: Case, priority: Priority, context: Context) -> list[Outgoing]:
    """Take the targets anew (SLA rule 8) and tell both sides; nothing where nothing changes."""
    if case.ticket.priority is priority:
        return []
    case = record(case, PriorityChanged(**stamp(context), priority=priority))
    key = "note.urgent" if priority is Priority.URGENT else "note.not_urgent"
    told = tell_all(case, partial(notes.did, key, name=context.speaker.name))
    return [*told, *still_by_hand(case), *redrawn(case)]


def still_by_hand(case: Case) -> list[Outgoing]:
    """Say which targets set by hand still hold now that the task or the priority has changed."""
    told: list[Outgoing] = []
    for figure, stretch in running_now(view_of(case).figures).items():
        if stretch.by_hand:
            told += tell_all(case, partial(notes.target_kept, figure, stretch))
    return told
