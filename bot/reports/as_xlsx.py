"""A report as an Excel file: real numbers, times and dates, a filter and a head that stands still.

The same report is always the same bytes: no part is compressed, for compressors differ from one
machine to the next, and every date in it is the moment the log was cut at.
"""

import re
import zipfile
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as Field
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.reports.document import Cell, Column, Document, Line, Named, Sheet, Unit
from bot.reports.rounding import TENTHS, tenths
from bot.reports.undated import undated

FORMATS = {
    Unit.NUMBER: "#,##0",
    Unit.PERCENT: "0 %",
    Unit.TIME: "[h]:mm",
    Unit.RATE: "0.0",
    Unit.TEXT: "@",
}
MONTH = "yyyy-mm"
HUNDRED = 100
WIDEST, NARROWEST, READING = 44, 11, 100  # characters
NAME_LIMIT = 31  # Excel's, for a sheet
FORBIDDEN = re.compile(r"[\\/*?:\[\]]")
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def as_xlsx(document: Document) -> bytes:
    """Return the workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _told(book.create_sheet(_free(book, document.about_title)), document)
    for sheet in (*document.overview, *document.sheets):
        _table(book.create_sheet(_free(book, sheet.title)), sheet)
    _words(book.create_sheet(_free(book, document.definitions_title)), document.definitions)
    properties = book.properties
    properties.title, properties.creator = document.title, "Vertsdesk"
    properties.keywords, properties.language = str(document.seal), document.language
    properties.created = document.made_at.astimezone(UTC).replace(tzinfo=None)
    out = BytesIO()
    book.save(out)
    return _packed(out.getvalue(), document.made_at)


def _told(page: Worksheet, document: Document) -> None:
    _put(page, (1, 1), document.title, Unit.TEXT)
    page.cell(1, 1).font = Font(bold=True, size=14)
    _words(page, document.about, first=3)


def _words(page: Worksheet, named: tuple[Named, ...], first: int = 1) -> None:
    for row, (name, text) in enumerate(named, start=first):
        _put(page, (row, 1), name, Unit.TEXT)
        _put(page, (row, 2), text, Unit.TEXT)
        page.cell(row, 1).font = Font(bold=True)
        for column in (1, 2):
            page.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
    page.column_dimensions["A"].width = WIDEST
    page.column_dimensions["B"].width = READING


def _table(page: Worksheet, sheet: Sheet) -> None:
    """Draw the head, the lines, and the total outside the filter, so that it is never sorted in."""
    for place, name in enumerate((sheet.of, *(column.name for column in sheet.columns)), start=1):
        head = page.cell(1, place)
        _put(page, (1, place), name, Unit.TEXT)
        head.font, head.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        page.column_dimensions[get_column_letter(place)].width = NARROWEST
    for row, line in enumerate(sheet.lines, start=2):
        _line(page, row, line, sheet.columns)
    last = len(sheet.lines) + 1
    if sheet.total:
        _line(page, last + 1, sheet.total, sheet.columns)
        for place in range(1, len(sheet.columns) + 2):
            page.cell(last + 1, place).font = Font(bold=True)
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns) + 1)}{last}"
    page.freeze_panes = "B2"
    longest = max((len(str(line.name)) for line in sheet.lines), default=0)
    page.column_dimensions["A"].width = min(max(longest + 2, NARROWEST), WIDEST)


def _line(page: Worksheet, row: int, line: Line, columns: tuple[Column, ...]) -> None:
    _put(page, (row, 1), line.name, Unit.TEXT)
    for place, (cell, column) in enumerate(zip(line.cells, columns, strict=True), start=2):
        _put(page, (row, place), cell, column.unit)


def _put(page: Worksheet, place: tuple[int, int], cell: Cell, unit: Unit) -> None:
    """Write *cell* at row and column as what it is. Words are words, whatever they begin with."""
    field = page.cell(*place)
    if not isinstance(field, Field):
        raise TypeError("no cells are merged here")
    match cell:
        case None:
            return
        case str():
            field.value, field.data_type = FORBIDDEN_SIGNS.sub("", cell), "s"
            field.quotePrefix = True
        case datetime() | date():
            field.value, field.number_format = cell, MONTH
        case Fraction():
            field.value, field.number_format = tenths(cell) / TENTHS, FORMATS[unit]
        case timedelta():
            field.value, field.number_format = cell, FORMATS[unit]
        case _:
            field.value = cell / HUNDRED if unit is Unit.PERCENT else cell
            field.number_format = FORMATS[unit]


FORBIDDEN_SIGNS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # no Excel file can hold them


def _free(book: Workbook, title: str) -> str:
    """Return a name for a sheet that Excel takes, and that no other has."""
    name = FORBIDDEN.sub("-", title).strip("'")[:NAME_LIMIT] or "-"
    taken = {known.casefold() for known in book.sheetnames}
    numbers = (f"{name[: NAME_LIMIT - 3]} {number}" for number in range(2, HUNDRED))
    return next(free for free in (name, *numbers) if free.casefold() not in taken)


def _packed(written: bytes, made_at: datetime) -> bytes:
    """Return the same parts in the same order, uncompressed and without today's date."""
    moment = made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(written)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            content = MODIFIED.sub(rb"\g<1>" + moment + rb"\g<2>", old.read(part))
            new.writestr(undated(part.filename), content)
    return out.getvalue()
