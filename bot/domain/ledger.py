"""The ledger of what is done without standing in the agreement, and of what is asked in vain.

Unspecified work is counted so that the strategic meeting can change the agreement or the resources.
Misdirected is a municipality's own task asked of the host, whether it was referred or helped with.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.agreement import Agreement, Side
from bot.domain.calendar import NOTHING
from bot.domain.measures import By, Row, Rows, Scope, percent
from bot.domain.periods import EARLIEST, Period

BELONGS_FROM = 5  # tickets of one task in a period: then it is proposed for the agreement
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)  # time is put down in these
IN_A_YEAR = 12
NO_ROWS = Rows(total=Row(), cuts={by: {} for by in By})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """How many tickets, and the time put down on them. *before*: how many the period before."""

    number: int = 0
    time: timedelta = NOTHING
    before: int = 0

    @property
    def change(self) -> int:
        return self.number - self.before

    @property
    def percent_change(self) -> int | None:
        """The change, of what it was before, rounded down; None where there was nothing."""
        return percent(self.change, self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A task that belongs in the agreement. *towns*: how many municipalities asked for it.

    *is_own*: the agreement says that it is the municipalities' own: let it be the host's, or let
    them do it.
    """

    task: str
    entry: Entry
    towns: int
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Of *scope*, whose side is not looked at. *before* is the period it is compared with.

    *work* is all that the host has worked on; *months* are of the unspecified. Mappings have the
    rows in which there is anything; what was recognised as no task is called NO_TASK.
    """

    scope: Scope
    before: Period | None
    work: Entry
    unspecified: Entry
    municipalities: Mapping[str, Entry]
    tasks: Mapping[str, Entry]
    months: Mapping[str, int]
    misdirected: Entry
    misdirected_by: Mapping[str, Entry]  # municipality
    misdirected_tasks: Mapping[str, Entry]
    proposal: tuple[Proposed, ...]

    @property
    def share(self) -> int | None:
        """Unspecified, of all tickets the host has worked on, in per cent rounded down."""
        return percent(self.unspecified.number, self.work.number)

    @property
    def share_of_time(self) -> int | None:
        """The same of the time put down; None where none is."""
        return percent(self.unspecified.time // MINUTE, self.work.time // MINUTE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a ledger is written from: every ticket of *scope*, and the unspecified alone.

    *towns*: from how many municipalities each unspecified task was asked.
    """

    scope: Scope
    every: Rows
    unspecified: Rows
    towns: Mapping[str, int]


def ledger(page: Page, before: Page | None, agreement: Agreement) -> Ledger:
    """Write the ledger of *page*. *before*: that of the period before, where there is one.

    The tasks' sides are *agreement*'s.
    """
    every, apart = page.every, page.unspecified
    old_every, old_apart = (before.every, before.unspecified) if before else (NO_ROWS, NO_ROWS)
    tasks = _entries(By.TASK, apart, old_apart, _worked)
    return Ledger(
        scope=page.scope,
        before=before.scope.period if before else None,
        work=_worked(every.total, old_every.total),
        unspecified=_worked(apart.total, old_apart.total),
        municipalities=_entries(By.MUNICIPALITY, apart, old_apart, _worked),
        tasks=tasks,
        months={month: row.worked for month, row in apart.cuts[By.MONTH].items()},
        misdirected=_misdirected(every.total, old_every.total),
        misdirected_by=_entries(By.MUNICIPALITY, every, old_every, _misdirected),
        misdirected_tasks=_entries(By.TASK, every, old_every, _misdirected),
        proposal=tuple(_proposed(tasks, page.towns, agreement)),
    )


def period_before(period: Period) -> Period | None:
    """Return the period just before: as many whole months, or else as many days.

    None where it would begin before any period does.
    """
    following = period.last + DAY
    if period.first.day == following.day == 1:
        months = _number(following) - _number(period.first)
        first = _first_of(_number(period.first) - months)
    else:
        first = period.first - (following - period.first)
    return Period(first, period.first - DAY) if first >= EARLIEST else None


def _entries(
    by: By, page: Rows, before: Rows, entry: Callable[[Row, Row], Entry]
) -> Mapping[str, Entry]:
    """Return the entry of each row that had anything now or before, what is most first."""
    rows, old = page.cuts[by], before.cuts[by]
    names = [*rows, *(name for name in old if name not in rows)]
    entries = {name: entry(rows.get(name, Row()), old.get(name, Row())) for name in names}
    some = {name: one for name, one in entries.items() if one.number or one.before}
    return dict(sorted(some.items(), key=lambda named: -named[1].number))


def _worked(row: Row, before: Row) -> Entry:
    return Entry(number=row.worked, time=row.spent.time, before=before.worked)


def _misdirected(row: Row, before: Row) -> Entry:
    return Entry(number=row.misdirected, before=before.misdirected)


def _proposed(
    tasks: Mapping[str, Entry], towns: Mapping[str, int], agreement: Agreement
) -> Iterator[Proposed]:
    for task, entry in tasks.items():
        if task in agreement.tasks and entry.number >= BELONGS_FROM:
            is_own = agreement.tasks[task].side is Side.PARTNER
            yield Proposed(task=task, entry=entry, towns=towns.get(task, 0), is_own=is_own)


def _number(day: date) -> int:
    return day.year * IN_A_YEAR + day.month - 1


def _first_of(month: int) -> date:
    return date(month // IN_A_YEAR, month % IN_A_YEAR + 1, 1)
