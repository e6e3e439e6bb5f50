"""Slack's events: read once, completed with who somebody is, and handed in at the door."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

import structlog
from pydantic import ValidationError
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncBoltRequest

from bot.conversation import Commanded, Inbound, Marked, Opened, Pressed, Said, Shown, Submitted
from bot.domain.people import Account, Place, Profile
from bot.platforms.door import Door
from bot.platforms.slack_events import about_home, about_message, about_reaction
from bot.platforms.slack_links import link_to
from bot.platforms.slack_manifest import ASK_ABOUT_MESSAGE, COMMANDS, EVENTS
from bot.platforms.slack_payloads import Command, Envelope, Press, Shortcut, Submission, moment
from bot.platforms.slack_people import Enquiries
from bot.platforms.slack_presses import commanded, marked, pressed, submitted
from bot.platforms.slack_text import readable
from bot.platforms.slack_windows import Windows
from bot.render.block_kit import unnumbered
from bot.render.slack_views import FORM

log = structlog.get_logger()

Body = dict[str, Any]
Clock = Callable[[], datetime]
Came = TypeVar("Came", bound=Inbound)

UNREADABLE = BoltResponse(status=200)  # another try would not be read better
NOT_HANDLED = BoltResponse(status=400)
NOT_STORED = BoltResponse(status=500)  # then Slack sends it again


class NotStored(Exception):
    """What came in could not be handled and committed; it must come again."""


def listen(app: AsyncApp, door: Door, clock: Clock) -> None:
    """Let *app* hear everything that the manifest names.

    *clock* tells the time, in UTC, of what Slack itself gives no time (in Socket Mode).
    """
    ears = _Ears(door, Enquiries(app.client), Windows(app.client), clock)
    heard = {
        "message": ears.on_message,
        "app_mention": ears.on_message,
        "reaction_added": ears.on_reaction,
        "app_home_opened": ears.on_home,
    }
    for name in dict.fromkeys(event.partition(".")[0] for event in EVENTS):
        app.event(name)(heard[name])
    for command in COMMANDS:
        app.command(command)(ears.on_command)
    app.message_shortcut(ASK_ABOUT_MESSAGE)(ears.on_shortcut)
    app.block_action(re.compile(""))(ears.on_press)
    app.view_submission(FORM)(ears.on_form)
    app.error(_on_error)


@dataclass(frozen=True, slots=True)
class _Ears:
    door: Door
    ask: Enquiries
    windows: Windows
    clock: Clock

    async def on_message(self, body: Body, context: AsyncBoltContext) -> None:
        envelope = Envelope.model_validate(body)
        event = about_message(envelope, envelope.bot or context.bot_user_id)
        if isinstance(event, Said):
            event = replace(event, link=_link(event.place, event.message, context))
            await self._hand_in(await self._known(event))
            return
        await self._hand_in(event)

    async def on_reaction(self, body: Body, context: AsyncBoltContext) -> None:
        envelope = Envelope.model_validate(body)
        bot = envelope.bot or context.bot_user_id
        event = about_reaction(envelope, bot)
        if not isinstance(event, Marked):
            await self._hand_in(event)
            return
        complete = await self._read(event, bot)
        if isinstance(complete, Marked):
            complete = replace(complete, link=_link(complete.place, complete.message, context))
        await self._hand_in(complete)

    async def on_home(self, body: Body) -> None:
        event = about_home(Envelope.model_validate(body))
        await self._hand_in(event and await self._known(event))

    async def on_command(self, ack: AsyncAck, body: Body, request: AsyncBoltRequest) -> None:
        event = commanded(Command.model_validate(body), self._at(request))
        await self._hand_in(await self._known(event))
        await ack()

    async def on_press(self, ack: AsyncAck, body: Body, request: AsyncBoltRequest) -> None:
        event = pressed(Press.model_validate(body), self._at(request))
        await self._hand_in(await self._known(event))
        await ack()

    async def on_shortcut(
        self, ack: AsyncAck, body: Body, request: AsyncBoltRequest, context: AsyncBoltContext
    ) -> None:
        shortcut = Shortcut.model_validate(body)
        event = marked(shortcut, self._at(request), context.bot_user_id)
        event = replace(event, link=_link(event.place, event.message, context))
        await self._hand_in(await self._known_both(event))
        await ack()

    async def on_form(self, ack: AsyncAck, body: Body, request: AsyncBoltRequest) -> None:
        """Hand in a form; with errors in it, its window stays open and shows them."""
        submission = Submission.model_validate(body)
        event = submitted(submission, self._at(request))
        shown = await self._hand_in(await self._known(event))
        if errors := _by_block(shown, submission):
            await ack(response_action="errors", errors=errors)
        else:
            await ack()

    async def _hand_in(self, event: Inbound | None) -> Shown:
        """Let the desk handle *event*, and show at once what it wants shown.

        :raises NotStored: nothing has happened; Slack must send it again
        """
        if event is None:
            log.debug("slack.not_for_us")
            return Shown()
        try:
            shown = await self.door(event)
        except Exception as error:
            raise NotStored(type(error).__name__) from error
        self.windows.show(event.account.user, shown.cards)
        return shown

    async def _known(
        self, event: Said | Commanded | Pressed | Submitted | Opened
    ) -> Inbound | None:
        """Tell who speaks, when the desk does not know; None when it is no person."""
        profile = await self._profile(event.account)
        return None if profile and profile.is_bot else replace(event, profile=profile)

    async def _known_both(self, event: Marked) -> Inbound | None:
        """Tell who marked a message and who wrote it; a bot's message is whose who marked it."""
        author = event.author
        about, about_author = await asyncio.gather(
            self._profile(event.account), self._profile(author)
        )
        if about and about.is_bot:
            return None
        if about_author and about_author.is_bot:
            author, about_author = None, None
        return replace(event, profile=about, author=author, author_profile=about_author)

    async def _read(self, event: Marked, bot: str | None) -> Inbound | None:
        """Fetch what the marked message says; it has no text when we may not read it."""
        message, complete = await asyncio.gather(
            self.ask.message(event.place.channel, event.place.thread or ""),
            self._known_both(event),
        )
        if message is None or not isinstance(complete, Marked):
            return complete
        return replace(
            complete,
            place=replace(event.place, thread=message.thread),
            author=None if message.bot_id else complete.author,
            text=readable(message.raw, bot),
        )

    async def _profile(self, account: Account | None) -> Profile | None:
        """Ask Slack who *account* is, unless the desk knows."""
        try:
            if account is None or await self.door.knows(account):
                return None
        except Exception as error:
            raise NotStored(type(error).__name__) from error
        return await self.ask.profile(account.user, account.tenant)

    def _at(self, request: AsyncBoltRequest) -> datetime:
        """Return when Slack sent *request*, in UTC."""
        stamp = request.headers.get("x-slack-request-timestamp", [""])[0]
        return moment(stamp) if stamp.isdecimal() else self.clock()


def _link(place: Place, message: str, context: AsyncBoltContext) -> str | None:
    """Return what opens the message whose name *message* ends in its time."""
    told = context.authorize_result
    site, ts = told.url if told else None, message.rpartition(":")[2]
    return link_to(site, place.channel, ts, place.thread)


def _by_block(shown: Shown, submission: Submission) -> dict[str, str]:
    """Put each error at its field; what belongs to none of them stands at the first."""
    state = submission.view.state
    blocks = {unnumbered(block): block for block in (state.values if state else ())}
    first = next(iter(blocks.values()), None)
    found = [(blocks.get(name, first), words) for name, words in shown.errors.items()]
    return {block: words for block, words in found if block}


async def _on_error(error: Exception) -> BoltResponse:
    """Answer for what went wrong. The log never tells what people wrote."""
    match error:
        case NotStored():
            log.error("slack.not_stored", error=str(error))
            return NOT_STORED
        case ValidationError():
            log.warning("slack.unreadable", fields=[one["loc"] for one in error.errors()])
            return UNREADABLE
        case _:
            log.error("slack.not_handled", error=type(error).__name__)
            return NOT_HANDLED
