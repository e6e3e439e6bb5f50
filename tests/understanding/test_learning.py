"""What the team teaches changes what is understood, and only for the better."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.domain.lessons import Lesson
from bot.understanding.learning import FolderLearner, Learning
from tests.understanding.small_school import TASKS, WRITERS, school

KVIKK = (Lesson("kvikkoppgjør i dag", "payments"), Lesson("nytt kvikkoppgjør", "payments"))
WRONG = tuple(
    Lesson(text, "vat") for tasks in WRITERS.values() for text in tasks["payments"] for _ in "ab"
)


@pytest.fixture
def learner(tmp_path: Path) -> FolderLearner:
    return school(tmp_path / "small")


def test_a_word_that_was_taught_is_understood(learner: FolderLearner) -> None:
    learning = Learning(learner)
    assert learning("kvikkoppgjør").guesses == ()

    learning.relearn(KVIKK, 1)

    assert learning("når kommer kvikkoppgjør?").guesses[0].task == "payments"
    assert learning.version == 1


def test_what_is_unlearnt_is_as_if_it_had_never_been_taught(learner: FolderLearner) -> None:
    learning = Learning(learner)
    before = learning("utbetaling til leverandøren")

    learning.relearn(KVIKK, 1)
    learning.relearn((), 2)

    assert learning("kvikkoppgjør").guesses == ()
    assert learning("utbetaling til leverandøren") == before


def test_the_same_lessons_always_teach_the_same(learner: FolderLearner) -> None:
    questions = ("kvikkoppgjør til leverandøren", "moms på kvikkoppgjør", "differanse")
    first, second = learner.train(KVIKK), learner.train(KVIKK)
    assert [first(q) for q in questions] == [second(q) for q in questions]


def test_unseen_writers_are_understood_less_often_after_wrong_lessons(
    learner: FolderLearner,
) -> None:
    before = learner.cross_validate(())
    assert before > 0.8
    assert learner.cross_validate(KVIKK) >= before
    assert learner.cross_validate(WRONG) < before
    assert learner.cross_validate(()) == before


def test_the_same_examples_are_asked_whatever_was_taught(learner: FolderLearner) -> None:
    """Lessons that are all right in themselves cannot raise the figure by being asked."""
    examples = sum(len(texts) for tasks in WRITERS.values() for texts in tasks.values())
    for lessons in ((), KVIKK, KVIKK * 10):
        assert (learner.cross_validate(lessons) * examples) % 1 == pytest.approx(0, abs=1e-9)


def test_everybody_is_answered_by_one_whole_reader_while_it_is_swapped(
    learner: FolderLearner,
) -> None:
    learning = Learning(learner)
    answers = {
        learner.train(())("kvikkoppgjør").guesses,
        learner.train(KVIKK)("kvikkoppgjør").guesses,
    }

    def ask(_: int) -> tuple[object, ...]:
        return learning("kvikkoppgjør").guesses

    with ThreadPoolExecutor(4) as threads:
        asked = threads.map(ask, range(400))
        for version in range(1, 21):
            learning.relearn(KVIKK if version % 2 else (), version)
        assert set(asked) <= answers


def test_only_the_agreements_tasks_are_guessed(learner: FolderLearner) -> None:
    odd = (Lesson("kvikkoppgjør", "gone"), Lesson("et kvikkoppgjør", "gone"))
    guesses = learner.train(odd)("kvikkoppgjør").guesses
    assert {guess.task for guess in guesses} <= set(TASKS)
