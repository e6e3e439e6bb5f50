"""Learning from the team while at work: what understands messages now can be replaced by better.

Whatever is taught is tried first on people it has not heard of. How learning is done stands behind
Learner; a process has one Learning, which everybody calls and a job swaps.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol

from bot.domain.agreement import Side, Task
from bot.domain.lessons import Lesson
from bot.domain.understanding import Understanding
from bot.understanding import Understand, learn, reader
from bot.understanding.knowledge import Example, Knowledge, read
from bot.understanding.reading import learnt_from
from bot.understanding.scores import held_out, share

TEAM: Final = "team"  # the writer of what was taught


class Learner(Protocol):
    def train(self, lessons: Sequence[Lesson]) -> Understand:
        """Return what understands messages after *lessons* as well. The same every time."""

    def cross_validate(self, lessons: Sequence[Lesson]) -> float:
        """Return how often the examples of unseen writers get their task (0-1), *lessons* known.

        The same examples are asked whatever the lessons are, so two figures can be compared.
        """


class FolderLearner:
    """Learns from an agreement's folder of knowledge, and from the lessons beside it."""

    def __init__(self, folder: Path, tasks: Mapping[str, Task]) -> None:
        self._folder, self._tasks = folder, tasks
        self._last: tuple[tuple[Lesson, ...], Knowledge, float] | None = None

    def train(self, lessons: Sequence[Lesson]) -> Understand:
        """Learn: about three seconds; without lessons, what is kept beside the folder will do.

        :raises BadKnowledge: a file in the folder has become wrong
        """
        if not lessons:
            return learn(self._folder, self._tasks)
        return reader(learnt_from(_with(read(self._folder), lessons)), self._sides())

    def cross_validate(self, lessons: Sequence[Lesson]) -> float:
        """Leave one writer out at a time: some seconds for each. The last figure is remembered.

        :raises BadKnowledge: a file in the folder has become wrong
        """
        asked, known = tuple(lessons), read(self._folder)
        if self._last and self._last[:2] == (asked, known):
            return self._last[2]
        scored = held_out(_with(known, asked), self._sides(), known.examples, _writer)
        figure = share(list(scored), lambda one: one.is_acceptable)
        self._last = asked, known, figure
        return figure

    def _sides(self) -> dict[str, Side]:
        return {task.id: task.side for task in self._tasks.values()}


class Learning:
    """What understands messages now. Threads share it: each call is answered by one whole reader.

    *version* tells which lessons that reader knows.
    """

    def __init__(self, learner: Learner) -> None:
        self.learner = learner
        self._now: tuple[Understand, int] = learner.train(()), 0

    def __call__(self, text: str) -> Understanding:
        understand, _ = self._now
        return understand(text)

    @property
    def version(self) -> int:
        return self._now[1]

    def relearn(self, lessons: Sequence[Lesson], version: int) -> None:
        """Learn *lessons*, and only then let what was learnt take over."""
        self._now = self.learner.train(lessons), version


def _with(known: Knowledge, lessons: Sequence[Lesson]) -> Knowledge:
    taught = (Example(text=one.text, task=one.task, writer=TEAM) for one in lessons)
    return replace(known, examples=(*known.examples, *taught))


def _writer(example: Example) -> str:
    return example.writer
