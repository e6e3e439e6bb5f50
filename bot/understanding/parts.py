"""Is more than one thing asked in a message? Noticed, and only ever offered as two tickets.

Two parts are two questions when each asks by itself, they are about different tasks, and the second
is tied to the first as one more, or each is so clear that it needs no tie.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from bot.understanding.language import plain, table, visible

Opinion = Mapping[str, float]  # how probable each task is

_LONGEST: Final = 2_000  # characters; who writes more tells one long story
_FEWEST: Final = 3  # words in a part
_FEW: Final = 4  # sentences: in more of them, only what says that it is one more is looked at

_LINE: Final = "⏎"  # stands for a new line, which is lost with the other spaces
_SENTENCE: Final = re.compile(
    rf"(?<=[?!])[)»\"]?\s+|(?<=[^\W\d_]{{3}}\.)\s+(?=[A-ZÆØÅ])|\s*{_LINE}\s*|\s+(?=[2b]\)\s)"
)
_TIED: Final = re.compile(
    r",?\s+(?=(?:og|å|and|men) (?:(?:så|da|også|then|also) )?"
    r"(?:lurer jeg|lurar eg|lure æ|lurer vi|lurte jeg|dessuten|i tillegg|forresten|I wonder)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Tie:
    """How the second part hangs on: how sure of each, how much in common, how many words."""

    sure: float
    shared: float
    words: int


_LOOSE: Final = _Tie(sure=0.80, shared=0.05, words=9)
_ONE_MORE: Final = _Tie(sure=0.50, shared=0.40, words=_FEWEST)
_SOMETHING_ELSE: Final = _Tie(sure=0.30, shared=0.40, words=_FEWEST)  # it says so itself


@dataclass(frozen=True, slots=True)
class Cut:
    """A message in two: what each part says, and what each is thought to be about."""

    first: str
    second: str
    first_opinion: Opinion
    second_opinion: Opinion


def two_questions(text: str, opinion: Callable[[str], Opinion]) -> Cut | None:
    """Return *text* as the two questions that it asks, or None when it asks one."""
    seen = plain(visible(text.replace("\n", f" {_LINE} ")))
    if len(seen) > _LONGEST:
        return None
    return min(_cuts(seen, opinion), key=_shared, default=None)


def _cuts(seen: str, opinion: Callable[[str], Opinion]) -> Iterator[Cut]:
    said = _sentences(seen)
    is_announced = _has("two", seen)
    for at in range(1, len(said)):
        first, second = " ".join(said[:at]), " ".join(said[at:])
        tie = _ONE_MORE if is_announced else _tie(second)
        if min(len(first.split()), len(second.split())) < tie.words:
            continue
        if not _asks(second) or not (tie is _SOMETHING_ELSE or _asks(first)):
            continue
        if tie is _LOOSE and len(said) > _FEW:
            continue
        cut = Cut(first, second, opinion(first), opinion(second))
        if _are_different(cut, tie):
            yield cut


def _sentences(seen: str) -> list[str]:
    """Return the sentences, also cut before «og så lurer jeg på»."""
    pieces = [part.strip() for whole in _SENTENCE.split(seen) for part in _TIED.split(whole)]
    return [piece for piece in pieces if piece]


def _asks(part: str) -> bool:
    return "?" in part or _has("asks", part)


def _tie(second: str) -> _Tie:
    if _begins("more", second):
        return _SOMETHING_ELSE
    is_one_more = _begins("begins", second) or _has("beside", second)
    return _ONE_MORE if is_one_more else _LOOSE


def _are_different(cut: Cut, tie: _Tie) -> bool:
    if not cut.first_opinion or not cut.second_opinion:
        return False
    (one, how_one), (other, how_other) = _best(cut.first_opinion), _best(cut.second_opinion)
    return one != other and min(how_one, how_other) >= tie.sure and _shared(cut) <= tie.shared


def _best(opinion: Opinion) -> tuple[str, float]:
    return min(opinion.items(), key=lambda item: (-item[1], item[0]))


def _shared(cut: Cut) -> float:
    """Return how much the two opinions have in common, from 0 to 1."""
    other = cut.second_opinion
    return sum(min(share, other.get(task, 0.0)) for task, share in cut.first_opinion.items())


def _begins(section: str, text: str) -> bool:
    return bool(_phrases(section).match(_words(text)))


def _has(section: str, text: str) -> bool:
    return bool(_phrases(section).search(_words(text)))


def _words(text: str) -> str:
    small = unicodedata.normalize("NFC", text).lower()
    return " ".join(re.findall(r"\w+(?:\.\w+)*\)?", small))


@cache
def _phrases(section: str) -> re.Pattern[str]:
    phrases: Sequence[str] = sorted(table()["second"][section], key=len, reverse=True)
    return re.compile(rf"(?<![^\s])(?:{'|'.join(map(re.escape, phrases))})(?![^\s])")
