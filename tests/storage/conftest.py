"""A database that knows the town, on SQLite and on PostgreSQL."""

import pytest

from storage.database import Database
from tests.storage.town import settle


@pytest.fixture
def town(database: Database) -> Database:
    settle(database)
    return database
