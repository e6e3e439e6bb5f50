"""A pretend Slack on loopback. It is strict: what the real one refuses, it refuses and remembers.

`PretendSlack` is Slack's Web API; `SignedSlack` is Slack calling us.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

from tests.slack_methods import APP_TOKEN, SITE, TOKEN, SlackMethods
from tests.slack_posted import Call, Payload, Posted, direct
from tests.slack_requests import BOT, SECRET, TEAM, SignedSlack

__all__ = [
    "APP_TOKEN",
    "BOT",
    "SECRET",
    "SITE",
    "TEAM",
    "TOKEN",
    "Posted",
    "PretendSlack",
    "SignedSlack",
    "direct",
    "no_pictures",
]

SOON = 5  # seconds that a test waits for what should come at once


def no_pictures(address: str) -> None:
    """Say that no picture lies at *address*."""


@dataclass
class _Trouble:
    method: str | None
    times: int
    answer: Callable[[], web.Response]
    seconds: float = 0


@dataclass
class PretendSlack(SlackMethods):
    """`async with PretendSlack() as slack:` – every mistake made against it fails the test."""

    calls: list[Call] = field(default_factory=list)

    async def __aenter__(self) -> Self:
        self._troubles: list[_Trouble] = []
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
        envelope = {"type": kind, "envelope_id": f"E{next(self.numbers)}", "payload": payload}
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
        answer = await self._trouble(method) or self.answers(request, method, payload)
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


async def _payload(request: web.Request) -> Payload:
    if request.content_type == "application/json":
        said = await request.json()
        return {name: value for name, value in said.items() if value is not None}
    return dict(request.query) | dict(await request.post())
