"""Slack's events about messages, emoji and the home page, turned into ours. Nothing is asked."""

from bot.conversation import Deleted, Edited, Marked, Opened, Reacted, Said
from bot.domain.events import Via
from bot.domain.files import SharedFile
from bot.platforms.slack_accounts import SLACKBOT, account, message_key, place
from bot.platforms.slack_payloads import (
    Envelope,
    HomeOpened,
    Message,
    MessageEvent,
    Reaction,
    moment,
)
from bot.platforms.slack_text import mentions, readable, written

TICKET = "ticket"  # the emoji that makes a question of a message
WRITTEN = {None, "file_share", "thread_broadcast", "me_message"}  # what people do themselves
HOME = "home"


def about_message(envelope: Envelope, bot: str | None) -> Said | Edited | Deleted | None:
    """Read what was written, changed or deleted; None when it is not for us.

    *bot* is our own user id, if we know it.
    """
    event = MessageEvent.model_validate(envelope.event)
    if event.subtype in WRITTEN:
        return _said(event, envelope.team_id, bot)
    if event.subtype == "message_changed" and event.message:
        if event.message.subtype == "tombstone":  # deleted, but others had answered it
            return _deleted(event, envelope.team_id, bot)
        return _edited(event, event.message, envelope.team_id, bot)
    if event.subtype == "message_deleted":
        return _deleted(event, envelope.team_id, bot)
    return None


def about_reaction(envelope: Envelope, bot: str | None) -> Reacted | Marked | None:
    """Read an emoji on a message. What a marked message says must still be fetched.

    Slack does not tell which thread the message is in: the place is the message itself.
    """
    event = Reaction.model_validate(envelope.event)
    if event.item.type != "message" or event.user in {bot, SLACKBOT}:
        return None
    if event.reaction == TICKET:
        return (
            _marked(event, envelope.team_id)
            if event.item_user is None or event.item_user != bot
            else None
        )
    name = message_key(envelope.team_id, event.item.channel, event.item.ts)
    return Reacted(
        key=f"{name}:{event.reaction}:{event.user}",
        account=account(event.user, envelope.team_id),
        at=moment(event.event_ts),
        place=place(event.item.channel, event.item.ts),
        message=name,
        emoji=event.reaction,
    )


def about_home(envelope: Envelope) -> Opened | None:
    """Read that somebody looks at their own page; the other tab is their conversation with us."""
    event = HomeOpened.model_validate(envelope.event)
    if event.tab != HOME:
        return None
    return Opened(
        key=f"slack:{envelope.team_id}:home:{event.user}:{event.event_ts}",
        account=account(event.user, envelope.team_id),
        at=moment(event.event_ts),
        place=place(event.channel),
    )


def _marked(event: Reaction, workspace: str) -> Marked:
    name = message_key(workspace, event.item.channel, event.item.ts)
    author = event.item_user if event.item_user != SLACKBOT else None
    return Marked(
        key=f"{name}:{event.reaction}:{event.user}",
        account=account(event.user, workspace),
        at=moment(event.event_ts),
        place=place(event.item.channel, event.item.ts),
        message=name,
        message_at=moment(event.item.ts),
        author=account(author, workspace) if author else None,
        author_profile=None,
        text=None,
        via=Via.REACTION,
    )


def _said(event: MessageEvent, workspace: str, bot: str | None) -> Said | None:
    """Read a message. Slack tells of a mention twice; both read the same, under the same key."""
    user = _person(event, bot)
    is_called = event.type == "app_mention" or mentions(event.raw, bot)
    is_reply = event.thread_ts not in {None, event.ts}
    if user is None or not (event.is_direct or is_called or is_reply):
        return None
    key = message_key(workspace, event.channel, event.ts)
    return Said(
        key=key,
        account=account(user, workspace, event.user_team or event.team),
        at=moment(event.ts),
        place=place(event.channel, event.thread),
        message=key,
        text=readable(event.raw, bot),
        to_us=event.is_direct or is_called,
        is_direct=event.is_direct,
        files=shared_files(event),
    )


def _edited(event: MessageEvent, now: Message, workspace: str, bot: str | None) -> Edited | None:
    """Read what a message says now. Slack also calls it a change when it draws a link's preview."""
    user, before = _person(now, bot), event.previous_message
    if user is None or (before and before.raw == now.raw):
        return None
    name = message_key(workspace, event.channel, now.ts)
    changed = now.edited.ts if now.edited else event.ts
    return Edited(
        key=f"{name}:edited:{changed}",
        account=account(user, workspace, now.user_team or now.team),
        at=moment(changed),
        place=place(event.channel, now.thread),
        message=name,
        text=readable(now.raw, bot),
    )


def _deleted(event: MessageEvent, workspace: str, bot: str | None) -> Deleted | None:
    before = event.previous_message
    user = _person(before, bot) if before else None
    if before is None or user is None:
        return None
    name = message_key(workspace, event.channel, event.deleted_ts or before.ts)
    return Deleted(
        key=f"{name}:deleted",
        account=account(user, workspace, before.user_team or before.team),
        at=moment(event.ts),
        place=place(event.channel, before.thread),
        message=name,
    )


def shared_files(message: Message) -> tuple[SharedFile, ...]:
    """Return the files on *message*; what has no address is refused when it is to be fetched."""
    return tuple(
        SharedFile(
            name=written(file.name),
            source=file.source or "",
            media_type=written(file.mimetype or ""),
            size=file.size,
        )
        for file in message.files
        if file.name
    )


def _person(message: Message, bot: str | None) -> str | None:
    """Return who wrote it; None for bots, ourselves among them, and for Slack itself."""
    return None if message.bot_id or message.user in {bot, SLACKBOT} else message.user
