"""Rows of figures put together: what was counted in parts, as if it had been counted at once."""

from collections.abc import Iterable
from dataclasses import fields
from heapq import merge

from bot.domain.statistics import Group, Kept

KEPT = ("first_response", "resolution")
TIMES = ("waited_for_asker", "waited_for_third_party")


def together(groups: Iterable[Group]) -> Group:
    """Return the one row that *groups*, which share no ticket, add up to; of none, an empty one."""
    every = list(groups)
    counts = {
        name: sum(getattr(group, name) for group in every)
        for name in (field.name for field in fields(Group))
        if name not in {*KEPT, *TIMES}
    }
    return Group(
        **counts,
        first_response=_kept([group.first_response for group in every]),
        resolution=_kept([group.resolution for group in every]),
        waited_for_asker=tuple(merge(*(group.waited_for_asker for group in every))),
        waited_for_third_party=tuple(merge(*(group.waited_for_third_party for group in every))),
    )


def _kept(parts: list[Kept]) -> Kept:
    return Kept(
        in_time=sum(part.in_time for part in parts),
        late=sum(part.late for part in parts),
        unpromised=sum(part.unpromised for part in parts),
        overdue=sum(part.overdue for part in parts),
        not_yet_due=sum(part.not_yet_due for part in parts),
        times=tuple(merge(*(part.times for part in parts))),
    )
