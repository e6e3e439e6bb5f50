"""Fifty years of the Norwegian calendar, day by day, by a computation of their own."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given

from bot.agreements import HALD, read_agreement
from bot.agreements.file import CalendarTable
from bot.agreements.hours import lay_out
from tests.domain import minutes, oracle
from tests.domain.minutes import BEGIN, Minutes
from tests.domain.moments import DAYS, MOMENTS, SPANS, WORK
from tests.domain.oracle import OSLO, SECOND

CALENDAR = read_agreement(HALD).calendar
YEARS = range(2024, 2075)
ALL_DAYS = [date(2024, 1, 1) + timedelta(days=n) for n in range(51 * 365 + 13)]
NIGHTS = lay_out(
    CalendarTable(
        zone=OSLO,
        country="NO",
        holiday_names="no",
        years=(YEARS[0], YEARS[-1]),
        opening_hours=("Su 00:00-05:00",),
    )
)
QUICK = Minutes(minutes.hald)


def hours_of(day: date) -> list[tuple[time, time]]:
    """Return the hours in which the calendar is open on *day*, on the clock there."""
    return OPEN.get(day, [])


OPEN: dict[date, list[tuple[time, time]]] = {}
for working_day, window in CALENDAR.windows():
    opens, closes = (end.astimezone(OSLO).time() for end in (window.opens, window.closes))
    OPEN.setdefault(working_day, []).append((opens, closes))


def test_every_day_opens_and_closes_when_it_should() -> None:
    assert ALL_DAYS[-1] == date(2074, 12, 31)
    wrong = [
        day
        for day in ALL_DAYS
        if hours_of(day) != [(time(8), closes) for closes in [oracle.closing(day)] if closes.hour]
    ]
    assert wrong == []


def test_the_holidays_are_those_that_are_computed() -> None:
    known = {day for day in CALENDAR.holidays if day.year in YEARS}
    assert known == {day for day in ALL_DAYS if oracle.is_holiday(day)}


@pytest.mark.parametrize("year", YEARS)
def test_nights_are_short_in_march_and_long_in_october(year: int) -> None:
    for month, hours in ((3, 4), (10, 6)):
        last = date(year, month, 31)
        sunday = last - timedelta(days=(last.weekday() + 1) % 7)
        start = datetime.combine(sunday, time(0), OSLO)
        worked = NIGHTS.elapsed(start, start + timedelta(days=1))
        is_closed = oracle.is_holiday(sunday)  # it may be Easter Sunday
        assert worked == timedelta(hours=0 if is_closed else hours)


def test_leap_days_are_days_like_others() -> None:
    leap_days = [date(year, 2, 29) for year in YEARS if year % 4 == 0]
    open_ones = [day for day in leap_days if day.weekday() < 5]
    assert len(leap_days) == 13
    assert {day: hours_of(day) for day in leap_days} == {
        day: [(time(8), time(15, 45))] if day in open_ones else [] for day in leap_days
    }


@pytest.mark.parametrize(
    ("last", "first", "before", "after"),
    [
        ((5, 14), (5, 15), time(15, 45), time(15)),
        ((9, 14), (9, 15), time(15), time(15, 45)),
    ],
)
def test_hours_are_switched_overnight(
    last: tuple[int, int], first: tuple[int, int], before: time, after: time
) -> None:
    switched = 0
    for year in YEARS:
        evening, morning = hours_of(date(year, *last)), hours_of(date(year, *first))
        assert evening in ([], [(time(8), before)])
        assert morning in ([], [(time(8), after)])
        switched += bool(evening and morning)
    assert switched > 20


@pytest.mark.parametrize("year", YEARS)
def test_the_week_before_easter_ends_at_noon_on_wednesday(year: int) -> None:
    sunday = oracle.easter(year)
    asked = datetime.combine(sunday - timedelta(days=4), time(11), OSLO)
    after = datetime.combine(sunday + timedelta(days=2), time(10), OSLO)
    assert CALENDAR.due(asked, timedelta(hours=1)) == asked + timedelta(hours=1)
    assert CALENDAR.due(asked, timedelta(hours=3)) == after.astimezone(UTC)


@given(MOMENTS, SPANS, WORK)
def test_the_quick_oracle_is_the_slow_one(
    start: datetime, span: timedelta, work: timedelta
) -> None:
    asked = (start - BEGIN) // SECOND
    elapsed = QUICK.elapsed(asked, asked + span // SECOND)
    assert elapsed * SECOND == oracle.elapsed(start, start + span)
    assert BEGIN + QUICK.due(asked, work // SECOND) * SECOND == oracle.due(start, work)


@given(MOMENTS, DAYS)
def test_the_quick_oracle_knows_working_days_as_the_slow_one_does(
    start: datetime, days: int
) -> None:
    asked = (start - BEGIN) // SECOND
    closes = BEGIN + QUICK.closing_of_working_day(asked, days) * SECOND
    noon = BEGIN + QUICK.at_on_working_day(asked, 12 * 60, days) * SECOND
    assert closes == oracle.closing_of_working_day(start, days)
    assert noon == oracle.at_on_working_day(start, time(12), days)
