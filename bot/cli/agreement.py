"""`vertsdesk agreement …`: check an agreement file, show it, and compare two versions of it."""

import argparse
from importlib import import_module
from itertools import groupby
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from bot.agreements import (
    AgreementError,
    find_agreement,
    parse_file,
    read_agreement,
    read_source,
)
from bot.agreements.changes import Change, changes
from bot.agreements.file import PROMISES, AgreementFile, MeetingEntry, TaskEntry
from bot.agreements.ready_answers import ANSWERS, read_answers
from bot.agreements.values import write_inhabitants, write_length, write_promise
from bot.cli.answers import refusing
from bot.cli.terminal import table as empty_table
from bot.cli.terminal import terminal
from bot.orders import ORDERS, read_orders
from bot.year import YEAR, read_year

PIPED_WIDTH = 120  # a pipe has no width of its own
FILE_HELP = 'an agreement file, or the name of one that comes with the program, such as "hald"'
DIFF_HELP = """Tell what differs in meaning between two versions: tasks, sides, targets, contacts,
members, opening hours. The exit status is 0 when nothing differs, and 1 when something does or
when one of the files cannot be read."""
CLOSE_HELP = """Let the unit be closed on a day still to come. Open deadlines move, under every
version of the agreement: time used stays, and the rest runs on the new hours. What is done keeps
the deadline it had. It cannot be taken back. Saying it again is harmless, and goes on with what was
cut short."""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its four parts."""
    parser = commands.add_parser(
        "agreement", help="check, show and compare agreements; close a day"
    )
    parts = parser.add_subparsers(required=True, metavar="PART")
    _add_check(parts)
    _add_show(parts)
    _add_diff(parts)
    _add_close(parts)


def _add_check(parts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    check = parts.add_parser("check", help="say whether a file and its order forms can be used")
    check.add_argument("file", metavar="FILE", help=FILE_HELP)
    check.set_defaults(run=_check)


def _add_show(parts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    show = parts.add_parser("show", help="show an agreement as tables")
    show.add_argument("file", metavar="FILE", nargs="?", default="hald", help=FILE_HELP)
    show.set_defaults(run=_show)


def _add_diff(parts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    diff = parts.add_parser(
        "diff", help="tell two versions apart; exit status 1 if they differ", description=DIFF_HELP
    )
    diff.add_argument("a", metavar="A", help=FILE_HELP)
    diff.add_argument("b", metavar="B", help="the version to compare it with")
    diff.set_defaults(run=_diff)


def _add_close(parts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    close = parts.add_parser("close", help="close on a day to come", description=CLOSE_HELP)
    close.add_argument("day", metavar="DATE", help="such as 2026-05-15")
    close.add_argument("--reason", required=True, help="what both sides read beside a deadline")
    close.set_defaults(run=_close)


def _close(words: argparse.Namespace) -> int:
    # Loaded only now: to read a file needs no database.
    exit_status: int = import_module("bot.cli.closing").run(words)
    return exit_status


@refusing(AgreementError)
def _check(words: argparse.Namespace) -> int:
    file, path = _read(words.file), find_agreement(words.file)
    agreement, folder = read_agreement(path), path.with_suffix("")
    forms, year = read_orders(folder, agreement), read_year(folder, agreement)
    _say(f"{path.name} can be used: {_summary(file)}")
    if forms:
        _say(f"{path.stem}/{ORDERS} can be used: {len(forms)} order forms, {', '.join(forms)}.")
    if year:
        _say(f"{path.stem}/{YEAR} can be used: {len(year)} deadlines, {', '.join(year)}.")
    if ready := read_answers(folder, {task.id for task in file.tasks}):
        _say(f"{path.stem}/{ANSWERS} can be used: {len(ready)} ready answers.")
    return 0


@refusing(AgreementError)
def _diff(words: argparse.Namespace) -> int:
    found = changes(_read(words.a), _read(words.b))
    for subject, grouped in groupby(found, key=lambda change: change.subject):
        _say(subject)
        for change in grouped:
            _say(f"  {_told(change)}")
    if not found:
        _say("Nothing differs.")
    return 1 if found else 0


def _told(change: Change) -> str:
    if change.before is None:
        return f"+ {change.field}: {change.after}"
    if change.after is None:
        return f"- {change.field}: {change.before}"
    return f"~ {change.field}: {change.before} => {change.after}"


@refusing(AgreementError)
def _show(words: argparse.Namespace) -> int:
    file = _read(words.file)
    console = terminal(PIPED_WIDTH)
    console.print(escape(_summary(file)))
    for table in (
        _members(file),
        _tasks(file),
        _contacts(file),
        _roles(file),
        _targets(file),
        _calendar(file),
        _closing_days(file),
        _third_parties(file),
        _meetings(file),
    ):
        console.print()
        console.print(table)
    return 0


def _read(words: str) -> AgreementFile:
    path: Path = find_agreement(words)
    return parse_file(read_source(path), path.name)


def _say(line: str) -> None:
    print(line)  # noqa: T201 it is what a command line is for


def _summary(file: AgreementFile) -> str:
    return (
        f"{file.name} ({file.form}), effective from {file.effective_from}: "
        f"{len(file.municipalities)} municipalities with "
        f"{sum(entry.people for entry in file.municipalities)} inhabitants, "
        f"{len(file.tasks)} tasks, {len(file.contact_rules)} contact rules."
    )


def _members(file: AgreementFile) -> Table:
    table = _table(
        "Members", "id", "name", "inhabitants", "joined", "main contact", "deputies", "domains"
    )
    for entry in file.municipalities:
        name = f"{entry.name} (host)" if entry.id == file.host else entry.name
        people = (entry.contact, ", ".join(entry.deputies), ", ".join(entry.domains))
        _row(
            table, entry.id, name, write_inhabitants(entry.inhabitants), str(entry.joined), *people
        )
    return table


def _closing_days(file: AgreementFile) -> Table:
    table = _table("Members' own closing days: shown, never counted", "id", "days")
    for entry in file.municipalities:
        _row(table, entry.id, ", ".join(map(str, sorted(entry.closing_days))) or "none")
    return table


def _tasks(file: AgreementFile) -> Table:
    table = _table("Tasks", "id", "side", "the agreement's wording", "clauses", "targets")
    for entry in file.tasks:
        clauses = "; ".join(f"{clause.section} {clause.number}" for clause in entry.clauses)
        _row(table, entry.id, entry.side, _wording(entry), clauses, entry.targets)
    return table


def _wording(entry: TaskEntry) -> str:
    """Return the wording, and on lines of their own what it depends on and who it is left to."""
    lines = [entry.name, *(f"if: {condition}" for condition in entry.preconditions)]
    lines += [f"order form: {entry.order_form}"] if entry.order_form else []
    lines += ["a colleague approves each answer"] if entry.second_eyes else []
    lines += [f"see: {entry.third_party}"] if entry.third_party else []
    return "\n".join(lines)


def _contacts(file: AgreementFile) -> Table:
    table = _table("Asked before the main contact", "who", "deputies", "for", "tasks")
    for rule in file.contact_rules:
        _row(
            table,
            rule.who,
            ", ".join(rule.deputies),
            rule.municipality or "everybody",
            ", ".join(rule.tasks),
        )
    return table


def _roles(file: AgreementFile) -> Table:
    table = _table("Roles", "role", "what it is for")
    _row(table, file.lead, "leads the unit")
    _row(table, file.manager, "is above the lead")
    for role, purpose in file.roles.items():
        _row(table, role, purpose)
    _row(table, "the host's people", f"see figures: {file.sharing.host}")
    _row(table, "each member's managers", f"see figures: {file.sharing.members}")
    for who in file.sharing.readers:
        _row(table, who, "sees figures as the municipality's managers do")
    return table


def _targets(file: AgreementFile) -> Table:
    promised = ("first response", "next response", "resolution")
    table = _table("Targets, in working time", "name", *promised)
    for name, targets in file.targets.items():
        promises = (targets.first_response, targets.next_response, targets.resolution)
        _row(table, name, *map(write_promise, promises))
        for season in targets.seasons:
            changed = (season.promises.get(promise) for promise in PROMISES)
            cells = (write_promise(promise) if promise else "as usual" for promise in changed)
            _row(table, f"{name}, from {season.written}", *cells)
    return table


def _calendar(file: AgreementFile) -> Table:
    table = _table("Calendar and clock", "what", "how")
    calendar = file.calendar
    _row(table, "opening hours", "\n".join(calendar.opening_hours))
    _row(table, "closed on the public holidays of", calendar.country)
    _row(table, "zone", str(calendar.zone))
    _row(table, "years", f"{calendar.years[0]}-{calendar.years[1]}")
    _row(table, "warnings at", ", ".join(f"{percent} %" for percent in file.warn_at))
    for rung in file.escalation:
        _row(table, f"at {rung.percent} % to", ", ".join(rung.to))
    _row(table, "time to choose", write_length(file.choose_within))
    _row(table, "can be reopened within", f"{file.reopen_within} working days")
    stands_still = "yes" if file.third_party_pauses else "no"
    _row(table, "resolution stands still for a third party", stands_still)
    _row(table, "time spent is put down", "yes" if file.time_spent else "no")
    return table


def _third_parties(file: AgreementFile) -> Table:
    table = _table("Third parties", "id", "name", "what", "how to reach them")
    for entry in file.third_parties:
        _row(table, entry.id, entry.name, entry.what, entry.reach)
    return table


def _meetings(file: AgreementFile) -> Table:
    table = _table("Meetings", "id", "name", "level", "when", "attendees", "purpose")
    for entry in file.meetings:
        name = f"{entry.name} (one series each)" if entry.each else entry.name
        people = ", ".join(entry.attendees)
        _row(table, entry.id, name, entry.level, _when(entry), people, "\n".join(entry.purpose))
    return table


def _when(entry: MeetingEntry) -> str:
    schedule = entry.schedule
    return f"{schedule.recurrence} at {schedule.at:%H:%M}" if schedule else "not planned"


def _table(title: str, *columns: str) -> Table:
    titled = empty_table(*columns)
    titled.title, titled.title_justify = title, "left"
    return titled


def _row(table: Table, *cells: str) -> None:
    table.add_row(*(escape(cell) for cell in cells))
