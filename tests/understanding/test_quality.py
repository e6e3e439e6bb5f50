"""The reader is right as often as it was when it was made, on questions it did not learn from.

The floors stand a little under what was measured (``python -m tests.understanding.measure``), so
that a better glossary passes and a broken reader does not.
"""

from collections.abc import Callable

import pytest

from bot.domain.understanding import Talk
from bot.understanding import learn
from bot.understanding.knowledge import read
from tests.understanding.measure import FINANCE, HALD, Scored, held_out, share, tasks_of

Measure = Callable[[Scored], bool]


@pytest.fixture(scope="module")
def scored() -> list[Scored]:
    return held_out()


def of_finance(one: Scored) -> bool:
    return one.voice == FINANCE


def of_others(one: Scored) -> bool:
    return one.voice != FINANCE


@pytest.mark.parametrize(
    ("who", "floors"),
    [(of_finance, (0.82, 0.84, 0.93, 0.88)), (of_others, (0.63, 0.66, 0.80, 0.72))],
    ids=["finance", "non-finance"],
)
def test_people_of_either_voice_are_understood(
    scored: list[Scored], who: Measure, floors: tuple[float, ...]
) -> None:
    theirs = [one for one in scored if who(one)]
    assert len(theirs) >= 195
    reached = (
        share(theirs, lambda one: one.best_is_right),
        share(theirs, lambda one: one.is_acceptable),
        share(theirs, lambda one: one.is_offered),
        share(theirs, lambda one: one.side_is_right),
    )
    below = [(got, floor) for got, floor in zip(reached, floors, strict=True) if got < floor]
    assert below == []


def test_what_is_decided_at_once_is_right_and_it_is_half_of_everything(
    scored: list[Scored],
) -> None:
    sure = [one for one in scored if one.understanding.is_sure]
    assert len(sure) >= 0.5 * len(scored)
    assert share(sure, lambda one: one.is_acceptable) >= 0.93
    assert share(sure, lambda one: one.side_is_right) >= 0.95


def test_hardly_anybody_is_turned_away_from_what_is_the_hosts(scored: list[Scored]) -> None:
    assert share(scored, lambda one: one.is_turned_away_wrongly) < 0.01


def test_how_sure_we_are_is_how_often_we_are_right(scored: list[Scored]) -> None:
    claimed = sum(one.understanding.guesses[0].confidence for one in scored) / len(scored)
    assert claimed == pytest.approx(share(scored, lambda one: one.is_acceptable), abs=0.05)


def test_nobodys_question_is_taken_for_small_talk() -> None:
    knowledge = read(HALD)
    understand = learn(HALD, tasks_of(knowledge))
    not_asked = {
        example.task
        for example in knowledge.examples
        if understand(example.text).talk is not Talk.QUESTION
    }
    assert not_asked == {"out-of-scope"}
