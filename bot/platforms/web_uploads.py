"""Files that people put into the chat on our own page, and how they are fetched there again."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from fastapi import UploadFile
from starlette.responses import Response

from bot.domain.files import SharedFile
from bot.privacy import masked
from storage.database import Store
from storage.web_messages import Line

NAME_LIMIT = 200  # characters


class TooLarge(Exception):
    """Somebody shares more than the desk takes."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a message on the page, in our hands."""

    id: UUID
    name: str
    media_type: str
    content: bytes

    @property
    def shared(self) -> SharedFile:
        return SharedFile(
            name=self.name,
            source=str(self.id),
            media_type=self.media_type,
            size=len(self.content),
        )


async def uploaded(file_id: UUID, upload: UploadFile, most: int) -> Upload:
    """Read the file.

    :raises TooLarge: it holds more than *most* bytes
    """
    content = await upload.read(most + 1)
    if len(content) > most:
        raise TooLarge
    name = "".join(c for c in upload.filename or "" if c.isprintable())
    # The last part alone: a browser may tell a whole path.
    name = name.replace("\\", "/").rpartition("/")[2][-NAME_LIMIT:]
    return Upload(file_id, masked(name).text, upload.content_type or "", content)


def keep(files: Sequence[Upload], line: Line, store: Store) -> None:
    for file in files:
        store.web_files.keep(file.id, file.name, file.media_type, file.content, line=line.number)


def download(name: str, content: bytes) -> Response:
    """Return a file to be saved, and never to be shown as a page of ours."""
    return Response(
        content,
        media_type="application/octet-stream",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"},
    )
