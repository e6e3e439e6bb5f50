"""The calendar: when the unit is open, and how working time is counted.

Opening windows go in once, with a running total for each. After that, counting working time
is one search and one subtraction, however many days lie between. Moments may come in any zone
and leave in UTC. Inside they are the time since 1970, because moments that share a zone are
compared by the clock on the wall, which is wrong in the hour that is repeated in October.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import accumulate, pairwise
from types import MappingProxyType
from typing import Self
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NOTHING = timedelta(0)
SATURDAY = 5


class BeyondCalendar(Exception):
    """The calendar has not been laid out that far. It never guesses."""


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open span in UTC: closed at the instant it closes."""

    opens: datetime
    closes: datetime


class Hours(StrEnum):
    """Open, or why not."""

    OPEN = "open"
    NIGHT = "night"  # outside the hours of a working day: evening, night, lunch
    WEEKEND = "weekend"  # with the nights on either side of it
    HOLIDAY = "holiday"
    CLOSED = "closed"  # any other day on which the unit does not open


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time (UTC, half-open): open, or closed for one reason. A holiday has a name."""

    start: datetime
    end: datetime
    hours: Hours
    name: str | None = None

    @property
    def is_open(self) -> bool:
        return self.hours is Hours.OPEN


@dataclass(frozen=True, slots=True)
class Calendar:
    """Opening hours laid out over some years. Made by :meth:`of`; everything below is derived."""

    zone: ZoneInfo
    holidays: Mapping[date, str] = field(repr=False)
    # An empty window stands at either end: where the first year begins and the last one ends.
    _opens: tuple[timedelta, ...] = field(repr=False)
    _closes: tuple[timedelta, ...] = field(repr=False)
    _before: tuple[timedelta, ...] = field(repr=False)  # working time before each opening, and all
    _days: tuple[date, ...] = field(repr=False)  # the working days: local dates with an opening
    _first: tuple[int, ...] = field(repr=False)  # each such day's first window, and the last end

    @classmethod
    def of(
        cls,
        zone: ZoneInfo,
        windows: Iterable[Window],
        holidays: Mapping[date, str] = MappingProxyType({}),
    ) -> Self:
        """Lay out *windows*, which come in order and do not overlap, for counting in *zone*.

        They are all there are in the local years from the first to the last of them. A window
        belongs to the local date on which it opens, and ends with the last year at the latest.
        *holidays* are local dates and their names: they explain closed time, and close nothing.

        :raises ValueError: there is no window, or they are out of order
        """
        laid = tuple(windows)
        _check(laid)
        dates = [window.opens.astimezone(zone).date() for window in laid]
        first = [n for n, day in enumerate(dates) if n == 0 or day != dates[n - 1]]
        begins = datetime(dates[0].year, 1, 1, tzinfo=zone) - EPOCH
        ends = datetime(dates[-1].year + 1, 1, 1, tzinfo=zone) - EPOCH
        *worked, total = accumulate((span.closes - span.opens for span in laid), initial=NOTHING)
        return cls(
            zone,
            holidays,
            (begins, *(window.opens - EPOCH for window in laid), ends),
            (begins, *(window.closes - EPOCH for window in laid), ends),
            (NOTHING, *worked, total, total),
            tuple(dates[n] for n in first),
            tuple(n + 1 for n in (*first, len(laid))),
        )

    def closed_on(self, days: Mapping[date, str]) -> Self:
        """Return the calendar with these local dates closed as well, each for its reason.

        :raises ValueError: nothing would be open any more
        """
        left = (window for day, window in self.windows() if day not in days)
        return self.of(self.zone, left, {**self.holidays, **days})

    def is_working_day(self, day: date) -> bool:
        """Tell whether there is an opening on *day*, a local date."""
        place = bisect_left(self._days, day)
        return place < len(self._days) and self._days[place] == day

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time between two moments; none if *end* is not after *start*.

        :raises BeyondCalendar: one of them is outside what is laid out
        """
        return max(self._worked(end - EPOCH) - self._worked(start - EPOCH), NOTHING)

    def due(self, start: datetime, work: timedelta) -> datetime:
        """Return the moment (UTC) when *work*, more than nothing, has been worked since *start*.

        Work that fits the day exactly is due when the day closes, not when the next one opens.

        :raises BeyondCalendar: the answer, or *start*, is outside what is laid out
        """
        if work <= NOTHING:
            raise ValueError("a target is more than no time at all")
        goal = self._worked(start - EPOCH) + work
        if goal > self._before[-1]:
            raise self._beyond(f"{work} hours of working time after {start.isoformat()}")
        window = bisect_left(self._before, goal) - 1
        return EPOCH + (self._opens[window] + (goal - self._before[window]))

    def closing_of_working_day(self, start: datetime, number: int) -> datetime:
        """Return when the *number*-th working day after *start*'s own local date closes (UTC).

        The day of *start* never counts, even if *start* is before opening. The first is 1.

        :raises BeyondCalendar: that day, or *start*, is outside what is laid out
        """
        return EPOCH + self._closes[self._windows_on_day(start, number)[-1]]

    def at_on_working_day(self, start: datetime, at: time, number: int) -> datetime:
        """Return *at*, local time, on the *number*-th working day after *start*'s own (UTC).

        When the day is closed at that time: its last closing before it, or else its opening. A
        time that the day has twice means the first; one it skips is as long after the shift.

        :raises BeyondCalendar: that day, or *start*, is outside what is laid out
        """
        windows = self._windows_on_day(start, number)
        local = datetime.combine(self._opening(windows[0]).date(), at, tzinfo=self.zone)
        moment = max(local - EPOCH, self._opens[windows[0]])
        window = bisect_right(self._opens, moment) - 1
        return EPOCH + min(moment, self._closes[window])

    def is_open(self, moment: datetime) -> bool:
        since = moment - EPOCH
        return since < self._closes[self._window(since)]

    def opens_after(self, moment: datetime) -> datetime:
        """Return *moment* itself if open then, or else the next opening (UTC).

        :raises BeyondCalendar: nothing opens after it any more
        """
        if self.is_open(moment):
            return moment.astimezone(UTC)
        opening = bisect_right(self._opens, moment - EPOCH)
        if opening >= len(self._opens) - 1:
            raise self._beyond(f"the opening after {moment.isoformat()}")
        return EPOCH + self._opens[opening]

    def local_date(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    @property
    def laid_out(self) -> Window:
        """All that the calendar knows about: nothing is counted outside it."""
        return Window(EPOCH + self._opens[0], EPOCH + self._closes[-1])

    def windows(self) -> Iterator[tuple[date, Window]]:
        """Yield every window in order, with the working day (a local date) that it belongs to."""
        for day, first, after in zip(self._days, self._first, self._first[1:], strict=False):
            for window in range(first, after):
                yield day, Window(EPOCH + self._opens[window], EPOCH + self._closes[window])

    def spans(self, start: datetime, end: datetime) -> Iterator[Span]:
        """Yield what lies between two moments, in order and without gaps, each with its reason.

        :raises BeyondCalendar: one of them is outside what is laid out
        """
        since, until = start - EPOCH, end - EPOCH
        window = self._window(since)
        self._window(until)
        while since < until:
            if since < self._closes[window]:
                to = min(self._closes[window], until)
                yield Span(EPOCH + since, EPOCH + to, Hours.OPEN)
            else:
                window += 1
                to = min(self._opens[window], until)
                yield from self._closed(EPOCH + since, EPOCH + to)
            since = to

    def _worked(self, since: timedelta) -> timedelta:
        window = self._window(since)
        if since >= self._closes[window]:
            return self._before[window + 1]
        return self._before[window] + (since - self._opens[window])

    def _window(self, since: timedelta) -> int:
        """Return the last window that had opened by then."""
        window = bisect_right(self._opens, since) - 1
        if window < 0 or since > self._closes[-1]:
            raise self._beyond((EPOCH + since).isoformat())
        return window

    def _windows_on_day(self, start: datetime, number: int) -> range:
        if number < 1:
            raise ValueError("working days are counted from 1")
        self._window(start - EPOCH)
        day = bisect_right(self._days, self.local_date(start)) + number - 1
        if day >= len(self._days):
            raise self._beyond(f"working day {number} after {start.isoformat()}")
        return range(self._first[day], self._first[day + 1])

    def _opening(self, window: int) -> datetime:
        return (EPOCH + self._opens[window]).astimezone(self.zone)

    def _closed(self, start: datetime, end: datetime) -> Iterator[Span]:
        """Yield closed time day by day, with what belongs together as one."""
        span: Span | None = None
        while start < end:
            day = self.local_date(start)
            midnight = datetime.combine(day + timedelta(days=1), time(0), tzinfo=self.zone)
            piece = Span(start, min(midnight.astimezone(UTC), end), *self._why_closed(day))
            if span and (joint := _joined(span, piece)):
                span = joint
            else:
                if span:
                    yield span
                span = piece
            start = piece.end
        if span:
            yield span

    def _why_closed(self, day: date) -> tuple[Hours, str | None]:
        if day in self.holidays:
            return Hours.HOLIDAY, self.holidays[day]
        if self.is_working_day(day):
            return Hours.NIGHT, None
        return Hours.WEEKEND if day.weekday() >= SATURDAY else Hours.CLOSED, None

    def _beyond(self, what: str) -> BeyondCalendar:
        begins, ends = (self.local_date(EPOCH + at) for at in (self._opens[0], self._opens[-1]))
        return BeyondCalendar(f"the calendar is laid out from {begins} until {ends}, not to {what}")


def _check(windows: tuple[Window, ...]) -> None:
    if not windows:
        raise ValueError("a calendar that never opens promises nothing")
    if any(window.opens >= window.closes for window in windows):
        raise ValueError("a window closes after it opens")
    if any(later.opens < earlier.closes for earlier, later in pairwise(windows)):
        raise ValueError("windows come in order and do not overlap")


def _joined(first: Span, second: Span) -> Span | None:
    """Return both as one when a reader would: alike, or a weekend and the nights beside it."""
    if (first.hours, first.name) == (second.hours, second.name):
        return Span(first.start, second.end, first.hours, first.name)
    if {first.hours, second.hours} == {Hours.NIGHT, Hours.WEEKEND}:
        return Span(first.start, second.end, Hours.WEEKEND)
    return None
