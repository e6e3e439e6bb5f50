"""Files in the chat on our own page: it keeps what people share there, and what they are given."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.file_models import WebFileRow


class WebFiles:
    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, file_id: UUID, name: str, media_type: str, content: bytes, *, line: int) -> None:
        """Keep a file that stands on the line with that number."""
        row = WebFileRow(id=file_id, name=name, media_type=media_type, content=content, line=line)
        self._session.add(row)
        self._session.flush()

    def content(self, file_id: UUID) -> bytes | None:
        row = self._session.get(WebFileRow, file_id)
        return row.content if row else None

    def at(self, line: int) -> tuple[str, bytes] | None:
        """Return the name of the file on a line, and what is in it."""
        row = self._session.scalars(select(WebFileRow).where(WebFileRow.line == line)).first()
        return (row.name, row.content) if row else None
