"""`vertsdesk year …`: the deadlines of the year, who is reminded when, and who has met them."""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from argparse import _SubParsersAction as Commands
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import date, timedelta

from rich.box import HORIZONTALS
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.agreements import HALD, AgreementBook, AgreementError, read_agreement
from bot.clock import wall_clock
from bot.domain.agreement import Agreement
from bot.domain.calendar import BeyondCalendar
from bot.domain.people import Language, Person, PersonId
from bot.domain.year_wheel import Occurrence, occurrences, reminder_day
from bot.settings import Settings
from bot.year import read_year
from storage.database import Database
from storage.engines import BadDatabaseUrl
from storage.year import Kept

PIPED_WIDTH = 160  # a pipe has no width of its own
SHOWN = ("due", "municipality", "name", "side", "source", "reminders", "status")
AHEAD = timedelta(days=365)
LIST = """Show what is due in the period: from today and a year on, where nothing else is said. A
day that falls on a weekend or a holiday is shown where year.toml moves it."""

Entry = Mapping[str, object]


class CannotList(Exception):
    """Nothing can be listed. Says why, and what to do instead."""


def add(commands: "Commands[ArgumentParser]") -> None:
    parser = commands.add_parser("year", help="list the deadlines of the year")
    parts = parser.add_subparsers(required=True, metavar="PART")
    shown = parts.add_parser("list", help="show them as a table, or as JSON", description=LIST)
    shown.add_argument("--municipality", metavar="WHICH", help="this one alone, by id or name")
    shown.add_argument("--from", type=_day, metavar="DATE", help="first day; today if left out")
    shown.add_argument("--to", type=_day, metavar="DATE", help="last day, included")
    shown.add_argument("--json", action="store_true", help="as JSON, for a program to read")
    shown.set_defaults(run=_list)


def entries(
    database: Database, agreement: Agreement, words: Namespace, today: date
) -> Sequence[Entry]:
    """Return what *words* ask for, the earliest first; *agreement* has its yearly wheel.

    :raises CannotList: there is no such municipality or period, or the database is not up to date
    """
    first = vars(words)["from"] or today
    last = words.to or first + AHEAD
    if last < first:
        raise CannotList(f"the period ends on {last}, before it begins on {first}")
    if not database.is_current():
        raise CannotList("the database is not ready: run `vertsdesk migrate`")
    which = _municipality(words.municipality, agreement) if words.municipality else None
    try:
        found = occurrences(agreement, first, last, which)
        with database.reading() as store:
            known = store.year.known(agreement.id, first, which)
            people = store.people.directory()
            return [_entry(one, known.get(one.term), agreement, people, today) for one in found]
    except (BeyondCalendar, OverflowError) as error:
        raise CannotList(f"the calendar does not reach so far: {error}") from error


def _entry(
    one: Occurrence,
    kept: Kept | None,
    agreement: Agreement,
    people: Mapping[PersonId, Person],
    today: date,
) -> Entry:
    deadline, calendar = one.deadline, agreement.calendar
    by = people.get(kept.met_by) if kept and kept.met_by else None
    at = kept.met_at.astimezone(calendar.zone) if kept and kept.met_at else None
    return {
        "due": one.due.isoformat(),
        "municipality": agreement.municipalities[one.term.municipality].name,
        "id": deadline.id,
        "name": deadline.words[Language.EN],
        "task": deadline.task,
        "side": one.side.value,
        "basis": deadline.basis.value,
        "source": deadline.source,
        "reminders": [
            reminder_day(one.due, before, calendar).isoformat() for before in deadline.remind
        ],
        "status": "met" if at else "late" if one.due < today else "open",
        "met_by": by.name if by else "",
        "met_at": at.isoformat(timespec="seconds") if at else "",
    }


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise ArgumentTypeError(f'"{written}" is not a date; write 2026-01-31') from None


def _municipality(which: str, agreement: Agreement) -> str:
    for member in agreement.municipalities.values():
        if which.casefold() in {member.id.casefold(), member.name.casefold()}:
            return member.id
    known = ", ".join(agreement.municipalities)
    raise CannotList(f'no municipality "{which}" in {agreement.name}; write one of {known}')


def _list(words: Namespace) -> int:
    settings = Settings()
    path = settings.agreement or HALD
    try:
        agreement = read_agreement(path)
        wheel = read_year(path.with_suffix(""), agreement)
        agreement = AgreementBook([agreement], year=wheel).newest
        today = agreement.calendar.local_date(wall_clock())
        with closing(Database(settings.database_url)) as database:
            found = entries(database, agreement, words, today)
    except (AgreementError, BadDatabaseUrl, CannotList) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if words.json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    else:
        _show(found)
    return 0


def _show(found: Sequence[Entry]) -> None:
    table = Table(box=HORIZONTALS)
    for column in SHOWN:
        table.add_column(column, overflow="fold")
    for entry in found:
        table.add_row(*(escape(_cell(entry, column)) for column in SHOWN))
    console = Console(width=None if sys.stdout.isatty() else PIPED_WIDTH)
    console.print(table if found else "Nothing is due in this period.")


def _cell(entry: Entry, column: str) -> str:
    value = entry[column]
    if isinstance(value, list):
        return ", ".join(day[5:] for day in value)
    if column == "status" and entry["met_at"]:
        return f"met by {entry['met_by']} {str(entry['met_at'])[:10]}"
    return str(value)
