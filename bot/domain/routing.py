"""Routing: who should have a ticket, and why. Pure: told who there is, who is away and how busy.

The order is the agreement's: the specialist of the task, then the municipality's main contact,
then the deputies in order, then the lead. People who are away are passed by, and remembered as
passed by. Where several people hold a role, the one with the fewest open tickets is chosen.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.agreement import Agreement, Side, Who
from bot.domain.events import Reached, Skipped
from bot.domain.people import Person, PersonId

Directory = Mapping[PersonId, Person]
Load = Mapping[PersonId, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Who gets it (None: nobody is available), which step found them, and who was passed by.

    *asked*: everybody whose being here or away has decided it; the others could change nothing.
    """

    to: PersonId | None
    reached: Reached
    skipped: tuple[Skipped, ...] = ()
    asked: frozenset[PersonId] = field(default=frozenset(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class _Step:
    reached: Reached
    who: Who


@dataclass(slots=True)
class _Search:
    """One walk through the steps. Nobody is asked twice, so a loop of deputies ends."""

    directory: Directory
    load: Load
    now: datetime
    asked: set[PersonId] = field(default_factory=set)
    skipped: list[Skipped] = field(default_factory=list)

    def first_present(self, step: _Step, people: Iterable[Person]) -> PersonId | None:
        """Return the least busy of *people* who is here, or who stands in for one who is not."""
        candidates = [person for person in people if person.id not in self.asked]
        self.asked.update(person.id for person in candidates)
        here = [person for person in candidates if not person.absence_at(self.now)]
        if here:
            return min(here, key=lambda person: (self.load.get(person.id, 0), person.id)).id
        for person in candidates:
            self._skip(step, person)
        stand_ins = [deputy for person in candidates for deputy in self._deputy_of(person)]
        return self.first_present(_Step(Reached.DEPUTY, step.who), stand_ins) if stand_ins else None

    def _skip(self, step: _Step, person: Person) -> None:
        absence = person.absence_at(self.now)
        until = absence.end if absence else None
        self.skipped.append(Skipped(step=step.reached, who=person.id, until=until))

    def _deputy_of(self, person: Person) -> Iterator[Person]:
        """Yield who the person named as their own deputy for this absence."""
        absence = person.absence_at(self.now)
        deputy = self.directory.get(absence.deputy) if absence and absence.deputy else None
        if deputy and deputy.id not in self.asked and deputy.is_host_team == person.is_host_team:
            yield deputy


def route(
    agreement: Agreement,
    task: str | None,
    municipality: str,
    directory: Directory,
    *,
    load: Load,
    now: datetime,
) -> Route:
    """Return who in the host's team should have a ticket of *municipality* about *task*.

    *load*: how many unfinished tickets each person has; who is not in it has none.
    """
    team = {person.id: person for person in directory.values() if person.is_host_team}
    search = _Search(team, load, now)
    for step in _steps(agreement, task, municipality):
        found = _route_to(step, search)
        if found:
            return found
    nobody = tuple(search.skipped)
    return Route(to=None, reached=Reached.NOBODY, skipped=nobody, asked=frozenset(search.asked))


def own_contact(
    agreement: Agreement, task: str | None, municipality: str, directory: Directory, now: datetime
) -> Person | None:
    """Return who in *municipality* has its own *task*: never anybody of another municipality's."""
    own = {who: person for who, person in directory.items() if person.municipality == municipality}
    search = _Search(own, {}, now)
    for step in _own_steps(agreement, task, municipality):
        found = search.first_present(step, holders(step.who, own.values()))
        if found:
            return own[found]
    return None


def holders(who: Who, people: Iterable[Person]) -> Sequence[Person]:
    """Return those whom *who*, an e-mail address or a role, means."""
    if "@" in who:
        return [person for person in people if person.email == who.lower()]
    return [person for person in people if who in person.roles]


def _route_to(step: _Step, search: _Search) -> Route | None:
    people = holders(step.who, search.directory.values())
    if not people:
        search.skipped.append(Skipped(step=step.reached, who=step.who))
        return None
    passed_by = len(search.skipped)
    found = search.first_present(step, people)
    if found is None:
        return None
    stood_in = len(search.skipped) > passed_by
    reached = Reached.DEPUTY if stood_in else step.reached
    skipped, asked = tuple(search.skipped), frozenset(search.asked)
    return Route(to=found, reached=reached, skipped=skipped, asked=asked)


def _steps(agreement: Agreement, task: str | None, municipality: str) -> Iterator[_Step]:
    member = agreement.municipalities[municipality]
    rule = agreement.specialists(task, municipality)
    if rule and agreement.side_of(task) is not Side.PARTNER:
        yield _Step(Reached.SPECIALIST, rule.who)
    yield _Step(Reached.CONTACT, member.contact)
    for deputy in (*(rule.deputies if rule else ()), *member.deputies):
        yield _Step(Reached.DEPUTY, deputy)
    yield _Step(Reached.LEAD, agreement.lead)


def _own_steps(agreement: Agreement, task: str | None, municipality: str) -> Iterator[_Step]:
    rule = agreement.specialists(task, municipality)
    if rule and agreement.side_of(task) is Side.PARTNER:
        yield _Step(Reached.SPECIALIST, rule.who)
        for deputy in rule.deputies:
            yield _Step(Reached.DEPUTY, deputy)
    own = agreement.municipalities[municipality].own_contact
    if own:
        yield _Step(Reached.CONTACT, own)
