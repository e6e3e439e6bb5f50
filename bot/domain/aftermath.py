"""What comes after the answer, in figures: time spent, and whether it helped. Never per person."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.agreement import Side
from bot.domain.measures import By, Measures
from bot.domain.satisfaction import Verdicts
from bot.domain.time_spent import NONE, Spent


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftermath:
    """Time as it was put down, for the tickets asked in a period; verdicts given in the same."""

    total: Spent = NONE
    municipalities: Mapping[str, Spent] = field(default_factory=dict)
    sides: Mapping[Side, Spent] = field(default_factory=dict)
    verdicts: Mapping[str, Verdicts] = field(default_factory=dict)


def aftermath(measures: Measures) -> Aftermath:
    """Return what of *measures* came after the answers; rows in which nothing did are left out."""

    def spent(by: By) -> Mapping[str, Spent]:
        return {key: row.spent for key, row in measures.cuts[by].items() if row.spent.tickets}

    return Aftermath(
        total=measures.total.spent,
        municipalities=spent(By.MUNICIPALITY),
        sides={Side(side): each for side, each in spent(By.SIDE).items()},
        verdicts=measures.helped,
    )
