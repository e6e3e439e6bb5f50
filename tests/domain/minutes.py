"""The oracle for very many cases: every minute of fifty years, open or closed, one byte each.

It is built by walking through the hours of the world's clock and asking what a Norwegian clock
shows then. It shares no code with the calendar, has its own summer time and its own Easter, and
knows no windows: only minutes.
"""

from bisect import bisect_left
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate

from tests.domain.oracle import closing, is_holiday

FIRST, LAST = date(2023, 12, 25), date(2074, 12, 31)
BEGIN = datetime(2023, 12, 25, tzinfo=UTC)
DAY, HOUR, MINUTE = 86_400, 3600, 60  # seconds
OPEN = b"\1"

Hours = Callable[[date], list[tuple[int, int]]]  # a day's hours, as minutes of its own clock


class Minutes:
    """All moments are whole seconds since BEGIN."""

    def __init__(self, hours: Hours) -> None:
        self._days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days)]
        self._drawn = {day: _drawn(hours(day)) for day in [*self._days, LAST]}
        self._open = b"".join(self._hour(number) for number in range(len(self._days) * 24))
        each = (self._open.count(OPEN, at, at + 60) for at in range(0, len(self._open), 60))
        self._worked = list(accumulate(each, initial=0))  # minutes, before each hour
        self._working = [day for day in self._days if OPEN in self._drawn[day]]

    def elapsed(self, start: int, end: int) -> int:
        return max(self._seconds(end) - self._seconds(start), 0)

    def due(self, start: int, work: int) -> int:
        goal = self._seconds(start) + work
        hour = bisect_left(self._worked, goal / 60) - 1
        left, minute = goal - self._worked[hour] * 60, hour * 60
        while left > 60 or not self._open[minute]:
            left -= 60 if self._open[minute] else 0
            minute += 1
        return minute * 60 + left

    def closing_of_working_day(self, start: int, number: int) -> int:
        day = self._working_day(start, number)
        return self._moment(day, self._drawn[day].rindex(OPEN)) + MINUTE

    def at_on_working_day(self, start: int, at: int, number: int) -> int:
        """*at* in minutes of the day's own clock."""
        day = self._working_day(start, number)
        opening = self._moment(day, self._drawn[day].index(OPEN))
        moment = self._moment(day, at)
        closed = self._open.rfind(OPEN, opening // 60, moment // 60) + 1  # the last closing before
        if moment < opening:
            return opening
        return moment if self._open[moment // 60] else closed * 60

    def _seconds(self, moment: int) -> int:
        """Return how many of the seconds before *moment* were open ones."""
        minute, second = divmod(moment, 60)
        hour = minute // 60
        whole = self._worked[hour] + self._open.count(OPEN, hour * 60, minute)
        return whole * 60 + (second if self._open[minute] else 0)

    def _working_day(self, start: int, number: int) -> date:
        today = (BEGIN + timedelta(seconds=start + _offset(start))).date()
        later = bisect_left(self._working, today + timedelta(days=1))
        return self._working[later + number - 1]

    def _hour(self, number: int) -> bytes:
        """Return the sixty minutes of one hour of the world's clock."""
        day, second = divmod(number * HOUR + _offset(number * HOUR), DAY)
        local = self._drawn[FIRST + timedelta(days=day)]
        return local[second // 60 : second // 60 + 60]

    @staticmethod
    def _moment(day: date, minute: int) -> int:
        """Return when the clock of *day* shows *minute*: of two the first, of none an hour on."""
        midnight = (day - FIRST).days * DAY
        return midnight + minute * 60 - _offset(midnight + minute * 60 - 2 * HOUR)


def hald(day: date) -> list[tuple[int, int]]:
    closes = closing(day)
    return [(8 * 60, closes.hour * 60 + closes.minute)] if closes.hour else []


SHIFTS = [
    "Mo-Fr 08:00-11:30,12:15-15:45,19:00-21:00",
    "Jun 20-Aug 10 Mo-Fr 09:00-11:00,11:30-14:00",
    "Su 00:00-04:00",
    "We[1] 07:10-18:40",
    'Dec 23-Jan 4 off "jul"',
    "2030 Feb 16 10:00-12:00",
]


def shifts(day: date) -> list[tuple[int, int]]:
    """Return the hours of SHIFTS: lunch, evenings, summer, nights, and closed over New Year."""
    if (day.month, day.day) >= (12, 23) or (day.month, day.day) <= (1, 4) or is_holiday(day):
        return []
    if day == date(2030, 2, 16):  # a Saturday
        return [(600, 720)]
    if day.weekday() > 4:
        return [(0, 240)] if day.weekday() == 6 else []
    if day.weekday() == 2 and day.day <= 7:
        return [(430, 1120)]
    is_summer = (6, 20) <= (day.month, day.day) <= (8, 10)
    return [(540, 660), (690, 840)] if is_summer else [(480, 690), (735, 945), (1140, 1260)]


def _drawn(hours: list[tuple[int, int]]) -> bytes:
    day = bytearray(24 * 60)
    for opens, closes in hours:
        day[opens:closes] = OPEN * (closes - opens)
    return bytes(day)


def _offset(moment: int) -> int:
    """Return how far a Norwegian clock is before the world's at *moment*."""
    year = (BEGIN + timedelta(seconds=moment)).year
    return 2 * HOUR if _change(year, 3) <= moment < _change(year, 10) else HOUR


@cache
def _change(year: int, month: int) -> int:
    """Return when the clocks are changed: at 01:00 on the last Sunday of the month."""
    last = date(year, month, 31)
    sunday = last - timedelta(days=(last.weekday() + 1) % 7)
    return (sunday - FIRST).days * DAY + HOUR
