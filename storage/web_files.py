"""Files in the chat on our own page: it keeps what people share there, and what they are given."""

from collections.abc import Iterable, Mapping, Sequence
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

    def get(self, file_id: UUID) -> tuple[int, str, bytes] | None:
        """Return the number of the line it stands on, its name, and what is in it."""
        row = self._session.get(WebFileRow, file_id)
        return (row.line, row.name, row.content) if row else None

    def on(self, lines: Iterable[int]) -> Mapping[int, Sequence[tuple[UUID, str]]]:
        """Return the files' ids and names, by the line that they stand on."""
        columns = WebFileRow.line, WebFileRow.id, WebFileRow.name
        found = select(*columns).where(WebFileRow.line.in_(lines)).order_by(WebFileRow.name)
        files: dict[int, list[tuple[UUID, str]]] = {}
        for line, file_id, name in self._session.execute(found):
            files.setdefault(line, []).append((file_id, name))
        return files
