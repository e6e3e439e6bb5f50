"""Our cards, drawn in Slack."""

from collections.abc import Awaitable
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.cards.blocks import Card
from bot.conversation import NotDelivered, Sent
from bot.domain.people import Account, Place
from bot.files import Content
from bot.platforms.slack_files import SlackFiles
from bot.platforms.slack_links import link_to
from bot.platforms.slack_ourselves import Ourselves
from bot.render.block_kit import block_kit, fallback

FINAL = frozenset(  # what no waiting mends; a token or a right that is missing can be mended
    {
        "block_mismatch",
        "cannot_dm_bot",
        "cannot_reply_to_message",
        "cant_update_message",
        "channel_is_limited_access",
        "channel_not_found",
        "edit_window_closed",
        "invalid_arguments",
        "invalid_blocks",
        "invalid_blocks_format",
        "is_archived",
        "is_inactive",
        "message_not_found",
        "messages_tab_disabled",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "not_in_channel",
        "restricted_action",
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
        "restricted_action_thread_locked",
        "user_disabled",
        "user_not_found",
        "user_not_in_channel",
    }
)
SHARED = ("C", "G")  # how the id begins of a conversation in which others read too
TOO_MANY = 429


class SlackSender:
    """Sends once. When Slack asks us to wait, the outbox waits: nobody sleeps here."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._files, self._ourselves = SlackFiles(client), Ourselves(client)

    async def send(self, to: Place, card: Card, only_to: Account | None) -> Sent:
        """Deliver *card*. Pictures that Slack cannot fetch from us are said in words instead."""
        try:
            return await self._send(to, card, only_to)
        except NotDelivered as refused:
            if not _may_be_pictures(refused, card):
                raise
        return await self._send(to, card.in_words(), only_to)

    async def change(self, at: Place, message: str, card: Card) -> None:
        try:
            await self._change(at, message, card)
        except NotDelivered as refused:
            if not _may_be_pictures(refused, card):
                raise
            await self._change(at, message, card.in_words())

    async def _send(self, to: Place, card: Card, only_to: Account | None) -> Sent:
        message = {"channel": to.channel, "thread_ts": to.thread, **_drawn(card)}
        if only_to and to.channel.startswith(SHARED):
            answer = await _taken(self._client.chat_postEphemeral(user=only_to.user, **message))
            return Sent(to.channel, str(answer["message_ts"]))
        message |= {"unfurl_links": False, "unfurl_media": False}
        answer = await _taken(self._client.chat_postMessage(**message))
        channel, ts = str(answer["channel"]), str(answer["ts"])
        return Sent(channel, ts, link_to(await self._ourselves.site(), channel, ts, to.thread))

    async def _change(self, at: Place, message: str, card: Card) -> None:
        await _taken(self._client.chat_update(channel=at.channel, ts=message, **_drawn(card)))

    async def fetch(self, source: str, most: int) -> bytes:
        """Return what is in a file of Slack's.

        :raises FileTooLarge: it holds more than *most* bytes
        :raises NotDelivered: it could not be fetched; final, if it never can
        """
        return await self._files.fetch(source, most)

    async def send_file(self, to: Place, card: Card, file: Content) -> Sent:
        """Put *file* into a thread, with the card's words above it: Slack draws no card there."""
        client = self._client
        room = await _taken(
            client.files_getUploadURLExternal(filename=file.name, length=len(file.content))
        )
        await self._files.put(str(room["upload_url"]), file.content)
        shared = await _taken(
            client.files_completeUploadExternal(
                files=[{"id": str(room["file_id"]), "title": file.name}],
                channel_id=to.channel,
                thread_ts=to.thread,
                initial_comment=fallback(card),
            )
        )
        return Sent(to.channel, str(shared["files"][0]["id"]))


def _may_be_pictures(refused: NotDelivered, card: Card) -> bool:
    return str(refused) == "invalid_blocks" and card != card.in_words()


def _drawn(card: Card) -> dict[str, Any]:
    return {"text": fallback(card), "blocks": block_kit(card)}


async def _taken(call: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse:
    """Wait for Slack's answer.

    :raises NotDelivered: Slack said no, asked us to wait, or did not answer
    """
    try:
        return await call
    except SlackApiError as error:
        raise _not_delivered(error.response) from error
    except (SlackClientError, ClientError, OSError) as error:  # a timeout is an OSError too
        raise NotDelivered("Slack cannot be reached") from error


def _not_delivered(response: Any) -> NotDelivered:
    """Read a refusal. Behind an error page there is no answer of Slack's at all."""
    if not isinstance(response, AsyncSlackResponse) or not isinstance(response.data, dict):
        return NotDelivered("Slack does not answer as it should")
    if response.status_code == TOO_MANY:
        return NotDelivered("Slack asks us to wait", retry_after=_seconds(response))
    reason = str(response.data.get("error") or f"status {response.status_code}")
    return NotDelivered(reason, final=reason in FINAL)


def _seconds(response: AsyncSlackResponse) -> float:
    asked = str(response.headers.get("Retry-After", ""))
    return float(asked) if asked.isdecimal() else 1.0
