"""Once a minute: try what the team has taught, one example at a time, once for all workers.

What makes unseen people's questions understood less often is not taken. It is tried outside any
transaction, for it takes a while; nobody waits for it.
"""

from dataclasses import dataclass

import structlog

from bot.conversation import Desk
from bot.domain.lessons import Lesson, Taught
from bot.understanding.learning import Learning

log = structlog.get_logger()


def learn_from_team(desk: Desk) -> None:
    learning = desk.understand
    if not isinstance(learning, Learning):
        return
    while claimed := _claimed(desk):
        _try(claimed, learning, desk)


@dataclass(frozen=True, slots=True)
class _Claimed:
    """An example that is ours to try, and what is known beside it, as of *version*."""

    tried: Taught
    known: tuple[Lesson, ...]
    version: int


def _claimed(desk: Desk) -> _Claimed | None:
    cooperation = desk.agreements.newest.id
    with desk.database.reading() as store:
        if not store.taught.waits(cooperation):
            return None  # as nearly always: without a lock on anything
    with desk.database.transaction() as store:
        tried = store.taught.claim(cooperation, desk.clock())
        if tried is None:
            return None
        return _Claimed(tried, store.taught.taken(cooperation), store.taught.version(cooperation))


def _try(claimed: _Claimed, learning: Learning, desk: Desk) -> None:
    tried = claimed.tried
    lesson = Lesson(tried.text or "", tried.task)
    before = learning.learner.cross_validate(claimed.known)
    after = learning.learner.cross_validate((*claimed.known, lesson))
    with desk.database.transaction() as store:
        cooperation = desk.agreements.newest.id
        verdict = store.taught.settle(cooperation, tried, claimed.version, before, after)
    log.info(
        "lesson.tried",
        number=tried.number,
        verdict=verdict,
        before=round(before, 4),
        after=round(after, 4),
    )
