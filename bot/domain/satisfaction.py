"""Satisfaction: whether those who asked got the help they needed, counted per municipality.

A verdict is yes or no and belongs to a municipality and a day: to no ticket, no asker and nobody of
the host's team. A few of them are shown to nobody: they could be one person's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

ASKED_EVERY = timedelta(days=7)  # at most so often is one person asked
SMALLEST_SHOWN = 5  # verdicts
ALL = 100


@dataclass(frozen=True, slots=True)
class Verdicts:
    """How many said yes, and how many no."""

    good: int = 0
    bad: int = 0

    def __add__(self, other: "Verdicts") -> "Verdicts":
        return Verdicts(self.good + other.good, self.bad + other.bad)

    @property
    def number(self) -> int:
        return self.good + self.bad

    @property
    def percent_good(self) -> int | None:
        """Return the share of yes, rounded down; None when there are too few to be shown."""
        return self.good * ALL // self.number if self.number >= SMALLEST_SHOWN else None


def all_of(verdicts: Iterable[Verdicts]) -> Verdicts:
    return sum(verdicts, Verdicts())
