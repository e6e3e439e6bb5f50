"""Drawn: a card of the chat's as plain text and tables, in the very same words."""

from rich import box
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text as Line

from bot.cards.blocks import Block, Card, Table, Text


def draw(card: Card, console: Console) -> None:
    """Draw *card*.

    :raises TypeError: it has something other than texts and tables
    """
    console.print(Line(card.title, style="bold"))
    for block in card.body:
        console.print(_drawn(block))


def _drawn(block: Block) -> Line | Grid:
    match block:
        case Text():
            return Line(f"\n{block.text}", style="dim" if block.subtle else "")
        case Table():
            grid = Grid(box=box.SIMPLE, title=Line(block.title), title_justify="left")
            for column in block.columns:
                grid.add_column(Line(column), overflow="fold")
            for row in block.rows:
                grid.add_row(*map(Line, row))
            return grid
        case _:
            raise TypeError(f"{block.kind} cannot be drawn here")
