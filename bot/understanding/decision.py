"""Whether to act on what was understood, to ask, or to leave it to a person.

The limits are chosen on writers whose messages were not learnt from, by
``python -m tests.understanding.measure``.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.domain.agreement import Side
from bot.domain.understanding import Decision, Guess

OFFERED: Final = 3  # tasks to choose among

SURE: Final = 0.65
# The same where acting means turning somebody away, to their own municipality, to a third party or
# from the desk: a wrong contact hands over, but who is wrongly turned away may not come back.
SURE_ENOUGH_TO_REFER: Final = 0.85
# Below this all three together are wrong too often to be worth a choice.
WORTH_A_CHOICE: Final = 0.35

_HERE: Final = frozenset({Side.HOST, Side.UNSPECIFIED})


def decide(guesses: Sequence[Guess], sides: Mapping[str, Side]) -> Decision:
    """Return what to do with *guesses*, the likely tasks, best first."""
    if not guesses or sum(guess.confidence for guess in guesses) < WORTH_A_CHOICE:
        return Decision.CONTACT
    best = guesses[0]
    limit = SURE if sides[best.task] in _HERE else SURE_ENOUGH_TO_REFER
    return Decision.ANSWER if best.confidence >= limit else Decision.ASK
