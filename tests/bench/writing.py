"""Writing: a million tickets into a database by the shortest way it has, table by table.

SQLite takes rows by the thousand, PostgreSQL a stream of lines (COPY). Values become what the
program itself would have written, by the very types of its tables.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache, partial
from typing import Any

import psycopg
from sqlalchemy import JSON, Table, make_url
from sqlalchemy.dialects import sqlite

from storage.models import Row

Keep = Callable[[Any], Any]
Add = Callable[[str, Iterable[Sequence[Any]]], None]  # a table's name, and rows of all its columns


@contextmanager
def writing(url: str) -> Iterator[Add]:
    """Hand out what adds rows to the database at *url*, and commit at the end."""
    with _in_postgres(url) if url.startswith("postgres") else _in_sqlite(url) as add:
        yield add


def rows_of(table: str, values: dict[str, Any], url: str) -> tuple[Any, ...]:
    """Return *values* in the order of the columns of *table*, as the database keeps them."""
    keepers = _in_lines(table) if url.startswith("postgres") else _in_columns(table)
    return tuple(None if values[name] is None else keep(values[name]) for name, keep in keepers)


def tables() -> dict[str, Table]:
    return dict(Row.metadata.tables)


@cache
def _in_lines(table: str) -> Sequence[tuple[str, Keep]]:
    """Return each column's name, and how PostgreSQL reads it in a line of text."""
    as_json = partial(json.dumps, ensure_ascii=False)
    columns = tables()[table].columns
    return [(each.name, as_json if isinstance(each.type, JSON) else str) for each in columns]


@cache
def _in_columns(table: str) -> Sequence[tuple[str, Keep]]:
    """Return each column's name, and how SQLite keeps it."""
    dialect = sqlite.dialect()
    processes = (
        (each.name, each.type.dialect_impl(dialect).bind_processor(dialect))
        for each in tables()[table].columns
    )
    return [(name, partial(_plain, process)) for name, process in processes]


def _plain(process: Keep | None, value: Any) -> Any:
    kept = process(value) if process else value
    return str(kept) if isinstance(kept, str) else kept


@contextmanager
def _in_sqlite(url: str) -> Iterator[Add]:
    with closing(sqlite3.connect(make_url(url).database)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA journal_mode=OFF")  # until the program opens it
        connection.execute("PRAGMA cache_size=-500000")  # kB

        def add(table: str, rows: Iterable[Sequence[Any]]) -> None:
            names = [column.name for column in tables()[table].columns]
            into = f"{table} ({','.join(names)})"  # our own tables' names
            marks = ",".join("?" * len(names))
            connection.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)  # noqa: S608
            connection.commit()

        yield add
        connection.commit()
        connection.execute("ANALYZE")


@contextmanager
def _in_postgres(url: str) -> Iterator[Add]:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain) as connection:
        connection.execute("SET session_replication_role = replica")  # whose rows are all there

        def add(table: str, rows: Iterable[Sequence[Any]]) -> None:
            names = ",".join(column.name for column in tables()[table].columns)
            with connection.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for lines in _lines(rows):
                    copy.write(lines)

        yield add
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")


def _lines(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    for row in rows:
        yield "\t".join("\\N" if value is None else _escaped(value) for value in row) + "\n"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
