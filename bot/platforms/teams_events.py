"""Teams' activities, turned into our events. Nothing is asked."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from bot.conversation import Commanded, Pressed, Said
from bot.domain.people import Account, Place, Platform
from bot.platforms.teams_payloads import Activity, Press
from bot.platforms.teams_text import readable, written

PRESSED = "adaptiveCard/action"

_COMMAND = re.compile(r"/(spor|sla|telefon)(?:\s+(.*))?", re.DOTALL)
_NO_FILES = ("text/html", "application/vnd.microsoft.card.")  # the message itself, once more


def heard(activity: Activity, tenant: str, now: datetime) -> Said | Commanded | Pressed | None:
    """Read what somebody did; None when it is not for us. *tenant* is the one we serve.

    *now*, in UTC, stands in for the time of what Teams gives none.

    :raises ValidationError: a button of ours was pressed, and the payload cannot be read
    """
    at = _at(activity, now)
    if activity.from_.is_bot:
        return None
    if activity.type == "invoke" and activity.name == PRESSED:
        return _pressed(activity, tenant, at)
    return _written(activity, tenant, at) if activity.type == "message" else None


def _written(activity: Activity, tenant: str, at: datetime) -> Said | Commanded | None:
    to_us = activity.conversation.is_direct or bool(_calls(activity))
    text = _text(activity)
    command = _COMMAND.fullmatch(text) if to_us else None
    if command:
        return _commanded(activity, tenant, at, command)
    key = _key(activity, tenant)
    return Said(
        key=key,
        account=_account(activity, tenant),
        at=at,
        place=_place(activity, _quoted(activity) or activity.id),
        message=key,
        text=text,
        to_us=to_us,
        is_direct=activity.conversation.is_direct,
    )


def _commanded(activity: Activity, tenant: str, at: datetime, command: re.Match[str]) -> Commanded:
    """Read a command. Whatever conversation it was given in, its answer is private."""
    account = _account(activity, tenant)
    conversation = activity.conversation
    return Commanded(
        key=_key(activity, tenant),
        account=account,
        at=at,
        place=Place(
            Platform.TEAMS, conversation.channel if conversation.is_direct else account.user
        ),
        command=command[1],
        text=command[2] or "",
    )


def _pressed(activity: Activity, tenant: str, at: datetime) -> Pressed | None:
    pressed = Press.model_validate(activity.value).action
    data = {name: value for name, value in pressed.data.items() if isinstance(value, str)}
    action = data.pop("action", pressed.verb)
    value = data.pop("value", "")
    if not action:
        return None
    return Pressed(
        key=_key(activity, tenant),
        account=_account(activity, tenant),
        at=at,
        place=_place(activity, activity.reply_to_id),
        action=written(action),
        value=written(value),
        fields={written(name): written(held) for name, held in data.items()},
        card=activity.reply_to_id,
    )


def _place(activity: Activity, message: str | None) -> Place:
    """Return the conversation, with its thread; where there are none, *message* begins one."""
    conversation = activity.conversation
    return Place(Platform.TEAMS, conversation.channel, conversation.root or message)


def _account(activity: Activity, tenant: str) -> Account:
    return Account(Platform.TEAMS, tenant, activity.from_.user)


def _key(activity: Activity, tenant: str) -> str:
    return f"teams:{tenant}:{activity.conversation.channel}:{activity.id}"


def _at(activity: Activity, now: datetime) -> datetime:
    told = activity.timestamp
    if told is None:
        return now
    return told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)


def _calls(activity: Activity) -> list[str]:
    """Return the texts that call the bot by name."""
    bot = activity.recipient
    mentions = [one for one in activity.entities if one.type == "mention"]
    ours = [one for one in mentions if bot.id and one.mentioned.id == bot.id]
    return [one.text or f"<at>{one.mentioned.name}</at>" for one in ours]


def _quoted(activity: Activity) -> str | None:
    """Return the message that was quoted: where there are no threads, that is how one replies."""
    quoted: Iterator[str | None] = (one.quoted_reply.message_id for one in activity.entities)
    return next((message for message in quoted if message), None)


def _text(activity: Activity) -> str:
    """Return what was written, and the names of files."""
    files = [one.name for one in activity.attachments if not one.content_type.startswith(_NO_FILES)]
    return readable("\n".join((activity.text, *files)), _calls(activity))
