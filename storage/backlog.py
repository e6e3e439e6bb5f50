"""What waits: letters, deadlines that should have been looked at, and open tickets."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.tickets import UNFINISHED
from storage.models import LetterRow, TicketRow

NOTHING = timedelta(0)


class Backlog:
    def __init__(self, session: Session) -> None:
        self._session = session

    def letters(self) -> int:
        """Return how many letters are not sent, due or not."""
        waiting = select(func.count()).select_from(LetterRow).where(LetterRow.done_at.is_(None))
        return self._session.scalars(waiting).one()

    def lag(self, now: datetime) -> timedelta:
        """Return for how long a ticket has waited that should have been looked at by *now*."""
        first = self._session.scalar(select(func.min(TicketRow.next_moment)))
        return max(now - first, NOTHING) if first else NOTHING

    def open_tickets(self) -> Mapping[str, int]:
        """Return how many tickets are not finished, by cooperation."""
        found = (
            select(TicketRow.cooperation, func.count())
            .where(TicketRow.status.in_(UNFINISHED))
            .group_by(TicketRow.cooperation)
        )
        return {str(cooperation): number for cooperation, number in self._session.execute(found)}
