"""Where cover is thin: the gaps and single points, days that follow each other told as one."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bot.cover.proof import Proof, Row, Standing
from bot.domain.people import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """From *first* to *last* (local dates, both included) nobody answers, or one person alone.

    *rests_on* is that one person; None: nobody answers. *days*: how many working days it is.
    """

    municipality: str
    tasks: tuple[str, ...]
    is_home: bool
    first: date
    last: date
    days: int
    rests_on: PersonId | None


def holes(proof: Proof, standing: Standing) -> list[Hole]:
    """Return every gap or every single point, by *standing*, the earliest first."""
    return _in_order(hole for row in proof.rows for hole in _of(row, standing, row.stands))


def opened(before: Proof, after: Proof, standing: Standing = Standing.GAP) -> list[Hole]:
    """Return the gaps (or single points) of *after* on days that were better covered *before*.

    Both are of the same agreement and the same days.
    """
    found: list[Hole] = []
    for was, row in zip(before.rows, after.rows, strict=True):
        better = {day for day, stand in was.stands.items() if stand.standing > standing}
        found += _of(row, standing, better)
    return _in_order(found)


def _of(row: Row, standing: Standing, among: Container[date]) -> Iterator[Hole]:
    """Yield *row*'s days of that *standing*, a stretch of working days in a row as one hole."""
    who = [
        (day, day in among and stand.standing is standing, stand.to)
        for day, stand in row.stands.items()
    ]
    for (is_one, rests_on), stretch in groupby(who, key=lambda found: found[1:]):
        days = [day for day, *_ in stretch]
        if is_one:
            yield Hole(
                municipality=row.municipality,
                tasks=row.tasks,
                is_home=row.is_home,
                first=days[0],
                last=days[-1],
                days=len(days),
                rests_on=rests_on,
            )


def _in_order(found: Iterable[Hole]) -> list[Hole]:
    return sorted(found, key=lambda hole: (hole.first, hole.municipality, hole.tasks))
