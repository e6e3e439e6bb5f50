"""How fast the clock counts, beside two others that can count working time.

``python -m tests.bench.clock [--cases N]``: the same cases, in the same run, for the calendar, for
``businesstimedelta`` and for pandas' ``CustomBusinessHour``. All three can express them: one window
a day, Norwegian holidays, whole hours of work. pandas has no difference in working time: there its
hours are counted out with ``date_range``, which is what it offers. Neither of the others counts
many cases at a time; beside the calendar's own way of doing so stand their figures for one by one.
The exit status is 1 when an answer differs, or when the calendar is not as many times faster as it
has to be.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import starmap
from operator import add, ne
from random import Random
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import businesstimedelta
import pandas as pd
import pytz
from rich.box import HORIZONTALS
from rich.console import Console
from rich.table import Table

from bot.agreements.file import CalendarTable
from bot.agreements.hours import lay_out
from bot.bulk.clock import BulkClock, lengths, micros
from bot.domain.calendar import Calendar

ZONE = ZoneInfo("Europe/Oslo")
OPENS, CLOSES = time(8), time(16)
HOUR = timedelta(hours=1)
LONGEST = 40  # hours of work
ROUNDS = 5
MANY = 100_000
OURS, BUSINESSTIMEDELTA, PANDAS = "the calendar", "businesstimedelta", "pandas CustomBusinessHour"
NEEDED = {OURS: 1, BUSINESSTIMEDELTA: 100, PANDAS: 20}  # times slower than ours, at least


@dataclass(frozen=True)
class Case:
    start: datetime
    hours: int
    end: datetime  # when they have been worked, says the calendar


@dataclass(frozen=True)
class Measured:
    who: str
    micros: float  # for each case
    unlike: int  # answers that are not the calendar's


def main(words: Sequence[str]) -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=2000)
    options = parser.parse_args(words)
    calendar = _calendar()
    cases = _cases(calendar, options.cases)
    due, elapsed = _due(calendar, cases), _elapsed(calendar, cases)
    due_many, elapsed_many = _many(calendar, _cases(calendar, MANY))
    tables = {
        f"due: {len(cases)} cases": due,
        f"elapsed: {len(cases)} cases": elapsed,
        f"due: {MANY} at a time": [due_many, *due[1:]],
        f"elapsed: {MANY} at a time": [elapsed_many, *elapsed[1:]],
    }
    console = Console(width=100)
    for title, measured in tables.items():
        console.print(_table(title, measured))
    console.print(_table("working days, and by 12:00 on one", _days(calendar, cases)))
    wrong = [line for title, measured in tables.items() for line in _wrong(title, measured)]
    for line in wrong:
        console.print(line)
    return 1 if wrong else 0


def _calendar() -> Calendar:
    hours = (f"Mo-Fr {OPENS:%H:%M}-{CLOSES:%H:%M}",)
    years = (2020, 2075)  # as HALD's
    return lay_out(
        CalendarTable(zone=ZONE, country="NO", holiday_names="no", years=years, opening_hours=hours)
    )


def _cases(calendar: Calendar, number: int) -> list[Case]:
    """Draw cases, never at a whole hour: whether closing is the next opening is no matter here."""
    draw = Random(number)  # noqa: S311 the same ones every time
    cases = []
    while len(cases) < number:
        day = date(2024, 1, 1) + timedelta(days=draw.randrange(12 * 365))
        clock = time(draw.randrange(OPENS.hour, CLOSES.hour), draw.randrange(1, 60))
        start = datetime.combine(day, clock, ZONE).astimezone(UTC)
        if calendar.is_open(start):
            hours = draw.randint(1, LONGEST)
            cases.append(Case(start, hours, calendar.due(start, hours * HOUR)))
    return cases


def _due(calendar: Calendar, cases: list[Case]) -> list[Measured]:
    rule, steps = _businesstimedelta(calendar), _pandas(calendar)
    works = {n: businesstimedelta.BusinessTimeDelta(rule, hours=n) for n in range(LONGEST + 1)}
    ours = [(case.start, case.hours * HOUR) for case in cases]
    theirs = [(case.start, works[case.hours]) for case in cases]
    stamps = [(pd.Timestamp(case.start).tz_convert(ZONE), steps[case.hours]) for case in cases]
    wanted = [case.end for case in cases]
    return [
        _timed(OURS, calendar.due, ours, wanted),
        _timed(BUSINESSTIMEDELTA, add, theirs, wanted),
        _timed(PANDAS, add, stamps, wanted),
    ]


def _elapsed(calendar: Calendar, cases: list[Case]) -> list[Measured]:
    rule, hour = _businesstimedelta(calendar), _pandas(calendar)[1]
    spans = [(case.start, case.end) for case in cases]
    stamps = [tuple(pd.Timestamp(end).tz_convert(ZONE) for end in span) for span in spans]
    wanted = [case.hours * HOUR for case in cases]
    return [
        _timed(OURS, calendar.elapsed, spans, wanted),
        _timed(BUSINESSTIMEDELTA, lambda *span: rule.difference(*span).timedelta, spans, wanted),
        _timed(
            PANDAS, lambda *span: (len(pd.date_range(*span, freq=hour)) - 1) * HOUR, stamps, wanted
        ),
    ]


def _days(calendar: Calendar, cases: list[Case]) -> list[Measured]:
    days = [(case.start, case.hours) for case in cases]
    noons = [(case.start, time(12), case.hours) for case in cases]
    return [
        _timed("closing of day n", calendar.closing_of_working_day, days),
        _timed("12:00 on day n", calendar.at_on_working_day, noons),
    ]


def _many(calendar: Calendar, cases: list[Case]) -> list[Measured]:
    clock = BulkClock.of(calendar)
    starts, ends = micros([case.start for case in cases]), micros([case.end for case in cases])
    works = lengths([case.hours * HOUR for case in cases])
    measured = []
    for ask, asked, wanted in ((clock.due_many, works, ends), (clock.elapsed_many, ends, works)):
        taken, (answers,) = _taken(ask, [(starts, asked)])
        measured.append(Measured(OURS, taken / len(cases), int((answers != wanted).sum())))
    return measured


def _businesstimedelta(calendar: Calendar) -> businesstimedelta.Rules:
    zone = pytz.timezone(ZONE.key)
    days = businesstimedelta.WorkDayRule(start_time=OPENS, end_time=CLOSES, tz=zone)
    closed = businesstimedelta.HolidayRule(set(calendar.holidays), tz=zone)
    return businesstimedelta.Rules([days, closed])


def _pandas(calendar: Calendar) -> list[pd.offsets.CustomBusinessHour]:
    """Return steps of no hours, one, two and so on."""
    holidays = sorted(calendar.holidays)
    return [
        pd.offsets.CustomBusinessHour(n, start=OPENS, end=CLOSES, holidays=holidays)
        for n in range(LONGEST + 1)
    ]


def _timed(
    who: str, ask: Callable[..., Any], cases: list[Any], wanted: list[Any] | None = None
) -> Measured:
    taken, answers = _taken(ask, cases)
    unlike = sum(map(ne, wanted or answers, answers))
    return Measured(who, taken / len(cases), unlike)


def _taken(ask: Callable[..., Any], cases: list[Any]) -> tuple[float, list[Any]]:
    """Ask every case in turn; return the microseconds of the fastest round, and the answers."""
    rounds, answers = [], []
    for _ in range(ROUNDS):
        began = perf_counter()
        answers = list(starmap(ask, cases))
        rounds.append(perf_counter() - began)
    return min(rounds) * 1e6, answers


def _table(title: str, measured: list[Measured]) -> Table:
    table = Table(title=title, title_justify="left", box=HORIZONTALS)
    for column in ("", "µs each", "times ours", "at least", "answers unlike ours"):
        table.add_column(column, justify="right" if column else "left", min_width=8)
    for each in measured:
        needed = NEEDED.get(each.who)
        times = f"{each.micros / measured[0].micros:,.0f}" if needed else ""
        least = str(needed) if needed else ""
        table.add_row(each.who, f"{each.micros:,.2f}", times, least, str(each.unlike))
    return table


def _wrong(what: str, measured: list[Measured]) -> Iterator[str]:
    for each in measured:
        if each.unlike:
            yield f"{what}: {each.who} answers otherwise in {each.unlike} cases"
        if each.micros < NEEDED[each.who] * measured[0].micros:
            yield f"{what}: less than {NEEDED[each.who]} times as fast as {each.who}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
