"""Answers that may help again: kept when a ticket is resolved, and found by what was asked.

Nobody reads an answer that is not their own municipality's, unless the host's team has said that it
is general; and only while its ticket is resolved. SQLite (FTS5) or PostgreSQL (text search,
``norwegian``) brings what has words in common; how alike two questions are is counted here, in the
same way for both.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ColumnClause,
    Select,
    and_,
    column,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    table,
)
from sqlalchemy.orm import Session

from bot.domain.answers import KnownAnswer, Settled
from bot.domain.people import PersonId
from bot.domain.tickets import Status, Ticket, TicketId
from bot.understanding.likeness import ALIKE, content, likeness
from storage.answer_models import WORDS, KnownAnswerRow
from storage.models import TicketRow

LOOKED_AT: Final = 20  # answers with words in common, whose likeness is counted
_WORDS_USED: Final = 30  # of a question; the first of them say what it is about
_STEM: Final = 5  # letters: endings and the second half of compounds differ
_NORWEGIAN: Final[ColumnClause[str]] = literal_column("'norwegian'")
_WORDS: Final = table(
    WORDS, column("rowid"), column("answer_id"), column("words"), column("rank")
)  # each database has those columns that its search needs


Readable = Select[KnownAnswerRow, str | None]  # with its task


class Similar:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._dialect = session.get_bind().dialect.name

    def keep(self, ticket: Ticket, settled: Settled, at: datetime) -> None:
        """Keep what was answered on *ticket* for its own municipality, instead of what was kept."""
        self._put(_row(ticket, settled, at, municipality=ticket.municipality))

    def forget(self, ticket_id: TicketId) -> None:
        """Keep nothing of the ticket for its own municipality any more."""
        self._delete(ticket_id, is_general=False)

    def share(self, ticket: Ticket, settled: Settled, by: PersonId, at: datetime) -> None:
        """Let every municipality in the cooperation read *settled*, which *by* has confirmed."""
        self._put(_row(ticket, settled, at, by=by))

    def unshare(self, ticket_id: TicketId) -> None:
        self._delete(ticket_id, is_general=True)

    def own(self, ticket_id: TicketId) -> Settled | None:
        """For the host's team: return what is kept of the ticket, as it was written."""
        row = self._row(ticket_id, is_general=False)
        return Settled(row.question, row.answer) if row else None

    def is_shared(self, ticket_id: TicketId) -> bool:
        return self._row(ticket_id, is_general=True) is not None

    def get(self, answer_id: int, municipality: str, *, cooperation: str) -> KnownAnswer | None:
        """Return the answer, if *municipality* may read it (still)."""
        found = _readable(municipality, cooperation).where(KnownAnswerRow.id == answer_id)
        row = self._session.execute(found).first()
        return _known(row[0], row[1]) if row else None

    def answered_like(
        self, question: str, municipality: str, limit: int = 3, *, cooperation: str
    ) -> Sequence[KnownAnswer]:
        """Return what *municipality* may read and was asked much like *question*, likest first.

        Each has its likeness, from :data:`ALIKE` on. A ticket that has both gives its own words.
        """
        words = list(dict.fromkeys(content(question)))[:_WORDS_USED]
        if not words:
            return []
        readable = _readable(municipality, cooperation).limit(LOOKED_AT)
        rows = self._session.execute(self._with_some_of(words, readable)).all()
        of_ticket: dict[UUID, KnownAnswer] = {}
        for row, task in sorted(rows, key=lambda found: not found[0].is_general):
            of_ticket[row.ticket_id] = _known(row, task)  # its own words come last
        alike = [
            replace(known, likeness=likeness(question, known.question))
            for known in of_ticket.values()
        ]
        likest = sorted(alike, key=lambda known: (-known.likeness, known.id))
        return [known for known in likest if known.likeness >= ALIKE][:limit]

    def _with_some_of(self, words: Sequence[str], readable: Readable) -> Readable:
        """Return those of *readable* that have some of *words*, which are letters and digits."""
        if self._dialect == "sqlite":
            either = " OR ".join(f'"{word[:_STEM]}"*' for word in words)
            having = readable.join(_WORDS, _WORDS.c.rowid == KnownAnswerRow.id)
            has_some = literal_column(WORDS).op("MATCH")(either)
            return having.where(has_some).order_by(_WORDS.c.rank, KnownAnswerRow.id)
        either = " | ".join(part for word in words for part in (word, f"{word[:_STEM]}:*"))
        query = func.to_tsquery(_NORWEGIAN, either)
        having = readable.join(_WORDS, _WORDS.c.answer_id == KnownAnswerRow.id)
        rank = func.ts_rank(_WORDS.c.words, query)
        has_some = _WORDS.c.words.op("@@")(query)
        return having.where(has_some).order_by(rank.desc(), KnownAnswerRow.id)

    def _put(self, row: KnownAnswerRow) -> None:
        self._delete(TicketId(row.ticket_id), is_general=row.is_general)
        self._session.add(row)
        self._session.flush()
        words = " ".join(content(row.question))
        self._session.execute(
            insert(_WORDS).values(rowid=row.id, words=words)
            if self._dialect == "sqlite"
            else insert(_WORDS).values(answer_id=row.id, words=func.to_tsvector(_NORWEGIAN, words))
        )

    def _delete(self, ticket_id: TicketId, *, is_general: bool) -> None:
        row = self._row(ticket_id, is_general=is_general)
        if row:
            number = _WORDS.c.rowid if self._dialect == "sqlite" else _WORDS.c.answer_id
            self._session.execute(delete(_WORDS).where(number == row.id))
            self._session.delete(row)
            self._session.flush()

    def _row(self, ticket_id: TicketId, *, is_general: bool) -> KnownAnswerRow | None:
        found = select(KnownAnswerRow).where(
            KnownAnswerRow.ticket_id == ticket_id, KnownAnswerRow.is_general.is_(is_general)
        )
        return self._session.scalars(found).first()


def _readable(municipality: str, cooperation: str) -> Readable:
    """Return every answer that *municipality* may read, with its task."""
    is_own = KnownAnswerRow.municipality == municipality
    is_general = and_(KnownAnswerRow.is_general, KnownAnswerRow.municipality.is_(None))
    return (
        select(KnownAnswerRow, TicketRow.task)
        .join(TicketRow, TicketRow.id == KnownAnswerRow.ticket_id)
        .where(
            KnownAnswerRow.cooperation == cooperation,
            TicketRow.status == Status.RESOLVED,
            or_(is_own, is_general),
        )
    )


def _row(
    ticket: Ticket,
    settled: Settled,
    at: datetime,
    *,
    municipality: str | None = None,
    by: PersonId | None = None,
) -> KnownAnswerRow:
    return KnownAnswerRow(
        ticket_id=ticket.id,
        is_general=municipality is None,
        cooperation=ticket.cooperation,
        municipality=municipality,
        question=settled.question,
        answer=settled.answer,
        by=by,
        at=at,
    )


def _known(row: KnownAnswerRow, task: str | None) -> KnownAnswer:
    return KnownAnswer(
        id=row.id,
        ticket=TicketId(row.ticket_id),
        question=row.question,
        answer=row.answer,
        task=task,
        is_general=row.is_general,
    )
