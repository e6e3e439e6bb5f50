"""What the words right before a number say that it is."""

import re
import tomllib
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from importlib.resources import files
from operator import itemgetter
from typing import Final


class Says(StrEnum):
    """What the word before a number says; NOTHING when there is none that we know."""

    IDENTITY = "identity"
    ACCOUNT = "account"
    CARD = "card"
    ANOTHERS = "always"
    MOSTLY_ANOTHERS = "mostly"
    NOTHING = "nothing"


_LOOKED_AT: Final = 60  # characters before the number
_ENDS_IN_A_WORD: Final = re.compile(r"[^\W\d_][\W_]*\Z")
_NUMBER: Final = r"(?:[ -]?(?:nr|nummer(?:et|a|ene)?|numre(?:ne)?|number|no|num|id))?"
_IS: Final = r"(?:(?:er|e|is|var|was|blir|vart)\b\W*)?"
_AND: Final = re.compile(r"\s*(?:[,;/&+]|og|eller|and|or|samt)\s*")
_AMOUNT: Final = re.compile(r"(?:,-|[ \u00a0]?(?:kr|kroner|nok|mill|%)(?![^\W\d_]))", re.IGNORECASE)
_IBAN: Final = re.compile(r"(?<![^\W_])no[ -]?\Z", re.IGNORECASE)
_LAST_FIVE: Final = re.compile(rf"(?<![^\W_])person{_NUMBER}[\W_]*{_IS}\Z", re.IGNORECASE)


def before(text: str, start: int) -> Says:
    """Return what is said of the number that begins at *start* in *text*: by the longest word."""
    said = text[max(0, start - _LOOKED_AT) : start].casefold()
    if not _ENDS_IN_A_WORD.search(said):
        return Says.NOTHING
    found = [(match.start(), says) for says, word in _words() if (match := word.search(said))]
    return min(found, key=itemgetter(0))[1] if found else Says.NOTHING


def goes_on(text: str, end: int, start: int) -> bool:
    """Tell whether a list goes on from the number that ended at *end* to one at *start*."""
    return bool(_AND.fullmatch(text, end, start))


def is_amount(text: str, end: int) -> bool:
    """Tell whether kroner stands after a number that ends at *end*."""
    return bool(_AMOUNT.match(text, end))


def is_after_no(text: str, start: int) -> bool:
    """Tell whether the digits from *start* may be the rest of a Norwegian IBAN."""
    return bool(_IBAN.search(text[max(0, start - 4) : start]))


def is_rest_of_identity(text: str, start: int) -> bool:
    """Tell whether «personnummer» stands before: then five digits alone are half of a number."""
    return bool(_LAST_FIVE.search(text[max(0, start - _LOOKED_AT) : start]))


@cache
def _words() -> tuple[tuple[Says, re.Pattern[str]], ...]:
    kept = tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))
    known = {**kept["ours"], **kept["others"]}
    return tuple((says, _ending(known[says])) for says in Says if says in known)


def _ending(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    either = "|".join(re.escape(word) for word in longest_first)
    return re.compile(rf"(?<![^\W_])(?:{either}){_NUMBER}[\W_]*{_IS}\Z")
