"""The table of disputes about whose a task is, and of what was decided."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models import Row


class DisputeRow(Row):
    """A dispute; once *verdict* is there, it is a precedent as well."""

    __tablename__ = "dispute"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    cooperation: Mapped[str] = mapped_column(index=True)
    municipality: Mapped[str] = mapped_column(index=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"), index=True)
    task: Mapped[str]
    section: Mapped[str | None]
    number: Mapped[int | None]
    side: Mapped[str]
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    by_host: Mapped[bool]
    reason: Mapped[str]
    at: Mapped[datetime]
    verdict: Mapped[str | None]
    wording: Mapped[str]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
