"""What comes after the answer, in figures: time spent, and whether it helped. Never per person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.domain.agreement import Side
from bot.domain.satisfaction import Verdicts
from bot.domain.statistics import Asked
from bot.domain.time_spent import NONE, Spent, spent_on, summed


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftermath:
    """Time as it was put down, for the tickets asked in a period; verdicts given in the same."""

    total: Spent = NONE
    municipalities: Mapping[str, Spent] = field(default_factory=dict)
    sides: Mapping[Side, Spent] = field(default_factory=dict)
    verdicts: Mapping[str, Verdicts] = field(default_factory=dict)


def aftermath(asked: Iterable[Asked], verdicts: Mapping[str, Verdicts]) -> Aftermath:
    """Return the sums. *verdicts* are each municipality's."""
    times = [(ticket, spent_on(log)) for ticket, log in asked]
    every = summed(("every ticket", time) for _, time in times)
    return Aftermath(
        total=next(iter(every.values()), NONE),
        municipalities=summed((ticket.municipality, time) for ticket, time in times),
        sides=summed((ticket.counted_as, time) for ticket, time in times),
        verdicts=verdicts,
    )
