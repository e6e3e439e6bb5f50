"""Bank accounts of any country, by their international number (IBAN)."""

import re
from collections.abc import Iterator
from typing import Final

from stdnum import iban

_BEGINNING: Final = re.compile(r"(?<![^\W_])[A-Z]{2}\d{2}(?=[ \-.\u00a0]?[A-Z0-9])")
_PART: Final = re.compile(r"[ \-.\u00a0]?[A-Z0-9]+")
_SHORTEST: Final = 15  # signs; Norway's is the shortest of all
_LONGEST: Final = 34


def ibans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each begins and ends in *text*. The check digits must be right."""
    for beginning in _BEGINNING.finditer(text):
        end = _end_of(text, beginning.start(), beginning.end())
        if end:
            yield beginning.start(), end


def _end_of(text: str, start: int, at: int) -> int | None:
    while part := _PART.match(text, at):
        at = part.end()
        signs = sum(sign.isalnum() for sign in text[start:at])
        if signs > _LONGEST:
            return None
        if signs >= _SHORTEST and iban.is_valid(text[start:at].replace("\u00a0", " ")):
            return at
    return None
