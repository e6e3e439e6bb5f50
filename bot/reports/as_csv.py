"""A report as CSV: one figure on each line, so that a program can read what a person opens.

It begins with a byte order mark: without one, Excel reads «Dønna» as «DÃ¸nna». Semicolons part the
cells, and decimals are written with a comma in Norwegian, since that is what Excel expects here.
"""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from io import StringIO

from bot.domain.people import Language
from bot.orders.audit import harmless
from bot.reports.document import Cell, Document, Line, Sheet, Unit
from bot.reports.rounding import one_decimal

HEAD = ("table", "row", "row_name", "figure", "figure_name", "value", "unit")
SECOND = timedelta(seconds=1)
UNITS = {Unit.TIME: "working seconds", Unit.PERCENT: "percent", Unit.RATE: "per 1000"}


def as_csv(document: Document) -> bytes:
    """Return the file: UTF-8 with a byte order mark, every cell in quotes, no formulas."""
    out = StringIO()
    rows = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    rows.writerow(HEAD)
    for row in _rows(document):
        rows.writerow([harmless(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _rows(document: Document) -> Iterator[tuple[str, ...]]:
    for sheet in (*document.overview, *document.sheets):
        for line in (*sheet.lines, *([sheet.total] if sheet.total else [])):
            yield from _figures(sheet, line, document.language)
    for name, value in document.about:
        yield "about", "", "", "", name, value, ""
    for name, text in document.definitions:
        yield "definition", "", "", "", name, text, ""
    yield "seal", "", "", "", "", str(document.seal), ""


def _figures(sheet: Sheet, line: Line, language: Language) -> Iterator[tuple[str, ...]]:
    name = f"{line.name:%Y-%m}" if isinstance(line.name, date) else line.name
    for column, cell in zip(sheet.columns, line.cells, strict=True):
        unit = UNITS.get(column.unit, "")
        value = _value(cell, language)
        yield sheet.key, line.key, name, column.key, column.name, value, unit


def _value(cell: Cell, language: Language) -> str:
    match cell:
        case None:
            return ""
        case timedelta():
            return str(cell // SECOND)
        case Fraction():
            written = one_decimal(cell)
            return written if language is Language.EN else written.replace(".", ",")
        case date():
            return cell.isoformat()
        case _:
            return str(cell)
