"""The terminal that a command draws at: how wide it is, its tables, and words as they are."""

import sys

from rich.box import HORIZONTALS
from rich.console import Console
from rich.table import Table
from rich.text import Text

PIPED_WIDTH = 160  # characters, when nobody looks: a file or another program


def terminal(piped_width: int = PIPED_WIDTH) -> Console:
    """Return what to draw at. *piped_width*: in characters, where no terminal says how wide."""
    return Console(width=None if sys.stdout.isatty() else piped_width, highlight=False)


def table(*columns: str) -> Table:
    """Return a table with nothing in it. A long word goes on below; it is never cut."""
    empty = Table(box=HORIZONTALS)
    for column in columns:
        empty.add_column(column, overflow="fold")
    return empty


def plain(words: str, style: str = "") -> Text:
    """Return *words* as they are: no markup, and nothing that steers a terminal."""
    return Text("".join(sign if sign.isprintable() else " " for sign in words), style)
