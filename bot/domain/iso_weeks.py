"""Weeks of the year as people write them: «28», «28-31», «52-2»."""

import re
from datetime import date

from bot.domain.periods import Period

_WEEKS = re.compile(r"(?P<first>\d{1,2})(?:\s*[-\N{EN DASH}]\s*(?P<last>\d{1,2}))?")


class NoSuchWeeks(ValueError):
    """The words name no weeks. Says what to write instead."""


def read_weeks(words: str, today: date) -> Period:
    """Return the days from the Monday of the first week to the Sunday of the last (ISO 8601).

    They are the next that are not over *today*. Weeks that end before they begin go on past New
    Year.

    :raises NoSuchWeeks: they are no weeks, or the year has no such week
    """
    found = _WEEKS.fullmatch(words.strip())
    if found is None:
        raise NoSuchWeeks(f'"{words}" names no weeks: write 28 or 28-31')
    first, last = int(found["first"]), int(found["last"] or found["first"])
    year = today.isocalendar().year
    for begins in (year - 1, year, year + 1):
        try:
            monday = date.fromisocalendar(begins, first, 1)
            sunday = date.fromisocalendar(begins + (last < first), last, 7)
        except ValueError:  # not every year has a week 53
            continue
        if sunday >= today:
            return Period(monday, sunday)
    raise NoSuchWeeks(f'"{words}" names no weeks to come: write 28 or 28-31')
