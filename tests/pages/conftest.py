"""The pages of a real installation, on a database with a quarter's tickets, shared by all."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from bot.app import create_web
from bot.pages.visitor import let_in
from bot.settings import Settings
from storage.database import Database
from tests.pages.town import LONG_AGO, MANY, Town, Visitors, settle


@pytest.fixture(scope="package")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('pages') / 'desk.db'}"


@pytest.fixture(scope="package")
def town(url: str) -> Iterator[Town]:
    database = Database(url)
    database.migrate()
    yield settle(database, each=MANY, first=LONG_AGO)
    database.close()


@pytest.fixture(scope="package")
def web(url: str, town: Town) -> FastAPI:
    """Everything an installation has, with somebody else at the door."""
    settings = Settings(
        _env_file=None,
        database_url=url,
        public_url="https://desk.example",
        oidc_issuer="http://127.0.0.1:9",  # nobody is there: nothing here signs anybody in
        oidc_client_id="vertsdesk",
        oidc_client_secret="x" * 32,
        secret="x" * 32,
    )
    web = create_web(settings)
    let_in(web, Visitors(town))
    return web
