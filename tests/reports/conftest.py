"""The spring, stored for each test that needs it. SQLite alone: storing is tested elsewhere."""

from collections.abc import Iterator

import pytest

from storage.database import Database
from tests.reports.office import opened, spring


@pytest.fixture
def desk(empty_sqlite: str) -> Iterator[Database]:
    with opened(empty_sqlite) as database:
        spring(database)
        yield database
