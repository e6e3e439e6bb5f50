"""Columns: many tickets, each figure of theirs in an array, as :mod:`bot.domain.flat` has them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.domain.flat import BETWEEN, LENGTHS, STATE, Flat

Numbers = NDArray[np.int64]
Codes = NDArray[np.uint16]
Mask = NDArray[np.bool_]

EVERY_LETTER = 256


@dataclass(frozen=True, slots=True)
class Sheet:
    """Columns as one text each, in the order of Flat: how a database hands many over at once."""

    columns: Sequence[str]
    number: int

    @classmethod
    def of(cls, rows: Sequence[Flat]) -> "Sheet":
        turned = list(zip(*rows, strict=True)) or [()] * len(Flat._fields)
        return cls(tuple(BETWEEN.join(map(str, column)) for column in turned), len(rows))


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A column of words: each ticket has the label that its code is the place of."""

    labels: tuple[str, ...]
    codes: Codes

    def at(self, place: int) -> str:
        return self.labels[int(self.codes[place])]

    def only(self, mask: Mask) -> "Words":
        """Return those of the tickets in *mask*, with the labels that any of them has."""
        used, codes = np.unique(self.codes[mask], return_inverse=True)
        return Words(tuple(self.labels[code] for code in used), codes.astype(np.uint16))


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Tickets as arrays. *state* has a row of letters for each, in the order of STATE."""

    numbers: Sequence[str]
    digests: Sequence[str]
    municipality: Words
    task: Words
    asked_at: Numbers
    lengths: Mapping[str, Numbers]  # by the names in LENGTHS
    state: NDArray[np.uint8]

    @classmethod
    def of(cls, sheets: Iterable[Sheet]) -> "Columns":
        """Return the tickets of all *sheets* together."""
        full = [sheet.columns for sheet in sheets if sheet.number]
        if not full:
            return _NOTHING
        joined = (BETWEEN.join(parts) for parts in zip(*full, strict=True))
        texts = dict(zip(Flat._fields, joined, strict=True))
        letters = np.frombuffer((texts["state"] + BETWEEN).encode("ascii"), np.uint8)
        return cls(
            numbers=texts["number"].split(BETWEEN),
            digests=texts["digest"].split(BETWEEN),
            municipality=_words(texts["municipality"].split(BETWEEN)),
            task=_words(texts["task"].split(BETWEEN)),
            asked_at=_numbers(texts["asked_at"]),
            lengths={name: _numbers(texts[name]) for name in LENGTHS},
            state=letters.reshape(-1, len(STATE) + 1),
        )

    def __len__(self) -> int:
        return len(self.numbers)

    def only(self, mask: Mask) -> "Columns":
        """Return the tickets in *mask*."""
        places = np.flatnonzero(mask).tolist()
        return Columns(
            numbers=[self.numbers[place] for place in places],
            digests=[self.digests[place] for place in places],
            municipality=self.municipality.only(mask),
            task=self.task.only(mask),
            asked_at=self.asked_at[mask],
            lengths={name: lengths[mask] for name, lengths in self.lengths.items()},
            state=self.state[mask],
        )

    def letters(self, name: str) -> NDArray[np.uint8]:
        """Return the letter of each ticket for *name*, one of STATE."""
        return self.state[:, STATE.index(name)]

    def has(self, name: str, letters: Sequence[str]) -> Mask:
        """Return which tickets have one of *letters* for *name*, one of STATE."""
        is_wanted = np.zeros(EVERY_LETTER, np.bool_)
        is_wanted[[ord(letter) for letter in letters]] = True
        return is_wanted[self.letters(name)]


def _words(words: Sequence[str]) -> Words:
    labels = tuple(sorted(set(words)))
    place = {label: number for number, label in enumerate(labels)}
    return Words(labels, np.fromiter(map(place.__getitem__, words), np.uint16, len(words)))


def _numbers(text: str) -> Numbers:
    return np.fromstring(text, dtype=np.int64, sep=BETWEEN)


_NONE = np.zeros(0, np.int64)
_NOTHING = Columns(
    numbers=(),
    digests=(),
    municipality=_words(()),
    task=_words(()),
    asked_at=_NONE,
    lengths=dict.fromkeys(LENGTHS, _NONE),
    state=np.zeros((0, len(STATE) + 1), np.uint8),
)
