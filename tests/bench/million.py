"""A million tickets of nineteen municipalities over three years, and how soon they are measured.

``python -m tests.bench.million [--tickets N] [--only sqlite|postgres]``: fills a database, then
asks for a municipality's year and for all nineteen's: the measures, the pages, the report. The
shortest and the longest of several, in seconds, and the processor's time in this process: with
others on the machine it says more. The exit status is 1 when a municipality's takes a second or
more, or all nineteen's three.
"""

import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from hashlib import sha256
from itertools import islice, repeat
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Any
from uuid import UUID

from bot.agreements.book import AgreementBook
from bot.domain.counted import canonical
from bot.domain.measures import Scope
from bot.domain.periods import Period
from bot.measuring import measure, tickets
from storage.database import Database
from storage.events import row_of
from storage.measures import columns_of
from storage.models import EventRow
from storage.tickets import _columns
from tests.bench.lives import END, KARI, OLA, Life, lives
from tests.bench.nineteen import MEMBERS, NINETEEN, SOURCE
from tests.bench.readers import page, report
from tests.bench.writing import rows_of, tables, writing
from tests.postgres import started

A_LIFE = 20  # tickets live it
YEAR, THEN = 2026, datetime(2026, 1, 5, tzinfo=UTC)
TOWN = "oppdiktet-7"
ROUNDS = 3
TOWN_YEAR, WHOLE_YEAR = 1.0, 3.0  # seconds, at the most
SEED = 20_240_101
AT_A_TIME = 20_000  # tickets

Rows = Mapping[str, list[tuple[Any, ...]]]  # by their table
Written = tuple[Life, Rows, str]  # the last: the log as its digest is taken, after the number
TABLES = ("ticket", "event", "figure", "counted")
EVENT_COLUMNS = [column.name for column in EventRow.__table__.columns]
OWN = {  # what no two tickets share, and where it stands in a row
    table: [
        (column.name, place)
        for place, column in enumerate(tables()[table].columns)
        if column.name in {"id", "ticket_id", "number", "municipality", "digest"}
        and (table, column.name) != ("event", "number")
    ]
    for table in TABLES
}


def main(words: Sequence[str]) -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=1_000_000)
    parser.add_argument("--only", choices=["sqlite", "postgres"])
    options = parser.parse_args(words)
    some = sorted(islice(lives(SEED), -(-options.tickets // A_LIFE)), key=_asked_at)
    slow = 0
    for name in ("sqlite", "postgres"):
        if options.only in (None, name):
            with _database(name) as url:
                taken = _taken(partial(fill, url, some))
                _say(f"{name}: {len(some) * A_LIFE} tickets written in {taken:.0f} s")
                slow += _measured(name, url)
    return 1 if slow else 0


def fill(url: str, some: Sequence[Life]) -> None:
    """Let each of *some* lives, in the order they were asked, be lived by A_LIFE tickets."""
    random = Random(SEED)  # noqa: S311 a simulation
    written = (_written(life, url) for life in some)
    copies = (each for life in written for each in repeat(life, A_LIFE))
    rows = (_rows(n, life, UUID(int=random.getrandbits(128)), url) for n, life in enumerate(copies))
    with writing(url) as add:
        for table, values in _surroundings():
            add(table, [rows_of(table, values, url)])
        while chunk := list(islice(rows, AT_A_TIME)):
            for table in TABLES:
                add(table, [row for each in chunk for row in each[table]])


def _asked_at(life: Life) -> datetime:
    return life.ticket.asked_at


def _surroundings() -> Iterator[tuple[str, dict[str, Any]]]:
    for who in (OLA, KARI):
        person = dict.fromkeys(("id", "name", "email"), who)
        yield "person", {**person, "language": "nb", "municipality": None, "roles": []}
    version = {"digest": NINETEEN.digest, "cooperation": NINETEEN.id, "source": SOURCE}
    begun = {
        "effective_from": NINETEEN.effective_from,
        "added_at": datetime(2024, 1, 1, tzinfo=UTC),
    }
    yield "agreement", version | begun


def _written(life: Life, url: str) -> Written:
    """Return the rows of each table that whoever lives *life* has, but for what is their own."""
    events = [row_of(event, life.ticket.id, n) for n, event in enumerate(life.log, 1)]
    values = {
        "ticket": [{**_columns(life.ticket), "next_moment": None}],
        "event": [{name: getattr(row, name) for name in EVENT_COLUMNS} for row in events],
        "figure": [{"ticket_id": life.ticket.id, "tally": life.tally}],
        "counted": [columns_of(life.counted)],
    }
    rows = {table: [rows_of(table, row, url) for row in some] for table, some in values.items()}
    return life, rows, canonical("", life.log).removeprefix('["')


def _rows(n: int, written: Written, ticket_id: UUID, url: str) -> Rows:
    """Return the rows of the *n*-th ticket, with its own id, number, municipality and digest."""
    life, rows, tail = written
    number = f"DIKT-{life.ticket.asked_at.year}-{n + 1:07}"
    id_ = str(ticket_id) if url.startswith("postgres") else ticket_id.hex
    own = {"id": id_, "ticket_id": id_, "number": number, "digest": _digest(number, tail)}
    own["municipality"] = f"oppdiktet-{n % MEMBERS + 1}"
    return {table: [_with(own, table, row) for row in rows[table]] for table in TABLES}


def _digest(number: str, tail: str) -> str:
    return sha256(f'["{number}{tail}'.encode()).hexdigest()


def _with(own: Mapping[str, str], table: str, row: tuple[Any, ...]) -> tuple[Any, ...]:
    changed = list(row)
    for name, place in OWN[table]:
        changed[place] = own[name]
    return tuple(changed)


@contextmanager
def _database(name: str) -> Iterator[str]:
    if name == "postgres":
        with started() as server:
            yield server.fresh_database()
        return
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder, 'million.db')}"
        with closing(Database(url)) as database:
            database.migrate()
        yield url


def _measured(name: str, url: str) -> int:
    """Print how long each question takes, and return how many took too long."""
    with closing(Database(url)) as database:
        slow = 0
        for what, most, work in _questions(database):
            work()
            worked_at = process_time()
            times = [_taken(work) for _ in range(ROUNDS)]
            worked = (process_time() - worked_at) / ROUNDS
            slow += max(times) >= most
            told = f"{min(times):.2f} to {max(times):.2f} s, {worked:.2f} s of work here"
            _say(f"{name}: {what}: {told}, at most {most:.0f}")
        return slow


def _questions(database: Database) -> Iterator[tuple[str, float, Callable[[], object]]]:
    """Yield what is asked, how many seconds it may take, and how it is asked."""
    book = AgreementBook([NINETEEN])
    last = Scope(cooperation=NINETEEN.id, period=Period(date(YEAR, 1, 1), date(YEAR, 12, 31)))
    before = replace(last, period=Period(date(YEAR - 1, 1, 1), date(YEAR - 1, 12, 31)))
    for whose, town, most in (
        ("a municipality's", TOWN, TOWN_YEAR),
        ("all nineteen's", None, WHOLE_YEAR),
    ):
        only = frozenset({town}) if town else None
        this, that = (replace(year, municipalities=only) for year in (last, before))
        asked = partial(_measure, database, book)
        yield f"{whose} year ({asked(this, END)} asked)", most, partial(asked, this, END)
        yield f"{whose} year before, as it was known then", most, partial(asked, that, THEN)
        behind = partial(_behind, database, book, this)
        yield f"{whose} year: a page of the tickets behind a figure", most, behind
        span = {"from": f"{YEAR}-01-01", "to": f"{YEAR}-12-31", "municipality": town or "*"}
        for path, what in (("/figures", "the page"), ("/unspecified", "the ledger's page")):
            yield f"{whose} year: {what}", most, page(database, book, END, path, **span)
        for ending in ("json", "xlsx", "pdf"):
            yield (
                f"{whose} report of a month and its year, {ending}",
                most,
                report(database, book, END, ending, town),
            )
    everybodys = page(database, book, END, "/vulnerability")
    yield "all nineteen's vulnerability over twelve months: the page", WHOLE_YEAR, everybodys


def _measure(database: Database, book: AgreementBook, scope: Scope, as_of: datetime) -> int:
    with database.reading() as store:
        return measure(store, book, scope, as_of).total.asked


def _behind(database: Database, book: AgreementBook, scope: Scope) -> int:
    with database.reading() as store:
        return len(tickets(store, book, scope, END, which="first_response.late"))


def _taken(work: Callable[[], object]) -> float:
    started_at = perf_counter()
    work()
    return perf_counter() - started_at


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
