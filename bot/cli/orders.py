"""`vertsdesk orders …`: what the municipalities have ordered, listed and exported for audit."""

import sys
from argparse import ArgumentParser, Namespace
from argparse import _SubParsersAction as Commands
from collections.abc import Iterator
from pathlib import Path

from bot.cli.answers import CannotAnswer, refused, refusing
from bot.cli.asked import add_municipality, add_period, municipality_asked
from bot.cli.installation import opened
from bot.cli.terminal import plain, table, terminal
from bot.domain.agreement import Agreement
from bot.domain.periods import Period
from bot.orders.audit import Audited, Auditor, as_csv, as_json
from storage.database import Store

SHOWN = ("number", "municipality", "form", "status", "ordered_by", "decided_by", "ticket", "done")
EXPORT = """Write what was ordered in the period, with every approval and what was done: as JSON
with every step, or as a CSV file for a spreadsheet, in which no cell is run as a formula."""


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


def audited(store: Store, agreement: Agreement, words: Namespace) -> list[Audited]:
    """Return what *words* ask for, the oldest first.

    :raises CannotAnswer: there is no such municipality or period
    """
    try:
        period = Period(vars(words)["from"], words.to)
    except ValueError as error:
        raise CannotAnswer(str(error)) from error
    which = municipality_asked(words.municipality, agreement)
    return list(_audited(store, period, which, agreement))


def _part(parser: ArgumentParser) -> ArgumentParser:
    add_period(parser)
    add_municipality(parser)
    return parser


def _audited(
    store: Store, period: Period, which: str | None, agreement: Agreement
) -> Iterator[Audited]:
    start, end = period.moments(agreement.calendar.zone)
    for order, steps in store.orders.placed_between(start, end, which):
        if order.cooperation == agreement.id:
            number = store.tickets.get(order.ticket).number if order.ticket else ""
            yield Audited(order=order, steps=steps, ticket=number)


@refusing()
def _list(words: Namespace) -> int:
    auditor, orders = _found(words)
    drawn = table(*(column.replace("_", " ") for column in SHOWN))
    for one in orders:
        entry = auditor.entry(one)
        drawn.add_row(*(plain(entry[column]) for column in SHOWN))
    terminal().print(drawn if orders else "Nothing was ordered in this period.")
    return 0


@refusing()
def _export(words: Namespace) -> int:
    auditor, orders = _found(words)
    if words.csv is None:
        sys.stdout.write(as_json([auditor.told(one) for one in orders]) + "\n")
        return 0
    try:
        # With a mark at the start, by which Excel knows that it is UTF-8.
        text = as_csv(map(auditor.entry, orders))
        words.csv.write_bytes(text.encode("utf-8-sig"))
    except OSError as error:
        return refused(f"{words.csv}: {error.strerror}")
    sys.stdout.write(f"{len(orders)} orders in {words.csv}\n")
    return 0


def _found(words: Namespace) -> tuple[Auditor, list[Audited]]:
    """Return the orders, and who tells of them."""
    with opened() as (database, book), database.reading() as store:
        agreement = book.newest
        orders, people = audited(store, agreement, words), store.people.directory()
    names = {member.id: member.name for member in agreement.municipalities.values()}
    return Auditor(people, names, agreement.calendar.zone), orders
