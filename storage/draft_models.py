"""The tables of answers that are being written: who answers now, and what is not sent yet."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models import Row


class DraftRow(Row):
    """The draft of a ticket's next answer: the host team's alone, gone once it is sent."""

    __tablename__ = "draft"

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    key: Mapped[str]
    text: Mapped[str]
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    state: Mapped[str]
    resolves: Mapped[bool]
    comment: Mapped[str]


class AnsweringRow(Row):
    """Somebody has the form for an answer before them; until then nobody else answers."""

    __tablename__ = "answering"

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    until: Mapped[datetime] = mapped_column(index=True)
