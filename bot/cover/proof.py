"""The proof itself: routing asked for every municipality, task and working day.

Tasks of one municipality that the agreement gives to the same people are asked for together, and
an answer holds until somebody whose being here or away decided it goes or comes back.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import IntEnum
from itertools import groupby

from bot.domain.agreement import Agreement, ContactRule, Municipality, Side, Who
from bot.domain.calendar import Window
from bot.domain.people import Person, PersonId
from bot.domain.routing import Directory, holders, own_contact, route

Days = Sequence[tuple[date, tuple[Window, ...]]]
Found = tuple[PersonId | None, frozenset[PersonId]]  # who, and everybody who decided it
Finds = Callable[[Directory, datetime], Found]
Edges = Mapping[PersonId, Sequence[datetime]]  # when each one goes or comes back, in order
NEVER = datetime.max.replace(tzinfo=UTC)
NOBODYS = frozenset({Side.EXTERNAL, Side.NONE})


class Standing(IntEnum):
    """How well a day is covered, from worst to best."""

    GAP = 0  # nobody answers
    SINGLE = 1  # somebody answers, and nobody is next
    COVERED = 2


@dataclass(frozen=True, slots=True)
class Stand:
    """Who answers, and who would if they were away too. Of several who share a role: the first."""

    to: PersonId | None
    next: PersonId | None

    @property
    def standing(self) -> Standing:
        if self.to is None:
            return Standing.GAP
        return Standing.SINGLE if self.next is None else Standing.COVERED


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Tasks of one municipality that the same people answer for, and each working day's stand.

    *is_home*: the tasks are the municipality's own, and its own people answer for them. The stand
    of a day is that of its worst moment in opening hours: half a day with nobody is a gap.
    """

    municipality: str
    tasks: tuple[str, ...]
    is_home: bool
    stands: Mapping[date, Stand]


@dataclass(frozen=True, slots=True)
class Proof:
    """Every row, in the agreement's order, and the working days (local dates) looked at."""

    days: tuple[date, ...]
    rows: tuple[Row, ...]

    def at(self, municipality: str, task: str, day: date) -> Stand:
        """Return who answers for *task* on *day*.

        :raises KeyError: nobody has to: not a working day, before the member joins, or nobody's
        """
        for row in self.rows:
            if row.municipality == municipality and task in row.tasks:
                return row.stands[day]
        raise KeyError(task)


def prove(
    agreement: Agreement, people: Iterable[Person], first: date, last: date, *, only: str = ""
) -> Proof:
    """Return the proof from *first* to *last*, local dates that are both included.

    *only*: one municipality's id. What nobody in the cooperation answers for is left out, and so
    are a member's own tasks while the agreement names nobody there for them.
    """
    everybody = tuple(people)
    days = _days(agreement, first, last)
    rows = [
        _row(agreement, member, tasks, everybody, days)
        for member in agreement.municipalities.values()
        if only in ("", member.id)
        for tasks in _alike(agreement, member)
    ]
    return Proof(tuple(day for day, _ in days), tuple(rows))


def _days(agreement: Agreement, first: date, last: date) -> Days:
    inside = ((day, span) for day, span in agreement.calendar.windows() if first <= day <= last)
    by_day = groupby(inside, key=lambda found: found[0])
    return [(day, tuple(window for _, window in found)) for day, found in by_day]


def _alike(agreement: Agreement, member: Municipality) -> Iterator[tuple[str, ...]]:
    """Yield *member*'s tasks, those together that the same people answer for."""
    found: defaultdict[tuple[bool, Who | None, tuple[Who, ...]], list[str]] = defaultdict(list)
    for task in agreement.tasks.values():
        if task.side not in NOBODYS:
            rule, is_home = agreement.specialists(task.id, member.id), task.side is Side.PARTNER
            who, deputies = (rule.who, rule.deputies) if rule else (None, ())
            if not is_home or who or member.own_contact:
                found[is_home, who, deputies].append(task.id)
    yield from map(tuple, found.values())


def _row(
    agreement: Agreement,
    member: Municipality,
    tasks: tuple[str, ...],
    everybody: Sequence[Person],
    days: Days,
) -> Row:
    task = tasks[0]
    is_home, rule = agreement.side_of(task) is Side.PARTNER, agreement.specialists(task, member.id)
    # The other rules are about other tasks: leaving them out changes no answer, and saves time.
    narrow = replace(agreement, contact_rules=(rule,) if rule else ())

    def at_home(directory: Directory, now: datetime) -> Found:
        found = own_contact(narrow, task, member.id, directory, now)
        return found.id if found else None, frozenset(directory)

    def in_the_unit(directory: Directory, now: datetime) -> Found:
        found = route(narrow, task, member.id, directory, load={}, now=now)
        return found.to, found.asked

    theirs = [p for p in everybody if (p.municipality == member.id if is_home else p.is_host_team)]
    concerned = _concerned(_named(agreement, member, rule, is_home=is_home), theirs)
    since = [(day, windows) for day, windows in days if not member.starts or day >= member.starts]
    stands = _stands(concerned, since, at_home if is_home else in_the_unit)
    return Row(municipality=member.id, tasks=tasks, is_home=is_home, stands=stands)


def _named(
    agreement: Agreement, member: Municipality, rule: ContactRule | None, *, is_home: bool
) -> list[Who]:
    """Return everybody whom the agreement names, in any step."""
    named = [rule.who, *rule.deputies] if rule else []
    if is_home:
        return [*named, *([member.own_contact] if member.own_contact else [])]
    return [*named, member.contact, *member.deputies, agreement.lead]


def _concerned(named: Iterable[Who], pool: Sequence[Person]) -> Directory:
    """Return those of *pool* who may come to answer: who is *named*, and their own deputies."""
    by_id = {person.id: person for person in pool}
    found = {person.id: person for who in named for person in holders(who, pool)}
    looked_at = list(found.values())
    for person in looked_at:  # grows while we look
        for absence in person.absences:
            if absence.deputy in by_id and absence.deputy not in found:
                found[absence.deputy] = by_id[absence.deputy]
                looked_at.append(by_id[absence.deputy])
    return found


def _stands(concerned: Directory, days: Days, finds: Finds) -> dict[date, Stand]:
    edges = {
        who: sorted({edge for away in person.absences for edge in (away.start, away.end)})
        for who, person in concerned.items()
    }
    stand, until = Stand(None, None), datetime.min.replace(tzinfo=UTC)
    stands: dict[date, Stand] = {}
    for day, windows in days:
        met: list[Stand] = []
        for window in windows:
            moment = window.opens
            while moment < window.closes:
                if moment >= until:
                    stand, decided = _stand(concerned, moment, finds)
                    until = _next_change(decided, edges, moment)
                met.append(stand)
                moment = until
        stands[day] = min(met, key=lambda stand: stand.standing)
    return stands


def _stand(
    concerned: Directory, moment: datetime, finds: Finds
) -> tuple[Stand, Iterable[PersonId]]:
    to, decided = finds(concerned, moment)
    if to is None:
        return Stand(None, None), decided
    others = {who: person for who, person in concerned.items() if who != to}
    after, decided_after = finds(others, moment)
    return Stand(to, after), decided | decided_after


def _next_change(of: Iterable[PersonId], edges: Edges, moment: datetime) -> datetime:
    """Return when one of them goes or comes back for the first time after *moment*."""
    coming = NEVER
    for who in of:
        place = bisect_right(edges[who], moment)
        if place < len(edges[who]):
            coming = min(coming, edges[who][place])
    return coming
