"""Figures in columns for Slack, where only code is written in letters of one width."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from bot.cards.blocks import Table
from bot.render.slack_words import ENTITY_LENGTH, MORE, TEXT_LIMIT, Drawn, escaped

CELL_LIMIT = 40
FENCE = "```"
ROOM = TEXT_LIMIT - 2 * len(FENCE) - 2
LINE_LIMIT = ROOM // ENTITY_LENGTH  # then a line always fits, whatever must be escaped in it


def table_blocks(table: Table) -> Iterator[Drawn]:
    """Draw the rows below each other; a table too long for one block goes on in the next."""
    head, *rows = (tuple(_cell(text) for text in row) for row in (table.columns, *table.rows))
    widths = [max(map(len, column)) for column in zip_longest(head, *rows, fillvalue="")]
    rule = "─" * min(sum(widths) + 2 * (len(widths) - 1), LINE_LIMIT)
    for part in _parts([_line(head, widths), rule, *(_line(row, widths) for row in rows)]):
        text = f"{FENCE}\n{part}\n{FENCE}"
        yield {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _cell(text: str) -> str:
    """Return one line that cannot end the code it stands in."""
    line = " ".join(text.split()).replace("`", "'")
    return line if len(line) <= CELL_LIMIT else line[: CELL_LIMIT - 1] + MORE


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    """Align a row: its name to the left, its figures to the right."""
    cells = zip_longest(row, widths, fillvalue="")
    aligned = [
        cell.rjust(int(width)) if number else cell.ljust(int(width))
        for number, (cell, width) in enumerate(cells)
    ]
    return escaped("  ".join(aligned).rstrip()[:LINE_LIMIT])


def _parts(lines: Sequence[str]) -> Iterator[str]:
    """Gather lines into parts that fit in one block each."""
    part = ""
    for line in lines:
        if part and len(part) + 1 + len(line) > ROOM:
            yield part
            part = line
        else:
            part = f"{part}\n{line}" if part else line
    yield part
