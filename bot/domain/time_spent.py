"""Time spent: minutes put down in chips when a ticket is resolved, so that the work can be counted.

It is the unit's time. The event names nobody, and it is summed per municipality and per side alone.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, TypeVar

from bot.domain.happened import Happened

CHIPS = (5, 15, 30, 60)  # minutes

Key = TypeVar("Key", bound=Hashable)
Log = Sequence[Happened]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSpent(Happened):
    """So many minutes went into the ticket until it was resolved. *by* is nobody."""

    kind: Literal["time_spent"] = "time_spent"
    minutes: int


@dataclass(frozen=True, slots=True)
class Spent:
    """How many tickets time was put down for, and how much in all."""

    tickets: int
    time: timedelta


NONE = Spent(0, timedelta(0))


def spent_on(log: Log) -> timedelta:
    """Return what was put down on one ticket: each time it was resolved, what went before."""
    minutes = sum(event.minutes for event in log if isinstance(event, TimeSpent))
    return timedelta(minutes=minutes)


def is_put_down(log: Log) -> bool:
    """Tell whether time has been put down since the ticket was last resolved."""
    kinds = [getattr(event, "kind", "") for event in log]
    return "time_spent" in kinds[_last(kinds, "resolved") :]


def summed(times: Iterable[tuple[Key, timedelta]]) -> Mapping[Key, Spent]:
    """Return the sum of each key that has any."""
    found: defaultdict[Key, Spent] = defaultdict(lambda: NONE)
    for key, time in times:
        if time:
            found[key] = Spent(found[key].tickets + 1, found[key].time + time)
    return dict(found)


def _last(kinds: Sequence[str], kind: str) -> int:
    return max((number for number, each in enumerate(kinds) if each == kind), default=0)
