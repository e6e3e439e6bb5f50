"""Whom a month's report is told to: each manager, of what the rule for sharing lets them have."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bot.domain.agreement import Agreement
from bot.domain.people import Person, Role
from bot.domain.routing import holders
from bot.domain.sight import sight_of
from bot.reports.sight import may_have

MANAGERS = frozenset({Role.LEAD, Role.MANAGER})
PRINCIPLE = "principle"  # the level of the meeting at which directors meet


def told_monthly(
    people: Iterable[Person], agreement: Agreement
) -> Mapping[str | None, Sequence[Person]]:
    """Return managers and directors, by whose report they are told of; None is that of all."""
    every = list(people)
    directors = {
        person.id
        for series in agreement.meetings.values()
        if series.level == PRINCIPLE
        for who in series.attendees
        for person in holders(who, every)
    }
    told: defaultdict[str | None, list[Person]] = defaultdict(list)
    for person in every:
        if person.id not in directors and person.roles.isdisjoint(MANAGERS):
            continue
        sight = sight_of(person, agreement)
        if may_have(sight, None, agreement):
            told[None].append(person)
        elif person.municipality and may_have(sight, person.municipality, agreement):
            told[person.municipality].append(person)
    return told
