"""Personal data in what people write: found and masked at the door, before anything is kept.

Pure: a text goes in, and comes out without the numbers. Nobody can get them back from here.
"""

from dataclasses import dataclass
from typing import Final

from bot.domain.privacy import Kind
from bot.privacy.finding import Found, found

__all__ = ["MASK", "Found", "Kind", "Masked", "found", "masked"]

MASK: Final = "•••••••••••"


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without anybody's numbers, and of what *kinds* they were: each once, in order."""

    text: str
    kinds: tuple[Kind, ...] = ()


def masked(text: str) -> Masked:
    """Return *text* with every number of somebody's masked; how long it was is not to be seen."""
    numbers = found(text)
    for number in reversed(numbers):
        text = text[: number.start] + MASK + text[number.end :]
    return Masked(text, tuple(dict.fromkeys(number.kind for number in numbers)))
