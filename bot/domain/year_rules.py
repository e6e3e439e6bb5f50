"""Deadlines of every year as an owner writes them: rules for days, whose task, which reminders.

A rule is asked for its day in one year. Days are local dates.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.calendar import BeyondCalendar, Calendar
from bot.domain.people import Language

DAY = timedelta(days=1)
LONGEST = 60  # days in a row without a working day: then the calendar is not laid out so far


class Moved(StrEnum):
    """Where a day goes that is no working day."""

    KEEP = "keep"
    PREVIOUS = "previous"
    NEXT = "next"


class Basis(StrEnum):
    STATUTORY = "statutory"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class DayRule:
    """A day of every year, as the file writes it: "02-22", "last working day of 12".

    *day*: None is the month's last; *is_working*: the last working day, or the *day*-th.
    """

    written: str
    month: int
    day: int | None
    is_working: bool = False

    def on(self, year: int, calendar: Calendar) -> date:
        """Return the day in *year*, before it is moved. The 29th of February may be the 28th.

        :raises BeyondCalendar: a working day is asked for in a year that is not laid out
        """
        last = monthrange(year, self.month)[1]
        if not self.is_working:
            return date(year, self.month, min(self.day or last, last))
        if self.day is None:
            return working_day(date(year, self.month, last), -1, calendar)
        day = date(year, self.month, 1) - DAY
        for _ in range(self.day):
            day = working_day(day + DAY, 1, calendar)
        return day


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """What has to be done, whose task it is, and where it is said that it must be.

    *local*: municipalities with days of their own. *remind*: so many working days before, the
    most first; 0 is the day itself.
    """

    id: str
    task: str
    words: Mapping[Language, str]
    basis: Basis
    source: str
    due: tuple[DayRule, ...]
    moved: Moved
    remind: tuple[int, ...]
    municipalities: frozenset[str] | None = None  # None: every member's
    local: Mapping[str, tuple[DayRule, ...]] = field(default_factory=dict)

    def rules(self, municipality: str) -> tuple[DayRule, ...]:
        if municipality in self.local:
            return self.local[municipality]
        is_theirs = self.municipalities is None or municipality in self.municipalities
        return self.due if is_theirs else ()


Wheel = Mapping[str, Deadline]


def working_day(day: date, step: int, calendar: Calendar) -> date:
    """Return *day* if it is a working day, or the nearest one after (1) or before it (-1).

    :raises BeyondCalendar: there is none for 60 days
    """
    for number in range(LONGEST):
        if calendar.is_working_day(found := day + DAY * step * number):
            return found
    raise BeyondCalendar(f"the calendar has no working day near {day}")
