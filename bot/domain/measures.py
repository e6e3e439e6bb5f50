"""Measures: what many tickets add up to in a period, in rows that add up again in every cut.

A ticket belongs to the local day on which it was asked, and is counted as it stood at *as_of*,
open ones too. What each figure means is said in the texts, ``measures.definition.*``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from bot.domain.agreement import Agreement, Municipality, Priority, Side
from bot.domain.calendar import NOTHING, Calendar
from bot.domain.counted import Standing
from bot.domain.people import PersonId
from bot.domain.periods import Period
from bot.domain.satisfaction import Verdicts, all_of
from bot.domain.sla import ALL
from bot.domain.statistics import MEDIAN, SLOW, percentile
from bot.domain.tickets import TicketId
from bot.domain.time_spent import NONE, Spent

SLOWEST = 95  # the third percentile, beside MEDIAN and SLOW
NO_TASK = ""  # the row, and the filter, of what was recognised as no task
THOUSAND = 1000


class By(StrEnum):
    """The ways of cutting. The rows of each cut add up to the total."""

    MUNICIPALITY = "municipality"
    TASK = "task"
    SIDE = "side"  # where the work is counted
    PRIORITY = "priority"
    MONTH = "month"  # «2026-03», in the agreement's time zone


class Age(StrEnum):
    """For how many working days a ticket has been open, the day of the question not counted."""

    TODAY = "0"
    TO_3 = "1-3"
    TO_5 = "4-5"
    TO_10 = "6-10"
    TO_20 = "11-20"
    OLDER = "21+"


_LONGEST = {Age.TODAY: 0, Age.TO_3: 3, Age.TO_5: 5, Age.TO_10: 10, Age.TO_20: 20}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which tickets: asked in *period* (local days), and of each filter that is not None.

    *asker*: those that this person has asked themselves.
    """

    cooperation: str
    period: Period
    municipalities: frozenset[str] | None = None
    asker: PersonId | None = None
    task: str | None = None  # NO_TASK: what was recognised as none
    side: Side | None = None
    priority: Priority | None = None
    month: str | None = None  # «2026-03»


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Working time without pauses by nearest rank; None of fewer than SMALLEST_GROUP times."""

    number: int = 0
    median: timedelta | None = None
    p90: timedelta | None = None
    p95: timedelta | None = None

    @classmethod
    def of(cls, times: Sequence[timedelta]) -> "Spread":
        """Return the spread of *times*, which come shortest first."""
        return cls(
            number=len(times),
            median=percentile(times, MEDIAN),
            p90=percentile(times, SLOW),
            p95=percentile(times, SLOWEST),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """How one promise was kept, ticket by ticket. *spread*: of those reached and those overdue."""

    in_time: int = 0
    late: int = 0
    unpromised: int = 0
    overdue: int = 0
    not_yet_due: int = 0
    spread: Spread = field(default_factory=Spread)

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
        return percent(self.in_time, self.decided)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited:
    """The working time that tickets waited, of those that did. *median*: None of too few."""

    number: int = 0
    total: timedelta = NOTHING
    median: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: *asked* is every ticket, and the rest tells what they are.

    asked = first_response's five outcomes + withdrawn + merged + deflected + own_task +
    third_party + out_of_scope, and the same with first_resolution's and resolution's.
    """

    asked: int = 0
    answered: int = 0  # by a person: first_response.reached
    open: int = 0
    withdrawn: int = 0
    merged: int = 0
    deflected: int = 0
    own_task: int = 0
    third_party: int = 0
    out_of_scope: int = 0
    left_late: int = 0  # of the six above, how many had broken a promise first
    reopened: int = 0
    retasked: int = 0  # the task had been understood wrongly
    misdirected: int = 0  # the partner's own task was asked of the host, helped with or not
    first_response: Promise = field(default_factory=Promise)
    next_response: Promise = field(default_factory=Promise)  # of tickets in which one was owed
    first_resolution: Promise = field(default_factory=Promise)
    resolution: Promise = field(default_factory=Promise)
    waited_for_asker: Waited = field(default_factory=Waited)
    waited_for_third_party: Waited = field(default_factory=Waited)
    spent: Spent = NONE  # minutes put down, where the agreement says that they are
    per_thousand: Fraction | None = None  # asked per 1 000 inhabitants at the period's end

    @property
    def apart(self) -> int:
        referred = self.own_task + self.third_party + self.out_of_scope
        return self.withdrawn + self.merged + self.deflected + referred

    @property
    def worked(self) -> int:
        """What the host has worked on, or still does: all that is not apart."""
        return self.asked - self.apart

    @property
    def percent_retasked(self) -> int | None:
        """The wrong-task rate, of all that was asked, rounded down."""
        return percent(self.retasked, self.asked)

    @property
    def percent_deflected(self) -> int | None:
        """Solved by an earlier answer, of all that was asked, rounded down."""
        return percent(self.deflected, self.asked)

    @property
    def percent_reopened(self) -> int | None:
        """Reopened, of all that was asked, rounded down."""
        return percent(self.reopened, self.asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What some tickets come to: in all, and row by row in every cut."""

    total: Row
    cuts: Mapping[By, Mapping[str, Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """The tickets of *scope* as they stood at *as_of* (UTC), whole and in every cut.

    *open_by_age*: what is open at *as_of*, whenever it was asked, until the period's end.
    *helped*: verdicts given in the period, on days that were over at *as_of*, by municipality.
    *agreements*: the digests of the versions the tickets keep, in order. *log_digest*: SHA-256 of
    the digests of the tickets' logs, ticket by ticket in the order of their numbers.
    """

    scope: Scope
    as_of: datetime
    total: Row
    cuts: Mapping[By, Mapping[str, Row]]
    open_by_age: Mapping[Age, int]
    helped: Mapping[str, Verdicts]
    agreements: tuple[str, ...]
    log_digest: str

    @property
    def helped_in_all(self) -> Verdicts:
        return all_of(self.helped.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketLine:
    """One ticket behind a figure. Whether a reader may open it is for others to say."""

    id: TicketId
    number: str
    municipality: str
    asked_at: datetime
    task: str | None
    side: Side
    priority: Priority
    standing: Standing
    first_response: timedelta | None  # working time used, where it is measured
    resolution: timedelta | None


def percent(part: int, whole: int) -> int | None:
    """Return *part* of *whole* in per cent, rounded down; None of nothing."""
    return part * ALL // whole if whole else None


def age(calendar: Calendar, asked_at: datetime, as_of: datetime) -> Age:
    """Return in which band a ticket is that has been open since *asked_at*."""
    day, last = calendar.local_date(asked_at), calendar.local_date(as_of)
    days, longest = 0, max(_LONGEST.values())
    while day < last and days <= longest:
        day += timedelta(days=1)
        days += calendar.is_working_day(day)
    return next((band for band, limit in _LONGEST.items() if days <= limit), Age.OLDER)


def months(period: Period, last: date) -> list[str]:
    """Return the months of *period* that have begun on *last*, at least the first: «2026-03»."""
    until = max(period.first, min(period.last, last))
    first, months_in = period.first.year * 12 + period.first.month - 1, 12
    return [
        f"{number // months_in}-{number % months_in + 1:02}"
        for number in range(first, until.year * months_in + until.month)
    ]


def members(scope: Scope, agreement: Agreement) -> list[Municipality]:
    """Return the members that *scope* is about, in the agreement's order."""
    wanted = scope.municipalities
    every = agreement.municipalities.values()
    return [member for member in every if wanted is None or member.id in wanted]


def per_thousand(asked: int, towns: Sequence[Municipality], day: date) -> Fraction | None:
    """Return how many were *asked* per 1 000 inhabitants that *towns* had on *day*.

    A town that is not served yet on that day is left out; None when nobody is served.
    """
    served = [town for town in towns if town.starts is None or town.starts <= day]
    people = sum(town.inhabitants_on(day) for town in served)
    return Fraction(asked * THOUSAND, people) if people else None
