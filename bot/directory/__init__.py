"""People files: a list of people as a municipality keeps it, CSV or Excel, read without a change.

Nothing here knows the database. A file is either good from end to end, or it has faults, each
with its line, its column and what to write instead.
"""

from pathlib import Path

from bot.directory.entries import Entry, entries
from bot.directory.faults import Fault, Unreadable
from bot.directory.headings import COLUMNS, Column, headings
from bot.directory.tables import read_table
from bot.domain.agreement import Agreement

__all__ = ["COLUMNS", "Column", "Entry", "Fault", "read_people"]


def read_people(path: Path, agreement: Agreement) -> tuple[tuple[Entry, ...], tuple[Fault, ...]]:
    """Read the people in *path* (.csv or .xlsx), and what is wrong with the file.

    Municipalities and roles are *agreement*'s. With one fault or more, use none of the entries.
    """
    try:
        table = read_table(path)
        columns = headings(table)
    except Unreadable as unreadable:
        return (), unreadable.faults
    return entries(table, columns, agreement)
