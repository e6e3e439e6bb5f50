"""Every test that remembers something runs on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from storage.database import Database
from tests.helpdesk import Helpdesk
from tests.postgres import Postgres, started

settings.register_profile("house", deadline=None)  # a slow machine is no failure
settings.load_profile("house")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with started() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with every table and nothing in them. Copying it is faster than migrating."""
    file = tmp_path_factory.mktemp("template") / "desk.db"
    Database(f"sqlite:///{file}").migrate()
    return file


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database that is up to date."""
    if request.param == "postgres":
        return request.getfixturevalue("postgres").empty_database()
    file = tmp_path / "desk.db"
    shutil.copyfile(request.getfixturevalue("sqlite_template"), file)
    return f"sqlite:///{file}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def helpdesk(database: Database) -> Iterator[Helpdesk]:
    """A helpdesk; when the test ends, every card must have been expected."""
    helpdesk = Helpdesk(database)
    yield helpdesk
    helpdesk.nobody_heard_more()
