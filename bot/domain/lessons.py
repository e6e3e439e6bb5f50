"""What the team teaches: a question whose task was set right becomes an example for the reader."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.events import Asked, Chosen, Event, Resolved, TaskChanged
from bot.domain.people import PersonId


class Verdict(StrEnum):
    """What became of an example."""

    WAITING = "waiting"
    TAKEN = "taken"
    NOT_TAKEN = "not-taken"  # unseen people would have been understood less often
    REPLACED = "replaced"  # the ticket's task was changed again
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question in the words that were kept of it, and its right task."""

    text: str
    task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """One example. *text* is None once it is revoked or replaced. *at* is in UTC.

    *before* and *after*: how often unseen people's questions were given their task, without it and
    with it (0-1); None while it has not been tried.
    """

    number: int
    ticket: str  # its number
    text: str | None
    task: str
    at: datetime
    verdict: Verdict
    before: float | None = None
    after: float | None = None


def lesson(question: str, log: Sequence[Event], team: Collection[PersonId]) -> Lesson | None:
    """Return what the last event of *log* teaches of *question*, if it teaches anything.

    The host's *team* teaches by changing the task. An asker's change is accepted, and teaches, when
    one of the team resolves the ticket as what the asker said it was.
    """
    last, changes = log[-1], [event for event in log if isinstance(event, TaskChanged)]
    match last:
        case TaskChanged() if last.by in team:
            is_right = last.task != _task_before(log[:-1])
        case Resolved() if last.by in team:
            is_right = bool(changes) and changes[-1].by not in team
        case _:
            return None
    task = changes[-1].task if changes else None
    return Lesson(question, task) if is_right and task else None


def _task_before(log: Sequence[Event]) -> str | None:
    told = [event.task for event in log if isinstance(event, Asked | Chosen | TaskChanged)]
    return told[-1]
