"""Whatever takes a form takes our own alone; the chats' doors have their own proof of who calls."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from bot.app import create_web
from bot.pages.visitor import our_own_form
from bot.settings import Settings

READING = {"GET", "HEAD"}


@pytest.fixture
def web(sqlite_template: Path, tmp_path: Path) -> FastAPI:
    """An installation, not started: so it has a file of its own, that nobody closes."""
    file = tmp_path / "desk.db"
    shutil.copyfile(sqlite_template, file)
    return create_web(
        Settings(
            _env_file=None,
            database_url=f"sqlite:///{file}",
            public_url="https://desk.example",
            oidc_issuer="https://login.example",
            oidc_client_id="vertsdesk",
            secret="x" * 32,
        )
    )


def test_every_form_of_an_installation_is_proved_to_be_ours(web: FastAPI) -> None:
    changing = [
        route
        for route in web.routes
        if isinstance(route, APIRoute) and not route.methods <= READING
    ]
    checked = {
        route.path
        for route in changing
        if our_own_form in {each.call for each in route.dependant.dependencies}
    }
    assert checked == {route.path for route in changing}
    assert "/sign-out" in checked


async def test_no_form_is_read_without_end(web: FastAPI) -> None:
    wire = httpx.ASGITransport(app=web)
    read = 0

    async def for_ever() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 1
            yield b"csrf=" + b"x" * 100_000 + b"&"

    async with httpx.AsyncClient(transport=wire, base_url="https://desk.example") as stranger:
        headers = {"content-type": "application/x-www-form-urlencoded"}
        answer = await stranger.post("/sign-out", content=for_ever(), headers=headers)

    assert answer.status_code == 413
    assert read < 30
