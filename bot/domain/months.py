"""Months: one calendar month, when it is over, and the second working day of the one after."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendar import Calendar
from bot.domain.periods import EARLIEST, LATEST, Period

WRITTEN = 7  # characters: 2026-10
TOLD_ON = 2  # the working day of the next month on which managers are told
IN_A_YEAR = 12
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month.

    :raises ValueError: there is none such, or it is before 2000 or after 2099
    """

    year: int
    month: int

    def __post_init__(self) -> None:
        is_known = EARLIEST.year <= self.year <= LATEST.year and 1 <= self.month <= IN_A_YEAR
        if not is_known:
            raise ValueError(f"there is no month {self}; it lies between 2000-01 and 2099-12")

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @property
    def period(self) -> Period:
        """The month's own days."""
        return Period(self._first, _next(self._first) - DAY)

    @property
    def year_until(self) -> Period:
        """The twelve months that end with this one; fewer where the calendar begins later."""
        first = date(self.year - (self.month < IN_A_YEAR), self.month % IN_A_YEAR + 1, 1)
        return Period(max(first, EARLIEST), self.period.last)

    @property
    def before(self) -> "Month":
        """The month before this one."""
        return month_of(self._first - DAY)

    @property
    def _first(self) -> date:
        return date(self.year, self.month, 1)

    def began_at(self, zone: ZoneInfo) -> datetime:
        """Return the midnight in *zone* with which the month began (UTC)."""
        return datetime.combine(self._first, time(0), tzinfo=zone).astimezone(UTC)

    def ended_at(self, zone: ZoneInfo) -> datetime:
        """Return the midnight in *zone* with which the month is over (UTC)."""
        return datetime.combine(_next(self._first), time(0), tzinfo=zone).astimezone(UTC)


def month_of(day: date) -> Month:
    return Month(day.year, day.month)


def read_month(written: str) -> Month:
    """Return the month that «2026-10» names.

    :raises ValueError: it names none
    """
    year, dash, month = written.partition("-")
    digits = year + month
    if len(written) != WRITTEN or not dash or not (digits.isascii() and digits.isdecimal()):
        raise ValueError(f'"{written}" is not a month; write 2026-10')
    return Month(int(year), int(month))


def to_be_told(today: date, calendar: Calendar) -> Month | None:
    """Return the month that managers are to be told of on *today*, a local date.

    That is the last one, from the second working day of this one on: whoever was down that day
    tells of it later.
    """
    begun = [day for day in _days_until(today) if calendar.is_working_day(day)]
    return month_of(today).before if len(begun) >= TOLD_ON else None


def _days_until(today: date) -> list[date]:
    return [today.replace(day=number) for number in range(1, today.day + 1)]


def _next(first: date) -> date:
    return (first + 31 * DAY).replace(day=1)
