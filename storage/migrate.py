"""Migrations: bringing a database's tables to what this program expects, with Alembic.

The scripts lie in storage/migrations and come along with the package.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select

import storage.clock_models  # noqa: F401 its tables belong to the same metadata
from storage.answer_models import WORDS
from storage.engines import migration_engine
from storage.models import Row

SCRIPTS = "storage:migrations"
LOCK = 20_260_102  # PostgreSQL's name for the lock that lets one replica migrate at a time


class BrokenReferences(Exception):
    """A migration left rows pointing at rows that are not there. It has been undone."""


def upgrade(url: str, to: str = "head") -> None:
    """Run what has not been run yet, up to *to*: all of it, or nothing of it."""
    _run(url, command.upgrade, to)


def downgrade(url: str, to: str) -> None:
    """Undo everything after *to*; ``base`` undoes it all, and forgets what was kept."""
    _run(url, command.downgrade, to)


def is_current(connection: Connection) -> bool:
    """Tell whether every script has been run, and no later program's."""
    scripts = ScriptDirectory.from_config(_config())
    heads = MigrationContext.configure(connection).get_current_heads()
    return set(heads) == set(scripts.get_heads())


def differences(connection: Connection) -> Sequence[str]:
    """Return how the database's tables differ from storage.models, one line each."""
    opts = {"compare_type": True, "include_name": is_compared}
    context = MigrationContext.configure(connection, opts=opts)
    return [str(difference) for difference in compare_metadata(context, Row.metadata)]


def is_compared(name: str | None, kind: str, above: Mapping[Any, str | None]) -> bool:
    """Tell whether Alembic compares *name*: not what answers are searched by.

    It is another thing in each database, and SQLite keeps tables of its own beside it.
    """
    return kind != "table" or name is None or not name.startswith(WORDS)


def _run(url: str, move: Callable[[Config, str], None], to: str) -> None:
    engine = migration_engine(url)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
            move(_config(connection), to)
            if connection.dialect.name == "sqlite":
                _check_references(connection)
    finally:
        engine.dispose()


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", SCRIPTS)
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _check_references(connection: Connection) -> None:
    """Do what SQLite leaves undone while tables are rebuilt: see that every reference holds."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise BrokenReferences(", ".join(sorted({str(table) for table, *_ in broken})))
