"""The demo's page, in front of a database of its own."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from storage.database import Database
from tests.web.counter import Counter


@pytest.fixture
def counter(sqlite_template: Path, tmp_path: Path) -> Iterator[Counter]:
    """A counter on SQLite, as the demo is; the chat's own memory is tested on both databases."""
    file = tmp_path / "demo.db"
    shutil.copyfile(sqlite_template, file)
    database = Database(f"sqlite:///{file}")
    yield Counter(database)
    database.close()


@pytest.fixture
async def browser(counter: Counter) -> AsyncIterator[httpx.AsyncClient]:
    async with counter.browser() as client:
        yield client
