"""Does what is asked sound as if it cannot wait? Noticed by its words, and only ever offered.

A word that says so is enough, and so is how little time there is. «Today» is also how things are
done nowadays: then something must be at stake as well.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

from bot.understanding.language import plain, table, visible

_LOUD: Final = re.compile(r"[!?]{2,}")
_SHOUTED: Final = re.compile(r"\b(?:NÅ|NOW|I DAG|IDAG|TODAY)\b")
_SIGN: Final = re.compile(r"[!?]+|[^\w\s'.]|(?<!\w)\.|\.(?!\w)")
_NUMBER: Final = (
    r"(?:\d+|en|ei|ein|én|eitt|et|ett|to|tre|fire|fem|ti|femten|tjue|tretti|halv|kvart|et par"
    r"|eit par|one|an|two|five|ten|fifteen|twenty|thirty)"
)
_SOME_WORDS: Final = r"(?: \w+){0,4}"
_LOOKED_AT: Final = 4_000  # characters


def is_urgent(text: str) -> bool:
    """Tell whether *text* sounds urgent; what it says is *not* urgent does not count."""
    seen = plain(visible(text[:_LOOKED_AT]))
    said = _phrases("not_so").sub(" ", _spaced(seen))
    if _phrases("at_once").search(said) or _phrases("soon").search(said) or _SHOUTED.search(seen):
        return True
    matters = _phrases("at_stake").search(said) or _LOUD.search(seen)
    return bool(matters and _phrases("now").search(said))


def _spaced(text: str) -> str:
    """Return *text* in small letters, one space between words, and «!» and «?» as words."""
    small = unicodedata.normalize("NFC", text).lower()
    return " ".join(_SIGN.sub(_mark, small).replace(":", " ").split())


def _mark(sign: re.Match[str]) -> str:
    return f" {sign[0][0]} " if sign[0][0] in "!?" else " "


@cache
def _phrases(section: str) -> re.Pattern[str]:
    either = "|".join(_pattern(phrase) for phrase in _longest_first(table()["urgency"][section]))
    return re.compile(rf"(?<![^\s])(?:{either})(?![^\s])")


def _longest_first(phrases: Iterable[str]) -> list[str]:
    return sorted(phrases, key=len, reverse=True)


def _pattern(phrase: str) -> str:
    exact = re.escape(phrase).replace(r"\ ", " ").replace(r"\*", r"\w*")
    return exact.replace(r"\#", _NUMBER).replace(" \\~", _SOME_WORDS)
