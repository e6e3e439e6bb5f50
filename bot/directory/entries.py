"""The people of a file, one entry a line: every cell is read, or refused with advice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar
from unicodedata import normalize

from bot.directory.cells import (
    WrongCell,
    email_in,
    language_in,
    municipality_in,
    name_in,
    roles_in,
    slack_in,
    teams_in,
)
from bot.directory.faults import Fault
from bot.directory.headings import Column
from bot.directory.tables import Table, TableRow
from bot.domain.agreement import Agreement, Form
from bot.domain.people import HOST_ROLES, Account, Language

Read = TypeVar("Read")
FORMULA = ("=", "+", "-", "@")  # a spreadsheet that opens our list again would run it


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One person as the file has them. *roles* and *language* are None without such a column."""

    line: int
    name: str
    email: str
    municipality: str
    roles: frozenset[str] | None = None
    language: Language | None = None
    accounts: tuple[Account, ...] = ()


def entries(
    table: Table, columns: Mapping[Column, int], agreement: Agreement
) -> tuple[tuple[Entry, ...], tuple[Fault, ...]]:
    """Return the people below the headings, and every fault among them, in the file's order."""
    reader = _Reader(columns, agreement)
    read = tuple(entry for row in table[1:] if (entry := reader.entry(row)))
    if len(table) == 1:
        reader.faults.append(Fault(None, None, "nobody is in it", "Put one person on each line"))
    return read, tuple(reader.faults)


@dataclass(slots=True)
class _Reader:
    """Reads row after row, and remembers what has been seen and what is wrong."""

    columns: Mapping[Column, int]
    agreement: Agreement
    faults: list[Fault] = field(default_factory=list)
    seen: dict[object, int] = field(default_factory=dict)  # addresses and accounts: their line

    def entry(self, row: TableRow) -> Entry | None:
        """Return *row*'s entry; None when a fault keeps us from reading it."""
        self._check_width(row)
        name = self._read(row, Column.NAME, name_in)
        email = self._read(row, Column.EMAIL, email_in)
        where = partial(municipality_in, agreement=self.agreement)
        municipality = self._read(row, Column.MUNICIPALITY, where)
        roles = self._read(row, Column.ROLES, partial(roles_in, agreement=self.agreement))
        language = self._read(row, Column.LANGUAGE, language_in)
        accounts = self._accounts(row)
        self._check_twice(row, Column.EMAIL, email)
        self._check_unit(row, municipality, roles)
        if not (name and email and municipality):
            return None
        return Entry(
            line=row.line,
            name=name,
            email=email,
            municipality=municipality,
            roles=roles,
            language=language,
            accounts=accounts,
        )

    def _read(self, row: TableRow, column: Column, meaning: Callable[[str], Read]) -> Read | None:
        if column not in self.columns:
            return None
        place = self.columns[column]
        cell = normalize("NFC", row.cells[place]) if place < len(row.cells) else ""
        try:
            _check_harmless(cell)
            return meaning(cell)
        except WrongCell as wrong:
            self.faults.append(Fault(row.line, column, wrong.wrong, wrong.instead))
            return None

    def _accounts(self, row: TableRow) -> tuple[Account, ...]:
        slack = self._read(row, Column.SLACK, slack_in)
        teams = self._read(row, Column.TEAMS, teams_in)
        self._check_twice(row, Column.SLACK, slack)
        self._check_twice(row, Column.TEAMS, teams)
        return tuple(account for account in (slack, teams) if account)

    def _check_width(self, row: TableRow) -> None:
        named = set(self.columns.values())
        for place, cell in enumerate(row.cells):
            if cell and place not in named:
                wrong = f'"{cell}" stands in no column'
                self.faults.append(Fault(row.line, None, wrong, "Take it away, or quote the cell"))

    def _check_twice(self, row: TableRow, column: Column, what: object) -> None:
        if what is None:
            return
        first = self.seen.setdefault(what, row.line)
        if first != row.line:
            wrong = f"line {first} has this one already"
            self.faults.append(Fault(row.line, column, wrong, "Keep one line for each person"))

    def _check_unit(
        self, row: TableRow, municipality: str | None, roles: frozenset[str] | None
    ) -> None:
        """Refuse that a partner's employee reads every municipality's questions.

        Only where the unit is one municipality's own: a KO's staff may sit in several.
        """
        host = self.agreement.host
        has_unit = self.agreement.form is Form.HOST_MUNICIPALITY
        if not has_unit or municipality in {None, host} or HOST_ROLES.isdisjoint(roles or ()):
            return
        name = self.agreement.municipalities[host].name
        wrong = f"host-team and lead are for {name}'s own people"
        advice = f"Take the role away, or write {name} as the municipality"
        self.faults.append(Fault(row.line, Column.ROLES, wrong, advice))


def _check_harmless(cell: str) -> None:
    if cell.startswith(FORMULA):
        raise WrongCell(f'"{cell}" begins like a formula', "Write the text itself")
    if not cell.replace("\n", " ").replace("\t", " ").isprintable():
        raise WrongCell("there are signs in it that cannot be seen", "Write it anew by hand")
