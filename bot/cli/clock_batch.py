"""A whole file of questions to the clock: all of them answered together, or none."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

import numpy as np

from bot.bulk.clock import BulkClock, iso_format, lengths, micros
from bot.cli.clock_words import CannotTell, read_time, read_work
from bot.domain.agreement import WorkingDays, WorkingTime
from bot.domain.calendar import BeyondCalendar, Calendar
from bot.domain.sla import due_by

Asked = TypeVar("Asked")
Work = WorkingTime | WorkingDays
MICROSECONDS = 1_000_000  # in a second


class _Row(NamedTuple, Generic[Asked]):
    line: int
    id: str
    start: datetime
    asked: Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind(Generic[Asked]):
    """What is asked in the column *given*, and how it is answered: by itself, or with others."""

    given: str
    read: Callable[[str], Asked]
    alone: Callable[[Calendar, datetime, Asked], object]
    together: Callable[[BulkClock, Sequence[datetime], Sequence[Asked]], Iterable[str]]


def answer_file(wanted: str, calendar: Calendar, source: Path, out: Path) -> int:
    """Answer every row of *source* in *out*; with one bad row *out* is not touched.

    *wanted* is "due" or "seconds". Returns the number of rows.

    :raises CannotTell: names every bad row by its line
    """
    if wanted == "due":
        return _answer_file(DUE, wanted, calendar, source, out)
    return _answer_file(ELAPSED, wanted, calendar, source, out)


def _answer_file(
    kind: _Kind[Asked], wanted: str, calendar: Calendar, source: Path, out: Path
) -> int:
    rows, wrong = _read(kind, source)
    answers = None if wrong else _answers(kind, calendar, rows)
    if answers is None:
        told = sorted([*wrong, *_beyond(kind, calendar, rows)])
        lines = [f"{source.name}, line {line}: {why}" for line, why in told]
        raise CannotTell("\n".join([*lines, f"{len(lines)} bad rows; nothing was written"]))
    ids = (row.id for row in rows)
    _write_csv(out, [("id", wanted), *zip(ids, answers, strict=True)])
    return len(rows)


def _read(kind: _Kind[Asked], source: Path) -> tuple[list[_Row[Asked]], list[tuple[int, str]]]:
    """Return the rows that can be read, and why the others cannot."""
    rows, wrong = [], []
    for line, (name, start, asked) in _cells(source, ("id", "from", kind.given)):
        try:
            if not name:
                raise CannotTell("the row has no id")  # noqa: TRY301 told with the others
            rows.append(_Row(line, name, read_time(start), kind.read(asked)))
        except CannotTell as error:
            wrong.append((line, str(error)))
    return rows, wrong


def _answers(
    kind: _Kind[Asked], calendar: Calendar, rows: list[_Row[Asked]]
) -> Iterable[str] | None:
    starts, asked = [row.start for row in rows], [row.asked for row in rows]
    try:
        return kind.together(BulkClock.of(calendar), starts, asked)
    except BeyondCalendar:
        return None


def _beyond(
    kind: _Kind[Asked], calendar: Calendar, rows: list[_Row[Asked]]
) -> Iterator[tuple[int, str]]:
    for row in rows:
        try:
            kind.alone(calendar, row.start, row.asked)
        except BeyondCalendar as error:
            yield row.line, str(error)


def _all_due(clock: BulkClock, starts: Sequence[datetime], works: Sequence[Work]) -> Iterable[str]:
    asked = micros(starts)
    is_time = np.array([isinstance(work, WorkingTime) for work in works], dtype=np.bool_)
    times = lengths([work.length for work in works if isinstance(work, WorkingTime)])
    days = np.array([work.days for work in works if isinstance(work, WorkingDays)], dtype=np.int64)
    due = np.empty_like(asked)
    due[is_time] = clock.due_many(asked[is_time], times)
    due[~is_time] = clock.closings_many(asked[~is_time], days)
    return iso_format(due)


def _all_elapsed(
    clock: BulkClock, starts: Sequence[datetime], ends: Sequence[datetime]
) -> Iterable[str]:
    return map(str, (clock.elapsed_many(micros(starts), micros(ends)) // MICROSECONDS).tolist())


DUE: _Kind[Work] = _Kind(given="work", read=lru_cache(read_work), alone=due_by, together=_all_due)
ELAPSED: _Kind[datetime] = _Kind(
    given="to", read=read_time, alone=Calendar.elapsed, together=_all_elapsed
)


def _cells(source: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with its line. What a row lacks is empty; other columns are left out."""
    try:
        with source.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            places = _places(source.name, next(reader, []), columns)
            for row in filter(None, reader):  # an empty line is no row
                yield (
                    reader.line_num,
                    [row[place].strip() if place < len(row) else "" for place in places],
                )
    except (csv.Error, UnicodeDecodeError) as error:
        raise CannotTell(f"{source.name} is not CSV in UTF-8: {error}") from error


def _places(name: str, header: list[str], columns: tuple[str, ...]) -> list[int]:
    missing = [column for column in columns if column not in header]
    if missing:
        raise CannotTell(
            f"{name}, line 1: no column {' or '.join(missing)}; "
            f"write {','.join(columns)} with commas between"
        )
    return [header.index(column) for column in columns]


def _write_csv(out: Path, rows: Iterable[tuple[str, str]]) -> None:
    """Write beside *out* first: what is cut short leaves no half file with its name."""
    is_special = out.exists() and not out.is_file()  # such as a pipe
    draft = out if is_special else out.with_name(f".{out.name}.part")
    with draft.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    if not is_special:
        draft.replace(out)
