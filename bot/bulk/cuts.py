"""Cuts: which row each ticket belongs to, for every way of cutting. No ticket is without a row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Self

import numpy as np
from numpy.typing import NDArray

from bot.bulk.columns import EVERY_LETTER, Codes, Columns, Words
from bot.domain.agreement import Agreement, Priority, Side
from bot.domain.flat import micros
from bot.domain.measures import By, Scope, members, months


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """Tickets in rows: each is in the row that its code is the place of."""

    rows: tuple[str, ...]
    codes: Codes

    @classmethod
    def whole(cls, number: int) -> Self:
        """Return *number* tickets in one row, the total, which has no name."""
        return cls(("",), np.zeros(number, np.uint16))


def cuts_of(
    columns: Columns, scope: Scope, agreement: Agreement, as_of: datetime
) -> Mapping[By, Cut]:
    """Return every cut of *columns*, the rows in the order of *agreement* and of the calendar.

    A member, a side, a priority and a month have a row even when nobody asked; a task has not.
    """
    asked_about = set(columns.task.labels)
    tasks = [task for task in agreement.tasks if task in asked_about]
    return {
        By.MUNICIPALITY: _by_word(
            columns.municipality, [town.id for town in members(scope, agreement)]
        ),
        By.TASK: _by_word(columns.task, tasks),
        By.SIDE: _by_letter(columns.letters("side"), Side),
        By.PRIORITY: _by_letter(columns.letters("priority"), Priority),
        By.MONTH: _by_month(columns, scope, agreement, as_of),
    }


def _by_word(words: Words, first: Sequence[str]) -> Cut:
    """Return the rows *first*, and after them, by name, what else there is."""
    rows = (*first, *sorted(set(words.labels) - set(first)))
    places = {row: place for place, row in enumerate(rows)}
    code_of = np.array([places[label] for label in words.labels], np.uint16)
    return Cut(rows, code_of[words.codes])


def _by_letter(letters: NDArray[np.uint8], words: Iterable[str]) -> Cut:
    """Return a row for each of *words*, which are known by their first letters."""
    rows = tuple(str(word) for word in words)
    code_of = np.zeros(EVERY_LETTER, np.uint16)
    for place, row in enumerate(rows):
        code_of[ord(row[0])] = place
    return Cut(rows, code_of[letters])


def _by_month(columns: Columns, scope: Scope, agreement: Agreement, as_of: datetime) -> Cut:
    calendar = agreement.calendar
    rows = [scope.month] if scope.month else months(scope.period, calendar.local_date(as_of))
    begins = [
        datetime.combine(date.fromisoformat(f"{row}-01"), time(0), tzinfo=calendar.zone)
        for row in rows
    ]
    found = np.searchsorted([micros(first) for first in begins], columns.asked_at, side="right")
    return Cut(tuple(rows), np.maximum(found - 1, 0).astype(np.uint16))
