"""Statistics: how the promises were kept, per municipality and per side, never per person.

A ticket belongs to the period in which it was asked, and is counted as it stands now: every
ticket is in one row of each cut, and in one outcome of each promise, so the rows add up to the
total. Tickets that were referred, withdrawn, merged into another, or solved by an earlier answer
are counted apart: no promise is measured on them. The ticket that one was merged into has its
clock, and is counted once.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from bot.domain.agreement import Agreement, Side
from bot.domain.calendar import NOTHING
from bot.domain.events import Event
from bot.domain.sla import ALL, Figures, Stretch, figures
from bot.domain.tickets import Status, Ticket

SMALLEST_GROUP = 5  # fewer tickets than this show no percentile: it could be one person's case
MEDIAN = 50
SLOW = 90

Asked = tuple[Ticket, Sequence[Event]]  # with its log
Case = tuple[Ticket, Figures]
Key = TypeVar("Key", bound=Hashable)


class Outcome(StrEnum):
    """What became of one promise. Every ticket that is not apart has exactly one of these."""

    IN_TIME = "in_time"  # reached, and the deadline had not passed
    LATE = "late"  # reached after the deadline
    UNPROMISED = "unpromised"  # reached, and the agreement promises nothing
    OVERDUE = "overdue"  # not reached, and the deadline has passed
    NOT_YET_DUE = "not_yet_due"  # not reached, and no deadline has passed


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How one promise was kept. *times*: working time without pauses, shortest first.

    *times* are of the tickets that reached it and of those overdue, with what they have used so
    far: leaving somebody without an answer never makes the figures better.
    """

    in_time: int
    late: int
    unpromised: int
    overdue: int
    not_yet_due: int
    times: tuple[timedelta, ...]

    @property
    def reached(self) -> int:
        """How many were answered (or resolved), in time or not."""
        return self.in_time + self.late + self.unpromised

    @property
    def decided(self) -> int:
        """How many had a promise that was kept or broken: what the percentage is taken of."""
        return self.in_time + self.late + self.overdue

    @property
    def percent_in_time(self) -> int | None:
        """In time, of those decided, rounded down: 100 means every one. None of none decided."""
        return self.in_time * ALL // self.decided if self.decided else None

    def percentile(self, percent: int) -> timedelta | None:
        """Return the time that *percent* (1–100) of *times* did not exceed, as below."""
        return percentile(self.times, percent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One row: *asked* is every ticket, the rest tells what they are.

    asked = first_response's outcomes + withdrawn + merged + deflected + own_task + third_party +
    out_of_scope, and the same with resolution's. *withdrawn*: by the asker, whatever it was.
    *merged*: it goes on in another ticket. *deflected*: an earlier answer solved it. *own_task*,
    *third_party* and *out_of_scope*: referred, and still so. *left_late*: of those six, how many
    had broken a promise first. *waited_for_asker* and
    *waited_for_third_party*: the working time of each ticket that waited, shortest first; the
    former is the municipality's own response time, which is owed the other way.
    """

    asked: int
    withdrawn: int
    merged: int
    deflected: int
    own_task: int
    third_party: int
    out_of_scope: int
    left_late: int
    first_response: Kept
    resolution: Kept
    waited_for_asker: tuple[timedelta, ...]
    waited_for_third_party: tuple[timedelta, ...]

    @property
    def apart(self) -> int:
        referred = self.own_task + self.third_party + self.out_of_scope
        return self.withdrawn + self.merged + self.deflected + referred


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """The same tickets, cut three ways. *sides* is where the work is counted (``counted_as``).

    *agreements*: the digests of the versions that the tickets keep, in order.
    """

    total: Group
    municipalities: Mapping[str, Group]
    sides: Mapping[Side, Group]
    agreements: tuple[str, ...]


def percentile(times: Sequence[timedelta], percent: int) -> timedelta | None:
    """Return the time that *percent* (1–100) of *times* did not exceed, by nearest rank.

    That is a time which occurred, never one between two. None under SMALLEST_GROUP of them.
    *times* come shortest first.
    """
    if len(times) < SMALLEST_GROUP:
        return None
    rank = -(-percent * len(times) // ALL)  # rounded up, without floats
    return times[rank - 1]


def only(
    asked: Iterable[Asked], *, cooperation: str, municipality: str | None = None
) -> Iterator[Asked]:
    """Leave out other cooperations' tickets, and other municipalities' when one is given."""
    for ticket, log in asked:
        if ticket.cooperation == cooperation and municipality in {None, ticket.municipality}:
            yield ticket, log


def measured(
    asked: Iterable[Asked],
    agreement_of: Callable[[Ticket], Agreement],
    now: datetime,
) -> Iterator[Case]:
    """Yield each ticket with its figures at *now* (UTC), by the version it keeps."""
    for ticket, log in asked:
        yield ticket, figures(log, agreement_of(ticket), now)


def statistics(cases: Iterable[Case], municipalities: Iterable[str] = ()) -> Statistics:
    """Return the figures of *cases*. *municipalities* have a row even when nobody there asked."""
    every = list(cases)
    return Statistics(
        total=_group(every),
        municipalities=_cut(every, municipalities, lambda ticket: ticket.municipality),
        sides=_cut(every, Side, lambda ticket: ticket.counted_as),
        agreements=tuple(sorted({ticket.agreement for ticket, _ in every})),
    )


def _cut(
    cases: Iterable[Case], rows: Iterable[Key], row_of: Callable[[Ticket], Key]
) -> Mapping[Key, Group]:
    """Return a group for each of *rows*, in that order, and then for any other that is needed."""
    cut: defaultdict[Key, list[Case]] = defaultdict(list, {row: [] for row in rows})
    for case in cases:
        cut[row_of(case[0])].append(case)
    return {row: _group(part) for row, part in cut.items()}


def _group(cases: Sequence[Case]) -> Group:
    apart = [case for case in cases if is_apart(case[0])]
    measured_on = [figures for ticket, figures in cases if not is_apart(ticket)]
    referred = Counter(ticket.side for ticket, _ in apart if ticket.status is Status.REFERRED)
    return Group(
        asked=len(cases),
        withdrawn=sum(ticket.status is Status.WITHDRAWN for ticket, _ in apart),
        merged=sum(ticket.status is Status.MERGED for ticket, _ in apart),
        deflected=sum(ticket.status is Status.DEFLECTED for ticket, _ in apart),
        own_task=referred[Side.PARTNER],
        third_party=referred[Side.EXTERNAL],
        out_of_scope=referred[Side.NONE],
        left_late=sum(broke_a_promise(figures) for _, figures in apart),
        first_response=_kept([figures.first_response for figures in measured_on]),
        resolution=_kept([figures.resolution for figures in measured_on]),
        waited_for_asker=_waits(figures.waited_for_asker for _, figures in cases),
        waited_for_third_party=_waits(figures.waited_for_third_party for _, figures in cases),
    )


def _waits(times: Iterable[timedelta]) -> tuple[timedelta, ...]:
    return tuple(sorted(time for time in times if time > NOTHING))


def is_apart(ticket: Ticket) -> bool:
    """Tell whether the ticket is counted apart, with no promise measured on it."""
    apart = {Status.WITHDRAWN, Status.MERGED, Status.DEFLECTED, Status.REFERRED}
    return ticket.status in apart


def broke_a_promise(figures: Figures) -> bool:
    """Tell whether the first answer or the resolution came, or is, later than was promised."""
    stretches = (figures.first_response, figures.resolution)
    return any(stretch.is_breached for stretch in stretches if stretch)


def _kept(stretches: Sequence[Stretch | None]) -> Kept:
    outcomes = Counter(outcome(stretch) for stretch in stretches)
    return Kept(
        in_time=outcomes[Outcome.IN_TIME],
        late=outcomes[Outcome.LATE],
        unpromised=outcomes[Outcome.UNPROMISED],
        overdue=outcomes[Outcome.OVERDUE],
        not_yet_due=outcomes[Outcome.NOT_YET_DUE],
        times=tuple(
            sorted(
                stretch.used
                for stretch in stretches
                if stretch and outcome(stretch) is not Outcome.NOT_YET_DUE
            )
        ),
    )


def outcome(stretch: Stretch | None) -> Outcome:
    """Return what became of one promise."""
    if stretch is None:
        return Outcome.NOT_YET_DUE
    if stretch.end is None:
        return Outcome.OVERDUE if stretch.is_breached else Outcome.NOT_YET_DUE
    if stretch.promise is None and stretch.by_hand is None:
        return Outcome.UNPROMISED
    return Outcome.LATE if stretch.is_breached else Outcome.IN_TIME
