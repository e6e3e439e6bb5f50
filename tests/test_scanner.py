"""A file is shown to a scanner: a program or a service, which says yes, no or nothing."""

import shlex
import sys

import httpx
import pytest
from aiohttp import web

from bot.platforms.scanner import AddressScanner, CommandScanner, ScannerFailed

READS = "import sys; sys.exit({} if b'harm' in sys.stdin.buffer.read() else 0)"


def command(ends_with: int) -> CommandScanner:
    return CommandScanner(shlex.join([sys.executable, "-c", READS.format(ends_with)]))


async def test_a_program_that_ends_well_lets_the_file_pass() -> None:
    assert await command(1)("bilag.pdf", b"1;2;3" * 100_000)


async def test_a_program_that_ends_with_one_has_found_something() -> None:
    assert not await command(1)("bilag.pdf", b"harm")


async def test_a_program_that_fails_has_said_nothing() -> None:
    with pytest.raises(ScannerFailed, match="ended with 2"):
        await command(2)("bilag.pdf", b"harm")


async def test_a_program_that_is_not_there_has_said_nothing() -> None:
    with pytest.raises(OSError, match="no-such-scanner"):
        await CommandScanner("no-such-scanner --now")("bilag.pdf", b"1")


@pytest.mark.parametrize(("status", "is_harmless"), [(200, True), (204, True), (406, False)])
async def test_a_service_says_yes_or_no(status: int, *, is_harmless: bool) -> None:
    asked: list[tuple[str, bytes]] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append((request.headers["X-File-Name"], await request.read()))
        return web.Response(status=status)

    async with _Service(answer) as url:
        assert await AddressScanner(url)("bilag nr. 1 på.pdf", b"1;2;3") is is_harmless
    assert asked == [("bilag%20nr.%201%20p%C3%A5.pdf", b"1;2;3")]


async def test_a_service_that_fails_has_said_nothing() -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=500)

    async with _Service(answer) as url:
        with pytest.raises(ScannerFailed, match="answered 500"):
            await AddressScanner(url)("bilag.pdf", b"1")
    with pytest.raises(httpx.HTTPError):
        await AddressScanner(url)("bilag.pdf", b"1")


class _Service:
    def __init__(self, answer) -> None:
        app = web.Application()
        app.router.add_post("/", answer)
        self._runner = web.AppRunner(app)

    async def __aenter__(self) -> str:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}/"

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()
