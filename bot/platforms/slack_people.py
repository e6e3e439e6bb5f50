"""What Slack can tell us when we ask: who somebody is, what a message says, who we are."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import TypeVar

import structlog
from aiohttp import ClientError
from pydantic import Field, ValidationError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain.people import Language, Profile
from bot.platforms.slack_payloads import Message, Payload
from bot.platforms.slack_text import written

log = structlog.get_logger()

PATIENCE = 2  # seconds: Slack wants its answer in three
UNREACHABLE = (SlackClientError, ClientError, OSError)  # a timeout is an OSError too

T = TypeVar("T")


class _Card(Payload):
    real_name: str = ""
    display_name: str = ""
    email: str = ""


class _Organisation(Payload):
    teams: tuple[str, ...] = ()


class _User(Payload):
    team_id: str | None = None
    name: str = ""
    profile: _Card = _Card()
    locale: str = ""
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    is_email_confirmed: bool = True
    enterprise_user: _Organisation = Field(default_factory=_Organisation)

    def profile_in(self, workspace: str) -> Profile:
        """Return what counts in *workspace*; people from elsewhere are its guests."""
        mine = {None, self.team_id, *self.enterprise_user.teams}
        guests = self.is_restricted, self.is_ultra_restricted, self.is_stranger
        name = self.profile.real_name or self.profile.display_name or self.name
        return Profile(
            name=written(name),
            email=written(self.profile.email) if self.is_email_confirmed else "",
            language=_language(self.locale),
            is_guest=any(guests) or workspace not in mine,
            is_bot=self.is_bot,
        )


@dataclass(frozen=True, slots=True)
class Enquiries:
    """Questions to Slack. None of them waits long; the answer is None when there is none."""

    client: AsyncWebClient

    async def profile(self, user: str, workspace: str) -> Profile | None:
        """Ask who *user* is, as seen from *workspace*."""
        answer = await _soon(self.client.users_info(user=user, include_locale=True), "profile")
        if answer is None:
            return None
        try:
            return _User.model_validate(answer.get("user")).profile_in(workspace)
        except ValidationError:
            log.warning("slack.profile_unreadable", user=user)
            return None

    async def message(self, channel: str, ts: str) -> Message | None:
        """Ask for one message, in a thread or not."""
        answer = await _soon(self._around(channel, ts), "message")
        if answer is None:
            return None
        try:
            found = [Message.model_validate(one) for one in answer.get("messages") or ()]
        except ValidationError:
            log.warning("slack.message_unreadable", channel=channel)
            return None
        return next((message for message in found if message.ts == ts), None)

    async def _around(self, channel: str, ts: str) -> AsyncSlackResponse:
        """Look in threads too; where a bot may not do that, only at what stands by itself."""
        client = self.client
        try:
            return await client.conversations_replies(
                channel=channel, ts=ts, oldest=ts, latest=ts, inclusive=True, limit=1
            )
        except SlackApiError:
            return await client.conversations_history(
                channel=channel, oldest=ts, latest=ts, inclusive=True, limit=1
            )


async def _soon(answer: Awaitable[T], what: str) -> T | None:
    try:
        return await asyncio.wait_for(answer, PATIENCE)
    except UNREACHABLE as error:
        log.warning("slack.no_answer", what=what, error=type(error).__name__)
        return None


def _language(locale: str) -> Language:
    """Return the language somebody chose in Slack.

    Slack itself does not speak Norwegian: who reads it in English has not asked for English.
    """
    return Language.NN if locale.lower().startswith("nn") else Language.NB
