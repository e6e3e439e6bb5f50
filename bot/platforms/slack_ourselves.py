"""Who we are in Slack, and where our workspace is: asked once, and then remembered."""

import asyncio
import time
from dataclasses import dataclass, field

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack_people import PATIENCE, UNREACHABLE

log = structlog.get_logger()

PAUSE = 60.0  # seconds before we ask again


@dataclass(slots=True)
class Ourselves:
    """Everything here is None while Slack does not say it; then it is asked later."""

    client: AsyncWebClient
    _user: str | None = None
    _site: str | None = None
    _not_before: float = 0.0
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def user(self) -> str | None:
        """Return our own user id, so that we do not hear ourselves."""
        await self._known()
        return self._user

    async def site(self) -> str | None:
        """Return the workspace's address, such as https://hald.slack.com/."""
        await self._known()
        return self._site

    async def _known(self) -> None:
        async with self._asking:
            if self._user is None and time.monotonic() >= self._not_before:
                await self._ask()

    async def _ask(self) -> None:
        try:
            answer = await asyncio.wait_for(self.client.auth_test(), PATIENCE)
            self._user = str(answer["user_id"])
            self._site = str(answer.get("url") or "") or None
        except UNREACHABLE as error:
            self._not_before = time.monotonic() + PAUSE
            log.warning("slack.who_are_we", error=type(error).__name__)
