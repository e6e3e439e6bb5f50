"""The glossary's terms found in a message: also inside compounds, with any ending, in any order."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from bot.understanding.knowledge import Term, wordings
from bot.understanding.language import says_something, words

_ENDING: Final = 2  # letters at the end of a term's word that may be others
_STARTS: Final = 4  # letters that a word must begin with
_INSIDE: Final = 5  # letters that are looked for inside compounds as well
_LONGEST: Final = 24  # letters of a stem; longer ones are cut


class Concepts:
    """Which terms a message uses, and so which tasks it has words of. Never changes."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms: list[tuple[str, str, frozenset[str]]] = []
        self._having: defaultdict[str, list[int]] = defaultdict(list)
        for term in terms:
            for wording in wordings(term):
                self._add(term.task, wording)

    def of(self, said: Sequence[str]) -> Counter[str]:
        """Return a feature for each term all of whose words are in *said*, and for its task."""
        found: defaultdict[int, set[str]] = defaultdict(set)
        for stem in {stem for word in said for stem in _stems(word)}:
            for number in self._having.get(stem, ()):
                found[number].add(stem)
        used: Counter[str] = Counter()
        for number, stems in found.items():
            task, wording, needed = self._terms[number]
            if stems >= needed:
                used[f"§{wording}"] += 1
                used[f"§§{task}"] += 1
        return used

    def _add(self, task: str, wording: str) -> None:
        needed = frozenset(_stem(word) for word in words(wording) if says_something(word))
        if not needed:
            return
        for stem in needed:
            self._having[stem].append(len(self._terms))
        self._terms.append((task, wording, needed))


def _stem(word: str) -> str:
    """Return what a word must have to be *word*: all of a short one, else all but its ending."""
    if len(word) < _STARTS:
        return f"={word}"
    kept = word[: max(_STARTS, len(word) - _ENDING)][:_LONGEST]
    return kept if len(kept) >= _INSIDE else f"^{kept}"


def _stems(word: str) -> Iterator[str]:
    """Yield every stem that *word* has."""
    yield f"={word}"
    yield f"^{word[:_STARTS]}"
    for length in range(_INSIDE, min(len(word), _LONGEST) + 1):
        for start in range(len(word) - length + 1):
            yield word[start : start + length]
