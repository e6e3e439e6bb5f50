"""Every test that remembers something runs on SQLite and on PostgreSQL."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from storage.database import Database
from tests.helpdesk import Helpdesk
from tests.postgres import Postgres, started
from tests.pretend_chat import IN_SLACK, Pair

settings.register_profile("house", deadline=None)  # a slow machine is no failure
settings.register_profile(
    "the-same-each-time", parent=settings.get_profile("house"), derandomize=True
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))


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


@pytest.fixture
def empty_sqlite(sqlite_template: Path) -> str:
    return copied(sqlite_template)


@pytest.fixture
def empty_postgres(postgres: Postgres) -> str:
    return postgres.empty_database()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database that is up to date."""
    return request.getfixturevalue(f"empty_{request.param}")


def copied(template: Path) -> str:
    """Return the address of a SQLite file like *template*: the same one every time."""
    file = template.with_name("lent.db")
    for beside in ("-wal", "-shm"):
        Path(f"{file}{beside}").unlink(missing_ok=True)
    shutil.copyfile(template, file)
    return f"sqlite:///{file}"


@cache
def lent(url: str) -> Database:
    """Return the same one every time: an engine remembers the SQL that it has worked out."""
    return Database(url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = lent(database_url)
    yield database
    database.close()


@pytest.fixture
def helpdesk(database: Database) -> Iterator[Helpdesk]:
    with at_work(database) as helpdesk:
        yield helpdesk


@contextmanager
def at_work(database: Database, pair: Pair = IN_SLACK) -> Iterator[Helpdesk]:
    """Open a helpdesk; when the test ends, every card must have been expected."""
    helpdesk = Helpdesk(database, pair)
    try:
        yield helpdesk
        helpdesk.nobody_heard_more()
    finally:
        helpdesk.goes_home()
        database.close()
