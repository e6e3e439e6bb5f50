"""How Teams reaches us: over HTTP, with a token that Microsoft signed."""

import json

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from microsoft_teams.apps.http import HttpRequest

from bot.platforms.body import body_of
from bot.platforms.teams_gate import BEARER, NO_TOKEN, OK, Body, Gate
from bot.platforms.teams_inside import NotStored
from bot.platforms.teams_listener import TeamsListener

log = structlog.get_logger()

PATH = "/api/messages"
READ_BY_SDK = ("type", "id", "service_url")  # it fails on them when they are not words
MALFORMED, TOO_LONG, NOT_KEPT = 400, 413, 503


def teams_routes(gate: Gate, listener: TeamsListener) -> APIRouter:
    """Return the one address that Teams calls. Until *gate* is opened nobody is let in."""
    routes = APIRouter()

    @routes.post(PATH)
    async def teams_messages(request: Request) -> Response:
        if not request.headers.get("authorization", "").startswith(BEARER):
            log.warning("teams.turned_away", status=NO_TOKEN, why="no token")
            return Response(status_code=NO_TOKEN)
        raw = await body_of(request)
        if raw is None:
            return Response(status_code=TOO_LONG)
        body = _read(raw)
        if body is None:
            log.warning("teams.malformed", length=len(raw))
            return Response(status_code=MALFORMED)
        status = await gate.status(HttpRequest(body=body, headers=dict(request.headers)))
        return await _heard(listener, body) if status == OK else Response(status_code=status)

    return routes


async def _heard(listener: TeamsListener, body: Body) -> Response:
    try:
        answer = await listener(body)
    except NotStored as error:
        log.error("teams.not_stored", error=str(error))  # noqa: TRY400 - it may hold their words
        return Response(status_code=NOT_KEPT)
    return Response(status_code=OK) if answer is None else JSONResponse(answer)


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
