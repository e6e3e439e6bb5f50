"""How Teams reaches us: over HTTP, with a token that Microsoft signed."""

import asyncio
import json
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from microsoft_teams.api import InvokeResponse
from microsoft_teams.apps.events import ActivityEvent
from microsoft_teams.apps.http import HttpRequest

from bot.platforms.teams_app import Teams
from bot.platforms.teams_listener import NotStored, TeamsListener

log = structlog.get_logger()

OK = 200
PATH = "/api/messages"
MOST_BYTES = 1_000_000  # Teams' own activities stay far below
READ_BY_SDK = ("type", "id", "service_url")  # it fails on them when they are not words
THREADS = 2

Body = dict[str, object]


def teams_routes(teams: Teams, listener: TeamsListener) -> APIRouter:
    """Return the one address that Teams calls. Until `open_door` it lets nobody in."""
    routes = APIRouter()
    gate = _Gate(teams)

    @routes.post(PATH)
    async def teams_messages(request: Request) -> Response:
        if not request.headers.get("authorization", "").startswith("Bearer "):
            return Response(status_code=401)
        raw = await _raw(request)
        if raw is None:
            return Response(status_code=413)
        body = _read(raw)
        if body is None:
            log.warning("teams.malformed", length=len(raw))
            return Response(status_code=400)
        status = await gate.status(HttpRequest(body=body, headers=dict(request.headers)))
        return await _heard(listener, body) if status == OK else Response(status_code=status)

    return routes


async def open_door(teams: Teams) -> None:
    """Let the SDK learn whose tokens to believe. It asks nobody before the first comes."""
    await teams.app.initialize()
    teams.app.server.on_request = _let_in


@dataclass(frozen=True, slots=True)
class _Gate:
    """Lets the SDK check tokens, and nothing else, in threads of its own.

    It fetches Microsoft's keys while its loop stands still; ours may not.
    """

    teams: Teams
    threads: Executor = field(default_factory=lambda: ThreadPoolExecutor(THREADS, "teams-gate"))

    async def status(self, request: HttpRequest) -> int:
        """Return 200 when Microsoft vouches for *request*, and else what to answer."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.threads, self._status, request)

    def _status(self, request: HttpRequest) -> int:
        return asyncio.run(self.teams.app.server.handle_request(request))["status"]


async def _let_in(_: ActivityEvent) -> InvokeResponse[None]:
    return InvokeResponse[None](status=OK)


async def _heard(listener: TeamsListener, body: Body) -> Response:
    try:
        answer = await listener(body)
    except NotStored as error:
        log.error("teams.not_stored", error=str(error))  # noqa: TRY400 - it may hold their words
        return Response(status_code=503)
    return Response(status_code=OK) if answer is None else JSONResponse(answer)


async def _raw(request: Request) -> bytes | None:
    """Return the body; None when it is longer than anything Teams sends."""
    raw = b""
    async for part in request.stream():
        raw += part
        if len(raw) > MOST_BYTES:
            return None
    return raw


def _read(raw: bytes) -> Body | None:
    """Return the activity; None when it is none."""
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    if not isinstance(body, dict):
        return None
    words = (body.get(name) for name in READ_BY_SDK)
    return body if all(word is None or isinstance(word, str) for word in words) else None
