"""`vertsdesk orders …`: what the municipalities have ordered, listed and exported for audit."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from argparse import _SubParsersAction as Commands
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from rich.box import HORIZONTALS
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.agreements import HALD, AgreementError, read_agreement
from bot.domain.agreement import Agreement
from bot.domain.periods import Period
from bot.orders.audit import Audited, Auditor, as_csv, as_json
from bot.settings import Settings
from storage.database import Database, Store
from storage.engines import BadDatabaseUrl

PIPED_WIDTH = 160  # a pipe has no width of its own
SHOWN = ("number", "municipality", "form", "status", "ordered_by", "decided_by", "ticket", "done")
EXPORT = """Write what was ordered in the period, with every approval and what was done: as JSON
with every step, or as a CSV file for a spreadsheet, in which no cell is run as a formula."""


class CannotList(Exception):
    """Nothing can be listed. Says why, and what to do instead."""


def add(commands: "Commands[ArgumentParser]") -> None:
    parser = commands.add_parser("orders", help="list and export what was ordered, for audit")
    parts = parser.add_subparsers(required=True, metavar="PART")
    shown = _part(parts.add_parser("list", help="show the orders as a table"))
    shown.set_defaults(run=_list)
    written = _part(parts.add_parser("export", help="write them for audit", description=EXPORT))
    form = written.add_mutually_exclusive_group()
    form.add_argument("--csv", type=Path, metavar="FILE", help="for a spreadsheet")
    form.add_argument("--json", action="store_true", help="as JSON; so it is without --csv, too")
    written.set_defaults(run=_export)


def audited(database: Database, agreement: Agreement, words: Namespace) -> list[Audited]:
    """Return what *words* ask for, the oldest first.

    :raises CannotList: there is no such municipality or period, or the database is not up to date
    """
    if not database.is_current():
        raise CannotList("the database is not ready: run `vertsdesk migrate`")
    try:
        period = Period(vars(words)["from"], words.to)
    except ValueError as error:
        raise CannotList(str(error)) from error
    which = _municipality(words.municipality, agreement) if words.municipality else None
    with database.reading() as store:
        return list(_audited(store, period, which, agreement))


def _part(parser: ArgumentParser) -> ArgumentParser:
    parser.add_argument("--from", type=_day, required=True, metavar="DATE", help="first day")
    parser.add_argument("--to", type=_day, required=True, metavar="DATE", help="last day, included")
    parser.add_argument("--municipality", metavar="WHICH", help="this one alone, by id or name")
    return parser


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise ArgumentTypeError(f'"{written}" is not a date; write 2026-01-31') from None


def _audited(
    store: Store, period: Period, which: str | None, agreement: Agreement
) -> Iterator[Audited]:
    start, end = period.moments(agreement.calendar.zone)
    for order, steps in store.orders.placed_between(start, end, which):
        if order.cooperation == agreement.id:
            number = store.tickets.get(order.ticket).number if order.ticket else ""
            yield Audited(order=order, steps=steps, ticket=number)


def _municipality(which: str, agreement: Agreement) -> str:
    for member in agreement.municipalities.values():
        if which.casefold() in {member.id.casefold(), member.name.casefold()}:
            return member.id
    known = ", ".join(agreement.municipalities)
    raise CannotList(f'no municipality "{which}" in {agreement.name}; write one of {known}')


def _list(words: Namespace) -> int:
    found = _found(words)
    if found is None:
        return 1
    auditor, orders = found
    table = Table(box=HORIZONTALS)
    for column in SHOWN:
        table.add_column(column.replace("_", " "), overflow="fold")
    for one in orders:
        entry = auditor.entry(one)
        table.add_row(*(escape(entry[column]) for column in SHOWN))
    console = Console(width=None if sys.stdout.isatty() else PIPED_WIDTH)
    console.print(table if orders else "Nothing was ordered in this period.")
    return 0


def _export(words: Namespace) -> int:
    found = _found(words)
    if found is None:
        return 1
    auditor, orders = found
    if words.csv is None:
        sys.stdout.write(as_json([auditor.told(one) for one in orders]) + "\n")
        return 0
    try:
        # With a mark at the start, by which Excel knows that it is UTF-8.
        text = as_csv(map(auditor.entry, orders))
        words.csv.write_bytes(text.encode("utf-8-sig"))
    except OSError as error:
        sys.stderr.write(f"{words.csv}: {error.strerror}\n")
        return 1
    sys.stdout.write(f"{len(orders)} orders in {words.csv}\n")
    return 0


def _found(words: Namespace) -> tuple[Auditor, list[Audited]] | None:
    """Return the orders and who tells of them; None, with a word on why, when that cannot be."""
    settings = Settings()
    try:
        agreement = read_agreement(settings.agreement or HALD)
        with closing(Database(settings.database_url)) as database:
            orders = audited(database, agreement, words)
            with database.reading() as store:
                people = store.people.directory()
    except (AgreementError, BadDatabaseUrl, CannotList) as error:
        sys.stderr.write(f"{error}\n")
        return None
    names = {member.id: member.name for member in agreement.municipalities.values()}
    return Auditor(people, names, agreement.calendar.zone), orders
