"""Understanding: what kind of message it is, and which of the agreement's tasks it is about.

Nothing is fetched and nothing is kept: everything is learnt from the files beside the agreement,
and a message never leaves the process. ``python -m tests.understanding.measure`` says how often it
is right about people whose messages it has not learnt from.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from bot.domain.agreement import Side, Task
from bot.domain.understanding import Guess, Part, Talk, Understanding
from bot.understanding.concepts import Concepts
from bot.understanding.decision import OFFERED, decide
from bot.understanding.knowledge import BadKnowledge, read
from bot.understanding.language import plain, visible
from bot.understanding.learnt import digest, kept
from bot.understanding.parts import Cut, two_questions
from bot.understanding.reading import Opinion, Reading, learnt_from
from bot.understanding.talk import kind_of
from bot.understanding.urgency import is_urgent

__all__ = ["BadKnowledge", "Understand", "learn", "reader", "reading_of"]

Understand = Callable[[str], Understanding]
Sides = Mapping[str, Side]  # whose each task of the agreement is


def learn(folder: Path, tasks: Mapping[str, Task]) -> Understand:
    """Learn from *folder* and return the function that understands a message.

    Only *tasks*, an agreement's, are ever guessed. What the folder knows of others is learnt all
    the same, so that a message about one of them does not look like the nearest of ours.

    :raises BadKnowledge: a file in *folder* is wrong; the message says where and what to write
    :raises FileNotFoundError: one of the files is not there
    """
    return reader(reading_of(folder), {task.id: task.side for task in tasks.values()})


def reading_of(folder: Path) -> Reading:
    """Return what was learnt from *folder*: what is kept there, if that is still true.

    :raises BadKnowledge: a file in *folder* is wrong; the message says where and what to write
    :raises FileNotFoundError: one of the files is not there
    """
    knowledge = read(folder)
    model = kept(folder, digest(knowledge))
    return Reading(model, Concepts(knowledge.terms)) if model else learnt_from(knowledge)


def reader(reading: Reading, sides: Sides) -> Understand:
    """Return the function that understands a message, by *reading*."""

    def understand(text: str) -> Understanding:
        seen = visible(text)
        talk = kind_of(seen)
        if talk is not Talk.QUESTION:
            return Understanding(talk=talk)
        cut = two_questions(text, reading.opinion)
        # The whole of two questions is read less surely than the first of them alone.
        thought = cut.first_opinion if cut else reading.opinion(plain(seen))
        guesses = _guesses(thought, sides)
        return Understanding(
            talk=talk,
            guesses=guesses,
            decision=decide(guesses, sides),
            urgent=is_urgent(seen),
            second=_second(cut, sides) if cut else None,
        )

    return understand


def _second(cut: Cut, sides: Sides) -> Part:
    guesses = _guesses(cut.second_opinion, sides)
    return Part(text=cut.second, guesses=guesses, decision=decide(guesses, sides))


def _guesses(opinion: Opinion, sides: Sides) -> tuple[Guess, ...]:
    ranked = sorted((-share, task) for task, share in opinion.items() if task in sides)
    return tuple(Guess(task, -less) for less, task in ranked[:OFFERED])
