"""The desk's pages on a database of their own, which nobody changes."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from storage.database import Database
from tests.cover.desk import served, settle


@pytest.fixture(scope="module")
def settled(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    file = tmp_path_factory.mktemp("pages") / "desk.db"
    shutil.copyfile(sqlite_template, file)
    database = Database(f"sqlite:///{file}")
    settle(database)
    yield database
    database.close()


@pytest.fixture(scope="module")
def web(settled: Database) -> FastAPI:
    return served(settled)
