"""`vertsdesk clock rebuild`: every figure counted again from the log, and each difference named."""

import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict

from rich.box import HORIZONTALS
from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from bot.agreements import AgreementError
from bot.cli.recount import CannotAnswer, Recounted, how_many, mend, opened, recount
from storage.engines import BadDatabaseUrl

PIPED_WIDTH = 160  # characters, where no terminal says how wide it is


def run(words: Namespace) -> int:
    try:
        with opened() as (database, book):
            total = how_many(database, words.ticket)
            again = track(
                recount(database, book, words.ticket),
                description="Counting",
                total=total,
                console=Console(stderr=True),
                disable=not sys.stderr.isatty(),
                transient=True,
            )
            wrong = [ticket for ticket in again if ticket.differences]
            can_be_mended = [ticket for ticket in wrong if words.write and not ticket.is_broken]
            for ticket in can_be_mended:
                mend(database, book, ticket.ticket)
    except (AgreementError, BadDatabaseUrl, CannotAnswer) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    say = _say_as_json if words.json else _say
    say(total, wrong, len(can_be_mended))
    return 0 if len(wrong) == len(can_be_mended) else 1


def _say(total: int, wrong: Sequence[Recounted], mended: int) -> None:
    console = Console(width=None if sys.stdout.isatty() else PIPED_WIDTH)
    if wrong:
        table = Table(box=HORIZONTALS)
        for column in ("ticket", "field", "stored", "rebuilt"):
            table.add_column(column, overflow="fold")
        for found in (each for ticket in wrong for each in ticket.differences):
            table.add_row(*map(Text, (found.ticket, found.field, found.stored, found.rebuilt)))
        console.print(table)
    differing = sum(len(ticket.differences) for ticket in wrong)
    told = f"{total} tickets counted again: {differing} differences"
    console.print(Text(f"{told} in {len(wrong)} tickets, {mended} mended" if wrong else told))


def _say_as_json(total: int, wrong: Sequence[Recounted], mended: int) -> None:
    found = [asdict(each) for ticket in wrong for each in ticket.differences]
    told = {"tickets": total, "mended": mended, "differences": found}
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
