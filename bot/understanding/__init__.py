"""Understanding: what kind of message it is, and which of the agreement's tasks it is about.

Nothing is fetched and nothing is kept: everything is learnt at the start from the two files beside
the agreement, and a message never leaves the process. ``python -m tests.understanding.measure``
says how often it is right.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from bot.domain.agreement import Side
from bot.domain.understanding import Guess, Part, Talk, Understanding
from bot.understanding.experts import Experts
from bot.understanding.knowledge import BadKnowledge, Knowledge, lessons, read
from bot.understanding.language import plain, visible
from bot.understanding.parts import Opinion, beside, two_questions
from bot.understanding.talk import kind_of
from bot.understanding.urgency import is_urgent

__all__ = ["SURE", "SURE_ENOUGH_TO_REFER", "BadKnowledge", "Understand", "learn", "reader"]

Understand = Callable[[str], Understanding]
Told = tuple[tuple[Guess, ...], bool]  # the likely tasks, and whether to act on the first

OFFERED: Final = 3

# The first guess is acted on from here. Asked for: of what is decided so, 93 % have a right task.
# On questions held out of the learning it was 93 % at 0.70 and 95 % here; new questions will be
# less like the glossary than these, so we keep the margin.
SURE: Final = 0.75
# The same where acting means turning somebody away, to their own municipality or a third party:
# a wrong contact hands over, but who is wrongly turned away may not come back. 98 % right here.
SURE_ENOUGH_TO_REFER: Final = 0.80


def learn(folder: Path, tasks: Iterable[str]) -> Understand:
    """Learn from *folder* and return the function that understands a message.

    Only *tasks* (ids) are ever guessed. What the folder knows of other tasks is learnt all the
    same, so that a message about one of them does not look like the nearest of ours.

    :raises BadKnowledge: a file in *folder* is wrong; the message says where and what to write
    :raises FileNotFoundError: one of the files is not there
    """
    return reader(read(folder), tasks)


def reader(knowledge: Knowledge, tasks: Iterable[str]) -> Understand:
    """Return the function that understands a message, from *knowledge* already read."""
    ours = frozenset(tasks)
    stays_here = _handled_by_the_host(knowledge)
    experts = Experts(lessons(knowledge))

    def understand(text: str) -> Understanding:
        seen = visible(text)
        talk = kind_of(seen)
        if talk is not Talk.QUESTION:
            return Understanding(talk=talk)
        best, is_sure = told(experts.opinion(plain(seen)))
        return Understanding(
            talk=talk,
            guesses=best,
            is_sure=is_sure,
            urgent=is_urgent(seen),
            second=_second(text, best, experts.opinion, told),
        )

    def told(opinion: Opinion) -> Told:
        ranked = sorted((-share, task) for task, share in opinion.items())
        guesses = tuple(Guess(task, -less) for less, task in ranked if task in ours)[:OFFERED]
        return guesses, _is_sure(guesses, stays_here)

    return understand


def _second(
    text: str,
    best: tuple[Guess, ...],
    opinion: Callable[[str], Opinion],
    told: Callable[[Opinion], Told],
) -> Part | None:
    """Return the part that asks for something else than what the whole is *best* taken for."""
    cut = two_questions(text, opinion)
    if cut is None or not best:
        return None
    words, thought = beside(cut, best[0].task)
    guesses, is_sure = told(thought)
    return Part(text=words, guesses=guesses, is_sure=is_sure)


def _is_sure(guesses: tuple[Guess, ...], stays_here: frozenset[str]) -> bool:
    if not guesses:
        return False
    best = guesses[0]
    return best.confidence >= (SURE if best.task in stays_here else SURE_ENOUGH_TO_REFER)


def _handled_by_the_host(knowledge: Knowledge) -> frozenset[str]:
    """Return the tasks every example says are the host's. Of others we are more careful."""
    sides = {(example.task, example.side) for example in knowledge.examples}
    away = {task for task, side in sides if side not in {Side.HOST, Side.UNSPECIFIED}}
    return frozenset(task for task, _ in sides if task not in away)
