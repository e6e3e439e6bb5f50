"""The first line of a people file: which column holds what, in English or in Norwegian."""

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from unicodedata import normalize

from bot.directory.faults import Fault, Unreadable
from bot.directory.tables import Table


class Column(StrEnum):
    NAME = "name"
    EMAIL = "email"
    MUNICIPALITY = "municipality"
    ROLES = "roles"
    LANGUAGE = "language"
    SLACK = "slack"
    TEAMS = "teams"


NEEDED = (Column.NAME, Column.EMAIL, Column.MUNICIPALITY)
# Every heading that is understood. The first of each is how we write it ourselves.
COLUMNS: Mapping[Column, tuple[str, ...]] = {
    Column.NAME: ("name", "navn", "namn", "full name", "fullt navn"),
    Column.EMAIL: ("email", "e-mail", "e-post", "epost", "e-postadresse", "epostadresse"),
    Column.MUNICIPALITY: ("municipality", "kommune"),
    Column.ROLES: ("roles", "role", "roller", "rolle"),
    Column.LANGUAGE: ("language", "språk", "målform"),
    Column.SLACK: ("slack",),
    Column.TEAMS: ("teams",),
}
_BY_HEADING = {heading: column for column, words in COLUMNS.items() for heading in words}


def headings(table: Table) -> Mapping[Column, int]:
    """Return each column's place in the rows of *table*, counted from 0.

    :raises Unreadable: no line of headings, one that is unknown, missing or there twice
    """
    first = table[0]
    found = [_BY_HEADING.get(_plain(cell)) for cell in first.cells]
    if not any(found):
        wrong = "it does not begin with the names of the columns"
        raise Unreadable(Fault(first.line, None, wrong, f"Write {_listed()} first"))
    faults = [
        Fault(first.line, cell, "no such column", f"Use {_listed()}, or leave it out")
        for cell, column in zip(first.cells, found, strict=True)
        if cell and column is None
    ]
    counted = Counter(found)
    for column in Column:
        if column in NEEDED and not counted[column]:
            faults.append(Fault(first.line, column, "this column is missing", "Add it"))
        if counted[column] > 1:
            faults.append(Fault(first.line, column, "this column is there twice", "Keep one"))
    if faults:
        raise Unreadable(*faults)
    return {column: place for place, column in enumerate(found) if column}


def _plain(cell: str) -> str:
    return " ".join(normalize("NFC", cell).lower().split())


def _listed() -> str:
    return ", ".join(Column)
