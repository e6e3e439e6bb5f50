"""Is there somebody for every task today, and somebody else if that one person is away?"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from bot.checkup.findings import Finding, error, ok, warning
from bot.domain.agreement import Agreement, Municipality, Side
from bot.domain.events import Reached
from bot.domain.people import Person, PersonId
from bot.domain.routing import own_contact, route

Directory = Mapping[PersonId, Person]
MOST_TASKS = 6


def check_cover(agreement: Agreement, people: Sequence[Person], now: datetime) -> Iterator[Finding]:
    """Yield what would be lost, for each municipality: in the host's unit, and of its own tasks."""
    directory = {person.id: person for person in people}
    for member in agreement.municipalities.values():
        findings = [
            *_in_the_unit(agreement, member, directory, now),
            *_at_home(agreement, member, directory, now),
        ]
        covered = ok(f"cover: {member.name}", "somebody has every task, and somebody can step in")
        yield from findings or [covered]


def _in_the_unit(
    agreement: Agreement, member: Municipality, directory: Directory, now: datetime
) -> Iterator[Finding]:
    about = f"cover: {member.name}"
    nobody: list[str] = []
    lead_alone: list[str] = []
    rests_on: defaultdict[PersonId, list[str]] = defaultdict(list)
    tasks = [t.id for t in agreement.tasks.values() if t.side in {Side.HOST, Side.UNSPECIFIED}]
    for task in tasks:
        found = route(agreement, task, member.id, directory, load={}, now=now)
        if found.to is None:
            nobody.append(task)
        elif found.reached is Reached.LEAD:
            lead_alone.append(task)
        elif not route(
            agreement, task, member.id, _without(directory, found.to), load={}, now=now
        ).to:
            rests_on[found.to].append(task)
    if nobody:
        says = f"nobody in the host team is there for {_listed(nobody, tasks)}"
        yield error(about, says, "Fill the roles of its contact, deputies and lead")
    if lead_alone:
        says = f"only the lead is left for {_listed(lead_alone, tasks)}"
        yield warning(about, says, "Fill the roles of its contact and deputies")
    for person, theirs in rests_on.items():
        says = f"{_listed(theirs, tasks)} rests on {directory[person].name} alone"
        yield warning(about, says, "Name deputies in the agreement, and people for their roles")


def _at_home(
    agreement: Agreement, member: Municipality, directory: Directory, now: datetime
) -> Iterator[Finding]:
    tasks = [task.id for task in agreement.tasks.values() if task.side is Side.PARTNER]
    nobody = [t for t in tasks if own_contact(agreement, t, member.id, directory, now) is None]
    if nobody and member.own_contact:
        yield warning(
            f"cover: {member.name}",
            f"nobody in {member.name} is there for {_listed(nobody, tasks)} of its own",
            f"Give the role {member.own_contact} to somebody who works there",
        )


def _without(directory: Directory, person: PersonId) -> Directory:
    return {who: other for who, other in directory.items() if who != person}


def _listed(tasks: Sequence[str], of: Sequence[str]) -> str:
    if len(tasks) == len(of):
        return "every task"
    if len(tasks) > MOST_TASKS:
        return f"{', '.join(tasks[:MOST_TASKS])} and {len(tasks) - MOST_TASKS} more tasks"
    return ", ".join(tasks)
