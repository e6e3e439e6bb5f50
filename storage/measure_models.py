"""The table of what each ticket counts for: narrow, so that a million are soon read."""

from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.models import Row


class CountedRow(Row):
    """A ticket as bot.domain.flat writes it, and from when on time alone changes nothing of it.

    *final_at*: microseconds since 1970; without it the ticket is counted from its log.
    """

    __tablename__ = "counted"
    __table_args__ = (
        Index("ix_counted_asked", "cooperation", "asked_at", "final_at"),
        Index("ix_counted_town", "cooperation", "municipality", "asked_at", "final_at"),
        Index("ix_counted_final", "cooperation", "final_at", "asked_at"),
    )

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    cooperation: Mapped[str]
    agreement: Mapped[str]
    number: Mapped[str]
    municipality: Mapped[str]
    task: Mapped[str]
    state: Mapped[str]
    asked_at: Mapped[int] = mapped_column(BigInteger)
    first_response: Mapped[int] = mapped_column(BigInteger)
    next_response: Mapped[int] = mapped_column(BigInteger)
    first_resolution: Mapped[int] = mapped_column(BigInteger)
    resolution: Mapped[int] = mapped_column(BigInteger)
    waited_for_asker: Mapped[int] = mapped_column(BigInteger)
    waited_for_third_party: Mapped[int] = mapped_column(BigInteger)
    spent: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str]
    final_at: Mapped[int | None] = mapped_column(BigInteger)
