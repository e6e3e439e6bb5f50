"""Counted: what one ticket adds to the measures, flat, as it stood at a moment.

A report that is made again later sees the log as far as it was known at *as_of*: what was recorded
after that does not count. Nothing here runs on by itself: an instant is always told.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import MISSING, Field, dataclass, fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from itertools import takewhile
from uuid import UUID

from bot.domain.agreement import Agreement, Priority, Side
from bot.domain.events import Event, Reopened, TaskChanged
from bot.domain.rebuild import rebuilt
from bot.domain.sla import Figures, Stretch, figures
from bot.domain.statistics import Outcome, broke_a_promise, outcome
from bot.domain.tickets import Status, Ticket, TicketId
from bot.domain.time_spent import spent_on

Log = Sequence[Event]

# Words and names: no figure rests on them, and they may be masked, united or erased afterwards.
WORDS = frozenset({"text", "reason", "second", "seems_urgent", "party"})
PEOPLE = frozenset({"by", "to", "asker", "marked_by", "skipped"})


class Standing(StrEnum):
    """What a ticket is now. Every ticket has exactly one; on all but two no promise is measured."""

    OPEN = "open"  # with the host, or still to be chosen for
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    DEFLECTED = "deflected"
    OWN_TASK = "own_task"  # referred, and so are the next two
    THIRD_PARTY = "third_party"
    OUT_OF_SCOPE = "out_of_scope"


MEASURED = frozenset({Standing.OPEN, Standing.RESOLVED})
_ENDED = {
    Status.RESOLVED: Standing.RESOLVED,
    Status.WITHDRAWN: Standing.WITHDRAWN,
    Status.MERGED: Standing.MERGED,
    Status.DEFLECTED: Standing.DEFLECTED,
}
_REFERRED = {Side.PARTNER: Standing.OWN_TASK, Side.EXTERNAL: Standing.THIRD_PARTY}


@dataclass(frozen=True, slots=True)
class Reading:
    """One promise of one ticket: what became of it, and the working time it took without pauses.

    *used* is None while it is not due yet. Both are None where nothing is measured.
    """

    outcome: Outcome | None = None
    used: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One ticket's share. *side* is where the work is counted, *task_side* whose the task is.

    *final_at*: from this moment (UTC) on nothing of it changes unless something new is recorded;
    None while the time that passes changes it. *digest* is over its log (:func:`log_digest`).
    """

    ticket: TicketId
    number: str
    cooperation: str
    municipality: str
    agreement: str
    asked_at: datetime
    task: str | None
    side: Side
    task_side: Side
    priority: Priority
    standing: Standing
    first_response: Reading
    next_response: Reading  # of the exchange that went worst, and the longest of them
    first_resolution: Reading
    resolution: Reading
    left_late: bool
    reopened: bool
    retasked: bool
    waited_for_asker: timedelta
    waited_for_third_party: timedelta
    spent: timedelta
    final_at: datetime | None
    digest: str


def known_at(ticket: Ticket, log: Log, as_of: datetime) -> tuple[Ticket, Log] | None:
    """Return the ticket and its log as they were known at *as_of*; None: not asked by then.

    :raises BrokenLog: the log adds up to nothing
    """
    known = tuple(takewhile(lambda event: event.received_at <= as_of, log))
    if len(known) == len(log):
        return ticket, log
    return (rebuilt(ticket, known), known) if known else None


def count(ticket: Ticket, log: Log, agreement: Agreement, as_of: datetime) -> Counted:
    """Return what *ticket*, with this whole *log*, comes to at *as_of*, under its *agreement*."""
    return with_figures(ticket, log, figures(log, agreement, as_of))


def with_figures(ticket: Ticket, log: Log, now: Figures) -> Counted:
    """Return what *ticket*, with this whole *log*, comes to when its figures are these."""
    standing = standing_of(ticket)
    is_measured = standing in MEASURED
    return Counted(
        ticket=ticket.id,
        number=ticket.number,
        cooperation=ticket.cooperation,
        municipality=ticket.municipality,
        agreement=ticket.agreement,
        asked_at=ticket.asked_at,
        task=ticket.task,
        side=ticket.counted_as,
        task_side=ticket.side,
        priority=ticket.priority,
        standing=standing,
        first_response=_reading(now.first_response) if is_measured else Reading(),
        next_response=_worst(now.next_responses) if is_measured else Reading(),
        first_resolution=_reading(now.first_resolution) if is_measured else Reading(),
        resolution=_reading(now.resolution) if is_measured else Reading(),
        left_late=not is_measured and broke_a_promise(now),
        reopened=any(isinstance(event, Reopened) for event in log),
        retasked=_is_retasked(log),
        waited_for_asker=now.waited_for_asker,
        waited_for_third_party=now.waited_for_third_party,
        spent=spent_on(log),
        final_at=_final_at(standing, now, log),
        digest=log_digest(ticket.number, log),
    )


def standing_of(ticket: Ticket) -> Standing:
    if ticket.status is Status.REFERRED:
        return _REFERRED.get(ticket.side, Standing.OUT_OF_SCOPE)
    return _ENDED.get(ticket.status, Standing.OPEN)


def log_digest(number: str, log: Iterable[Event]) -> str:
    """Return SHA-256, in hexadecimal, over all that figures rest on in the log of *number*.

    People's words and who they are do not belong to that: only whether it was a person.
    """
    return sha256(canonical(number, log).encode()).hexdigest()


def canonical(number: str, log: Iterable[Event]) -> str:
    """Return that text: a JSON array of the number and each event."""
    told = [number, *(_told(event) for event in log)]
    return json.dumps(told, sort_keys=True, separators=(",", ":"), default=_plain)


def _reading(stretch: Stretch | None) -> Reading:
    became = outcome(stretch)
    return Reading(became, stretch.used if stretch and became in _TIMED else None)


def _worst(exchanges: Sequence[Stretch]) -> Reading:
    """Return one reading of all exchanges: what went worst, and the longest that is over or late.

    None of it when there was no exchange: then no next answer was owed.
    """
    if not exchanges:
        return Reading()
    became = min((outcome(each) for each in exchanges), key=_WORST_FIRST.index)
    if became not in _TIMED:
        return Reading(became)
    return Reading(became, max(each.used for each in exchanges if outcome(each) in _TIMED))


_WORST_FIRST = (
    Outcome.OVERDUE,
    Outcome.LATE,
    Outcome.NOT_YET_DUE,
    Outcome.IN_TIME,
    Outcome.UNPROMISED,
)
_TIMED = frozenset(Outcome) - {Outcome.NOT_YET_DUE}


def _is_retasked(log: Log) -> bool:
    """Tell whether somebody found that it was about another task than had been understood."""
    task = getattr(log[0], "task", None)
    for event in log:
        if isinstance(event, TaskChanged) and event.task != task:
            return True
        task = getattr(event, "task", task) if event.kind == "chosen" else task
    return False


def _final_at(standing: Standing, now: Figures, log: Log) -> datetime | None:
    promised = (now.first_response, *now.next_responses, now.first_resolution, now.resolution)
    is_running = any(each is not None and each.end is None for each in promised)
    is_owed = standing is Standing.RESOLVED and is_running
    if standing is Standing.OPEN or (is_owed and now.ended_at is None):
        return None
    return max(event.received_at for event in log)


def _told(event: Event) -> dict[str, object]:
    """Return what counts of *event*. What stands as it does by default may be new, and is left."""
    kept = {
        each.name: getattr(event, each.name)
        for each in fields(event)
        if each.name not in WORDS | PEOPLE and getattr(event, each.name) != _default(each)
    }
    return {**kept, "kind": event.kind, "by": event.by is not None}


def _default(each: Field[object]) -> object:
    return None if each.default is MISSING else each.default


def _plain(value: object) -> str:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case UUID() | timedelta():
            return str(value)
    raise TypeError(f"no event of ours holds {type(value).__name__}")
