"""Whether the parts of an agreement fit together, after each has been read by itself."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from bot.agreements.advice import advise, advise_on_name
from bot.agreements.complaints import Misfit
from bot.agreements.file import PROMISES, AgreementFile
from bot.agreements.hours import WrongHours, lay_out
from bot.agreements.lines import Where
from bot.agreements.recurrence import first_day
from bot.domain.agreement import Side
from bot.domain.people import Role

SCHEDULE = ("recurrence", "starts", "at", "length")  # all of them, or none
LEAP_YEAR = [date(2024, 1, 1) + timedelta(days=n) for n in range(366)]


def misfits(file: AgreementFile) -> Iterator[Misfit]:
    """Yield everything that does not fit with the rest of *file*."""
    for check in CHECKS:
        yield from check(file)


def _ids(file: AgreementFile) -> Iterator[Misfit]:
    for table in ("municipalities", "tasks", "third_parties", "meetings"):
        entries = enumerate(getattr(file, table))
        written: list[tuple[Where, Any]] = [((table, n, "id"), entry.id) for n, entry in entries]
        for where, value in _repeated(written):
            advice = f"another id than the {table} above it have"
            yield Misfit(where, f'"{value}" stands here for the second time', advice)


def _domains(file: AgreementFile) -> Iterator[Misfit]:
    written: list[tuple[Where, Any]] = [
        (("municipalities", n, "domains", m), domain)
        for n, entry in enumerate(file.municipalities)
        for m, domain in enumerate(entry.domains)
    ]
    for where, domain in _repeated(written):
        wrong = f'"{domain}" places its people in two municipalities'
        yield Misfit(where, wrong, "each domain once, with the municipality whose people have it")


def _clauses(file: AgreementFile) -> Iterator[Misfit]:
    written: list[tuple[Where, Any]] = [
        (("tasks", n, "clauses", m), (clause.section, clause.number))
        for n, entry in enumerate(file.tasks)
        for m, clause in enumerate(entry.clauses)
    ]
    for where, (section, number) in _repeated(written):
        wrong = f"another task stands at number {number} of «{section}» already"
        yield Misfit(where, wrong, "a number that is free in that section")


def _host(file: AgreementFile) -> Iterator[Misfit]:
    yield from _unknown(("host",), file.host, [entry.id for entry in file.municipalities])


def _people(file: AgreementFile) -> Iterator[Misfit]:
    roles = {*Role, *file.roles}
    for where, who in _whos(file):
        if "@" not in who and who not in roles:
            yield Misfit(where, f'there is no role "{who}" in [roles]', advise(where))


def _targets(file: AgreementFile) -> Iterator[Misfit]:
    for name in ("normal", "urgent"):
        if name not in file.targets:
            yield Misfit(("targets", name), "is missing", advise(("targets",)))
    for n, task in enumerate(file.tasks):
        yield from _unknown(("tasks", n, "targets"), task.targets, list(file.targets))


def _seasons(file: AgreementFile) -> Iterator[Misfit]:
    for name, table in file.targets.items():
        for n, entry in enumerate(table.seasons):
            where = ("targets", name, "seasons", n)
            if not entry.promises:
                yield Misfit(where, "changes nothing", f"at least one of {', '.join(PROMISES)}")
            for earlier in table.seasons[:n]:
                shared = [day for day in LEAP_YEAR if day in entry.season and day in earlier.season]
                if shared:
                    wrong = f"{shared[0]:%m-%d} is in another season above, so they tie"
                    yield Misfit((*where, "from"), wrong, "seasons that share no day")


def _third_parties(file: AgreementFile) -> Iterator[Misfit]:
    known = [party.id for party in file.third_parties]
    for n, task in enumerate(file.tasks):
        where = ("tasks", n, "third_party")
        if task.third_party is not None:
            yield from _unknown(where, task.third_party, known)
        if task.side is Side.EXTERNAL and task.third_party is None:
            yield Misfit(where, "a task of somebody else's does not say whose", advise(where))
        if task.side is not Side.EXTERNAL and task.third_party is not None:
            yield Misfit(where, f'the side of this task is "{task.side}"', advise(where))


def _contact_rules(file: AgreementFile) -> Iterator[Misfit]:
    tasks = [task.id for task in file.tasks]
    members = [entry.id for entry in file.municipalities]
    for n, rule in enumerate(file.contact_rules):
        if rule.municipality is not None:
            yield from _unknown(("contact_rules", n, "municipality"), rule.municipality, members)
        for m, task in enumerate(rule.tasks):
            yield from _unknown(("contact_rules", n, "tasks", m), task, tasks)


def _ties(file: AgreementFile) -> Iterator[Misfit]:
    written: list[tuple[Where, Any]] = [
        (("contact_rules", n, "tasks", m), (task, rule.municipality))
        for n, rule in enumerate(file.contact_rules)
        for m, task in enumerate(rule.tasks)
    ]
    for where, (task, municipality) in _repeated(written):
        wrong = f'two rules say who has "{task}" for {municipality or "everybody"}, so they tie'
        yield Misfit(where, wrong, "the task in one of them, or name a municipality in one")


def _escalation(file: AgreementFile) -> Iterator[Misfit]:
    written = [entry.percent for entry in file.escalation]
    if written and written != list(file.warn_at):
        wrong = f"the tables are for {written}, and warn_at says {list(file.warn_at)}"
        yield Misfit(("escalation",), wrong, advise(("escalation",)))


def _meetings(file: AgreementFile) -> Iterator[Misfit]:
    for n, entry in enumerate(file.meetings):
        written = {name: getattr(entry, name) is not None for name in SCHEDULE}
        if any(written.values()):
            for name in (name for name, is_there in written.items() if not is_there):
                where = ("meetings", n, name)
                yield Misfit(where, "is missing: without it no meeting is planned", advise(where))
        if entry.schedule is not None and (day := first_day(entry.schedule)) != entry.starts:
            where = ("meetings", n, "starts" if day else "recurrence")
            rule = entry.schedule.recurrence
            wrong = f"{rule} gives {f'{day} first' if day else 'no day at all'}"
            yield Misfit(where, wrong, str(day) if day else advise(where))


def _calendar(file: AgreementFile) -> Iterator[Misfit]:
    first, last = file.calendar.years
    if not first <= file.effective_from.year <= last:
        wrong = f"the calendar is laid out for {first} to {last} only"
        yield Misfit(("effective_from",), wrong, "a date in those years, or widen calendar.years")
    try:
        lay_out(file.calendar)
    except WrongHours as error:
        where = ("calendar", error.field)
        yield Misfit(where, str(error), advise(where))


CHECKS: tuple[Callable[[AgreementFile], Iterable[Misfit]], ...] = (
    _ids,
    _domains,
    _clauses,
    _host,
    _people,
    _targets,
    _seasons,
    _third_parties,
    _contact_rules,
    _ties,
    _escalation,
    _meetings,
    _calendar,
)


def _whos(file: AgreementFile) -> Iterator[tuple[Where, str]]:
    """Yield everybody who is named, and where."""
    yield ("lead",), file.lead
    yield ("manager",), file.manager
    for n, member in enumerate(file.municipalities):
        yield ("municipalities", n, "contact"), member.contact
        if member.own_contact is not None:
            yield ("municipalities", n, "own_contact"), member.own_contact
        yield from _listed(("municipalities", n, "deputies"), member.deputies)
    for n, rule in enumerate(file.contact_rules):
        yield ("contact_rules", n, "who"), rule.who
        yield from _listed(("contact_rules", n, "deputies"), rule.deputies)
    for n, meeting in enumerate(file.meetings):
        yield from _listed(("meetings", n, "attendees"), meeting.attendees)
        if meeting.caller is not None:
            yield ("meetings", n, "caller"), meeting.caller
    yield from _listed(("sharing", "readers"), file.sharing.readers)


def _listed(where: Where, whos: tuple[str, ...]) -> Iterator[tuple[Where, str]]:
    yield from (((*where, n), who) for n, who in enumerate(whos))


def _unknown(where: Where, written: str, known: list[str]) -> Iterator[Misfit]:
    if written not in known:
        yield Misfit(where, f'there is no "{written}"', advise_on_name(written, known))


def _repeated(written: list[tuple[Where, Any]]) -> Iterator[tuple[Where, Any]]:
    """Yield what has been written before, each time it is written again."""
    seen = set()
    for where, value in written:
        if value in seen:
            yield where, value
        seen.add(value)
