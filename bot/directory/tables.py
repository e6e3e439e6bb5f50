"""The cells of a file as text, with line numbers: CSV as Excel saves it here, or a workbook."""

import csv
import io
import warnings
import zipfile
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook

from bot.directory.faults import Fault, Unreadable

MOST_BYTES = 10_000_000  # a municipality's people fit in far less
DELIMITERS = ";,\t"
ZIP = b"PK\x03\x04"
COMMENT = "#"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row's cells, trimmed. *line* is where it begins, counted from 1."""

    line: int
    cells: tuple[str, ...]


Table = tuple[TableRow, ...]


def read_table(path: Path) -> Table:
    """Return the rows that hold anything; those that begin with ``#`` are remarks.

    :raises Unreadable: no file, too large, not what its name says, or nothing in it
    """
    content = _content(path)
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        rows = tuple(_tidy(_workbook_rows(content)))
    elif suffix in {".csv", ".txt", ".tsv"}:
        rows = tuple(_tidy(_text_rows(content)))
    else:
        raise _unreadable(f'"{path.name}" is no CSV and no .xlsx', "Save it as .xlsx or as CSV")
    if not rows:
        raise _unreadable(
            "it is empty", "Put the columns' names on the first line, and people below"
        )
    return rows


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _unreadable("it is over 10 MB", "Take a file with nothing but the people in it")
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise _unreadable(f"{path} cannot be read ({reason})", "Check the name") from error


def _tidy(rows: Iterable[TableRow]) -> Iterator[TableRow]:
    for row in rows:
        cells = tuple(cell.strip() for cell in row.cells)
        if any(cells) and not cells[0].startswith(COMMENT):
            yield TableRow(row.line, cells)


def _workbook_rows(content: bytes) -> Iterator[TableRow]:
    """Read the first sheet. A formula stays a formula, so that it can be refused."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and drop-downs that it does not know
            book = load_workbook(io.BytesIO(content), read_only=True)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # some programs write down too few
            for line, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
                yield TableRow(line, tuple(_text(cell) for cell in cells))
    except (zipfile.BadZipFile, KeyError, IndexError, ValueError, OSError, SyntaxError) as error:
        advice = "Open it in Excel and save it as .xlsx, or as CSV"
        raise _unreadable("it is no Excel workbook, whatever its name says", advice) from error


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _text_rows(content: bytes) -> Iterator[TableRow]:
    text = _decoded(content)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    begins = 1
    try:
        for cells in lines:
            yield TableRow(begins, tuple(cells))
            begins = lines.line_num + 1
    except csv.Error as error:
        advice = 'Check the quotes: a " inside a quoted cell is written twice'
        raise Unreadable(Fault(begins, None, f"this is not CSV ({error})", advice)) from error


def _decoded(content: bytes) -> str:
    if content.startswith(ZIP):
        raise _unreadable("it is an Excel workbook or a zip file", "Call it .xlsx")
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        encodings = ["utf-16"]  # Excel's «Unicode text»
    else:
        encodings = ["utf-8-sig", "cp1252"]  # the second is how Excel saves plain «CSV» in Norway
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _unreadable("it is not text", "Save it as «CSV UTF-8», or as .xlsx")


def _delimiter(text: str) -> str:
    """Return what the first line that is no remark separates its cells with."""
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith(COMMENT))
    first = next(lines, "")
    return max(DELIMITERS, key=first.count)


def _unreadable(wrong: str, instead: str) -> Unreadable:
    return Unreadable(Fault(None, None, wrong, instead))
