"""Messages in CSV files: read with their labels, if they have any, and written as understood."""

import csv
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from bot.domain.agreement import Agreement
from bot.domain.understanding import Understanding
from bot.privacy import found
from bot.understanding import Understand
from bot.understanding.knowledge import Example

COLUMNS = (
    "id",
    "decision",
    "task",
    "side",
    "confidence",
    "task2",
    "task3",
    "urgent",
    "personal_data",
    "second_task",
)


class BadMessages(ValueError):
    """A file of messages cannot be used. The message says what to write instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One row. *example*: its label, if it has one. *fold*: the voice and language it is of."""

    id: str
    text: str
    example: Example | None
    fold: str = "all"


def read_messages(file: Path, tags: Path | None) -> list[Message]:
    """Read messages (UTF-8; columns id,text, and task,acceptable when they are labelled).

    *tags*: a file with the columns id,voice,language.

    :raises BadMessages: a column is missing, or an id stands twice
    :raises FileNotFoundError: one of the files is not there
    """
    folds = {row["id"]: f"{row['voice']}, {row['language']}" for row in _rows(tags)} if tags else {}
    messages = [_message(row, folds) for row in _rows(file)]
    if len({message.id for message in messages}) < len(messages):
        raise BadMessages(f"{file.name}: each id must stand once")
    return messages


def write_understood(
    file: Path | None, messages: Sequence[Message], understand: Understand, agreement: Agreement
) -> None:
    """Write a row for each message, in the same order; to standard output without *file*."""
    rows = ([one.id, *_understood(one.text, understand(one.text), agreement)] for one in messages)
    if file is None:
        _write(sys.stdout, rows)
        return
    with file.open("w", encoding="utf-8", newline="") as out:
        _write(out, rows)


def _write(out: TextIO, rows: Iterator[list[str]]) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)


def _understood(text: str, understood: Understanding, agreement: Agreement) -> list[str]:
    tasks = [guess.task for guess in understood.guesses]
    first, second, third = (*tasks, "", "", "")[:3]
    side = agreement.tasks[first].side if first else ""
    confidence = f"{understood.guesses[0].confidence:.3f}" if tasks else ""
    other = understood.second.guesses if understood.second else ()
    return [
        understood.decision,
        first,
        side,
        confidence,
        second,
        third,
        str(int(understood.urgent)),
        str(int(bool(found(text)))),
        other[0].task if other else "",
    ]


def _message(row: dict[str, str], folds: dict[str, str]) -> Message:
    example = None
    if row.get("task"):
        fine = tuple(each for each in (row.get("acceptable") or "").split(";") if each)
        example = Example(text=row["text"], task=row["task"], acceptable=fine, writer="")
    return Message(
        id=row["id"], text=row["text"], example=example, fold=folds.get(row["id"], "all")
    )


def _rows(file: Path) -> list[dict[str, str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except UnicodeDecodeError as wrong:
        raise BadMessages(f"{file.name}: save it as UTF-8 («CSV UTF-8» in Excel)") from wrong
    needed = {"id", "voice", "language"} if rows and "voice" in rows[0] else {"id", "text"}
    missing = needed - set(rows[0] if rows else needed)
    if missing:
        raise BadMessages(f"{file.name}, line 1: add the column {', '.join(sorted(missing))}")
    return rows
