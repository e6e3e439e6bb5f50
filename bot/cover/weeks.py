"""The proof by week: the heat map. A week is as well covered as its worst task on its worst day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from bot.cover.proof import Proof, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One municipality's week from *monday* on: how many tasks have a gap or a single point in it.

    A task with both counts as a gap.
    """

    municipality: str
    monday: date
    gaps: int
    singles: int

    @property
    def standing(self) -> Standing:
        if self.gaps:
            return Standing.GAP
        return Standing.SINGLE if self.singles else Standing.COVERED


def weeks(proof: Proof) -> list[Week]:
    """Return every week with a working day, each municipality's own in order."""
    counted: defaultdict[tuple[str, date], dict[Standing, int]] = defaultdict(
        lambda: dict.fromkeys(Standing, 0)
    )
    for row in proof.rows:
        worst: dict[date, Standing] = {}
        for day, stand in row.stands.items():
            monday = day - timedelta(days=day.weekday())
            worst[monday] = min(worst.get(monday, Standing.COVERED), stand.standing)
        for monday, standing in worst.items():
            counted[row.municipality, monday][standing] += len(row.tasks)
    order = {row.municipality: place for place, row in enumerate(proof.rows)}
    return [
        Week(
            municipality=municipality,
            monday=monday,
            gaps=found[Standing.GAP],
            singles=found[Standing.SINGLE],
        )
        for (municipality, monday), found in sorted(
            counted.items(), key=lambda one: (order[one[0][0]], one[0][1])
        )
    ]
