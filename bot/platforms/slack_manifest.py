"""What Slack must let us do: every event, command and method we use, and what each one needs."""

from typing import Any

from bot.platforms.commands import NAMES
from bot.texts import Texts

Manifest = dict[str, Any]

PATH = "/slack/events"

EVENTS: dict[str, tuple[str, ...]] = {  # the event, and the scopes without which it never comes
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "reaction_added": ("reactions:read",),
}
METHODS: dict[str, tuple[str, ...]] = {  # the method, and the scopes without which it is refused
    "auth.test": (),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.history": ("channels:history", "groups:history", "im:history"),
    "conversations.replies": ("channels:history", "groups:history", "im:history"),
    "files.completeUploadExternal": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "files.info": ("files:read",),
    "users.info": ("users:read", "users:read.email"),
    "views.open": (),
    "views.publish": (),
}
COMMANDS = tuple(f"/{name}" for name in NAMES if name.isascii())  # Slack's names have no å
COMMAND_SCOPE = "commands"  # a shortcut needs it too
FILE_SCOPE = "files:read"  # without it, a file's address answers with a page to sign in at
ASK_ABOUT_MESSAGE = "ask_about_message"


def scopes() -> list[str]:
    """Return what the bot must be allowed, no more and no less."""
    needed = {scope for scopes in (*EVENTS.values(), *METHODS.values()) for scope in scopes}
    return sorted(needed | {COMMAND_SCOPE, FILE_SCOPE})


def manifest(say: Texts, url: str | None) -> Manifest:
    """Return the app's manifest. With no *url* of ours to call, Slack uses Socket Mode."""
    address = url.rstrip("/") + PATH if url else None
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {"name": say("slack.name"), "description": say("slack.about")},
        "features": _features(say, address),
        "oauth_config": {"scopes": {"bot": scopes()}},
        "settings": {
            "event_subscriptions": _at(address) | {"bot_events": sorted(EVENTS)},
            "interactivity": {"is_enabled": True} | _at(address),
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,
        },
    }


def _features(say: Texts, address: str | None) -> Manifest:
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": say("slack.name"), "always_online": True},
        "shortcuts": [
            {
                "name": say("slack.shortcut"),
                "type": "message",
                "callback_id": ASK_ABOUT_MESSAGE,
                "description": say("slack.shortcut_about"),
            }
        ],
        "slash_commands": [_command(name, say, address) for name in COMMANDS],
    }


def _command(name: str, say: Texts, address: str | None) -> Manifest:
    key = f"slack.command.{name.removeprefix('/')}"
    command = {
        "command": name,
        "description": say(f"{key}.about"),
        "usage_hint": say(f"{key}.hint"),
        "should_escape": False,
    }
    return command | ({"url": address} if address else {})


def _at(address: str | None) -> Manifest:
    return {"request_url": address} if address else {}
