"""A door with an issuer beside it, on SQLite: what is remembered is tested on both databases."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.demo import move_in
from storage.database import Database
from tests.conftest import copied, lent
from tests.sign_in.door import AGREEMENT, Door
from tests.sign_in.issuer import PretendIssuer, issuing


@pytest.fixture(scope="session")
def town(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file in which the demo's people live."""
    file = tmp_path_factory.mktemp("town") / "desk.db"
    shutil.copyfile(sqlite_template, file)
    database = Database(f"sqlite:///{file}")
    move_in(database, AGREEMENT)
    database.close()
    return file


@pytest.fixture
def door(town: Path) -> Iterator[Door]:
    database = lent(copied(town))
    yield Door(database)
    database.close()


@pytest.fixture
def issuer(door: Door) -> Iterator[PretendIssuer]:
    with issuing(lambda: door.now) as issuer:
        yield issuer
