"""The calendar again, slow and simple: walk step by step and look. Shares no code with it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
NOTHING = timedelta(0)


def elapsed(start: datetime, end: datetime, step: timedelta = MINUTE) -> timedelta:
    worked, moment = NOTHING, start
    while moment < end:
        worked += step if is_open(moment) else NOTHING
        moment += step
    return worked


def due(start: datetime, work: timedelta, step: timedelta = MINUTE) -> datetime:
    left, moment = work, start
    while left:
        left -= step if is_open(moment) else NOTHING
        moment += step
    return moment


def nth_working_day(start: datetime, number: int) -> date:
    day = start.astimezone(OSLO).date()
    while number:
        day += DAY
        number -= 1 if closing(day) > time(0) else 0
    return day


def closing_of_working_day(start: datetime, number: int) -> datetime:
    day = nth_working_day(start, number)
    return datetime.combine(day, closing(day), OSLO).astimezone(UTC)


def at_on_working_day(start: datetime, clock: time, number: int) -> datetime:
    day = nth_working_day(start, number)
    clock = min(max(clock, time(8)), closing(day))
    return datetime.combine(day, clock, OSLO).astimezone(UTC)


class Walked(NamedTuple):
    """What a ticket's resolution came to after some stages of its life."""

    used: timedelta
    waited_for_asker: timedelta
    waited_for_third_party: timedelta
    is_breached: bool
    due: datetime | None  # while it runs, and nobody was late


def walk(start: datetime, allowed: timedelta, stages: Sequence[tuple[str, timedelta]]) -> Walked:
    """Live through *stages*, each a state ("runs", "asker", "third", "resolved") and its length."""
    worked = {"runs": NOTHING, "asker": NOTHING, "third": NOTHING, "resolved": NOTHING}
    moment, is_breached = start, False
    for state, length in stages:
        for _ in range(length // MINUTE):
            if state == "runs" and worked["runs"] == allowed:
                is_breached = True
            worked[state] += MINUTE if is_open(moment) else NOTHING
            moment += MINUTE
    runs = stages[-1][0] == "runs" and not is_breached and worked["runs"] < allowed
    return Walked(
        worked["runs"],
        worked["asker"],
        worked["third"],
        is_breached,
        due(moment, allowed - worked["runs"]) if runs else None,
    )


def is_open(moment: datetime) -> bool:
    local = moment.astimezone(OSLO)
    return time(8) <= local.time() < closing(local.date())


@cache
def closing(day: date) -> time:
    """Return when *day* closes; midnight means that it never opens."""
    if day.weekday() > 4 or is_holiday(day):
        return time(0)
    if (easter(day.year) - day).days == 4 or (day.month, day.day) in {(12, 24), (12, 31)}:
        return time(12)
    summer = date(day.year, 5, 15) <= day <= date(day.year, 9, 14)
    return time(15) if summer else time(15, 45)


def is_holiday(day: date) -> bool:
    after_easter = (day - easter(day.year)).days  # from Maundy Thursday to Whit Monday
    fixed = {(1, 1), (5, 1), (5, 17), (12, 25), (12, 26)}
    return after_easter in {-3, -2, 0, 1, 39, 49, 50} or (day.month, day.day) in fixed


def easter(year: int) -> date:
    """Gauss's rule for Easter Sunday, as Butcher wrote it down."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def at(written: str) -> datetime:
    """Return "2026-03-02 09:00", Norwegian local time, in UTC."""
    return datetime.fromisoformat(written).replace(tzinfo=OSLO).astimezone(UTC)
