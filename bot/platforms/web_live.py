"""The page's open line: it is told as soon as anything in the chat has changed."""

import asyncio
from collections.abc import AsyncIterator

from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from storage.database import Database

LOOK_EVERY = 0.2  # seconds; another process may have written, so we look instead of listening
BEAT_EVERY = 15.0  # seconds of silence, after which we see whether anybody is still there
CALL_AGAIN = 1000  # milliseconds a page waits before it opens a broken line again


def live(web: FastAPI, database: Database) -> None:
    """Let pages listen at ``/live`` (server-sent events). Each event is the chat's version."""
    web.state.hung_up = False

    @web.get("/live")
    async def listen() -> StreamingResponse:
        news = _news(web, database)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(news, media_type="text/event-stream", headers=headers)


def hang_up(web: FastAPI) -> None:
    """End every open line, so that the server can stop at once."""
    web.state.hung_up = True


async def _news(web: FastAPI, database: Database) -> AsyncIterator[str]:
    yield f"retry: {CALL_AGAIN}\n\n"
    known, silence = -1, 0.0
    while not web.state.hung_up:
        version = await run_in_threadpool(_version, database)
        if version != known:
            yield f"data: {version}\n\n"
            known, silence = version, 0.0
        elif silence >= BEAT_EVERY:
            yield ":\n\n"
            silence = 0.0
        await asyncio.sleep(LOOK_EVERY)
        silence += LOOK_EVERY


def _version(database: Database) -> int:
    with database.reading() as store:
        return store.web_messages.version()
