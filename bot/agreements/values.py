"""Single values of an agreement file: how each is written, and what it is read as."""

import re
from datetime import date, datetime, time, timedelta
from typing import Annotated, TypeGuard

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic.types import Strict

from bot.agreements.recurrence import check_length, check_recurrence, check_time
from bot.agreements.rules import check_rule
from bot.domain.agreement import ByTime, Promise, Who, WorkingDays, WorkingTime
from bot.domain.seasons import MonthDay

Counts = tuple[tuple[date, int], ...]  # how many live somewhere, since when

MOST_INHABITANTS = 100_000_000
NO_TIME = (WorkingTime(timedelta(0)), WorkingDays(0))


def read_promise(written: object) -> Promise:
    """Return the promise that "4 h", "3 working days" or "by 12:00 on working day 1" makes.

    :raises ValueError: it is not written so, or promises nothing
    """
    text = str(written)
    if found := re.fullmatch(r"(\d{1,4}) (h|min)", text):
        promise: Promise = WorkingTime(_length(found))
    elif found := re.fullmatch(r"(\d{1,4}) working days?", text):
        promise = WorkingDays(int(found[1]))
    elif found := re.fullmatch(r"by ([01]\d|2[0-3]):([0-5]\d) on working day (\d{1,4})", text):
        promise = ByTime(time(int(found[1]), int(found[2])), int(found[3]))
    else:
        raise ValueError(f'"{text}" is not a length of working time')
    if promise in NO_TIME or (isinstance(promise, ByTime) and not promise.days):
        raise ValueError("a target of zero is broken the moment a question is asked")
    return promise


def write_promise(promise: Promise | None) -> str:
    """Return the words that are read as *promise*; "none" where nothing is promised."""
    match promise:
        case None:
            return "none"
        case WorkingTime(length):
            return write_length(length)
        case WorkingDays(days):
            return f"{days} working {'day' if days == 1 else 'days'}"
        case ByTime(at, days):
            return f"by {at:%H:%M} on working day {days}"


def write_length(length: timedelta) -> str:
    """Return a length of working time, whole minutes, as the file writes it: "4 h", "90 min"."""
    minutes = length // timedelta(minutes=1)
    return f"{minutes} min" if minutes % 60 else f"{minutes // 60} h"


def read_day_of_year(written: object) -> MonthDay:
    """Return the month and the day that "02-28" means; 29 February is a day like others.

    :raises ValueError: it is not written so, or there is no such day
    """
    found = re.fullmatch(r"(\d\d)-(\d\d)", str(written))
    try:
        day = date(2024, int(found[1]), int(found[2])) if found else None
    except ValueError:
        day = None
    if day is None:
        raise ValueError(f'"{written}" is not a day of the year')
    return day.month, day.day


def write_day_of_year(day: MonthDay) -> str:
    return f"{day[0]:02}-{day[1]:02}"


def read_inhabitants(written: object) -> Counts:
    """Read a number, which holds for ever, or several, each with the date from which it holds.

    :raises ValueError: it is neither, or the dates do not rise
    """
    if _is_number(written):
        return ((date.min, written),)
    if not isinstance(written, list) or not written:
        raise ValueError(f'"{written}" is not a number of inhabitants')
    counts = tuple(_count(each) for each in written)
    if [since for since, _ in counts] != sorted({since for since, _ in counts}):
        raise ValueError("the dates do not rise from one number of inhabitants to the next")
    return counts


def write_inhabitants(counts: Counts) -> str:
    """Return *counts* as people read them, such as «1880» or «1880 (2025-01-01), 1871 (…)»."""
    return ", ".join(
        str(number) if since == date.min else f"{number} ({since})" for since, number in counts
    )


def _is_number(written: object) -> TypeGuard[int]:
    if not isinstance(written, int) or isinstance(written, bool):
        return False
    return 0 <= written <= MOST_INHABITANTS


def _count(written: object) -> tuple[date, int]:
    match written:
        case {"from": date() as since, "number": number, **others} if not others:
            if _is_number(number) and not isinstance(since, datetime):
                return since, number
    raise ValueError(f'"{written}" is not a number of inhabitants with its date')


def _length(found: re.Match[str]) -> timedelta:
    number = int(found[1])
    return timedelta(hours=number) if found[2] == "h" else timedelta(minutes=number)


def _working_time(written: object) -> timedelta:
    found = re.fullmatch(r"(\d{1,4}) (h|min)", str(written))
    if not found:
        raise ValueError(f'"{written}" is not a length of working time')
    if not _length(found):
        raise ValueError("no time at all is too short to choose in")
    return _length(found)


def _who(written: str) -> Who:
    address = r"[^@\s]+@[^@\s]+\.[^@\s]+"
    role = r"[a-z0-9]+(-[a-z0-9]+)*"
    if not re.fullmatch(f"{address}|{role}", written):
        raise ValueError(f'"{written}" is neither a role nor an e-mail address')
    return Who(written)


def _in_order(years: tuple[int, int]) -> tuple[int, int]:
    if years[0] > years[1]:
        raise ValueError("the last year is before the first")
    return years


def _rising(percents: tuple[int, ...]) -> tuple[int, ...]:
    if list(percents) != sorted(set(percents)):
        raise ValueError("the percentages do not rise from one to the next")
    return percents


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Prefix = Annotated[str, Field(pattern=r"^[A-ZÆØÅ][A-ZÆØÅ0-9]{1,11}$")]
Domain = Annotated[
    str, StringConstraints(to_lower=True, pattern=r"^[\w-]+(\.[\w-]+)+$", max_length=253)
]
WhoText = Annotated[str, AfterValidator(_who)]
Day = Annotated[date, Strict()]
Flag = Annotated[bool, Strict()]
Inhabitants = Annotated[Counts, BeforeValidator(read_inhabitants)]
Year = Annotated[int, Strict(), Field(ge=1970, le=2199)]
Years = Annotated[tuple[Year, Year], AfterValidator(_in_order)]
Place = Annotated[int, Strict(), Field(ge=1)]
Percent = Annotated[int, Strict(), Field(ge=1, le=100)]
Percents = Annotated[tuple[Percent, ...], Field(min_length=1), AfterValidator(_rising)]
WorkingDayCount = Annotated[int, Strict(), Field(ge=0, le=366)]
DayOfYear = Annotated[MonthDay, BeforeValidator(read_day_of_year)]
PromiseText = Annotated[Promise, BeforeValidator(read_promise)]
LengthText = Annotated[timedelta, BeforeValidator(_working_time)]
Rule = Annotated[str, AfterValidator(check_rule)]
Recurrence = Annotated[str, AfterValidator(check_recurrence)]
TimeText = Annotated[time, BeforeValidator(check_time)]
MeetingLength = Annotated[timedelta, BeforeValidator(check_length)]
VideoLink = Annotated[str, StringConstraints(pattern=r"^https://\S+$", max_length=500)]
NoticeDay = Annotated[int, Strict(), Field(ge=0, le=60)]
