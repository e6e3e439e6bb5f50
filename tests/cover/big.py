"""A cooperation of nineteen members and forty tasks, with a year of absences. All invented."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from bot.domain.agreement import (
    Agreement,
    Clause,
    ContactRule,
    Municipality,
    Side,
    Task,
    Who,
)
from bot.domain.people import Absence, Person, PersonId
from tests.office import AGREEMENT

MEMBERS, TASKS, RULES = 19, 40, 12
CIRCLE = 6  # people who step in for each other
FIRST, LAST = date(2026, 4, 1), date(2027, 3, 31)
DAY = timedelta(days=1)
BEGINS = datetime(2026, 4, 1, tzinfo=UTC)


def big_agreement() -> Agreement:
    """Every member has a contact, two deputies and an own contact; the tasks lie in twelve rules.

    Every fourth task is the member's own.
    """
    tasks = {
        f"task{n}": Task(
            id=f"task{n}",
            name=f"Task {n}",
            side=Side.PARTNER if n % 4 == 0 else Side.HOST,
            clauses=(Clause("A", n),),
        )
        for n in range(TASKS)
    }
    members = {
        f"m{n}": Municipality(
            id=f"m{n}",
            name=f"Member {n}",
            inhabitants=2000,
            joined=2020,
            contact=Who(f"contact{n}"),
            deputies=(Who(f"contact{(n + 1) % MEMBERS}"), Who(f"contact{(n + 2) % MEMBERS}")),
            own_contact=Who(f"own{n}"),
        )
        for n in range(MEMBERS)
    }
    return replace(AGREEMENT, municipalities=members, tasks=tasks, contact_rules=tuple(_rules()))


def _rules() -> Iterator[ContactRule]:
    for n in range(RULES):
        theirs = frozenset(f"task{t}" for t in range(n, TASKS, RULES))
        yield ContactRule(who=Who(f"special{n}"), tasks=theirs, deputies=(Who(f"special{n + 1}"),))
    for n in range(MEMBERS):  # and each member has one task its own way
        yield ContactRule(
            who=Who(f"special{n % RULES}"), tasks=frozenset({f"task{n}"}), municipality=f"m{n}"
        )


def big_staff(random: Random, absences: int = 8) -> tuple[Person, ...]:
    """Return a hundred people: two in each role, each of them away *absences* times in the year."""
    roles = [(f"contact{n}", "m0", True) for n in range(MEMBERS)]
    roles += [(f"special{n}", "m0", True) for n in range(RULES + 1)]
    roles += [(f"own{n}", f"m{n}", False) for n in range(MEMBERS)]
    roles += [("lead", "m0", True)]
    people = [_person(role, home, n, host=host) for role, home, host in roles for n in (1, 2)]
    circles = [people[n - n % CIRCLE :][:CIRCLE] for n in range(len(people))]
    return tuple(
        _away(person, circle, random, absences)
        for person, circle in zip(people, circles, strict=True)
    )


def _person(role: str, home: str, n: int, *, host: bool) -> Person:
    is_host = {"host-team"} if host else {"asker"}
    who = PersonId(f"{role}-{n}")
    return Person(id=who, name=who, municipality=home, roles=frozenset({role, *is_host}))


def _away(person: Person, people: list[Person], random: Random, number: int) -> Person:
    """Let *person* be away, each time for an hour up to three weeks, often with a deputy."""
    edges = sorted(random.sample(range(365 * 24), 2 * number))
    found = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        begins = BEGINS + timedelta(hours=start)
        ends = min(BEGINS + timedelta(hours=end), begins + 21 * DAY)
        deputy = random.choice([None, random.choice(people).id])
        found.append(Absence(begins, ends, deputy))
    return replace(person, absences=tuple(found))
