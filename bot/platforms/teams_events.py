"""Teams' activities, turned into our events. Nothing is asked."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from bot.conversation import Commanded, Deleted, Edited, Opened, Pressed, Reacted, Said
from bot.domain.people import Account, Place, Platform
from bot.platforms.commands import command_in
from bot.platforms.teams_files import shared_files
from bot.platforms.teams_links import link_to
from bot.platforms.teams_payloads import Activity, Press
from bot.platforms.teams_text import readable, written

PRESSED = "adaptiveCard/action"
EDITS = {"editMessage", "undeleteMessage"}  # what was deleted says again what it said
EMOJI = {  # Teams' old names, and the rest of the world's
    "like": "+1",
    "laugh": "laughing",
    "surprised": "open_mouth",
    "sad": "cry",
}

Heard = Said | Commanded | Pressed | Edited | Deleted | Reacted | Opened

_NO_FILES = ("text/html", "application/vnd.microsoft.card.")  # the message itself, once more
_CODE = re.compile(r"^[0-9a-f]+(?:-[0-9a-f]+)*_")  # newer emoji: 1f44d_thumbsup


def heard(activity: Activity, tenant: str, now: datetime) -> tuple[Heard, ...]:
    """Read what somebody did in *tenant*; nothing when it is not for us.

    *now*, in UTC, stands in for the time of what Teams gives none.

    :raises ValidationError: a button of ours was pressed, and the payload cannot be read
    """
    if activity.from_.is_bot:
        return ()
    found: Heard | None = None
    match activity.type:
        case "message":
            found = _written(activity, tenant, now)
        case "messageUpdate" if activity.channel_data.event_type in EDITS:
            found = _edited(activity, tenant, now)
        case "messageDelete":
            found = _deleted(activity, tenant, now)
        case "messageReaction":
            return tuple(_reacted(activity, tenant, now))
        case "invoke" if activity.name == PRESSED:
            found = _pressed(activity, tenant, now)
        case "installationUpdate" if activity.action == "add" and activity.conversation.is_direct:
            found = _met(activity, tenant, now)
    return (found,) if found else ()


def account_of(activity: Activity, tenant: str) -> Account:
    """Return who did it."""
    return Account(Platform.TEAMS, tenant, activity.from_.user)


def message_key(tenant: str, channel: str, message: str) -> str:
    return f"teams:{tenant}:{channel}:{message}"


def moment_of(activity: Activity, now: datetime) -> datetime:
    """Return when it happened, in UTC."""
    return in_utc(activity.timestamp, now)


def in_utc(told: datetime | None, now: datetime) -> datetime:
    if told is None:
        return now
    return told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)


def _written(activity: Activity, tenant: str, now: datetime) -> Said | Commanded:
    to_us = activity.conversation.is_direct or bool(_calls(activity))
    command = command_in(_text(activity)) if to_us else None
    if command:
        return _commanded(activity, tenant, now, *command)
    key = _key(activity, tenant)
    place = _place(activity, _quoted(activity) or activity.id)
    return Said(
        key=key,
        account=account_of(activity, tenant),
        at=moment_of(activity, now),
        place=place,
        message=key,
        text=_text(activity) or _names(activity),
        to_us=to_us,
        is_direct=activity.conversation.is_direct,
        files=shared_files(activity),
        link=link_to(activity, tenant),
    )


def _commanded(
    activity: Activity, tenant: str, now: datetime, command: str, text: str
) -> Commanded:
    """Read a command. Whatever conversation it was given in, its answer is private."""
    account, conversation = account_of(activity, tenant), activity.conversation
    own = conversation.channel if conversation.is_direct else account.user
    return Commanded(
        key=_key(activity, tenant),
        account=account,
        at=moment_of(activity, now),
        place=Place(Platform.TEAMS, own),
        command=command,
        text=text,
    )


def _edited(activity: Activity, tenant: str, now: datetime) -> Edited:
    key, at = _key(activity, tenant), moment_of(activity, now)
    return Edited(
        key=f"{key}:{activity.channel_data.event_type}:{at.isoformat()}",
        account=account_of(activity, tenant),
        at=at,
        place=_place(activity, activity.id),
        message=key,
        text=_text(activity) or _names(activity),
    )


def _deleted(activity: Activity, tenant: str, now: datetime) -> Deleted:
    key, at = _key(activity, tenant), moment_of(activity, now)
    return Deleted(
        key=f"{key}:deleted:{at.isoformat()}",
        account=account_of(activity, tenant),
        at=at,
        place=_place(activity, activity.id),
        message=key,
    )


def _reacted(activity: Activity, tenant: str, now: datetime) -> Iterator[Reacted]:
    """Read each emoji. Teams tells which message they are on, and not which thread that is in."""
    channel, message = activity.conversation.channel, activity.reply_to_id or activity.id
    account, name = account_of(activity, tenant), message_key(tenant, channel, message)
    for reaction in activity.reactions_added:
        emoji = EMOJI.get(reaction.type, _CODE.sub("", reaction.type))
        yield Reacted(
            key=f"{name}:{emoji}:{account.user}",
            account=account,
            at=moment_of(activity, now),
            place=Place(Platform.TEAMS, channel, message),
            message=name,
            emoji=written(emoji),
        )


def _met(activity: Activity, tenant: str, now: datetime) -> Opened:
    """Read that somebody has just got the app: they see their own page, and where to begin."""
    return Opened(
        key=f"{_key(activity, tenant)}:met",
        account=account_of(activity, tenant),
        at=moment_of(activity, now),
        place=Place(Platform.TEAMS, activity.conversation.channel),
    )


def _pressed(activity: Activity, tenant: str, now: datetime) -> Pressed | None:
    pressed = Press.model_validate(activity.value).action
    data = {name: value for name, value in pressed.data.items() if isinstance(value, str)}
    action, value = data.pop("action", pressed.verb), data.pop("value", "")
    if not action:
        return None
    return Pressed(
        key=_key(activity, tenant),
        account=account_of(activity, tenant),
        at=moment_of(activity, now),
        place=_place(activity, activity.reply_to_id),
        action=written(action),
        value=written(value),
        fields={written(name): written(held) for name, held in data.items()},
        card=activity.reply_to_id,
        redraws=True,
    )


def _place(activity: Activity, message: str | None) -> Place:
    """Return the conversation, with its thread; where there are none, *message* begins one."""
    conversation = activity.conversation
    return Place(Platform.TEAMS, conversation.channel, conversation.root or message)


def _key(activity: Activity, tenant: str) -> str:
    return message_key(tenant, activity.conversation.channel, activity.id)


def _calls(activity: Activity) -> list[str]:
    """Return the texts that call the bot by name."""
    mentions = [one for one in activity.entities if one.type == "mention"]
    ours = [one for one in mentions if activity.bot and one.mentioned.id == activity.bot]
    return [one.text or f"<at>{one.mentioned.name}</at>" for one in ours]


def _quoted(activity: Activity) -> str | None:
    """Return the message that was quoted: where there are no threads, that is how one replies."""
    quoted: Iterator[str | None] = (one.quoted_reply.message_id for one in activity.entities)
    return next((message for message in quoted if message), None)


def _text(activity: Activity) -> str:
    return readable(activity.text, _calls(activity))


def _names(activity: Activity) -> str:
    """Return the names of the files, where nothing was written beside them."""
    named = (one.name for one in activity.attachments if not one.content_type.startswith(_NO_FILES))
    return written("\n".join(named))
