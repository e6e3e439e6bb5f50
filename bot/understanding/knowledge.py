"""What the owner of an agreement knows of its tasks: the glossary and the labelled examples.

Both are plain files beside the agreement, edited by people, so what is wrong in them is told by
file and line, with what to write instead. Each file of examples is one writer's: how well unseen
people are understood is measured on a writer whose file was not learnt from.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

TERMS: Final = "terms.csv"
EXAMPLES: Final = "examples"  # a folder, with a file for each writer
_HINT: Final = re.compile(r"(?P<when>.+): (?P<task>[a-z0-9-]+)")
_HINT_WEIGHT: Final = 0.3  # a hint says where else to look, not where to look first


class BadKnowledge(ValueError):
    """A knowledge file cannot be used. The message names file, line, and what to write instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word of the desk for *task*. *note* may say when it is another: «om rutinen: year-end»."""

    task: str
    term: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A question somebody asked and its right task; *acceptable* would not have been wrong.

    *id*: what a measurement knows it by, if it has one.
    """

    text: str
    task: str
    acceptable: tuple[str, ...] = ()
    writer: str
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    terms: tuple[Term, ...]
    examples: tuple[Example, ...]

    @property
    def tasks(self) -> frozenset[str]:
        """Return every task that something is known of."""
        return frozenset(
            [*(term.task for term in self.terms), *(one.task for one in self.examples)]
        )


@dataclass(frozen=True, slots=True)
class Lesson:
    """Words that speak for a task, and how much (1 is an ordinary lesson)."""

    task: str
    text: str
    weight: float = 1.0


def read(folder: Path) -> Knowledge:
    """Read the glossary and the examples in *folder* (UTF-8; comma or semicolon between columns).

    :raises BadKnowledge: a file cannot be read as what it should be
    :raises FileNotFoundError: there is no glossary, or no example
    """
    return Knowledge(terms=tuple(_terms(folder / TERMS)), examples=tuple(_examples(folder)))


def lessons(knowledge: Knowledge) -> Iterator[Lesson]:
    """Yield what there is to learn: every way to say a term, every hint, every example."""
    tasks = knowledge.tasks
    for example in knowledge.examples:
        yield Lesson(example.task, example.text)
    for term in knowledge.terms:
        for wording in wordings(term):
            yield Lesson(term.task, wording)
        for note in term.note.split("; "):
            hint = _HINT.fullmatch(note)
            if hint and hint["task"] in tasks:
                yield Lesson(hint["task"], f"{hint['when']} {term.term}", _HINT_WEIGHT)


def wordings(term: Term) -> Sequence[str]:
    """Return every way to say *term*: «avskrivninger / avskrivingar» is two."""
    return term.term.split(" / ")


def _terms(file: Path) -> Iterator[Term]:
    for _, row in _rows(file, filled=("task", "term"), columns=("note",)):
        yield Term(task=row["task"], term=row["term"], note=row["note"])


def _examples(folder: Path) -> Iterator[Example]:
    files = sorted((folder / EXAMPLES).glob("*.csv"))
    if not files:
        raise FileNotFoundError(f"{EXAMPLES}: a file of examples is missing in {folder.name}")
    for file in files:
        for _, row in _rows(file, filled=("text", "task"), columns=("acceptable",), may=("id",)):
            fine = tuple(task.strip() for task in row["acceptable"].split(";") if task.strip())
            yield Example(
                text=row["text"],
                task=row["task"],
                acceptable=fine,
                writer=file.stem,
                id=row["id"],
            )


def _rows(
    file: Path, *, filled: Sequence[str], columns: Sequence[str], may: Sequence[str] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row with the line it ends on. A spreadsheet's mark and semicolons are welcome.

    The columns *filled* and *columns* must be there, and *filled* hold something; *may* need not.
    """
    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadKnowledge(f"{file.name}: save it as UTF-8 («CSV UTF-8» in Excel)") from error
    between = ";" if ";" in text.partition("\n")[0] else ","
    rows = csv.DictReader(text.splitlines(keepends=True), delimiter=between)
    missing = [name for name in (*filled, *columns) if name not in (rows.fieldnames or ())]
    if missing:
        raise BadKnowledge(f"{file.name}, line 1: add the column {', '.join(missing)}")
    for row in rows:
        cells = {name: (row.get(name) or "").strip() for name in (*filled, *columns, *may)}
        for name in filled:
            if not cells[name]:
                raise BadKnowledge(f"{file.name}, line {rows.line_num}: write the {name}")
        yield rows.line_num, cells
