"""Files in Slack: where they lie, and where they are put. Our token goes to Slack alone."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout
from slack_sdk.web.async_client import AsyncWebClient

from bot.conversation import NotDelivered
from bot.files import FileTooLarge
from bot.platforms.slack_answers import taken

SLACK = ".slack.com"  # how the host of every file of Slack's ends
PATIENCE = ClientTimeout(total=60)
OK, GONE = 200, {401, 403, 404, 410}
SIGN_IN = "text/html"  # what comes instead of a file when we may not have it
PIECE = 65_536  # bytes


@dataclass(frozen=True, slots=True)
class SlackFiles:
    client: AsyncWebClient

    async def fetch(self, source: str, most: int) -> bytes:
        """Return what is in the file at *source*, an address that Slack told.

        :raises FileTooLarge: it holds more than *most* bytes
        :raises NotDelivered: it could not be fetched; final, if it never can
        """
        if not self._is_slacks(source):
            raise NotDelivered("the file does not lie in Slack", final=True)
        headers = {"Authorization": f"Bearer {self.client.token}"}
        try:
            async with (
                ClientSession(timeout=PATIENCE) as session,
                session.get(source, headers=headers, allow_redirects=False) as answer,
            ):
                return await _read(answer, most)
        except (ClientError, OSError) as error:
            raise NotDelivered("the file cannot be reached") from error

    async def placed(self, name: str, content: bytes) -> str:
        """Let Slack make room for a file, put it there, and return its id. Nobody sees it yet.

        :raises NotDelivered: it could not be put there
        """
        room = await taken(
            self.client.files_getUploadURLExternal(filename=name, length=len(content))
        )
        await self._put(str(room["upload_url"]), content)
        return str(room["file_id"])

    async def _put(self, address: str, content: bytes) -> None:
        if not self._is_slacks(address):
            raise NotDelivered("the file was to go to an address that is not Slack's", final=True)
        try:
            async with (
                ClientSession(timeout=PATIENCE) as session,
                session.post(address, data=content, allow_redirects=False) as answer,
            ):
                if answer.status != OK:
                    raise NotDelivered(f"Slack answered {answer.status} to the file")
        except (ClientError, OSError) as error:
            raise NotDelivered("Slack cannot be reached") from error

    def _is_slacks(self, address: str) -> bool:
        """Tell whether *address* is Slack's own, or of the pretend Slack that we were told to use.

        Whoever shares a file cannot have our token sent to where they like.
        """
        where, ours = urlsplit(address), urlsplit(self.client.base_url)
        if where.scheme == "https" and (where.hostname or "").endswith(SLACK):
            return True
        return (where.scheme, where.netloc) == (ours.scheme, ours.netloc)


async def _read(answer: ClientResponse, most: int) -> bytes:
    is_page = answer.content_type == SIGN_IN and "attachment" not in answer.headers.get(
        "Content-Disposition", ""
    )
    if answer.status != OK or is_page:
        never = is_page or answer.status in GONE
        raise NotDelivered(f"Slack answered {answer.status} instead of the file", final=never)
    content = b""
    async for piece in answer.content.iter_chunked(PIECE):
        content += piece
        if len(content) > most:
            raise FileTooLarge
    return content
