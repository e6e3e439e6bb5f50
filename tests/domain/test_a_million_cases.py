"""The calendar, plain and for many at a time, against every minute of fifty years.

Thousands of cases each time; two million with ``python3 -m bot test -m long``.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random

import numpy as np
import pytest

from bot.agreements import HALD, read_agreement
from bot.agreements.file import CalendarTable
from bot.agreements.hours import lay_out
from bot.bulk.clock import BulkClock, Micros
from bot.domain.calendar import EPOCH, Calendar
from tests.domain import minutes
from tests.domain.minutes import BEGIN, DAY, FIRST, Minutes
from tests.domain.oracle import OSLO, easter

SECOND = timedelta(seconds=1)
MICROS = 1_000_000
SINCE_EPOCH = (BEGIN - EPOCH) // SECOND
YEARS = range(2024, 2074)  # fifty
AT_ONCE = 50_000


@dataclass(frozen=True)
class Compared:
    """A calendar in its two forms, and the oracle."""

    calendar: Calendar
    clock: BulkClock
    oracle: Minutes


@dataclass(frozen=True)
class Question:
    """What is asked of all three. All moments and lengths are in seconds, since BEGIN."""

    draw: Callable[[Random], int]
    plain: Callable[[Calendar, int, int], int]
    oracle: Callable[[Minutes, int, int], int]
    many: Callable[[BulkClock, Micros, Micros], Micros] | None = None


@cache
def compared(name: str) -> Compared:
    if name == "hald":
        calendar, hours = read_agreement(HALD).calendar, minutes.hald
    else:
        calendar = lay_out(
            CalendarTable(
                zone=OSLO,
                country="NO",
                holiday_names="no",
                years=(2023, 2075),
                opening_hours=tuple(minutes.SHIFTS),
            )
        )
        hours = minutes.shifts
    return Compared(calendar, BulkClock.of(calendar), Minutes(hours))


QUESTIONS = {
    "elapsed": Question(
        draw=lambda random: random.randrange(-600, 10 ** random.randint(3, 6) * 5),
        plain=lambda calendar, start, span: (
            calendar.elapsed(moment(start), moment(start + span)) // SECOND
        ),
        oracle=lambda oracle, start, span: oracle.elapsed(start, start + span),
        many=lambda clock, starts, spans: (
            clock.elapsed_many(to_micros(starts), to_micros(starts + spans)) // MICROS
        ),
    ),
    "due": Question(
        draw=lambda random: random.choice(
            [random.randint(1, 200_000), 900 * random.randint(1, 99)]
        ),
        plain=lambda calendar, start, work: seconds(calendar.due(moment(start), work * SECOND)),
        oracle=Minutes.due,
        many=lambda clock, starts, works: (
            clock.due_many(to_micros(starts), works * MICROS) // MICROS - SINCE_EPOCH
        ),
    ),
    "closing of a working day": Question(
        draw=lambda random: random.randint(1, 30),
        plain=lambda calendar, start, number: seconds(
            calendar.closing_of_working_day(moment(start), number)
        ),
        oracle=Minutes.closing_of_working_day,
        many=lambda clock, starts, numbers: (
            clock.closings_many(to_micros(starts), numbers) // MICROS - SINCE_EPOCH
        ),
    ),
    "a time on a working day": Question(
        draw=lambda random: random.randrange(24 * 60) * 100 + random.randint(1, 12),
        plain=lambda calendar, start, asked: seconds(
            calendar.at_on_working_day(moment(start), clock_time(asked // 100), asked % 100)
        ),
        oracle=lambda oracle, start, asked: oracle.at_on_working_day(
            start, asked // 100, asked % 100
        ),
    ),
}


@pytest.mark.parametrize("name", ["hald", "shifts"])
@pytest.mark.parametrize("asked", QUESTIONS)
def test_thousands_of_cases(asked: str, name: str) -> None:
    assert list(differences(name, asked, 2500)) == []


@pytest.mark.long
def test_two_million_cases(capsys: pytest.CaptureFixture[str]) -> None:
    each = 250_000
    found = [
        f"{name}, {asked}: {difference}"
        for name in ("hald", "shifts")
        for asked in QUESTIONS
        for difference in differences(name, asked, each)
    ]
    number = f"{2 * len(QUESTIONS) * each:,}".replace(",", " ")
    with capsys.disabled():
        sys.stdout.write(f"\n{number} cases, {len(found)} differences\n")
    assert found == []


def differences(name: str, asked: str, number: int) -> Iterator[str]:
    """Ask *number* random cases, and yield each that is not answered alike."""
    question, these, random = QUESTIONS[asked], compared(name), Random(number)  # noqa: S311 the same
    for _ in range(0, number, AT_ONCE):
        cases = [(start(random), question.draw(random)) for _ in range(min(number, AT_ONCE))]
        answers = [question.oracle(these.oracle, *case) for case in cases]
        plain = [question.plain(these.calendar, *case) for case in cases]
        many = question.many(these.clock, *np.array(cases).T).tolist() if question.many else plain
        for case, answer, *others in zip(cases, answers, plain, many, strict=True):
            if others != [answer, answer]:
                yield f"{moment(case[0])} and {case[1]} are {others}, and not {answer}"


def start(random: Random) -> int:
    """Draw a moment: any, or one of the days on which calendars go wrong, or where hours change."""
    day = random.choice(strange_days()) if random.random() < 0.5 else FIRST + any_day(random)
    second = random.randrange(DAY)
    if random.random() < 0.5:
        second = second // 900 * 900 + random.choice([-1, 0, 1])
    return (day - FIRST).days * DAY + second


def any_day(random: Random) -> timedelta:
    return timedelta(days=random.randrange(7, len(YEARS) * 365))


@cache
def strange_days() -> list[date]:
    """Return what lies around Easter, the switches of hours and of clocks, leap days, Christmas."""
    around = [
        day
        for year in YEARS
        for day in (
            easter(year),
            easter(year) + timedelta(days=39),
            easter(year) + timedelta(days=49),
            *(date(year, *day) for day in [(3, 28), (10, 28), (5, 15), (9, 14), (5, 1), (5, 17)]),
            *(date(year, *day) for day in [(2, 28), (6, 20), (8, 10), (12, 24), (12, 31)]),
        )
    ]
    return [day + timedelta(days=n) for day in around for n in range(-4, 4)]


def moment(second: int) -> datetime:
    return BEGIN + timedelta(seconds=second)


def seconds(moment: datetime) -> int:
    return (moment - BEGIN) // SECOND


def to_micros(array: Micros) -> Micros:
    return (array + SINCE_EPOCH) * MICROS


def clock_time(minute: int) -> time:
    return time(minute // 60, minute % 60)
