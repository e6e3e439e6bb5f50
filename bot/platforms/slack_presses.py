"""What people press, send in, mark and command in Slack, turned into our events."""

import json
from datetime import datetime
from hashlib import sha256

from bot.conversation import Commanded, Marked, Pressed, Submitted
from bot.domain.events import Via
from bot.platforms.slack_accounts import SLACKBOT, account, message_key, place
from bot.platforms.slack_payloads import (
    Command,
    Press,
    Purpose,
    Shortcut,
    Submission,
    moment,
)
from bot.platforms.slack_text import readable
from bot.render.block_kit import unnumbered


def commanded(command: Command, at: datetime) -> Commanded:
    """Read a command such as ``/spor``. Whatever conversation it was given in, it is private."""
    return Commanded(
        key=f"slack:{command.team_id}:command:{command.trigger_id}",
        account=account(command.user_id, command.team_id),
        at=at,
        place=place(command.user_id),
        command=command.command.removeprefix("/"),
        text=readable(command.text),
        trigger=command.trigger_id,
    )


def pressed(press: Press, at: datetime) -> Pressed:
    """Read a press. In a window or on a home page there is no message: the place is one's own."""
    action, card, channel = press.actions[0], press.container.message_ts, press.channel
    thread = press.container.thread_ts or card
    return Pressed(
        key=f"slack:{press.workspace}:press:{press.trigger_id}",
        account=account(press.user.id, press.workspace, press.user.team_id),
        at=moment(action.action_ts) if action.action_ts else at,
        place=place(channel.id, thread) if channel and card else place(press.user.id),
        action=unnumbered(action.action_id),
        value=action.value,
        fields=_by_name(press.fields()),
        card=card,
        trigger=press.trigger_id,
    )


def marked(shortcut: Shortcut, at: datetime, bot: str | None) -> Marked:
    """Read a message that somebody made a question of, from the message's own menu."""
    message, channel, workspace = shortcut.message, shortcut.channel.id, shortcut.workspace
    author = None if message.bot_id or message.user == SLACKBOT else message.user
    own = message.user_team or message.team
    return Marked(
        key=f"slack:{workspace}:shortcut:{shortcut.trigger_id}",
        account=account(shortcut.user.id, workspace, shortcut.user.team_id),
        at=moment(shortcut.action_ts) if shortcut.action_ts else at,
        place=place(channel, message.thread),
        message=message_key(workspace, channel, message.ts),
        message_at=moment(message.ts),
        author=account(author, workspace, own) if author else None,
        author_profile=None,
        text=readable(message.raw, bot),
        via=Via.SHORTCUT,
    )


def submitted(submission: Submission, at: datetime) -> Submitted:
    """Read a form that was sent in. Sent in again unchanged it is the same event.

    :raises ValidationError: the window is none of ours
    """
    view, fields = submission.view, _by_name(submission.view.fields())
    workspace = submission.workspace
    purpose = Purpose.model_validate_json(view.private_metadata)
    said = sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()[:16]
    return Submitted(
        key=f"slack:{workspace}:form:{view.id}:{view.hash}:{said}",
        account=account(submission.user.id, workspace, submission.user.team_id),
        at=at,
        place=place(submission.user.id),
        action=purpose.action,
        value=purpose.value,
        fields=fields,
    )


def _by_name(fields: dict[str, str]) -> dict[str, str]:
    return {unnumbered(name): words for name, words in fields.items()}
