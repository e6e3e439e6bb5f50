"""`vertsdesk understand examples`: what the team has taught, shown to the host; taking it back."""

import sys
from collections.abc import Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from bot.cli.answers import CannotAnswer, refusing
from bot.cli.installation import opened
from bot.cli.terminal import terminal
from bot.domain.agreement import Agreement
from bot.domain.lessons import Taught
from storage.taught import NoSuchExample

PIPED_WIDTH = 140  # characters, where no terminal says how wide it is
USAGE = "write `vertsdesk understand examples list`, or `… examples revoke N`"


@refusing()
def run(words: Sequence[str]) -> int:
    """List the examples, or revoke one; return the exit status."""
    match words:
        case ["list"]:
            return _list()
        case ["revoke", number] if number.isdecimal():
            return _revoke(int(number))
    sys.stderr.write(f"{USAGE}\n")
    return 2


def _list() -> int:
    with opened() as (database, book), database.reading() as store:
        examples = store.taught.all(book.newest.id)
        agreement = book.newest
    if not examples:
        sys.stdout.write("The team has taught nothing yet.\n")
        return 0
    terminal(PIPED_WIDTH).print(_table(examples, agreement))
    return 0


def _revoke(number: int) -> int:
    try:
        with opened() as (database, book), database.transaction() as store:
            store.taught.revoke(book.newest.id, number)
    except NoSuchExample:
        why = f"there is no example {number} with a text; see `… examples list`"
        raise CannotAnswer(why) from None
    sys.stdout.write(f"Example {number} is revoked, and its text deleted.\n")
    return 0


def _table(examples: Sequence[Taught], agreement: Agreement) -> Table:
    table = Table(box=box.SIMPLE)
    for name in ("no.", "ticket", "day", "task", "what became of it", "text"):
        table.add_column(name)
    for one in examples:
        day = agreement.calendar.local_date(one.at).isoformat()
        text = Text(one.text if one.text is not None else "(deleted)")
        table.add_row(str(one.number), one.ticket, day, one.task, Text(_became(one)), text)
    return table


def _became(one: Taught) -> str:
    """Return the verdict with both figures, if it has been tried."""
    if one.before is None or one.after is None:
        return one.verdict
    return f"{one.verdict}: {one.before:.2%} right before, {one.after:.2%} with it"
