"""The library, on SQLite; what reads page by page is tried on both databases."""

from collections.abc import Iterator

import pytest

from tests.api.reading import Library
from tests.conftest import lent


@pytest.fixture
def library(empty_sqlite: str) -> Iterator[Library]:
    database = lent(empty_sqlite)
    library = Library(database)
    library.holds_tickets()
    yield library
    database.close()
