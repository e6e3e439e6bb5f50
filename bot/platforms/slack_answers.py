"""What Slack answers us: yes, or why not, and whether trying again can mend it."""

from collections.abc import Awaitable
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.conversation import NotDelivered

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
TOO_MANY = 429


async def taken(call: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse:
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
