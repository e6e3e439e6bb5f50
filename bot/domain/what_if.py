"""What if another agreement had held: past logs replayed under it, and what would differ.

A ticket freezes its version; the replay puts the *proposed* one in its place. Every event that
says whose a task is says it anew, and all figures follow: promises, hours, seasons, sides, pauses.

Nothing else is simulated. People answer when they answered, whoever the ticket would have come to
and whatever they would have been warned of; what was set urgent, or due by hand, stays so; nobody
is away; questions are understood as they were. So what would have come to the host, and did not,
has no times: it is *unknown*, and never measured. What would have been referred, and was not,
counts as referred: whether help would have been asked for all the same is not known.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.agreement import Agreement, Side, Who
from bot.domain.events import Asked, Chosen, Event, TaskChanged
from bot.domain.replay_sums import together
from bot.domain.sla import Figures, figures
from bot.domain.statistics import Case, Group, is_apart, statistics
from bot.domain.tickets import HOSTS, Status, Ticket

Cell = tuple[str, str | None]  # municipality and task
Past = tuple[Ticket, Sequence[Event], Agreement]  # with its log, and the version that it keeps
SHUT = frozenset({Status.WITHDRAWN, Status.MERGED, Status.DEFLECTED, Status.UNSURE})


@dataclass(frozen=True, slots=True, order=True)
class Chair:
    """Who has work by the agreement: a role; where it names a person, a task or a municipality."""

    role: str = ""
    tasks: tuple[str, ...] = ()
    municipality: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """How it was, or how it would have been. *answers*: next answers owed, and how many late.

    *load*: how many tickets each chair has, as if nobody were away; *unknown* ones too.
    """

    total: Group
    municipalities: Mapping[str, Group]
    tasks: Mapping[str | None, Group]
    answers: int
    late_answers: int
    load: Mapping[Chair, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """*tickets* = before's asked = after's asked + *unknown* + *left*, no members any more.

    *sides*: how many tickets of each task change sides, from which to which.
    """

    tickets: int
    unknown: int
    left: int
    before: Half
    after: Half
    sides: Mapping[tuple[str | None, Side, Side], int]


class Replay:
    """One replay under way: given the past part by part, it tells what would differ."""

    def __init__(self, proposed: Agreement, now: datetime) -> None:
        self._proposed, self._now = proposed, now
        self._before, self._after = _Counting(), _Counting()
        self._unknown = self._left = 0
        self._sides: Counter[tuple[str | None, Side, Side]] = Counter()

    def add(self, past: Iterable[Past]) -> None:
        """Replay these tickets. Each is given once.

        :raises BeyondCalendar: the proposed agreement's calendar does not go that far
        """
        were: list[Case] = []
        would_be: list[Case] = []
        for ticket, log, kept in past:
            was = figures(log, kept, self._now)
            were.append((ticket, was))
            self._before.takes(ticket, was, kept)
            if ticket.municipality not in self._proposed.municipalities:
                self._left += 1
                continue
            then = _as_if(ticket, self._proposed)
            if then.side is not ticket.side:
                self._sides[ticket.task, ticket.side, then.side] += 1
            if _is_unknown(ticket, then):
                self._unknown += 1
                self._after.load[chair(self._proposed, then)] += 1
                continue
            would = figures(relabelled(log, self._proposed), self._proposed, self._now)
            would_be.append((then, would))
            self._after.takes(then, would, self._proposed)
        self._before.sums(were)
        self._after.sums(would_be)

    def result(self) -> WhatIf:
        """Return what all that was given adds up to."""
        before, after = self._before.half(), self._after.half()
        return WhatIf(
            tickets=before.total.asked,
            unknown=self._unknown,
            left=self._left,
            before=before,
            after=after,
            sides=dict(self._sides),
        )


def relabelled(log: Iterable[Event], proposed: Agreement) -> list[Event]:
    """Return *log* with each task on the side where *proposed* has it; one it lacks is no task."""
    return [_relabelled(event, proposed) for event in log]


def chair(agreement: Agreement, ticket: Ticket) -> Chair:
    """Return whose *ticket* is by *agreement*, if nobody is away. It is one of the host's."""
    rule = agreement.specialists(ticket.task, ticket.municipality)
    if rule and agreement.side_of(ticket.task) is not Side.PARTNER:
        return Chair(tasks=tuple(sorted(rule.tasks))) if _is_person(rule.who) else Chair(rule.who)
    who = agreement.municipalities[ticket.municipality].contact
    return Chair(municipality=ticket.municipality) if _is_person(who) else Chair(who)


@dataclass(slots=True)
class _Counting:
    """One half, while it is counted. Times are put in order once, at the end."""

    cells: defaultdict[Cell, list[Group]] = field(default_factory=lambda: defaultdict(list))
    load: Counter[Chair] = field(default_factory=Counter)
    answers: int = 0
    late_answers: int = 0

    def takes(self, ticket: Ticket, found: Figures, agreement: Agreement) -> None:
        if is_apart(ticket):
            return
        self.answers += len(found.next_responses)
        self.late_answers += sum(each.is_breached for each in found.next_responses)
        if ticket.status is not Status.UNSURE:
            self.load[chair(agreement, ticket)] += 1

    def sums(self, cases: Iterable[Case]) -> None:
        parts: defaultdict[Cell, list[Case]] = defaultdict(list)
        for case in cases:
            parts[case[0].municipality, case[0].task].append(case)
        for cell, part in parts.items():
            self.cells[cell].append(statistics(part).total)

    def half(self) -> Half:
        municipalities: defaultdict[str, list[Group]] = defaultdict(list)
        tasks: defaultdict[str | None, list[Group]] = defaultdict(list)
        for (municipality, task), groups in self.cells.items():
            group = together(groups)
            municipalities[municipality].append(group)
            tasks[task].append(group)
        towns = {town: together(groups) for town, groups in municipalities.items()}
        return Half(
            total=together(towns.values()),
            municipalities=towns,
            tasks={task: together(groups) for task, groups in tasks.items()},
            answers=self.answers,
            late_answers=self.late_answers,
            load=dict(self.load),
        )


def _relabelled(event: Event, proposed: Agreement) -> Event:
    match event:
        case (
            Asked(task=str() as task) | Chosen(task=str() as task) | TaskChanged(task=str() as task)
        ):
            known = task if task in proposed.tasks else None
            return replace(event, task=known, side=proposed.side_of(known))
    return event


def _as_if(ticket: Ticket, proposed: Agreement) -> Ticket:
    """Return *ticket* as it would have ended, had its log been as :func:`relabelled` has it."""
    if ticket.task is None:
        return ticket
    task = ticket.task if ticket.task in proposed.tasks else None
    side, was_helped = proposed.side_of(task), ticket.counted_as is not ticket.side
    status = ticket.status
    if side in HOSTS:
        status = Status.OPEN if status is Status.REFERRED else status
        return replace(ticket, task=task, side=side, counted_as=side, status=status)
    if not was_helped and status not in SHUT:
        status = Status.REFERRED
    counted_as = ticket.counted_as if was_helped else side
    return replace(ticket, task=task, side=side, counted_as=counted_as, status=status)


def _is_unknown(was: Ticket, then: Ticket) -> bool:
    return was.status is Status.REFERRED and then.status is not Status.REFERRED


def _is_person(who: Who) -> bool:
    return "@" in who
