"""Whatever takes a form takes our own alone; the chats' doors have their own proof of who calls."""

import shutil
from pathlib import Path

from fastapi.routing import APIRoute

from bot.app import create_web
from bot.pages.visitor import our_own_form
from bot.settings import Settings

READING = {"GET", "HEAD"}


def test_every_form_of_an_installation_is_proved_to_be_ours(
    sqlite_template: Path, tmp_path: Path
) -> None:
    file = tmp_path / "desk.db"  # of its own: an installation that is not started is not stopped
    shutil.copyfile(sqlite_template, file)
    web = create_web(
        Settings(
            _env_file=None,
            database_url=f"sqlite:///{file}",
            public_url="https://desk.example",
            oidc_issuer="https://login.example",
            oidc_client_id="vertsdesk",
            secret="x" * 32,
        )
    )
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
