"""How Slack reaches us: over HTTP, signed, or through a socket that we open ourselves."""

import asyncio
import re
from urllib.parse import parse_qsl

import structlog
from fastapi import APIRouter, Request, Response
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest

from bot.platforms.body import body_of
from bot.platforms.slack_manifest import PATH

log = structlog.get_logger()

SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
NOBODY_LISTENS = 404
MISREAD = (ValueError, TypeError, AttributeError, LookupError, RecursionError)
STAMP = re.compile(r"[0-9]{1,10}")


def slack_routes(app: AsyncApp) -> APIRouter:
    """Return the one address that Slack calls, whatever it has to say."""
    routes = APIRouter()

    @routes.post(PATH)
    async def slack_events(request: Request) -> Response:
        if not _can_be_signed(request):
            return Response(status_code=401)
        body = await body_of(request)
        if body is None:
            return Response(status_code=413)
        read = _read(request, body)
        if read is None:
            log.warning("slack.malformed", length=len(body))
            return Response(status_code=400)
        return await _answered(app, read)

    return routes


async def socket_mode(app: AsyncApp, app_token: str) -> None:
    """Listen through Slack's socket until cancelled; it connects again by itself."""
    handler = AsyncSocketModeHandler(app, app_token)
    try:
        await handler.connect_async()  # type: ignore[no-untyped-call]
        await asyncio.Event().wait()
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


def _can_be_signed(request: Request) -> bool:
    """Tell whether Bolt can check the signature at all; it chokes on what is none."""
    signature = request.headers.get("x-slack-signature", "")
    stamp = request.headers.get("x-slack-request-timestamp", "")
    return bool(SIGNATURE.fullmatch(signature) and STAMP.fullmatch(stamp))


def _read(request: Request, body: bytes) -> AsyncBoltRequest | None:
    """Let Bolt read the request; None when it cannot be read."""
    try:
        read = to_async_bolt_request(request, body)
    except MISREAD:
        return None
    if not read.body and "payload" in read.raw_body:
        # Bolt takes a command for a press when somebody's words have "payload" in them.
        read.body = dict(parse_qsl(read.raw_body, keep_blank_values=True))
    return read


async def _answered(app: AsyncApp, read: AsyncBoltRequest) -> Response:
    """Let the app answer. What nobody listens to is taken, or Slack would send it again."""
    try:
        answer = await app.async_dispatch(read)
    except MISREAD:  # Bolt expects a shape, and looks for it even to tell that something failed
        log.warning("slack.misshapen", kind=_kind(read.body))
        return Response(status_code=400)
    if answer.status == NOBODY_LISTENS:
        log.info("slack.nobody_listens", kind=_kind(read.body))
        return Response(status_code=200)
    return to_starlette_response(answer)


def _kind(body: object) -> str:
    """Return what kind of event came, for the log; not what it said."""
    if not isinstance(body, dict):
        return type(body).__name__
    event = body.get("event")
    kind = event.get("type") if isinstance(event, dict) else body.get("type")
    return str(kind)[:80]
