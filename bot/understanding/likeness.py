"""How alike two questions are, by words and parts of words: 1 is the same, 0 nothing in common.

Measured on the 400 questions of the examples, each beside all others, and on 40 of them asked again
in other words (``tests/understanding/asked_again.csv``): ``SAME`` finds 34 of the 40, and wrongly
takes 6 of the 400 for asked before, 2 of them across tasks. At 0.35 it would be 38, 30 and 17.
"""

import math
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from bot.understanding.language import folded, plain, table, visible, words

SAME: Final = 0.40  # from here on the asker is shown what was answered
ALIKE: Final = 0.25  # from here on it may help the team, who judge for themselves
_GROUP: Final = 4  # letters
_STEM: Final = 7  # letters of a word: endings differ

# Beside what every question has, words that many have and that say nothing of what it is about.
_EMPTY: Final = """
    alle bare ble blei bli blir da denne dette disse etter far fikk før få går gjør gjøre gjøres
    hei igjen inn kunne lurer mer min mitt mye noko nokon nå når opp over skulle takk trenger ut
    vart vart vere ville være vært
"""


def content(text: str) -> list[str]:
    """Return the words of *text* that say what it is about, each folded to one spelling."""
    said = words(plain(visible(text)))
    return [word for word in said if len(word) > 1 and word not in _said_anyway()]


def likeness(one: str, other: str) -> float:
    """Return how alike the questions are (0–1)."""
    first, second = _vector(one), _vector(other)
    alike = math.fsum(value * second.get(part, 0.0) for part, value in first.items())
    return min(1.0, round(alike, 6))


@lru_cache(maxsize=1024)
def _vector(text: str) -> Mapping[str, float]:
    raw = {part: math.sqrt(count) for part, count in _parts(text).items()}
    length = math.sqrt(math.fsum(value * value for value in raw.values()))
    return {part: value / length for part, value in raw.items()}


def _parts(text: str) -> Counter[str]:
    parts: Counter[str] = Counter()
    for word in content(text):
        parts[f"={word[:_STEM]}"] += 1
        edged = f"^{word}$"
        parts.update(edged[at : at + _GROUP] for at in range(max(1, len(edged) - _GROUP + 1)))
    return parts


@cache
def _said_anyway() -> frozenset[str]:
    return folded(table()["said_anyway"]["words"]) | folded(_EMPTY.split())
