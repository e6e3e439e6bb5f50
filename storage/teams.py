"""What Teams wants remembered: how each conversation is reached, and files that wait for a yes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from storage.once import insert
from storage.teams_models import TeamsAddressRow, TeamsUploadRow


@dataclass(frozen=True, slots=True)
class TeamsAddress:
    """How a conversation is reached. *is_gone*: the app was taken away there."""

    tenant: str
    service_url: str
    is_gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A whole file, for one conversation."""

    channel: str
    name: str
    media_type: str
    content: bytes


class TeamsMemory:
    def __init__(self, session: Session) -> None:
        self._session = session

    def note(self, name: str, address: TeamsAddress, now: datetime) -> None:
        """Let *name*, a conversation's id or a person's, be reached at *address* from now on."""
        reached = {
            "tenant": address.tenant,
            "service_url": address.service_url,
            "gone_at": now if address.is_gone else None,
        }
        noted = insert(self._session, TeamsAddressRow).values(name=name, **reached)
        self._session.execute(noted.on_conflict_do_update(index_elements=["name"], set_=reached))

    def address(self, name: str) -> TeamsAddress | None:
        row = self._session.get(TeamsAddressRow, name)
        return TeamsAddress(row.tenant, row.service_url, row.gone_at is not None) if row else None

    def keep(self, id_: UUID, upload: Upload, now: datetime) -> None:
        """Keep a file until somebody says yes or no to it."""
        row = TeamsUploadRow(
            id=id_,
            channel=upload.channel,
            name=upload.name,
            media_type=upload.media_type,
            content=upload.content,
            put_at=now,
        )
        self._session.add(row)

    def upload(self, id_: UUID) -> Upload | None:
        row = self._session.get(TeamsUploadRow, id_)
        if row is None:
            return None
        return Upload(
            channel=row.channel, name=row.name, media_type=row.media_type, content=row.content
        )

    def drop(self, id_: UUID) -> None:
        self._session.execute(delete(TeamsUploadRow).where(TeamsUploadRow.id == id_))

    def drop_older(self, than: datetime) -> None:
        """Drop the files that nobody has answered for since *than*."""
        self._session.execute(delete(TeamsUploadRow).where(TeamsUploadRow.put_at < than))
