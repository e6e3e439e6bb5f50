"""What the team has taught: examples that wait to be tried, were taken or not, or were revoked."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.lessons import Lesson, Taught, Verdict
from bot.domain.tickets import TicketId
from storage.answer_models import LearningRow, TaughtRow
from storage.models import TicketRow
from storage.once import first

BUSY_FOR: Final = timedelta(minutes=30)  # one that has not come back then tries no more
_OVER: Final = frozenset({Verdict.REPLACED, Verdict.REVOKED})


class NoSuchExample(Exception):
    """There is none of that number in the cooperation, or its text is gone already."""


class Taughts:
    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, cooperation: str, ticket_id: TicketId, lesson: Lesson, at: datetime) -> None:
        """Keep *lesson* until it is tried, instead of what the ticket taught before."""
        earlier = select(TaughtRow).where(
            TaughtRow.ticket_id == ticket_id, TaughtRow.verdict.not_in(_OVER)
        )
        for row in self._session.scalars(earlier).all():
            self._end(row, Verdict.REPLACED)
        row = TaughtRow(
            cooperation=cooperation,
            ticket_id=ticket_id,
            text=lesson.text,
            task=lesson.task,
            at=at,
            verdict=Verdict.WAITING,
        )
        self._session.add(row)
        self._session.flush()

    def all(self, cooperation: str) -> Sequence[Taught]:
        """For the host's eyes alone: return every example of *cooperation*, the oldest first."""
        found = (
            select(TaughtRow, TicketRow.number)
            .join(TicketRow, TicketRow.id == TaughtRow.ticket_id)
            .where(TaughtRow.cooperation == cooperation)
            .order_by(TaughtRow.number)
        )
        return [_taught(row, number) for row, number in self._session.execute(found)]

    def taken(self, cooperation: str) -> tuple[Lesson, ...]:
        """Return what the reader learns beside the folder, the oldest first."""
        found = select(TaughtRow).where(
            TaughtRow.cooperation == cooperation,
            TaughtRow.verdict == Verdict.TAKEN,
            TaughtRow.text.is_not(None),
        )
        rows = self._session.scalars(found.order_by(TaughtRow.number))
        return tuple(Lesson(row.text or "", row.task) for row in rows)

    def waits(self, cooperation: str) -> bool:
        """Tell whether an example waits to be tried."""
        found = select(TaughtRow.number).where(
            TaughtRow.cooperation == cooperation, TaughtRow.verdict == Verdict.WAITING
        )
        return self._session.scalars(found.limit(1)).first() is not None

    def version(self, cooperation: str) -> int:
        """Return how many times what is taken has changed."""
        row = self._session.get(LearningRow, cooperation)
        return row.version if row else 0

    def claim(self, cooperation: str, now: datetime) -> Taught | None:
        """Return the next example to try, for the caller alone until it is :meth:`settle`-d.

        None: nothing waits, or somebody else is trying one.
        """
        learning = self._learning(cooperation)
        waiting = select(TaughtRow, TicketRow.number).join(
            TicketRow, TicketRow.id == TaughtRow.ticket_id
        )
        waiting = waiting.where(
            TaughtRow.cooperation == cooperation, TaughtRow.verdict == Verdict.WAITING
        )
        found = self._session.execute(waiting.order_by(TaughtRow.number).limit(1)).first()
        if found is None or (learning.busy_until and learning.busy_until > now):
            return None
        learning.busy_until = now + BUSY_FOR
        return _taught(*found)

    def settle(
        self, cooperation: str, tried: Taught, version: int, before: float, after: float
    ) -> Verdict:
        """Take *tried* unless it made things worse, and return what became of it.

        It still waits when what it was tried with (*version*) has changed meanwhile.
        """
        learning = self._learning(cooperation)
        learning.busy_until = None
        row = self._session.get_one(TaughtRow, tried.number, populate_existing=True)
        if row.verdict != Verdict.WAITING or learning.version != version:
            return Verdict(row.verdict)
        row.before, row.after = before, after
        row.verdict = Verdict.NOT_TAKEN if after < before else Verdict.TAKEN
        learning.version += row.verdict == Verdict.TAKEN
        return Verdict(row.verdict)

    def revoke(self, cooperation: str, number: int) -> None:
        """Delete the example's text; every process unlearns it.

        :raises NoSuchExample: there is none, or it is revoked already
        """
        row = self._session.get(TaughtRow, number)
        if row is None or row.cooperation != cooperation or row.verdict in _OVER:
            raise NoSuchExample(str(number))
        self._end(row, Verdict.REVOKED)

    def _end(self, row: TaughtRow, verdict: Verdict) -> None:
        if row.verdict == Verdict.TAKEN:
            self._learning(row.cooperation).version += 1
        row.verdict, row.text = verdict, None

    def _learning(self, cooperation: str) -> LearningRow:
        """Return what is known of the learning, and keep others from changing it until we end."""
        first(self._session, LearningRow, cooperation=cooperation, version=0, busy_until=None)
        found = select(LearningRow).where(LearningRow.cooperation == cooperation)
        locked = found.with_for_update().execution_options(populate_existing=True)
        return self._session.scalars(locked).one()


def _taught(row: TaughtRow, ticket: str) -> Taught:
    return Taught(
        number=row.number,
        ticket=ticket,
        text=row.text,
        task=row.task,
        at=row.at,
        verdict=Verdict(row.verdict),
        before=row.before,
        after=row.after,
    )
