"""The tables of answers that may help again, and of what the team has taught the reader.

Beside KnownAnswerRow stands ``known_answer_words``, by which answers are searched: an FTS5 table in
SQLite, a tsvector with a GIN index in PostgreSQL. It is made by the migration alone.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models import Row

WORDS: Final = "known_answer_words"  # and what begins with it is FTS5's own


class KnownAnswerRow(Row):
    """What was asked and answered on a ticket: as it was written, for its own municipality.

    Without *municipality* it is general: in the words that *by* confirmed, for everybody.
    """

    __tablename__ = "known_answer"
    __table_args__ = (UniqueConstraint("ticket_id", "is_general"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"))
    is_general: Mapped[bool]
    cooperation: Mapped[str]
    municipality: Mapped[str | None] = mapped_column(index=True)
    question: Mapped[str]
    answer: Mapped[str]
    by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class TaughtRow(Row):
    """A question whose task the team set right. *text* is gone once it is revoked or replaced.

    *before* and *after* are how often unseen people's questions are understood (0-1).
    """

    __tablename__ = "taught"

    number: Mapped[int] = mapped_column(primary_key=True)
    cooperation: Mapped[str] = mapped_column(index=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"), index=True)
    text: Mapped[str | None]
    task: Mapped[str]
    at: Mapped[datetime]
    verdict: Mapped[str]
    before: Mapped[float | None]
    after: Mapped[float | None]


class LearningRow(Row):
    """How many times what is learnt has changed, and until when somebody is busy learning."""

    __tablename__ = "learning"

    cooperation: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    busy_until: Mapped[datetime | None]
