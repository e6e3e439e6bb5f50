"""The calendar once more, for many questions at a time: the same answers, in arrays.

Every array holds microseconds as 64-bit whole numbers: moments since 1970 (UTC), and lengths.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Self

import numpy as np
from numpy.typing import NDArray

from bot.domain.calendar import EPOCH, BeyondCalendar, Calendar

Micros = NDArray[np.int64]
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, eq=False)
class BulkClock:
    """A calendar, laid out in arrays. Made by :meth:`of`; everything below is derived.

    Each method raises :class:`BeyondCalendar` when one of its answers, or of the moments that it
    is given, is outside what the calendar lays out.
    """

    calendar: Calendar
    _opens: Micros = field(repr=False)
    _before: Micros = field(repr=False)  # working time before each opening, and all
    _lengths: Micros = field(repr=False)
    _midnights: Micros = field(repr=False)  # when each working day begins
    _closings: Micros = field(repr=False)  # and when it closes for the last time

    @classmethod
    def of(cls, calendar: Calendar) -> Self:
        laid = list(calendar.windows())
        opens, closes = (
            micros([window.opens for _, window in laid]),
            micros([window.closes for _, window in laid]),
        )
        lengths = closes - opens
        last = dict(zip((day for day, _ in laid), closes.tolist(), strict=True))
        return cls(
            calendar,
            opens,
            np.concatenate(([0], np.cumsum(lengths))),
            lengths,
            micros([_midnight(day, calendar) for day in last]),
            np.array(list(last.values()), dtype=np.int64),
        )

    def elapsed_many(self, starts: Micros, ends: Micros) -> Micros:
        """Return the working time between each start and its end; none if that is not after it."""
        worked: Micros = np.maximum(self._worked(ends) - self._worked(starts), 0)
        return worked

    def due_many(self, starts: Micros, works: Micros) -> Micros:
        """Return when each work, more than nothing, has been worked since its start.

        :raises ValueError: one of *works* is no time at all
        """
        if (works <= 0).any():
            raise ValueError("a target is more than no time at all")
        goals = self._worked(starts) + works
        if (goals > self._before[-1]).any():
            raise BeyondCalendar("there is not that much working time left in the calendar")
        windows = np.searchsorted(self._before, goals, side="left") - 1
        due: Micros = self._opens[windows] + (goals - self._before[windows])
        return due

    def closings_many(self, starts: Micros, numbers: Micros) -> Micros:
        """Return when the *n*-th working day after each start's own local date closes.

        :raises ValueError: one of *numbers* is less than 1
        """
        if (numbers < 1).any():
            raise ValueError("working days are counted from 1")
        self._check(starts)
        days = np.searchsorted(self._midnights, starts, side="right") + numbers - 1
        if (days >= len(self._closings)).any():
            raise BeyondCalendar("there are not that many working days left in the calendar")
        closings: Micros = self._closings[days]
        return closings

    def _worked(self, moments: Micros) -> Micros:
        self._check(moments)
        windows = np.searchsorted(self._opens, moments, side="right") - 1
        since = np.minimum(moments - self._opens[windows], self._lengths[windows])
        worked: Micros = np.where(windows < 0, 0, self._before[windows] + since)
        return worked

    def _check(self, moments: Micros) -> None:
        known = self.calendar.laid_out
        begins, ends = micros([known.opens, known.closes])
        if ((moments < begins) | (moments > ends)).any():
            raise BeyondCalendar(f"the calendar is laid out from {known.opens} to {known.closes}")


def micros(moments: Sequence[datetime]) -> Micros:
    """Return aware *moments* as an array, exactly."""
    return np.array([(moment - EPOCH) // MICROSECOND for moment in moments], dtype=np.int64)


def lengths(times: Sequence[timedelta]) -> Micros:
    """Return lengths of time as an array, exactly."""
    return np.array([time // MICROSECOND for time in times], dtype=np.int64)


def iso_format(moments: Micros) -> list[str]:
    """Return an array of moments in ISO 8601, in UTC, as :meth:`datetime.isoformat` writes them."""
    written = np.datetime_as_string(moments.astype("datetime64[us]")).tolist()
    return [moment.removesuffix(".000000") + "+00:00" for moment in written]


def _midnight(day: date, calendar: Calendar) -> datetime:
    return datetime.combine(day, time(0), tzinfo=calendar.zone)
