"""A linear model of which task a text is about: one weight for each feature and task.

Learnt as support vector machines are, one task against the rest, with squared hinge loss, by dual
coordinate descent (Hsieh et al., «A Dual Coordinate Descent Method for Large-scale Linear SVM»,
2008), all tasks in one step. It was right more often than naive Bayes, nearest neighbours and
logistic regression on writers it had not learnt from, and learns in two seconds.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

_ROUNDS: Final = 5  # more change nothing that can be measured
_HARDNESS: Final = 1.0  # what one example can weigh against the rest; «C» in the paper
_HEARD: Final = 2  # a feature of one lesson alone tells nothing of the next writer
_SEED: Final = 20_260_101

Row = tuple[NDArray[np.int32], NDArray[np.float32]]  # which features, and how much of each


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What has been learnt. Never changes after it is made, so threads may share it.

    *rarity*: of each feature. *weights*: features × tasks; the last row is added to every text.
    """

    tasks: tuple[str, ...]
    numbers: Mapping[str, int]
    rarity: NDArray[np.float32]
    weights: NDArray[np.float32]

    def margins(self, counts: Mapping[str, int]) -> NDArray[np.float32] | None:
        """Return how much speaks for each task, or None when no feature of *counts* is known."""
        which, how_much = _row(counts, self.numbers, self.rarity)
        if not len(which):
            return None
        margins: NDArray[np.float32] = how_much @ self.weights[which] + self.weights[-1]
        return margins


def learn(lessons: Sequence[tuple[str, float, Mapping[str, int]]], tasks: Sequence[str]) -> Model:
    """Learn from *lessons* (task, weight, counted features) to tell *tasks* from each other."""
    numbers, rarity = _vocabulary([counts for _, _, counts in lessons])
    rows = [_row(counts, numbers, rarity) for _, _, counts in lessons]
    place = {task: number for number, task in enumerate(tasks)}
    signs = np.full((len(lessons), len(tasks)), -1.0)
    for number, (task, _, _) in enumerate(lessons):
        signs[number, place[task]] = 1.0
    softness = np.array([1 / (2 * _HARDNESS * weight) for _, weight, _ in lessons])
    weights = _descend(rows, signs, softness, len(numbers))
    # Halved precision, as in the file, so that what is read again decides alike.
    return Model(
        tasks=tuple(tasks),
        numbers=numbers,
        rarity=rarity,
        weights=weights.astype(np.float16).astype(np.float32),
    )


def _descend(
    rows: Sequence[Row],
    signs: NDArray[np.float64],
    softness: NDArray[np.float64],
    features: int,
) -> NDArray[np.float64]:
    """Return the weights that the rows' own say adds up to, after a few rounds through them."""
    weights = np.zeros((features + 1, signs.shape[1]))
    says = np.zeros_like(signs)
    order = np.random.default_rng(_SEED)
    for _ in range(_ROUNDS):
        for row in order.permutation(len(rows)):
            which, how_much = rows[row]
            mine, sign, soft = weights[which], signs[row], softness[row]
            slope = sign * (how_much @ mine + weights[-1]) - 1 + says[row] * soft
            # Its length is 1, and 1 more is the last row's.
            new = np.maximum(says[row] - slope / (2 + soft), 0)
            step = (new - says[row]) * sign
            says[row] = new
            weights[which] = mine + how_much[:, None] * step
            weights[-1] += step
    return weights


def _vocabulary(
    texts: Sequence[Mapping[str, int]],
) -> tuple[Mapping[str, int], NDArray[np.float32]]:
    """Give a number to each feature that two texts have; the rarer it is, the more it tells."""
    having = Counter(feature for counts in texts for feature in counts)
    kept = sorted(feature for feature, many in having.items() if many >= _HEARD)
    rarity = np.log(1 + len(texts) / np.array([having[feature] for feature in kept]))
    return {feature: number for number, feature in enumerate(kept)}, rarity.astype(np.float32)


def _row(counts: Mapping[str, int], numbers: Mapping[str, int], rarity: NDArray[np.float32]) -> Row:
    """Return a text's known features, weighed by rarity; its length is 1."""
    known = [(numbers[feature], many) for feature, many in counts.items() if feature in numbers]
    which = np.array([number for number, _ in known], dtype=np.int32)
    many = np.array([many for _, many in known], dtype=np.float32)
    raw = (1 + np.log(many)) * rarity[which]
    return which, raw / max(float(np.linalg.norm(raw)), 1e-9)
