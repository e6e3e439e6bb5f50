"""Moves: what each event does to a ticket, and when it is refused."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.domain import Refusal, events
from bot.domain.agreement import Side
from bot.domain.deflection import Deflected
from bot.domain.events import Event
from bot.domain.joining import MergedInto
from bot.domain.people import PersonId
from bot.domain.tickets import HOSTS, PAUSED, Status, Ticket, TicketId


class AlreadyTaken(Refusal):
    """Somebody has it: *who*."""

    key = "refusal.already_taken"

    def __init__(self, who: PersonId) -> None:
        super().__init__()
        self.who = who


class AlreadyResolved(Refusal):
    key = "refusal.already_resolved"


class NotResolved(Refusal):
    key = "refusal.not_resolved"


class AlreadyWithdrawn(Refusal):
    key = "refusal.already_withdrawn"


class AlreadyMerged(Refusal):
    key = "refusal.already_merged"


class NotWaiting(Refusal):
    key = "refusal.not_waiting"


class NotRouted(Refusal):
    """The host does not have this ticket: it waits for the asker's choice, or was referred."""

    key = "refusal.not_routed"


class AlreadyRouted(Refusal):
    key = "refusal.already_routed"


def opened(
    event: events.Asked,
    *,
    ticket_id: TicketId,
    number: str,
    cooperation: str,
    municipality: str,
    agreement: str,
) -> Ticket:
    """Return the ticket that *event*, the first of its log, opens."""
    assert event.by is not None  # noqa: S101 - a question has an asker; the type is shared
    return Ticket(
        id=ticket_id,
        number=number,
        cooperation=cooperation,
        municipality=municipality,
        agreement=agreement,
        asker=event.by,
        question=event.text,
        asked_at=event.at,
        task=event.task,
        side=event.side,
        counted_as=event.side,
        choices=event.choices,
        status=_first_status(event),
        last_event_at=event.at,
    )


def after(ticket: Ticket, event: Event) -> Ticket:
    """Return *ticket* as it is after *event*.

    :raises Refusal: the ticket does not allow that move now
    """
    moved = _MOVES[event.kind](ticket, event)
    return replace(moved, last_event_at=event.at)


def replayed(ticket: Ticket, log: Iterable[Event]) -> Ticket:
    """Return what *log*, after the event that opened *ticket*, makes of it."""
    for event in log:
        ticket = after(ticket, event)
    return ticket


def _first_status(event: events.Asked) -> Status:
    if event.choices:
        return Status.UNSURE
    return Status.OPEN if event.side in HOSTS else Status.REFERRED


def _chosen(ticket: Ticket, event: events.Chosen) -> Ticket:
    if ticket.status is not Status.UNSURE:
        raise AlreadyRouted
    return _with_task(ticket, event.task, event.side)


def _task_changed(ticket: Ticket, event: events.TaskChanged) -> Ticket:
    _refuse_if_over(ticket)
    return _with_task(ticket, event.task, event.side)


def _with_task(ticket: Ticket, task: str | None, side: Side) -> Ticket:
    if side not in HOSTS:
        status = Status.REFERRED
    else:
        status = ticket.status if ticket.is_with_host else Status.OPEN
    return replace(ticket, task=task, side=side, counted_as=side, choices=(), status=status)


def _needs_help(ticket: Ticket, event: events.NeedsHelp) -> Ticket:
    if ticket.status is not Status.REFERRED:
        raise AlreadyRouted
    return replace(ticket, status=Status.OPEN, counted_as=Side.UNSPECIFIED)


def _routed(ticket: Ticket, event: events.Routed) -> Ticket:
    _refuse_unless_with_host(ticket)
    return replace(ticket, contact=event.to)


def _taken(ticket: Ticket, event: events.Taken) -> Ticket:
    _refuse_unless_with_host(ticket)
    if ticket.taken_by is not None:
        raise AlreadyTaken(ticket.taken_by)
    return _held_by(ticket, event.by)


def _handed_over(ticket: Ticket, event: events.HandedOver) -> Ticket:
    _refuse_unless_with_host(ticket)
    status = Status.OPEN if ticket.status is Status.TAKEN else ticket.status
    return replace(ticket, contact=event.to, taken_by=None, status=status)


def _answered(ticket: Ticket, event: events.Answered) -> Ticket:
    if ticket.status is Status.RESOLVED:  # a word more after the end changes nothing
        return ticket
    _refuse_unless_with_host(ticket)
    return _held_by(ticket, event.by)


def _asked_back(ticket: Ticket, event: events.AskedBack) -> Ticket:
    _refuse_unless_with_host(ticket)
    return replace(_held_by(ticket, event.by), status=Status.WAITS_FOR_ASKER)


def _waits_for_third_party(ticket: Ticket, event: events.WaitsForThirdParty) -> Ticket:
    _refuse_unless_with_host(ticket)
    return replace(_held_by(ticket, event.by), status=Status.WAITS_FOR_THIRD_PARTY)


def _went_on(ticket: Ticket, event: events.WentOn) -> Ticket:
    if ticket.status not in PAUSED:
        raise NotWaiting
    return replace(ticket, status=_working(ticket))


def _asker_wrote(ticket: Ticket, event: events.AskerWrote) -> Ticket:
    if ticket.status is Status.WAITS_FOR_ASKER and not event.is_thanks:
        return replace(ticket, status=_working(ticket))
    return ticket


def _priority_changed(ticket: Ticket, event: events.PriorityChanged) -> Ticket:
    _refuse_if_over(ticket)
    return replace(ticket, priority=event.priority)


def _resolved(ticket: Ticket, event: events.Resolved) -> Ticket:
    _refuse_unless_with_host(ticket)
    return replace(_held_by(ticket, event.by), status=Status.RESOLVED, resolved_at=event.at)


def _deflected(ticket: Ticket, event: Deflected) -> Ticket:
    _refuse_if_over(ticket)
    return replace(ticket, status=Status.DEFLECTED, resolved_at=event.at)


def _reopened(ticket: Ticket, event: events.Reopened) -> Ticket:
    if ticket.status is Status.DEFLECTED:
        return replace(ticket, status=_as_asked(ticket), resolved_at=None)
    if ticket.status is not Status.RESOLVED:
        raise NotResolved
    return replace(ticket, status=_working(ticket), resolved_at=None)


def _withdrawn(ticket: Ticket, event: events.Withdrawn) -> Ticket:
    _refuse_if_over(ticket)
    return replace(ticket, status=Status.WITHDRAWN, choices=())


def _merged_into(ticket: Ticket, event: MergedInto) -> Ticket:
    _refuse_unless_with_host(ticket)
    return replace(ticket, status=Status.MERGED)


def _with_host(ticket: Ticket, event: Event) -> Ticket:
    _refuse_unless_with_host(ticket)
    return ticket


def _resolved_already(ticket: Ticket, event: Event) -> Ticket:
    if ticket.status is not Status.RESOLVED:
        raise NotResolved
    return ticket


def _edited(ticket: Ticket, event: events.Edited) -> Ticket:
    if ticket.status is Status.WAITS_FOR_ASKER and event.is_askers:
        return replace(ticket, status=_working(ticket))
    return ticket


def _unmoved(ticket: Ticket, event: Event) -> Ticket:
    return ticket


def _held_by(ticket: Ticket, by: PersonId | None) -> Ticket:
    """Let who works on it have it, unless somebody has it already."""
    status = Status.TAKEN if ticket.status is Status.OPEN else ticket.status
    return replace(ticket, taken_by=ticket.taken_by or by, status=status)


def _working(ticket: Ticket) -> Status:
    return Status.TAKEN if ticket.taken_by else Status.OPEN


def _as_asked(ticket: Ticket) -> Status:
    """Return what a ticket was before anybody had answered it."""
    if ticket.choices:
        return Status.UNSURE
    return _working(ticket) if ticket.counted_as in HOSTS else Status.REFERRED


def _refuse_if_over(ticket: Ticket) -> None:
    if ticket.status in {Status.RESOLVED, Status.DEFLECTED}:
        raise AlreadyResolved
    if ticket.status is Status.WITHDRAWN:
        raise AlreadyWithdrawn
    if ticket.status is Status.MERGED:
        raise AlreadyMerged


def _refuse_unless_with_host(ticket: Ticket) -> None:
    _refuse_if_over(ticket)
    if not ticket.is_with_host:
        raise NotRouted


# Every event after the one that opens the ticket. A test compares this with the Event type.
_MOVES: Mapping[str, Callable[[Ticket, Any], Ticket]] = {
    "chosen": _chosen,
    "needs_help": _needs_help,
    "routed": _routed,
    "taken": _taken,
    "handed_over": _handed_over,
    "answered": _answered,
    "asked_back": _asked_back,
    "waits_for_third_party": _waits_for_third_party,
    "went_on": _went_on,
    "asker_wrote": _asker_wrote,
    "task_changed": _task_changed,
    "priority_changed": _priority_changed,
    "resolved": _resolved,
    "reopened": _reopened,
    "withdrawn": _withdrawn,
    "edited": _edited,
    "deleted": _unmoved,
    "not_delivered": _unmoved,
    "warned": _unmoved,
    "target_set": _with_host,
    "linked": _unmoved,
    "split_off": _unmoved,
    "merged_into": _merged_into,
    "took_over": _with_host,
    "time_spent": _resolved_already,
    **dict.fromkeys(("review_asked", "sent_back", "approved"), _unmoved),
    "offered": _unmoved,
    "not_enough": _unmoved,
    "deflected": _deflected,
}
