"""Drafts of answers, one for each ticket, and who answers which ticket now.

Whoever writes here holds the ticket already (``tickets.get``), so nobody else does at that moment.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.domain.people import PersonId
from bot.domain.review import Answering, Draft, State
from bot.domain.tickets import TicketId
from storage.draft_models import AnsweringRow, DraftRow


class Drafts:
    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, ticket_id: TicketId) -> Draft | None:
        row = self._session.get(DraftRow, ticket_id)
        return _draft(row) if row else None

    def save(self, draft: Draft) -> None:
        """Let this be the ticket's draft, instead of the one it had."""
        self._session.merge(
            DraftRow(
                ticket_id=draft.ticket,
                key=draft.key,
                text=draft.text,
                by=draft.by,
                at=draft.at,
                state=draft.state.value,
                resolves=draft.resolves,
                comment=draft.comment,
            )
        )
        self._session.flush()

    def drop(self, ticket_id: TicketId) -> None:
        self._session.execute(delete(DraftRow).where(DraftRow.ticket_id == ticket_id))


class Answerings:
    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, ticket_id: TicketId, now: datetime) -> Answering | None:
        """Return who answers the ticket at *now*, if anybody does."""
        row = self._session.get(AnsweringRow, ticket_id)
        if row is None or row.until <= now:
            return None
        return Answering(PersonId(row.person_id), row.until)

    def begin(self, ticket_id: TicketId, answering: Answering) -> None:
        row = AnsweringRow(ticket_id=ticket_id, person_id=answering.who, until=answering.until)
        self._session.merge(row)
        self._session.flush()

    def end(self, ticket_id: TicketId) -> None:
        self._session.execute(delete(AnsweringRow).where(AnsweringRow.ticket_id == ticket_id))

    def over(self, now: datetime, limit: int = 100) -> Sequence[TicketId]:
        """Return the tickets that somebody began to answer, and whose time for that is over."""
        found = select(AnsweringRow.ticket_id).where(AnsweringRow.until <= now)
        in_order = found.order_by(AnsweringRow.until, AnsweringRow.ticket_id).limit(limit)
        return [TicketId(ticket_id) for ticket_id in self._session.scalars(in_order)]


def _draft(row: DraftRow) -> Draft:
    return Draft(
        ticket=TicketId(row.ticket_id),
        key=row.key,
        text=row.text,
        by=PersonId(row.by),
        at=row.at,
        state=State(row.state),
        resolves=row.resolves,
        comment=row.comment,
    )
