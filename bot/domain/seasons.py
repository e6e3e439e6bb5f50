"""Seasons: parts of every year in which something else is promised."""

from dataclasses import dataclass
from datetime import date

MonthDay = tuple[int, int]  # a month and a day in it: (2, 29) comes between (2, 28) and (3, 1)


@dataclass(frozen=True, slots=True)
class Season:
    """The days from *first* to *last*, both included. Over New Year when *last* is the earlier.

    Until (2, 29) is until the end of February, in years without that day too.
    """

    first: MonthDay
    last: MonthDay

    def __contains__(self, day: date) -> bool:
        on = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= on <= self.last
        return on >= self.first or on <= self.last
