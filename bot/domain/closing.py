"""Closing days: days on which the unit closes beside those that its agreement knows of.

They are told while they are still to come, and move what is not done yet. What is done keeps the
deadline it had: a calendar can be asked for as it was known at any moment.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Self

from bot.domain.calendar import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingDay:
    """A local date on which the unit is closed, for a *reason*, told at *added_at* (UTC)."""

    day: date
    reason: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Closings:
    """A calendar as it was written, and the closing days since, in the order they were told."""

    written: Calendar
    days: tuple[ClosingDay, ...]
    _laid: dict[int, Calendar] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, written: Calendar, days: Iterable[ClosingDay]) -> Self:
        """Take *days*; one that was not still to come when it was told changes nothing."""
        ahead = (day for day in days if day.day > written.local_date(day.added_at))
        return cls(written, tuple(sorted(ahead, key=lambda day: (day.added_at, day.day))))

    def known_at(self, moment: datetime | None) -> Calendar:
        """Return the calendar as it was known at *moment*, or else with every day there is."""
        told = len(self.days)
        if moment is not None:
            told = bisect_right(self.days, moment, key=lambda day: day.added_at)
        if told not in self._laid:  # each is laid out once
            closed = {day.day: day.reason for day in self.days[:told]}
            self._laid[told] = self.written.closed_on(closed) if closed else self.written
        return self._laid[told]
