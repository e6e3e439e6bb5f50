"""The process is killed between commit and delivery: after a restart the card arrives, once."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from tests.slack import SECRET, TOKEN, PretendSlack, SignedSlack
from tests.test_slack_end_to_end import KARI, OLA, TEAM_CHANNEL, VAT, move_in

ROOT = Path(__file__).parent.parent
PATIENCE = 60  # seconds, on a slow machine


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
async def test_a_killed_process_loses_no_card_and_sends_none_twice(database_url: str) -> None:
    move_in(database_url)
    async with PretendSlack() as slack:
        slack.hangs("chat.postMessage", seconds=PATIENCE, times=3)
        async with _program("serve", database_url, slack) as (process, client):
            answer = await SignedSlack(client).dm(OLA, VAT)
            assert answer.status_code == 200  # committed and acknowledged
            await _until(lambda: slack.called("chat.postMessage"))  # and on its way, when …
            process.send_signal(signal.SIGKILL)
        assert slack.posted == []

        async with _program("work", database_url, slack):
            await _until(lambda: len(slack.posted) >= 3)
            await _until(lambda: len(slack.called("chat.postMessage")) >= 3)

    titles = sorted((m.channel, m.title) for m in slack.posted)
    assert [channel for channel, _ in titles] == sorted(
        [TEAM_CHANNEL, KARI.replace("U", "D", 1), OLA.replace("U", "D", 1)]
    )


@asynccontextmanager
async def _program(
    command: str, url: str, slack: PretendSlack
) -> AsyncIterator[tuple[subprocess.Popen[bytes], httpx.AsyncClient]]:
    """Run the real program; *command* is serve or work."""
    port = _free_port()
    settings = {
        "DATABASE_URL": url,
        "PORT": str(port),
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_API_URL": slack.address,
        "TEAM_CHANNEL": TEAM_CHANNEL,
    }
    environment = {**os.environ, **{f"VERTSDESK_{name}": value for name, value in settings.items()}}
    process = subprocess.Popen(  # noqa: ASYNC220 - it starts at once
        [sys.executable, "-m", "bot.cli", command], cwd=ROOT, env=environment
    )
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            if command == "serve":
                await _answers(client)
            yield process, client
    finally:
        process.kill()
        process.wait()


async def _answers(client: httpx.AsyncClient) -> None:
    """Wait until the program answers."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if (await client.get("/readyz")).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            await asyncio.sleep(0.1)
    pytest.fail("the program never answered")


async def _until(is_so) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, "it never came"
        await asyncio.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
