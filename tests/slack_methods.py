"""What each method of the pretend Slack answers, and what it refuses as the real one does."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from aiohttp import web

from tests.slack_limits import wrong_with_message, wrong_with_view
from tests.slack_posted import Payload, Posted, direct
from tests.slack_requests import BOT, TEAM

TOKEN = "xoxb-pretend"
APP_TOKEN = "xapp-pretend"
SITE = "https://hald.slack.example/"


@dataclass
class SlackMethods:
    """All that this Slack knows, and what is wrong with how it was asked: *mistakes*."""

    posted: list[Posted] = field(default_factory=list)
    windows: list[Payload] = field(default_factory=list)  # every view that was opened
    homes: dict[str, Payload] = field(default_factory=dict)  # the page of each user
    users: dict[str, Payload] = field(default_factory=dict)
    written: dict[tuple[str, str], Payload] = field(default_factory=dict)  # what people wrote
    files: dict[str, tuple[bytes, str]] = field(default_factory=dict)  # what lies there, its type
    uploads: dict[str, bytes] = field(default_factory=dict)  # room that was made, and what is in it
    unread: dict[str, int] = field(default_factory=dict)  # files: how often we ask until it is read
    reading: int = 1  # how often we ask about a new file until Slack has looked through it
    mistakes: list[str] = field(default_factory=list)
    address: str = ""
    numbers: Iterator[int] = field(default_factory=lambda: count(1))  # in what it hands out

    def answers(self, request: web.Request, method: str, payload: Payload) -> web.Response:
        token = APP_TOKEN if method == "apps.connections.open" else TOKEN
        if request.headers.get("Authorization") != f"Bearer {token}":
            return self._no(method, "invalid_auth")
        if method not in METHODS:
            return self._no(method, "unknown_method")
        needed, allowed, answer = METHODS[method]
        if missing := needed - payload.keys():
            return self._no(method, f"missing {missing}")
        if unknown := payload.keys() - needed - allowed:
            return self._no(method, f"unknown {unknown}")
        return answer(self, payload)

    def _no(self, method: str, mistake: str, error: str = "invalid_arguments") -> web.Response:
        """Refuse what Slack would never have been asked by an app that is right."""
        self.mistakes.append(f"{method}: {mistake}")
        return _refused(error)

    def _post(self, payload: Payload) -> web.Response:
        if wrong := self._wrong_with(payload):
            return self._no("chat.postMessage", f"{wrong}", "invalid_blocks")
        message = self._stored(payload)
        shown = {"text": message.text, "user": BOT, "bot_id": "B0BOT", "ts": message.ts}
        return _yes(channel=message.channel, ts=message.ts, message=shown)

    def _post_ephemeral(self, payload: Payload) -> web.Response:
        if wrong := self._wrong_with(payload):
            return self._no("chat.postEphemeral", f"{wrong}", "invalid_blocks")
        if not payload["channel"].startswith(("C", "G")):
            return self._no("chat.postEphemeral", payload["channel"], "channel_not_found")
        return _yes(message_ts=self._stored(payload, only_to=payload["user"]).ts)

    def _stored(self, payload: Payload, only_to: str | None = None) -> Posted:
        message = Posted(
            channel=direct(payload["channel"]),
            ts=f"1780000000.{next(self.numbers):06d}",
            text=payload["text"],
            blocks=payload["blocks"],
            thread_ts=payload.get("thread_ts"),
            only_to=only_to,
        )
        self.posted.append(message)
        return message

    def _update(self, payload: Payload) -> web.Response:
        if wrong := self._wrong_with(payload):
            return self._no("chat.update", f"{wrong}", "invalid_blocks")
        for message in self.posted:
            if (message.channel, message.ts) == (payload["channel"], payload["ts"]):
                if message.only_to:
                    break
                message.text, message.blocks = payload["text"], payload["blocks"]
                message.versions += 1
                return _yes(channel=message.channel, ts=message.ts, text=message.text)
        return _refused("message_not_found")

    def _open(self, payload: Payload) -> web.Response:
        if wrong := wrong_with_view(payload["view"]):
            return self._no("views.open", f"{wrong}")
        view = payload["view"] | {"id": f"V{next(self.numbers)}", "hash": "156772938.1827394"}
        self.windows.append(view)
        return _yes(view=view)

    def _publish(self, payload: Payload) -> web.Response:
        if wrong := wrong_with_view(payload["view"]):
            return self._no("views.publish", f"{wrong}")
        self.homes[payload["user_id"]] = payload["view"]
        return _yes(view=payload["view"])

    def _user(self, payload: Payload) -> web.Response:
        user = self.users.get(payload["user"])
        return _yes(user=user) if user else _refused("user_not_found")

    def _written(self, payload: Payload) -> web.Response:
        message = self.written.get((payload["channel"], payload.get("ts") or payload["latest"]))
        return _yes(messages=[message], has_more=False) if message else _refused("thread_not_found")

    def _history(self, payload: Payload) -> web.Response:
        message = self.written.get((payload["channel"], payload["latest"]))
        is_alone = message is not None and message.get("thread_ts") in {None, message["ts"]}
        return _yes(messages=[message] if is_alone else [], has_more=False)

    def _room(self, payload: Payload) -> web.Response:
        file = f"F{next(self.numbers):08d}"
        address = self.address.replace("/api/", f"/upload/{file}")
        return _yes(file_id=file, upload_url=address)

    def _complete(self, payload: Payload) -> web.Response:
        [file] = json.loads(payload["files"])
        if file["id"] not in self.uploads:
            return self._no("files.completeUploadExternal", f"nothing was put in {file}")
        self.unread[file["id"]] = self.reading
        return _yes(files=[file])

    def _file(self, payload: Payload) -> web.Response:
        """Tell of a file: of its kind nothing until it has been looked through."""
        file = payload["file"]
        if file not in self.unread:
            return self._no("files.info", f"no file {file}", "file_not_found")
        self.unread[file] -= 1
        is_read = self.unread[file] < 0
        return _yes(file={"id": file, "mimetype": "image/png" if is_read else ""})

    def _wrong_with(self, payload: Payload) -> list[str]:
        text, blocks = payload["text"], payload["blocks"]
        wrong = ["no words for notifications"] if not text or len(text) > 40_000 else []
        wrong += ["text: not escaped"] if "<!" in text else []
        files = [block["slack_file"]["id"] for block in blocks if "slack_file" in block]
        unread = [file for file in files if self.unread.get(file, 0) >= 0]
        return wrong + [f"{file} is not read yet" for file in unread] + wrong_with_message(blocks)

    def _connect(self, payload: Payload) -> web.Response:
        address = self.address.replace("http:", "ws:").replace("/api/", "/socket")
        return _yes(url=f"{address}?ticket=1&app_id=A0DESK")

    def _self(self, payload: Payload) -> web.Response:
        known = {"user_id": BOT, "bot_id": "B0BOT", "team_id": TEAM, "user": "vertsdesk"}
        return _yes(**known, team="Hald", url=SITE)


Answer = Callable[[SlackMethods, Payload], web.Response]
_SHOWN = {"channel", "text", "blocks"}
_RANGE = {"oldest", "latest", "inclusive", "limit"}
METHODS: dict[str, tuple[set[str], set[str], Answer]] = {
    "apps.connections.open": (set(), set(), SlackMethods._connect),
    "auth.test": (set(), set(), SlackMethods._self),
    "chat.postMessage": (_SHOWN, {"thread_ts", "unfurl_links", "unfurl_media"}, SlackMethods._post),
    "chat.postEphemeral": (_SHOWN | {"user"}, {"thread_ts"}, SlackMethods._post_ephemeral),
    "chat.update": (_SHOWN | {"ts"}, set(), SlackMethods._update),
    "conversations.history": ({"channel"}, _RANGE, SlackMethods._history),
    "conversations.replies": ({"channel", "ts"}, _RANGE, SlackMethods._written),
    "files.completeUploadExternal": (
        {"files"},
        {"channel_id", "initial_comment", "thread_ts"},
        SlackMethods._complete,
    ),
    "files.getUploadURLExternal": ({"filename", "length"}, set(), SlackMethods._room),
    "files.info": ({"file"}, set(), SlackMethods._file),
    "users.info": ({"user"}, {"include_locale"}, SlackMethods._user),
    "views.open": ({"trigger_id", "view"}, set(), SlackMethods._open),
    "views.publish": ({"user_id", "view"}, set(), SlackMethods._publish),
}


def _yes(**said: Any) -> web.Response:
    return web.json_response({"ok": True, **said})


def _refused(error: str) -> web.Response:
    return web.json_response({"ok": False, "error": error})
