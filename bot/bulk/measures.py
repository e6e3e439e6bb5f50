"""Measures of many tickets at a time: counted in arrays, by the definitions of the domain.

A figure is a mask over the tickets, and a row counts what the masks let through. So the tickets
behind a figure are always as many as the figure says.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from hashlib import sha256
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from bot.bulk.columns import Columns, Mask, Numbers
from bot.bulk.cuts import Cut
from bot.domain.agreement import Side
from bot.domain.counted import Standing
from bot.domain.flat import FLAGS, LETTERS, MICROSECOND, PROMISES
from bot.domain.measures import SLOWEST, Promise, Row, Spread, Waited
from bot.domain.sla import ALL
from bot.domain.statistics import MEDIAN, SLOW, SMALLEST_GROUP, Outcome
from bot.domain.time_spent import Spent

Places = NDArray[np.intp]  # of tickets in their columns

APART = tuple(each for each in Standing if each not in {Standing.OPEN, Standing.RESOLVED})
REACHED = (Outcome.IN_TIME, Outcome.LATE, Outcome.UNPROMISED)
DECIDED = (Outcome.IN_TIME, Outcome.LATE, Outcome.OVERDUE)
TIMED = (*REACHED, Outcome.OVERDUE)
WAITS = ("waited_for_asker", "waited_for_third_party")
PLAIN = ("asked", "answered", "open", *map(str, APART), *FLAGS, "misdirected")

K = TypeVar("K", bound=Hashable)


def rows_of(columns: Columns, cuts: Mapping[K, Cut]) -> Mapping[K, Mapping[str, Row]]:
    """Return the rows of each cut, without what the number of inhabitants is needed for."""
    places = {name: np.flatnonzero(mask(columns)) for name, mask in FIGURES.items()}
    for name, figure in TIMED_BY.items():  # once for all cuts
        places[figure] = places[figure][np.argsort(columns.lengths[name][places[figure]])]
    return {by: _rows(columns, cut, places) for by, cut in cuts.items()}


def places_of(columns: Columns, figure: str) -> Places:
    """Return which tickets are behind *figure*, one of FIGURES.

    :raises KeyError: there is no such figure
    """
    return np.flatnonzero(FIGURES[figure](columns))


def towns_of_tasks(columns: Columns) -> Mapping[str, int]:
    """Return from how many municipalities each task was asked, of what the host worked on."""
    worked = places_of(columns, "worked")
    pairs = zip(columns.task.codes[worked], columns.municipality.codes[worked], strict=True)
    towns = Counter(task for task, _ in set(pairs))
    return {columns.task.labels[task]: number for task, number in towns.items()}


def log_digest(columns: Columns) -> str:
    """Return SHA-256, in hexadecimal, over the tickets' digests in the order of their numbers."""
    order = sorted(range(len(columns)), key=columns.numbers.__getitem__)
    return sha256("".join([columns.digests[place] for place in order]).encode()).hexdigest()


def _every(columns: Columns) -> Mask:
    return np.ones(len(columns), np.bool_)


def _standing(*wanted: Standing) -> Callable[[Columns], Mask]:
    letters = [LETTERS[each] for each in wanted]
    return lambda columns: columns.has("standing", letters)


def _became(promise: str, *wanted: Outcome) -> Callable[[Columns], Mask]:
    letters = [each[0] for each in wanted]
    return lambda columns: columns.has(promise, letters)


def _lasted(name: str) -> Callable[[Columns], Mask]:
    return lambda columns: columns.lengths[name] > 0


# Which tickets each length is told of: whose percentiles are taken.
TIMED_BY = {
    **{name: f"{name}.timed" for name in PROMISES},
    **{name: name for name in (*WAITS, "spent")},
}

# Every figure that has tickets behind it, by its name.
FIGURES: Mapping[str, Callable[[Columns], Mask]] = {
    "asked": _every,
    "answered": _became("first_response", *REACHED),
    "open": _standing(Standing.OPEN),
    "apart": _standing(*APART),
    "worked": _standing(Standing.OPEN, Standing.RESOLVED),
    **{str(each): _standing(each) for each in APART},
    **{flag: partial(Columns.has, name=flag, letters=["1"]) for flag in FLAGS},
    "misdirected": partial(Columns.has, name="task_side", letters=[Side.PARTNER[0]]),
    **{f"{name}.{each}": _became(name, each) for name in PROMISES for each in Outcome},
    **{f"{name}.reached": _became(name, *REACHED) for name in PROMISES},
    **{f"{name}.decided": _became(name, *DECIDED) for name in PROMISES},
    **{f"{name}.timed": _became(name, *TIMED) for name in PROMISES},
    **{name: _lasted(name) for name in (*WAITS, "spent")},
}


def _rows(columns: Columns, cut: Cut, places: Mapping[str, Places]) -> Mapping[str, Row]:
    counts = {name: _counted(found, cut).tolist() for name, found in places.items()}
    plain = [{name: counts[name][row] for name in PLAIN} for row in range(len(cut.rows))]
    kept = [_promises(columns, cut, places, name) for name in PROMISES]
    waits = [_waits(columns, cut, places, name) for name in WAITS]
    spent = [
        Spent(len(these), int(these.sum()) * MICROSECOND)
        for these in _times(columns.lengths["spent"], places["spent"], cut)
    ]
    return {
        row: Row(
            **numbers,
            first_response=first,
            next_response=following,
            first_resolution=resolved,
            resolution=in_all,
            waited_for_asker=for_asker,
            waited_for_third_party=for_others,
            spent=time,
        )
        for row, numbers, first, following, resolved, in_all, for_asker, for_others, time in zip(
            cut.rows, plain, *kept, *waits, spent, strict=True
        )
    }


def _promises(
    columns: Columns, cut: Cut, places: Mapping[str, Places], name: str
) -> Sequence[Promise]:
    counts = {each: _counted(places[f"{name}.{each}"], cut).tolist() for each in Outcome}
    return [
        Promise(
            **{str(each): counts[each][row] for each in Outcome},
            spread=Spread(
                number=len(these),
                median=_percentile(these, MEDIAN),
                p90=_percentile(these, SLOW),
                p95=_percentile(these, SLOWEST),
            ),
        )
        for row, these in enumerate(_times(columns.lengths[name], places[f"{name}.timed"], cut))
    ]


def _waits(columns: Columns, cut: Cut, places: Mapping[str, Places], name: str) -> Sequence[Waited]:
    return [
        Waited(
            number=len(these),
            total=int(these.sum()) * MICROSECOND,
            median=_percentile(these, MEDIAN),
        )
        for these in _times(columns.lengths[name], places[name], cut)
    ]


def _times(lengths: Numbers, shortest_first: Places, cut: Cut) -> Sequence[Numbers]:
    """Return the lengths of these tickets, row by row, shortest first in each."""
    if len(cut.rows) == 1:
        return [lengths[shortest_first]]
    numbers = _counted(shortest_first, cut)
    by_row = shortest_first[np.argsort(cut.codes[shortest_first], kind="stable")]
    times = lengths[by_row]
    return [
        times[end - number : end]
        for number, end in zip(numbers.tolist(), np.cumsum(numbers).tolist(), strict=True)
    ]


def _counted(found: Places, cut: Cut) -> Numbers:
    return np.bincount(cut.codes[found], minlength=len(cut.rows))


def _percentile(times: Numbers, percent: int) -> timedelta | None:
    """Return the time that *percent* of *times* did not exceed, as the domain's does."""
    if len(times) < SMALLEST_GROUP:
        return None
    rank = -(-percent * len(times) // ALL)
    return int(times[rank - 1]) * MICROSECOND
