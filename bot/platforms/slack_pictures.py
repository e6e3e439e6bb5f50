"""Pictures in Slack: put there as private files, so that nobody outside has to fetch them from us.

Slack's recipe: https://slack.com/blog/developers/uploading-private-images-blockkit. A file may
stand on a card when Slack has looked through it; it then has a media type, and not before:
https://github.com/slackapi/java-slack-sdk/issues/1349.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.blocks import Card, Picture
from bot.conversation import NotDelivered
from bot.platforms.slack_answers import taken
from bot.platforms.slack_files import SlackFiles

PATIENCE = 5  # seconds: half of what a sender may take
FIRST_PAUSE = 0.2  # seconds, and each time twice as long
NAME = "vertsdesk.png"

Draw = Callable[[str], bytes | None]
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class SlackPictures:
    """*draw* returns the PNG that lies at an address of ours, or None when there is none."""

    client: AsyncWebClient
    files: SlackFiles
    draw: Draw

    async def put(self, card: Card) -> Mapping[str, str]:
        """Put the pictures of *card* into Slack, and return the file of each, by its address.

        What cannot be put there is left out: the card says it in words, and must not wait for it.
        """
        found: dict[str, str] = {}
        try:
            async with asyncio.timeout(PATIENCE):
                for block in card.body:
                    if isinstance(block, Picture) and (file := await self._put(block)):
                        found[block.address] = file
        except (NotDelivered, TimeoutError) as refused:
            log.warning("slack.picture", why=str(refused) or "it takes too long")
        return found

    async def _put(self, picture: Picture) -> str | None:
        content = await asyncio.to_thread(self.draw, picture.address)
        if content is None:
            return None
        file = await self.files.placed(NAME, content)
        await taken(self.client.files_completeUploadExternal(files=[{"id": file, "title": NAME}]))
        await self._looked_through(file)
        return file

    async def _looked_through(self, file: str) -> None:
        pause = FIRST_PAUSE
        while not (await taken(self.client.files_info(file=file)))["file"].get("mimetype"):
            await asyncio.sleep(pause)
            pause *= 2
