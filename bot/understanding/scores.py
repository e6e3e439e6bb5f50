"""How often a reader is right about labelled messages that it has not learnt from."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.domain.agreement import Side
from bot.domain.understanding import Decision, Understanding
from bot.understanding import Understand, reader
from bot.understanding.knowledge import Example, Knowledge
from bot.understanding.reading import learnt_from

HERE: Final = frozenset({Side.HOST, Side.UNSPECIFIED})

Sides = Mapping[str, Side]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One labelled message, what it was understood as, and which task it was taken for."""

    example: Example
    understanding: Understanding
    taken_for: str | None
    side: Side | None
    right_side: Side

    @property
    def best_is_right(self) -> bool:
        return self.taken_for == self.example.task

    @property
    def is_acceptable(self) -> bool:
        return self.taken_for in {self.example.task, *self.example.acceptable}

    @property
    def is_offered(self) -> bool:
        guesses = {guess.task for guess in self.understanding.guesses}
        return self.example.task in {self.taken_for, *guesses}

    @property
    def side_is_right(self) -> bool:
        return self.side is self.right_side

    @property
    def is_turned_away_wrongly(self) -> bool:
        is_away = self.is_decided and self.side not in HERE
        return is_away and self.right_side in HERE and not self.is_acceptable

    @property
    def is_decided(self) -> bool:
        """Tell whether the bot acts on it: also small talk is an answer, and opens no ticket."""
        return self.understanding.decision in {Decision.ANSWER, Decision.NONE}


def score(understand: Understand, examples: Sequence[Example], sides: Sides) -> list[Scored]:
    """Put *examples* to *understand*."""
    return [_scored(understand(one.text), one, sides) for one in examples]


def held_out(
    knowledge: Knowledge,
    sides: Sides,
    examples: Sequence[Example],
    fold: Callable[[Example], Hashable],
) -> Iterator[Scored]:
    """Put each fold of *examples* to a reader that learnt from all but that fold's messages.

    *examples* may be *knowledge*'s own or others; what is in the fold is known by its text.
    """
    folds = defaultdict(list)
    for one in examples:
        folds[fold(one)].append(one)
    for together in folds.values():
        hidden = {one.text for one in together}
        known = tuple(one for one in knowledge.examples if one.text not in hidden)
        yield from score(
            reader(learnt_from(replace(knowledge, examples=known)), sides), together, sides
        )


def share(scored: Sequence[Scored], is_so: Callable[[Scored], bool]) -> float:
    """Return the share of *scored* of which *is_so* holds; 0 of none."""
    return sum(map(is_so, scored)) / max(len(scored), 1)


def confused(scored: Sequence[Scored]) -> list[tuple[str, str, int]]:
    """Return which task was most often taken for which other, and how often, worst first."""
    pairs = Counter(
        (one.example.task, one.taken_for or "nothing") for one in scored if not one.is_acceptable
    )
    ranked = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(right, taken, many) for (right, taken), many in ranked]


def _scored(understanding: Understanding, example: Example, sides: Sides) -> Scored:
    taken_for = _taken_for(understanding, sides)
    return Scored(
        example=example,
        understanding=understanding,
        taken_for=taken_for,
        side=sides[taken_for] if taken_for else None,
        right_side=sides[example.task],
    )


def _taken_for(understanding: Understanding, sides: Sides) -> str | None:
    """Return the likeliest task; small talk is taken for what is nobody's."""
    if understanding.decision is Decision.NONE:
        return next((task for task, side in sides.items() if side is Side.NONE), None)
    return understanding.guesses[0].task if understanding.guesses else None
