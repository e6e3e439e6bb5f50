"""From a message to the features a reader compares: words folded to one spelling, and parts.

Bokmål, nynorsk, dialect and a hurry spell one word in many ways, and a compound is one long word.
So words are folded (``norwegian.toml`` is the table), and every word counts as itself and as its
letter groups of three and four with the word's edges marked. What is asked for stands in the small
words and in their order («kan dere sende», «hvem gjør»): they count with their neighbours, and so
does how the message begins.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain, pairwise
from typing import Any, Final

SPELLINGS: Final = ("said_anyway", "english", "words", "parts")  # sections of the table
LOOKED_AT: Final = 1200  # characters of words: more than a long question; 40 000 would take 0.1 s
_GROUPS: Final = (3, 4)  # letters; with 5 one question in a hundred more, and half as slow again
_WHOLE: Final = 2  # a whole word says as much as two of its groups
_STEM: Final = 6  # letters of each of two neighbours: endings differ, the pair does not
_SHORT_STEM: Final = 5  # of each of three
_DIGITS: Final = 5  # 8 or 11 digits are the same to us: a long number, and nobody's business

_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_TWICE: Final = re.compile(r"(.)\1+")
_KEYCAP: Final = re.compile("[0-9#*]\ufe0f?\u20e3")
_SHORT_CODE: Final = re.compile(r":(?=[^:\s]*[a-z])[a-z0-9_+'’-]{1,60}:|:\+1:")
_MENTION: Final = re.compile(r"<[@#!][^<>]*>|<at\b[^<>]*>[^<>]*</at>")
_LINK: Final = re.compile(r"<(?:https?|mailto|tel):[^<>|]*(?:\|([^<>]*))?>")
_TAG: Final = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|div|span|a|ul|ol|li|blockquote|code|pre|img|emoji|attachment)\b"
    r"[^<>]*>"
)
_ACCENTS: Final = str.maketrans("åæøäöéèêëóòôáàâüúíïñç", "aeoaoeeeeoooaaauuiinc")
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def visible(text: str) -> str:
    """Return *text* without what nobody sees: control, direction and zero-width characters."""
    return "".join(
        " " if sign.isspace() else sign
        for sign in text
        if sign.isspace() or unicodedata.category(sign) not in _UNSEEN
    )


def plain(text: str) -> str:
    """Return visible *text* without a chat's markup: mentions, tags, short codes for emoji.

    One space stands where there were many.
    """
    for markup in (_MENTION, _TAG, _SHORT_CODE, _KEYCAP):
        text = markup.sub(" ", text)
    return " ".join(_LINK.sub(lambda link: link[1] or " ", text).split())


def words(text: str) -> list[str]:
    """Return the words of *text*, folded: as many as fit in ``LOOKED_AT`` characters."""
    said = _WORD.findall(unicodedata.normalize("NFC", text).lower())
    return [_folded(word) for word in " ".join(said)[:LOOKED_AT].split()]


def features(said: Sequence[str]) -> Counter[str]:
    """Return what the folded words *said* consist of, and how many times each."""
    return Counter(chain(_parts(said), _neighbours(said), _opening(said)))


def says_something(word: str) -> bool:
    """Tell whether the folded *word* says something by itself; «jeg» and «for» do not."""
    return word not in _said_anyway()


@cache
def table() -> Mapping[str, Any]:
    """Return ``norwegian.toml``."""
    return tomllib.loads((files(__package__) / "norwegian.toml").read_text("utf-8"))


def folded(spellings: Iterable[str]) -> frozenset[str]:
    return frozenset(_folded(spelling) for spelling in spellings)


def _parts(said: Sequence[str]) -> Iterator[str]:
    """Yield each word, and the letter groups of those that say something by themselves."""
    for word in said:
        if word in _said_anyway():
            yield f"~{word}"
            continue
        for _ in range(_WHOLE):
            yield f"={word}"
        edged = f"^{word}$"
        for length in _GROUPS:
            for start in range(len(edged) - length + 1):
                yield edged[start : start + length]


def _neighbours(said: Sequence[str]) -> Iterator[str]:
    for left, right in pairwise(said):
        yield f"{left[:_STEM]} {right[:_STEM]}"
        yield f"+{left} {right}"
    for three in zip(said, said[1:], said[2:], strict=False):
        yield " ".join(word[:_SHORT_STEM] for word in three)


def _opening(said: Sequence[str]) -> Iterator[str]:
    if said:
        yield f"<{said[0]}"
        yield f"<{' '.join(said[:2])}"


def _folded(word: str) -> str:
    if word[0].isdigit():
        return "0" * min(len(word), _DIGITS)
    usual, parts, odd = _spellings()
    word = usual.get(word, word).replace("aa", "å")
    word = odd.sub(lambda part: parts[part[0]], word)
    return _TWICE.sub(r"\1", word.translate(_ACCENTS))


@cache
def _said_anyway() -> frozenset[str]:
    return folded(table()["said_anyway"]["words"])


@cache
def _spellings() -> tuple[Mapping[str, str], Mapping[str, str], re.Pattern[str]]:
    usual = _usual("english") | _usual("words")
    parts = _usual("parts")
    longest_first = sorted(parts, key=len, reverse=True)
    return usual, parts, re.compile("|".join(re.escape(part) for part in longest_first))


def _usual(section: str) -> dict[str, str]:
    return {odd: usual for usual, odds in table()[section].items() for odd in odds}
