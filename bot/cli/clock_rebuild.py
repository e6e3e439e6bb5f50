"""`vertsdesk clock rebuild`: every figure counted again from the log, and each difference named."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.progress import track
from rich.text import Text

from bot.cli.answers import refusing, write_json
from bot.cli.installation import opened
from bot.cli.recount import Recounted, how_many, mend, recount
from bot.cli.terminal import table, terminal


@refusing()
def run(words: Namespace) -> int:
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
    say = _say_as_json if words.json else _say
    say(total, wrong, len(can_be_mended))
    return 0 if len(wrong) == len(can_be_mended) else 1


def _say(total: int, wrong: Sequence[Recounted], mended: int) -> None:
    console = terminal()
    if wrong:
        drawn = table("ticket", "field", "stored", "rebuilt")
        for found in (each for ticket in wrong for each in ticket.differences):
            drawn.add_row(*map(Text, (found.ticket, found.field, found.stored, found.rebuilt)))
        console.print(drawn)
    differing = sum(len(ticket.differences) for ticket in wrong)
    told = f"{total} tickets counted again: {differing} differences"
    console.print(Text(f"{told} in {len(wrong)} tickets, {mended} mended" if wrong else told))


def _say_as_json(total: int, wrong: Sequence[Recounted], mended: int) -> None:
    found = [asdict(each) for ticket in wrong for each in ticket.differences]
    write_json({"tickets": total, "mended": mended, "differences": found})
