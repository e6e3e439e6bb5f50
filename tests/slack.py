"""A pretend Slack on loopback. It is strict: what the real one refuses, it refuses and remembers.

`PretendSlack` is Slack's Web API; `SignedSlack` is Slack calling us.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Self

from aiohttp import web

from tests.slack_limits import wrong_with_message, wrong_with_view
from tests.slack_posted import Call, Payload, Posted, direct
from tests.slack_requests import BOT, SECRET, TEAM, SignedSlack

__all__ = [
    "APP_TOKEN",
    "BOT",
    "SECRET",
    "TEAM",
    "TOKEN",
    "Posted",
    "PretendSlack",
    "SignedSlack",
    "direct",
]

TOKEN = "xoxb-pretend"
APP_TOKEN = "xapp-pretend"
SITE = "https://hald.slack.example/"
SOON = 5  # seconds that a test waits for what should come at once


@dataclass
class _Trouble:
    method: str | None
    times: int
    answer: Callable[[], web.Response]
    seconds: float = 0


@dataclass
class PretendSlack:
    """`async with PretendSlack() as slack:` – every mistake made against it fails the test."""

    calls: list[Call] = field(default_factory=list)
    posted: list[Posted] = field(default_factory=list)
    windows: list[Payload] = field(default_factory=list)  # every view that was opened
    homes: dict[str, Payload] = field(default_factory=dict)  # the page of each user
    users: dict[str, Payload] = field(default_factory=dict)
    written: dict[tuple[str, str], Payload] = field(default_factory=dict)  # what people wrote
    files: dict[str, tuple[bytes, str]] = field(default_factory=dict)  # what lies there, its type
    uploads: dict[str, bytes] = field(default_factory=dict)  # room that was made, and what is in it
    mistakes: list[str] = field(default_factory=list)
    address: str = ""

    async def __aenter__(self) -> Self:
        self._troubles: list[_Trouble] = []
        self._numbers = count(1)
        self._heard = asyncio.Condition()
        self._socket: web.WebSocketResponse | None = None
        self._acknowledged: asyncio.Queue[Payload] = asyncio.Queue()
        app = web.Application(client_max_size=10**7)
        app.router.add_route("*", "/api/{method}", self._answer)
        app.router.add_get("/socket", self._listen)
        app.router.add_get("/files-pri/{name}", self._download)
        app.router.add_post("/upload/{file}", self._upload)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.address = f"http://{host}:{port}/api/"
        return self

    async def __aexit__(self, kind: object, *_: object) -> None:
        await self._runner.cleanup()
        if kind is None:
            assert self.mistakes == []

    # What a test can say

    def has_user(self, user: str, name: str, email: str = "", **more: Any) -> None:
        """Let Slack know somebody; *more* goes into the user object (is_bot, locale, …)."""
        profile = {"real_name": name, "display_name": name.split(maxsplit=1)[0], "email": email}
        known = {"id": user, "team_id": TEAM, "name": name.lower(), "is_email_confirmed": True}
        self.users[user] = known | {"profile": profile, "locale": "en-GB"} | more

    def has_message(self, channel: str, ts: str, text: str, user: str, **more: Any) -> None:
        """Let somebody's message stand in a channel, where it can be fetched."""
        self.written[channel, ts] = {"type": "message", "user": user, "text": text, "ts": ts} | more

    def fails(self, method: str, error: str, times: int = 1) -> None:
        """Say no to the next calls of *method*."""
        said = {"ok": False, "error": error}
        self._troubles.append(_Trouble(method, times, lambda: web.json_response(said)))

    def is_busy(self, method: str | None = None, times: int = 1, retry_after: int = 1) -> None:
        """Ask us to wait, as Slack does when we talk too fast."""
        said, wait = {"ok": False, "error": "ratelimited"}, {"Retry-After": str(retry_after)}
        self._troubles.append(
            _Trouble(method, times, lambda: web.json_response(said, status=429, headers=wait))
        )

    def breaks(self, method: str | None = None, times: int = 1) -> None:
        """Answer with an error page, as a proxy in front of Slack does."""
        self._troubles.append(
            _Trouble(
                method,
                times,
                lambda: web.Response(status=503, text="<html>", content_type="text/html"),
            )
        )

    def hangs(self, method: str, seconds: float, times: int = 1) -> None:
        """Answer only after *seconds*."""
        said = {"ok": False, "error": "request_timeout"}
        self._troubles.append(_Trouble(method, times, lambda: web.json_response(said), seconds))

    def called(self, method: str) -> list[Payload]:
        """Return what each call of *method* said."""
        return [call.payload for call in self.calls if call.method == method]

    async def hears(self, method: str, times: int = 1) -> Payload:
        """Wait until *method* has been called so many times, and return what the last call said."""
        await self.until(lambda: len(self.called(method)) >= times)
        return self.called(method)[times - 1]

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so."""
        async with self._heard:
            await asyncio.wait_for(self._heard.wait_for(is_so), SOON)

    def messages(self, channel: str) -> list[Posted]:
        """Return our messages in a channel; a user's id stands for their conversation with us."""
        return [message for message in self.posted if message.channel == direct(channel)]

    async def tells(self, kind: str, payload: Payload) -> Payload:
        """Tell of something through the socket that we opened, and return what we answered."""
        await self.until(lambda: self._socket is not None)
        assert self._socket is not None
        envelope = {"type": kind, "envelope_id": f"E{next(self._numbers)}", "payload": payload}
        await self._socket.send_json(envelope | {"accepts_response_payload": True})
        return await asyncio.wait_for(self._acknowledged.get(), SOON)

    # How Slack answers

    async def _listen(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        async with self._heard:
            self._socket = socket
            self._heard.notify_all()
        async for message in socket:
            self._acknowledged.put_nowait(message.json())
        return socket

    async def _answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        payload = await _payload(request)
        self.calls.append(Call(method, payload))
        answer = await self._trouble(method) or self._checked(request, method, payload)
        async with self._heard:
            self._heard.notify_all()
        return answer

    async def _trouble(self, method: str) -> web.Response | None:
        for trouble in self._troubles:
            if trouble.times and trouble.method in {None, method}:
                trouble.times -= 1
                await asyncio.sleep(trouble.seconds)
                return trouble.answer()
        return None

    def _checked(self, request: web.Request, method: str, payload: Payload) -> web.Response:
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
        if wrong := _wrong_with(payload):
            return self._no("chat.postMessage", f"{wrong}", "invalid_blocks")
        message = self._stored(payload)
        shown = {"text": message.text, "user": BOT, "bot_id": "B0BOT", "ts": message.ts}
        return _yes(channel=message.channel, ts=message.ts, message=shown)

    def _post_ephemeral(self, payload: Payload) -> web.Response:
        if wrong := _wrong_with(payload):
            return self._no("chat.postEphemeral", f"{wrong}", "invalid_blocks")
        if not payload["channel"].startswith(("C", "G")):
            return self._no("chat.postEphemeral", payload["channel"], "channel_not_found")
        return _yes(message_ts=self._stored(payload, only_to=payload["user"]).ts)

    def _stored(self, payload: Payload, only_to: str | None = None) -> Posted:
        message = Posted(
            channel=direct(payload["channel"]),
            ts=f"1780000000.{next(self._numbers):06d}",
            text=payload["text"],
            blocks=payload["blocks"],
            thread_ts=payload.get("thread_ts"),
            only_to=only_to,
        )
        self.posted.append(message)
        return message

    def _update(self, payload: Payload) -> web.Response:
        if wrong := _wrong_with(payload):
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
        view = payload["view"] | {"id": f"V{next(self._numbers)}", "hash": "156772938.1827394"}
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

    async def _download(self, request: web.Request) -> web.Response:
        """Give a file to who shows a token; everybody else gets a page to sign in at."""
        content, kind = self.files.get(request.match_info["name"], (b"", ""))
        if not kind:
            return web.Response(status=404)
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.Response(text="<html>Sign in", content_type="text/html")
        return web.Response(body=content, content_type=kind)

    async def _upload(self, request: web.Request) -> web.Response:
        self.uploads[request.match_info["file"]] = await request.read()
        return web.Response(text="OK")

    def _room(self, payload: Payload) -> web.Response:
        file = f"F{next(self._numbers)}"
        address = self.address.replace("/api/", f"/upload/{file}")
        return _yes(file_id=file, upload_url=address)

    def _complete(self, payload: Payload) -> web.Response:
        [file] = json.loads(payload["files"])
        if file["id"] not in self.uploads:
            return self._no("files.completeUploadExternal", f"nothing was put in {file}")
        return _yes(files=[file])

    def _connect(self, payload: Payload) -> web.Response:
        address = self.address.replace("http:", "ws:").replace("/api/", "/socket")
        return _yes(url=f"{address}?ticket=1&app_id=A0DESK")

    def _self(self, payload: Payload) -> web.Response:
        known = {"user_id": BOT, "bot_id": "B0BOT", "team_id": TEAM, "user": "vertsdesk"}
        return _yes(**known, team="Hald", url=SITE)


Answer = Callable[[PretendSlack, Payload], web.Response]
_SHOWN = {"channel", "text", "blocks"}
_RANGE = {"oldest", "latest", "inclusive", "limit"}
METHODS: dict[str, tuple[set[str], set[str], Answer]] = {
    "apps.connections.open": (set(), set(), PretendSlack._connect),
    "auth.test": (set(), set(), PretendSlack._self),
    "chat.postMessage": (_SHOWN, {"thread_ts", "unfurl_links", "unfurl_media"}, PretendSlack._post),
    "chat.postEphemeral": (_SHOWN | {"user"}, {"thread_ts"}, PretendSlack._post_ephemeral),
    "chat.update": (_SHOWN | {"ts"}, set(), PretendSlack._update),
    "conversations.history": ({"channel"}, _RANGE, PretendSlack._history),
    "conversations.replies": ({"channel", "ts"}, _RANGE, PretendSlack._written),
    "files.completeUploadExternal": (
        {"files", "channel_id", "initial_comment"},
        {"thread_ts"},
        PretendSlack._complete,
    ),
    "files.getUploadURLExternal": ({"filename", "length"}, set(), PretendSlack._room),
    "users.info": ({"user"}, {"include_locale"}, PretendSlack._user),
    "views.open": ({"trigger_id", "view"}, set(), PretendSlack._open),
    "views.publish": ({"user_id", "view"}, set(), PretendSlack._publish),
}


def _wrong_with(payload: Payload) -> list[str]:
    text = payload["text"]
    wrong = ["no words for notifications"] if not text or len(text) > 40_000 else []
    wrong += ["text: not escaped"] if "<!" in text else []
    return wrong + wrong_with_message(payload["blocks"])


async def _payload(request: web.Request) -> Payload:
    if request.content_type == "application/json":
        said = await request.json()
        return {name: value for name, value in said.items() if value is not None}
    return dict(request.query) | dict(await request.post())


def _yes(**said: Any) -> web.Response:
    return web.json_response({"ok": True, **said})


def _refused(error: str) -> web.Response:
    return web.json_response({"ok": False, "error": error})
