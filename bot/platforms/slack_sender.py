"""Our cards, drawn in Slack."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.blocks import Card
from bot.conversation import NotDelivered, Sent
from bot.domain.people import Account, Place
from bot.files import Content
from bot.platforms.slack_answers import taken
from bot.platforms.slack_files import SlackFiles
from bot.platforms.slack_links import link_to
from bot.platforms.slack_ourselves import Ourselves
from bot.platforms.slack_pictures import Draw, SlackPictures
from bot.render.block_kit import NO_PICTURES, block_kit, fallback

Drawn = dict[str, Any]  # a message's words and blocks
SHARED = ("C", "G")  # how the id begins of a conversation in which others read too


class SlackSender:
    """Sends once. When Slack asks us to wait, the outbox waits: nobody sleeps here.

    Only what Slack looks through first, a picture, is waited for a few seconds.
    """

    def __init__(self, client: AsyncWebClient, draw: Draw) -> None:
        self._client = client
        self._files, self._ourselves = SlackFiles(client), Ourselves(client)
        self._pictures = SlackPictures(client, self._files, draw)

    async def send(self, to: Place, card: Card, only_to: Account | None) -> Sent:
        """Deliver *card*. Pictures that Slack does not take are said in words instead."""
        pictures = await self._pictures.put(card)
        try:
            return await self._send(to, _drawn(card, pictures), only_to)
        except NotDelivered as refused:
            if not _may_be_pictures(refused, pictures):
                raise
        return await self._send(to, _drawn(card), only_to)

    async def change(self, at: Place, message: str, card: Card) -> None:
        pictures = await self._pictures.put(card)
        try:
            await self._change(at, message, _drawn(card, pictures))
        except NotDelivered as refused:
            if not _may_be_pictures(refused, pictures):
                raise
            await self._change(at, message, _drawn(card))

    async def _send(self, to: Place, drawn: Drawn, only_to: Account | None) -> Sent:
        message = {"channel": to.channel, "thread_ts": to.thread, **drawn}
        if only_to and to.channel.startswith(SHARED):
            answer = await taken(self._client.chat_postEphemeral(user=only_to.user, **message))
            return Sent(to.channel, str(answer["message_ts"]))
        message |= {"unfurl_links": False, "unfurl_media": False}
        answer = await taken(self._client.chat_postMessage(**message))
        channel, ts = str(answer["channel"]), str(answer["ts"])
        return Sent(channel, ts, link_to(await self._ourselves.site(), channel, ts, to.thread))

    async def _change(self, at: Place, message: str, drawn: Drawn) -> None:
        await taken(self._client.chat_update(channel=at.channel, ts=message, **drawn))

    async def fetch(self, source: str, most: int) -> bytes:
        """Return what is in a file of Slack's.

        :raises FileTooLarge: it holds more than *most* bytes
        :raises NotDelivered: it could not be fetched; final, if it never can
        """
        return await self._files.fetch(source, most)

    async def send_file(self, to: Place, card: Card, file: Content) -> Sent:
        """Put *file* into a thread, with the card's words above it: Slack draws no card there."""
        placed = await self._files.placed(file.name, file.content)
        shared = await taken(
            self._client.files_completeUploadExternal(
                files=[{"id": placed, "title": file.name}],
                channel_id=to.channel,
                thread_ts=to.thread,
                initial_comment=fallback(card),
            )
        )
        return Sent(to.channel, str(shared["files"][0]["id"]))


def _may_be_pictures(refused: NotDelivered, pictures: Mapping[str, str]) -> bool:
    return str(refused) == "invalid_blocks" and bool(pictures)


def _drawn(card: Card, pictures: Mapping[str, str] = NO_PICTURES) -> Drawn:
    return {"text": fallback(card), "blocks": block_kit(card, pictures)}
