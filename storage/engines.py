"""How we connect. PostgreSQL needs little; SQLite is told to be careful and patient.

SQLite lets one connection write at a time. We give it exactly one, so writers wait in our own
fair queue instead of in SQLite's unfair one, and BEGIN IMMEDIATE takes the lock before reading,
so nobody decides on something that has changed meanwhile. Readers have an engine of their own.
"""

from sqlite3 import OperationalError
from time import sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

PATIENCE = {"connect_timeout": 10}  # seconds; PostgreSQL may be away without saying so
PRAGMAS = ("busy_timeout=30000", "synchronous=NORMAL")
TRIES, PAUSE = 600, 0.05  # seconds between them: as patient as the busy timeout
WRITER = (*PRAGMAS, "foreign_keys=ON")
READER = (*PRAGMAS, "query_only=ON")
REBUILDER = (*PRAGMAS, "foreign_keys=OFF")  # a table that others point at is copied and replaced


class BadDatabaseUrl(ValueError):
    """The database's address is none that we can use. Its text never shows the address."""


def write_engine(url: str) -> Engine:
    """Return the engine for those who change something.

    :raises BadDatabaseUrl: *url* is neither SQLite's nor PostgreSQL's
    """
    where = _address(url)
    if where.get_backend_name() == "postgresql":
        return _engine(where, pool_pre_ping=True, connect_args=PATIENCE)
    return _sqlite(_engine(where, pool_size=1, max_overflow=0), "BEGIN IMMEDIATE", WRITER)


def read_engine(url: str) -> Engine:
    """Return the engine for those who only look.

    :raises BadDatabaseUrl: *url* is neither SQLite's nor PostgreSQL's
    """
    where = _address(url)
    if where.get_backend_name() == "postgresql":
        read_only = {"postgresql_readonly": True}
        return _engine(
            where, pool_pre_ping=True, connect_args=PATIENCE, execution_options=read_only
        )
    return _sqlite(_engine(where), "BEGIN", READER)


def migration_engine(url: str) -> Engine:
    """Return an engine that changes the tables themselves, and keeps no connection afterwards.

    :raises BadDatabaseUrl: *url* is neither SQLite's nor PostgreSQL's
    """
    where = _address(url)
    if where.get_backend_name() == "postgresql":
        return _engine(where, connect_args=PATIENCE)
    return _sqlite(_engine(where), "BEGIN IMMEDIATE", REBUILDER)


def _address(url: str) -> URL:
    """Read *url*; ``postgres://`` and ``postgresql://`` both mean psycopg."""
    try:
        where = make_url(url)
    except ArgumentError:
        where = URL.create("unreadable")
    if where.drivername in {"postgres", "postgresql"}:
        return where.set(drivername="postgresql+psycopg")
    if where.drivername in {"sqlite", "postgresql+psycopg"}:
        return where
    raise BadDatabaseUrl("a database URL begins with sqlite:/// or postgresql://")


def _engine(where: URL, **options: Any) -> Engine:
    return create_engine(where, hide_parameters=True, **options)  # errors are logged; values never


def _sqlite(engine: Engine, begin: str, pragmas: tuple[str, ...]) -> Engine:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _: object) -> None:
        connection.isolation_level = None  # Python's driver must not begin anything by itself.
        _write_ahead(connection)
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _write_ahead(connection: Any) -> None:
    """Let readers and the writer go on beside each other, which is kept in the file itself.

    SQLite does not wait for its busy timeout when others are just opening the same new file.
    """
    for tries_left in reversed(range(TRIES)):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except OperationalError:
            if not tries_left:
                raise
            sleep(PAUSE)
        else:
            return
