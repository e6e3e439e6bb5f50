"""What is shown at once in Slack: a window with a form, or somebody's own page with the bot."""

import asyncio
from dataclasses import dataclass, field

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.conversation import Show
from bot.platforms.slack_people import UNREACHABLE
from bot.render.block_kit import block_kit, fallback
from bot.render.slack_views import page, window

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Windows:
    """Opens windows without keeping Slack waiting for its answer. They may be lost."""

    client: AsyncWebClient
    opening: set[asyncio.Task[None]] = field(default_factory=set)

    def show(self, user: str, shows: tuple[Show, ...]) -> None:
        """Show *user* each of these, as soon as may be: a trigger lives for three seconds."""
        for show in shows:
            task = asyncio.create_task(self._show(user, show))
            self.opening.add(task)  # asyncio alone would forget it
            task.add_done_callback(self.opening.discard)

    async def _show(self, user: str, show: Show) -> None:
        try:
            if show.trigger is None:
                await self.client.views_publish(user_id=user, view=page(show.card))
            else:
                await self._open(user, show, show.trigger)
        except UNREACHABLE as error:
            log.warning("slack.not_shown", error=type(error).__name__)

    async def _open(self, user: str, show: Show, trigger: str) -> None:
        """Open a window; when it is too late for one, the form comes as a message."""
        try:
            await self.client.views_open(trigger_id=trigger, view=window(show.card))
        except UNREACHABLE as error:
            log.info("slack.window_too_late", error=type(error).__name__)
            await self.client.chat_postMessage(
                channel=user, text=fallback(show.card), blocks=block_kit(show.card)
            )
