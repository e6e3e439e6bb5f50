"""Tables of Teams' own: how its conversations are reached, and files that wait to be let in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from storage.models import Row


class TeamsAddressRow(Row):
    """How a conversation, or a person by their own id, is reached. Teams may change it any day."""

    __tablename__ = "teams_address"

    name: Mapped[str] = mapped_column(primary_key=True)
    tenant: Mapped[str]
    service_url: Mapped[str]
    gone_at: Mapped[datetime | None]  # the app was taken away there


class TeamsUploadRow(Row):
    """A file of ours that somebody in Teams has not yet said yes or no to."""

    __tablename__ = "teams_upload"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    channel: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    content: Mapped[bytes]
    put_at: Mapped[datetime] = mapped_column(index=True)
