"""Periods: whole local days from one date to another, and how people write them in a chat."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EARLIEST = date(2000, 1, 1)
LATEST = date(2099, 12, 31)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Whole local days, *first* and *last* included.

    :raises ValueError: they come in the wrong order, or are before 2000 or after 2099
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"the period ends ({self.last}) before it begins ({self.first})")
        if self.first < EARLIEST or self.last > LATEST:
            raise ValueError(f"a period lies between {EARLIEST} and {LATEST}")

    def moments(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return its half-open span in UTC: from the first midnight in *zone* to the one after."""
        return _midnight(self.first, zone), _midnight(self.last + DAY, zone)


def this_month(today: date) -> Period:
    """Return the month so far, *today* included."""
    return Period(today.replace(day=1), today)


def read_period(words: str, today: date) -> Period | None:
    """Return what somebody meant by *words* (nb, nn, en), or None when that is not clear.

    A month or year that is not over ends *today*. A month without a year is the latest one that
    has begun. «Siste 30 dager» are thirty days, *today* the last of them.
    """
    plain = " ".join(words.casefold().split())
    if plain in _PHRASES:
        return _so_far(_PHRASES[plain](today), today)
    for pattern, meaning in _PATTERNS:
        if match := pattern.fullmatch(plain):
            try:
                period = meaning(match, today)
            except (ValueError, OverflowError):  # a thirteenth month, the year 0, no days at all
                return None
            return _so_far(period, today) if period else None
    return None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(0), tzinfo=zone).astimezone(UTC)


def _so_far(period: Period, today: date) -> Period:
    if period.first <= today < period.last:
        return Period(period.first, today)
    return period


def _month(year: int, month: int) -> Period:
    first = date(year, month, 1)
    return Period(first, (first + 31 * DAY).replace(day=1) - DAY)


def _year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))


def _month_before(today: date) -> Period:
    last = today.replace(day=1) - DAY
    return _month(last.year, last.month)


def _last_days(match: re.Match[str], today: date) -> Period:
    return Period(today - (int(match[1]) - 1) * DAY, today)


def _named_month(match: re.Match[str], today: date) -> Period | None:
    for month, names in enumerate(_MONTHS, start=1):
        if any(name.startswith(match[1]) for name in names):
            latest = today.year if month <= today.month else today.year - 1
            return _month(int(match[2] or latest), month)
    return None


_MONTHS = (
    ("januar", "january"),
    ("februar", "february"),
    ("mars", "march"),
    ("april",),
    ("mai", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("august",),
    ("september",),
    ("oktober", "october"),
    ("november",),
    ("desember", "december"),
)

_PHRASES: Mapping[str, Callable[[date], Period]] = {
    **dict.fromkeys(("i år", "dette året", "this year"), lambda today: _year(today.year)),
    **dict.fromkeys(("i fjor", "last year"), lambda today: _year(today.year - 1)),
    **dict.fromkeys(("denne måneden", "denne månaden", "this month"), this_month),
    **dict.fromkeys(("forrige måned", "førre månad", "last month"), _month_before),
}

_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Period | None]], ...] = (
    (re.compile(r"(\d{4})-(\d{1,2})"), lambda match, _: _month(int(match[1]), int(match[2]))),
    (re.compile(r"(\d{4})"), lambda match, _: _year(int(match[1]))),
    (re.compile(r"(?:de )?(?:siste|last) (\d{1,4}) (?:dager|dagar|days)"), _last_days),
    (re.compile(r"([^\W\d]{3,})(?: (\d{4}))?"), _named_month),
)
