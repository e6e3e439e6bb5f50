"""The table of the files that people have shared about a ticket, and what became of each."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.models import Row


class SharedFileRow(Row):
    """A file that came with a message. *content* is here only while it is on its way.

    *source* is what its platform fetches it by. *not_before* is the end of the lease, too.
    """

    __tablename__ = "shared_file"
    __table_args__ = (Index("ix_shared_file_state", "state", "not_before"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"), index=True)
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    message: Mapped[str]
    platform: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int | None]
    source: Mapped[str]
    to_asker: Mapped[bool]
    state: Mapped[str]
    reason: Mapped[str | None]
    content: Mapped[bytes | None]
    attempts: Mapped[int] = mapped_column(default=0)
    noted_at: Mapped[datetime]
    not_before: Mapped[datetime]


class WebFileRow(Row):
    """A file on a line of the chat on our own page."""

    __tablename__ = "web_file"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    media_type: Mapped[str]
    content: Mapped[bytes]
    line: Mapped[int] = mapped_column(index=True)
