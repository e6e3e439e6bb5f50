"""Slack calling us: the payloads it really sends, signed as it signs them."""

import hmac
import json
import time
from itertools import count
from typing import Any
from urllib.parse import urlencode

import httpx

from tests.slack_posted import Payload, Posted, direct

SECRET = "pretend-signing-secret"
TEAM = "T0HALD"
BOT = "U0BOT"
CHANNEL = "C0OPEN"
PATH = "/slack/events"


class SignedSlack:
    """Everything a person can do in Slack; each returns our answer to Slack's request."""

    def __init__(self, client: httpx.AsyncClient, secret: str = SECRET) -> None:
        self.client = client
        self.secret = secret
        self._numbers = count(1)

    def stamp(self) -> str:
        """Return the name of a new message: the time, and a number."""
        return f"{int(time.time())}.{next(self._numbers):06d}"

    async def dm(self, user: str, text: str, /, **more: Any) -> httpx.Response:
        """*user* writes to the bot alone; `thread_ts`, `ts`, `files` … may be given."""
        return await self.says(user, text, channel=direct(user), channel_type="im", **more)

    async def says(
        self, user: str, text: str, /, channel: str = CHANNEL, **more: Any
    ) -> httpx.Response:
        """*user* writes in a channel (or wherever `channel_type` says)."""
        return await self.event(
            self._message(user, text, channel)
            | {"type": "message", "channel_type": "channel"}
            | more
        )

    async def mention(
        self, user: str, text: str, /, channel: str = CHANNEL, **more: Any
    ) -> httpx.Response:
        """*user* calls the bot in a channel. Slack tells it twice; this is the one meant for us."""
        words = f"<@{BOT}> {text}"
        return await self.event(
            self._message(user, words, channel) | {"type": "app_mention"} | more
        )

    async def edit(
        self, user: str, channel: str, ts: str, text: str, **more: Any
    ) -> httpx.Response:
        """*user* changes a message that is known by its `ts`."""
        now = {"type": "message", "user": user, "team": TEAM, "text": text, "ts": ts} | more
        edited = {"user": user, "ts": self.stamp()}
        return await self.event(
            {
                "type": "message",
                "subtype": "message_changed",
                "channel": channel,
                "channel_type": "im" if channel.startswith("D") else "channel",
                "hidden": True,
                "ts": edited["ts"],
                "event_ts": edited["ts"],
                "message": now | {"edited": edited},
                "previous_message": now | {"text": "something else"},
            }
        )

    async def delete(self, user: str, channel: str, ts: str, **more: Any) -> httpx.Response:
        """*user* deletes a message that is known by its `ts`."""
        now = self.stamp()
        return await self.event(
            {
                "type": "message",
                "subtype": "message_deleted",
                "channel": channel,
                "channel_type": "im" if channel.startswith("D") else "channel",
                "hidden": True,
                "ts": now,
                "event_ts": now,
                "deleted_ts": ts,
                "previous_message": {"type": "message", "user": user, "text": "x", "ts": ts} | more,
            }
        )

    async def reaction(
        self,
        user: str,
        channel: str,
        ts: str,
        emoji: str = "ticket",
        author: str | None = None,
    ) -> httpx.Response:
        item = {"type": "message", "channel": channel, "ts": ts}
        event = {"type": "reaction_added", "user": user, "reaction": emoji, "item": item}
        by = {"item_user": author} if author else {}
        return await self.event(event | by | {"event_ts": self.stamp()})

    async def home(self, user: str, tab: str = "home") -> httpx.Response:
        """*user* opens their own page with the bot."""
        opened = {"type": "app_home_opened", "user": user, "channel": direct(user), "tab": tab}
        return await self.event(opened | {"event_ts": self.stamp()})

    async def command(self, user: str, command: str, text: str = "", **more: str) -> httpx.Response:
        """*user* gives a command such as ``/spor`` in a channel."""
        form = {
            "token": "pretend",
            "team_id": TEAM,
            "team_domain": "hald",
            "channel_id": CHANNEL,
            "channel_name": "regnskap",
            "user_id": user,
            "user_name": user.lower(),
            "command": command,
            "text": text,
            "api_app_id": "A0DESK",
            "is_enterprise_install": "false",
            "response_url": "https://hooks.slack.example/commands/1",
            "trigger_id": self._trigger(),
        }
        return await self.form(form | more)

    async def press(
        self,
        user: str,
        message: Posted,
        action: str,
        *,
        value: str | None = None,
        fields: dict[str, str] | None = None,
        **more: Any,
    ) -> httpx.Response:
        """*user* presses the button that does *action*, with what they wrote in the fields."""
        button = message.button(action, value)
        container = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel,
            "is_ephemeral": message.only_to is not None,
        } | ({"thread_ts": message.thread_ts} if message.thread_ts else {})
        shown = {"type": "message", "user": BOT, "bot_id": "B0BOT", "ts": message.ts}
        return await self.interaction(
            {
                "type": "block_actions",
                "user": _user(user),
                "container": container,
                "channel": {"id": message.channel, "name": "directmessage"},
                "message": shown | {"text": message.text, "blocks": message.blocks},
                "state": {"values": _state(message.blocks, fields or {})},
                "actions": [button | {"block_id": "x1", "action_ts": self.stamp()}],
            }
            | more
        )

    async def submit(
        self, user: str, view: Payload, fields: dict[str, str], **more: Any
    ) -> httpx.Response:
        """*user* sends in the window *view*, with what they wrote in it."""
        state = {"values": _state(view["blocks"], fields)}
        shown = view | {"state": state, "team_id": TEAM, "app_installed_team_id": TEAM}
        return await self.interaction(
            {"type": "view_submission", "user": _user(user), "view": shown} | more
        )

    async def shortcut(
        self, user: str, channel: str, ts: str, text: str, author: str | None, **more: Any
    ) -> httpx.Response:
        """*user* asks about somebody's message, from the message's menu."""
        message = {"type": "message", "ts": ts, "text": text, "team": TEAM}
        written = {"user": author} if author else {"bot_id": "B0OTHER"}
        return await self.interaction(
            {
                "type": "message_action",
                "callback_id": "ask_about_message",
                "action_ts": self.stamp(),
                "message_ts": ts,
                "user": _user(user),
                "channel": {"id": channel, "name": "regnskap"},
                "message": message | written | more,
                "response_url": "https://hooks.slack.example/app/1",
            }
        )

    async def url_verification(self, challenge: str) -> httpx.Response:
        return await self.json(
            {"token": "pretend", "challenge": challenge, "type": "url_verification"}
        )

    async def event(self, event: Payload, **more: Any) -> httpx.Response:
        """Tell of an event; every telling has an id of its own."""
        ours = {"enterprise_id": None, "team_id": TEAM, "user_id": BOT, "is_bot": True}
        envelope = {
            "token": "pretend",
            "team_id": TEAM,
            "context_team_id": TEAM,
            "context_enterprise_id": None,
            "api_app_id": "A0DESK",
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{next(self._numbers):09d}",
            "event_time": int(time.time()),
            "authorizations": [ours | {"is_enterprise_install": False}],
            "is_ext_shared_channel": False,
            "event_context": "4-pretend",
        }
        return await self.json(envelope | more)

    async def interaction(self, payload: Payload) -> httpx.Response:
        """Tell of something that somebody did with what we show."""
        about = {
            "token": "pretend",
            "api_app_id": "A0DESK",
            "team": {"id": TEAM, "domain": "hald"},
            "enterprise": None,
            "is_enterprise_install": False,
            "trigger_id": self._trigger(),
        }
        return await self.form({"payload": json.dumps(about | payload)})

    async def json(self, payload: Any) -> httpx.Response:
        return await self.send(json.dumps(payload).encode(), "application/json")

    async def form(self, fields: dict[str, str]) -> httpx.Response:
        return await self.send(urlencode(fields).encode(), "application/x-www-form-urlencoded")

    async def send(
        self, body: bytes, content_type: str, *, stamp: str | None = None, **headers: str
    ) -> httpx.Response:
        """Send *body*, signed now, or at another time."""
        stamp = stamp or str(int(time.time()))
        signed = hmac.digest(self.secret.encode(), f"v0:{stamp}:".encode() + body, "sha256").hex()
        named = {
            "content-type": content_type,
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": f"v0={signed}",
        }
        return await self.client.post(PATH, content=body, headers=named | headers)

    def _message(self, user: str, text: str, channel: str) -> Payload:
        ts = self.stamp()
        return {
            "user": user,
            "text": text,
            "channel": channel,
            "ts": ts,
            "event_ts": ts,
            "team": TEAM,
            "client_msg_id": f"00000000-0000-4000-8000-{next(self._numbers):012d}",
        }

    def _trigger(self) -> str:
        return f"{next(self._numbers)}.4840000000.8088930838d88f008e0"


def _user(user: str) -> Payload:
    return {"id": user, "username": user.lower(), "name": user.lower(), "team_id": TEAM}


def _state(blocks: list[Payload], fields: dict[str, str]) -> Payload:
    """Return what the fields hold: what was written in them, or what stood there."""
    inputs = {block["block_id"]: block["element"] for block in blocks if block["type"] == "input"}
    assert fields.keys() <= inputs.keys(), (
        f"there is no such field: {fields.keys() - inputs.keys()}"
    )
    return {
        name: {element["action_id"]: _held(element, fields.get(name))}
        for name, element in inputs.items()
    }


def _held(element: Payload, words: str | None) -> Payload:
    if element["type"] == "static_select":
        options = {option["value"]: option for option in element["options"]}
        chosen = options[words] if words is not None else element.get("initial_option")
        return {"type": "static_select", "selected_option": chosen}
    written = element.get("initial_value") if words is None else words
    return {"type": "plain_text_input", "value": written or None}
