"""Digits as people type them: groups with something between, that may be one number together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

REST: Final = 5  # the digits of an identity number that stand after the date
SHORTEST: Final = 10  # digits in any other number that we look for
LONGEST: Final = 19
_MOST_GROUPS: Final = 11  # an identity number, digit by digit

_GROUP: Final = re.compile(r"\d+")
_UNSEEN: Final = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_CLOSE: Final = re.compile(rf"[{_UNSEEN}]*([ \t\u00a0\u2009\u202f./\-\u2010-\u2014]?)[{_UNSEEN}]*")
_LOOSE: Final = re.compile(r"[\W_]{1,4}")
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Groups of digits that may be one number: where in the text, and how they are typed.

    *between*: the one sign that stands between two of them, for each two; None where there is more.
    *is_whole*: no digits go on before or after it. *is_apart*: nor does a letter.
    """

    start: int
    end: int
    digits: str
    shape: tuple[int, ...]  # how many digits each group has
    between: tuple[str | None, ...]
    is_whole: bool
    is_apart: bool

    @property
    def is_solid(self) -> bool:
        return len(self.shape) == 1

    @property
    def is_close(self) -> bool:
        return None not in self.between

    @property
    def is_even(self) -> bool:
        """Tell whether the same sign stands between all the groups."""
        return self.is_close and len(set(self.between)) <= 1

    @property
    def is_like_an_amount(self) -> bool:
        """Tell of groups of three, as thousands are written: «1 234 567»."""
        first, *rest = self.shape
        thousands = bool(rest) and set(rest) == {3} and first <= 3  # noqa: PLR2004
        return thousands and not self.digits.startswith("0")


def numbers_from(text: str) -> Iterator[Sequence[Written]]:
    """Yield, for each group of digits in *text*, what may begin there, if anything."""
    hidden = [match.span() for match in _UUID.finditer(text)]
    groups = [
        match
        for match in _GROUP.finditer(text)
        if not any(start <= match.start() < end for start, end in hidden)
    ]
    for run in _runs(groups, text):
        between = [_between(left, right, text) for left, right in pairwise(run)]
        for first in range(len(run)):
            yield [*_beginning_at(first, run, between, text)]


def _runs(groups: Sequence[re.Match[str]], text: str) -> Iterator[list[re.Match[str]]]:
    """Yield groups that stand so near each other that they may belong together."""
    run: list[re.Match[str]] = []
    for group in groups:
        if run and not _LOOSE.fullmatch(text, run[-1].end(), group.start()):
            yield run
            run = []
        run.append(group)
    if run:
        yield run


def _beginning_at(
    first: int, run: Sequence[re.Match[str]], between: Sequence[str | None], text: str
) -> Iterator[Written]:
    length, start = 0, run[first].start()
    for last in range(first, min(first + _MOST_GROUPS, len(run))):
        length += len(run[last][0])
        if length > LONGEST:
            return
        if length < SHORTEST and length != REST:
            continue
        groups, end = [group[0] for group in run[first : last + 1]], run[last].end()
        yield Written(
            start=start,
            end=end,
            digits="".join(str(int(sign)) for group in groups for sign in group),
            shape=tuple(map(len, groups)),
            between=tuple(between[first:last]),
            is_whole=first == 0 and last == len(run) - 1,
            is_apart=not (text[start - 1 : start].isalpha() or text[end : end + 1].isalpha()),
        )


def _between(left: re.Match[str], right: re.Match[str], text: str) -> str | None:
    close = _CLOSE.fullmatch(text, left.end(), right.start())
    return close[1] if close else None
