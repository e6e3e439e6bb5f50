"""The library, on SQLite; what reads page by page is tried on both databases."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.api.reading import Library
from tests.conftest import copied, lent


@pytest.fixture(scope="session")
def shelf(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the library's tickets."""
    file = tmp_path_factory.mktemp("shelf") / "desk.db"
    shutil.copyfile(sqlite_template, file)
    database = Database(f"sqlite:///{file}")
    Library(database).holds_tickets()
    database.close()
    return file


@pytest.fixture
def library(shelf: Path) -> Iterator[Library]:
    database = lent(copied(shelf))
    yield Library(database)
    database.close()
