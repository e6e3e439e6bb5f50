"""The migrations lead to exactly the tables that the program expects, and back."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, inspect, text

from bot.domain.people import Account, Person, PersonId, Platform
from storage import migrate
from storage.database import Database
from storage.engines import BadDatabaseUrl, migration_engine
from storage.migrate import BrokenReferences
from tests.postgres import Postgres


@pytest.fixture(params=["sqlite", "postgres"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables."""
    if request.param == "postgres":
        return request.getfixturevalue("postgres").bare_database()
    return f"sqlite:///{tmp_path}/bare.db"


def test_the_migrations_lead_to_exactly_the_tables_we_expect(database: Database) -> None:
    assert database.is_current()
    assert database.differences() == []


def test_what_is_missing_is_named(bare_url: str) -> None:
    migrate.upgrade(bare_url)
    with changing(bare_url) as connection:
        connection.exec_driver_sql("DROP TABLE seen")
    with closing(Database(bare_url)) as database:
        assert any("seen" in difference for difference in database.differences())


def test_a_bare_database_is_not_current_until_it_is_migrated(bare_url: str) -> None:
    with closing(Database(bare_url)) as database:
        assert not database.is_current()
        database.migrate()
        database.migrate()
        assert database.is_current()


def test_every_migration_can_be_undone_and_done_again(bare_url: str) -> None:
    migrate.upgrade(bare_url)
    migrate.downgrade(bare_url, "base")
    assert tables(bare_url) == {"alembic_version"}

    migrate.upgrade(bare_url)
    with closing(Database(bare_url)) as database:
        assert database.differences() == []


def test_replicas_that_migrate_at_once_do_not_disturb_each_other(bare_url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(migrate.upgrade, [bare_url] * 4))

    with closing(Database(bare_url)) as database:
        assert database.is_current()


def test_a_table_that_others_point_at_can_be_rebuilt(bare_url: str) -> None:
    """SQLite changes a table by replacing it, and must not take the accounts of Ola with it."""
    migrate.upgrade(bare_url)
    account = Account(Platform.SLACK, "T1", "U1")
    with closing(Database(bare_url)) as database, database.transaction() as store:
        store.people.introduce(Person(id=PersonId("ola"), name="Ola"))
        store.people.link(PersonId("ola"), account, "D1")

    with changing(bare_url) as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("person") as person:
            person.alter_column("language", nullable=True)

    with closing(Database(bare_url)) as database, database.reading() as store:
        found = store.people.by_account(account)
        assert found is not None
        assert found.name == "Ola"


def test_a_migration_that_breaks_references_is_undone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/desk.db"
    migrate.upgrade(url)
    orphan = "INSERT INTO account VALUES ('slack', 'T', 'U', 'nobody', 'D')"
    with changing(url) as connection:
        connection.execute(text(orphan))

    with pytest.raises(BrokenReferences, match="account"):
        migrate.upgrade(url)


@pytest.mark.parametrize("url", ["", "mysql://localhost/desk", "postgresql+asyncpg://x/y", "desk"])
def test_an_address_we_cannot_use_is_refused_in_plain_words(url: str) -> None:
    with pytest.raises(BadDatabaseUrl, match="begins with sqlite:/// or postgresql://"):
        Database(url)


def test_both_names_of_postgresql_are_understood(postgres: Postgres) -> None:
    url = postgres.fresh_database()
    for name in ("postgres", "postgresql", "postgresql+psycopg"):
        with closing(Database(f"{name}://{url.split('://', 1)[1]}")) as database:
            assert database.is_current()


def tables(url: str) -> set[str]:
    with changing(url) as connection:
        return set(inspect(connection).get_table_names())


@contextmanager
def changing(url: str) -> Iterator[Connection]:
    """Change the tables themselves. Nothing is left open, however the test ends."""
    engine = migration_engine(url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()
