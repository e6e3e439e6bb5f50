"""Files in Teams: what a message brings along, and how one is fetched and given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import structlog
from microsoft_teams.api.activities.message import MessageActivityInput
from microsoft_teams.api.models.attachment import Attachment

from bot.conversation import NotDelivered
from bot.domain.files import SharedFile
from bot.files import Content, FileTooLarge
from bot.platforms.teams_app import TIMEOUT, Teams
from bot.platforms.teams_payloads import Activity, Consent, Uploading
from bot.platforms.teams_payloads import Attachment as Attached
from bot.platforms.teams_text import written

DOWNLOAD = "application/vnd.microsoft.teams.file.download.info"
CONSENT = "application/vnd.microsoft.teams.card.file.consent"
FILE_CARD = "application/vnd.microsoft.teams.card.file.info"
ANSWERED = "fileConsent/invoke"
ACCEPTED = "accept"
PICTURE = "image/"

log = structlog.get_logger()


def shared_files(activity: Activity) -> tuple[SharedFile, ...]:
    """Return the files that can be fetched. In a channel Teams tells bots their names alone."""
    return tuple(file for each in activity.attachments if (file := _shared(each)))


def _shared(attached: Attached) -> SharedFile | None:
    name = written(attached.name)
    if attached.content_type == DOWNLOAD and isinstance(attached.content, Mapping):
        source = attached.content.get("downloadUrl")
        return SharedFile(name=name, source=source) if isinstance(source, str) else None
    if attached.content_type.startswith(PICTURE) and attached.content_url:
        kind = attached.content_type
        called = name or f"bilde.{kind.removeprefix(PICTURE).partition('+')[0] or 'png'}"
        return SharedFile(name=called, source=attached.content_url, media_type=kind)
    return None


def question(file: Content, upload: UUID, words: str) -> MessageActivityInput:
    """Ask whether *file* may be put among somebody's own: only then does Teams take it."""
    context = {"upload": str(upload)}
    content = {
        "description": words,
        "sizeInBytes": len(file.content),
        "acceptContext": context,
        "declineContext": context,
    }
    asked = Attachment(content_type=CONSENT, name=file.name, content=content)
    return MessageActivityInput(summary=file.name).add_attachments(asked)


def given(info: Uploading) -> MessageActivityInput:
    """Show where the file stands now."""
    card = Attachment(
        content_type=FILE_CARD,
        name=info.name,
        content_url=info.content_url,
        content={"uniqueId": info.unique_id, "fileType": info.file_type},
    )
    return MessageActivityInput(summary=info.name).add_attachments(card)


def answer_to_file(activity: Activity) -> Consent | None:
    """Read a yes or no to a file; None when it is something else.

    :raises ValidationError: it cannot be read
    """
    if (activity.type, activity.name) != ("invoke", ANSWERED):
        return None
    return Consent.model_validate(activity.value)


@dataclass(frozen=True, slots=True)
class FileStore:
    """Where Microsoft keeps people's files. Only addresses of its own are ever asked."""

    teams: Teams

    async def fetch(self, source: str, most: int) -> bytes:
        """Return what is in the file at *source*.

        :raises FileTooLarge: it holds more than *most* bytes
        :raises NotDelivered: it could not be fetched; final, if it never can
        """
        headers = await self._headers(source)
        content = b""
        try:
            async with (
                httpx.AsyncClient(timeout=TIMEOUT) as client,
                client.stream("GET", source, headers=headers) as answer,
            ):
                _taken(answer)
                async for part in answer.aiter_bytes():
                    content += part
                    if len(content) > most:
                        raise FileTooLarge
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NotDelivered("the file cannot be reached") from error
        return content

    async def put(self, content: bytes, info: Uploading) -> None:
        """Put *content* where somebody has said that it may be.

        :raises NotDelivered: it could not be put there
        """
        if not self.teams.is_store(info.upload_url):
            raise NotDelivered(
                "the file was to go to an address that is not Microsoft's", final=True
            )
        end = len(content)
        headers = {"Content-Range": f"bytes 0-{max(end - 1, 0)}/{end}"}
        try:
            async with httpx.AsyncClient(timeout=TIMEOUT) as client:
                _taken(await client.put(info.upload_url, content=content, headers=headers))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NotDelivered("the file cannot be put there") from error

    async def _headers(self, source: str) -> dict[str, Any]:
        """Return what opens *source*: a picture in a message is Teams' own, and wants our token."""
        if self.teams.is_service(source):
            try:
                return {"Authorization": f"Bearer {await self.teams.token()}"}
            except (ValueError, OSError) as error:
                raise NotDelivered("Microsoft does not answer as it should") from error
        if self.teams.is_store(source):
            return {}
        raise NotDelivered("the file is at an address that is not Microsoft's", final=True)


def _taken(answer: httpx.Response) -> None:
    if not answer.is_success:
        gone = answer.is_client_error or answer.is_redirect
        raise NotDelivered(f"the file's place answered {answer.status_code}", final=gone)
