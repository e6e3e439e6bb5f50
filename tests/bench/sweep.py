"""What the sweep and the auditor cost: time in what is due, not in what is open.

``python -m tests.bench.sweep [--open N] [--due N] [--audited N] [--only sqlite|postgres]``: first N
open tickets of which none is due, then some of them due at once, with their warnings; then the
auditor over all logs of a host that has many tickets open. Times are in milliseconds. The exit
status is 1 when a sweep that finds nothing due takes 10 ms or more, as the median of fifty.
"""

import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter
from uuid import UUID

import structlog
from sqlalchemy import func, insert, select

from bot.domain.agreement import Side
from bot.domain.escalation import next_moment
from bot.domain.events import Answered, Asked, AskerWrote, Event, Reached, Routed, Taken, Via
from bot.domain.moves import opened, replayed
from bot.domain.people import PersonId
from bot.domain.tickets import TicketId
from schedules.auditor import auditor
from schedules.ticket_watch import ticket_watch
from storage.database import Database
from storage.events import row_of
from storage.models import EventRow, LetterRow, TicketRow
from storage.tickets import _columns
from tests.helpdesk import AGREEMENT, MONDAY_NINE, Helpdesk
from tests.postgres import started

OLA, KARI = PersonId("Ola"), PersonId("Kari")
MINUTE = timedelta(minutes=1)
AT_A_TIME = 5_000  # rows of one insert
ROUNDS = 50
MOST = 10  # milliseconds, for a sweep that finds nothing due
EVENT_COLUMNS = [column.name for column in EventRow.__table__.columns]


def main(words: Sequence[str]) -> int:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    options = _options(words)
    slowest = 0.0
    for name in ("sqlite", "postgres"):
        if options.only in (None, name):
            with _databases(name) as fresh:
                slowest = max(slowest, _measure(name, fresh, options))
    return 1 if slowest >= MOST else 0


def _options(words: Sequence[str]) -> Namespace:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--open", type=int, default=100_000)
    parser.add_argument("--due", type=int, default=1_000)
    parser.add_argument("--audited", type=int, default=2_000)
    parser.add_argument("--only", choices=["sqlite", "postgres"])
    return parser.parse_args(words)


@contextmanager
def _databases(name: str) -> Iterator[Callable[[], Database]]:
    if name == "postgres":
        with started() as server:
            yield lambda: Database(server.fresh_database())
        return
    with tempfile.TemporaryDirectory() as folder:
        names = iter(range(9))
        yield lambda: _migrated(f"sqlite:///{Path(folder, f'{next(names)}.db')}")


def _migrated(url: str) -> Database:
    database = Database(url)
    database.migrate()
    return database


def _measure(name: str, fresh: Callable[[], Database], options: Namespace) -> float:
    """Return the median of the sweeps that find nothing due, in milliseconds."""
    database = fresh()
    helpdesk = Helpdesk(database).opens()
    _fill(database, options.open, _just_asked)
    sweeps = [_timed(lambda: ticket_watch(helpdesk.desk)) for _ in range(ROUNDS)]
    _report(f"{name}: sweep, {options.open} open, 0 due", sweeps)
    _let_be_due(database, helpdesk, options.due)
    _report(f"{name}: sweep, {options.due} due", [_timed(lambda: ticket_watch(helpdesk.desk))])
    _say(f"{name}: letters written, {_count(database)}")
    _report(f"{name}: sweep after it", [_timed(lambda: ticket_watch(helpdesk.desk))])
    database.close()
    database = fresh()
    helpdesk = Helpdesk(database).opens()
    _fill(database, options.audited, _worked_on)
    audits = [_timed(lambda: auditor(helpdesk.desk)) for _ in range(5)]
    _report(f"{name}: audit, {options.audited} open with 6 events each", audits)
    database.close()
    return median(sweeps)


def _just_asked(number: int) -> list[Event]:
    at = MONDAY_NINE
    asked = Asked(
        at=at,
        received_at=at,
        by=OLA,
        message=f"question-{number}",
        text="Når må mva-kompensasjonen for 1. termin være sendt?",
        via=Via.DIRECT,
        task="vat",
        side=Side.HOST,
    )
    return [asked, Routed(at=at, received_at=at, to=KARI, reached=Reached.CONTACT)]


def _worked_on(number: int) -> list[Event]:
    """Return a log in which nothing is due for a while."""
    at = MONDAY_NINE - 10 * MINUTE
    when = {"at": at, "received_at": at}
    return [
        *(replace(event, **when) for event in _just_asked(number)),
        Taken(**when, by=KARI),
        Answered(**when, by=KARI, message=f"answer-{number}", text="Innen 10. april."),
        AskerWrote(**when, by=OLA, message=f"more-{number}", text="Og for 6. termin?"),
        Answered(**when, by=KARI, message=f"answer-2-{number}", text="Den er sendt."),
    ]


def _fill(database: Database, number: int, log_of: Callable[[int], list[Event]]) -> None:
    """Insert *number* tickets, spread over the year's numbers, with their logs."""
    everything = (_rows(n, log_of(n)) for n in range(1, number + 1))
    with database._write.begin() as connection:
        while some := list(islice(everything, AT_A_TIME)):
            connection.execute(insert(TicketRow), [ticket for ticket, _ in some])
            connection.execute(insert(EventRow), [event for _, log in some for event in log])


def _rows(number: int, log: list[Event]) -> tuple[dict, list[dict]]:
    asked, *rest = log
    ticket = opened(
        asked,
        ticket_id=TicketId(UUID(int=number)),
        number=f"HALD-2026-{number:04}",
        cooperation=AGREEMENT.id,
        municipality="heroy",
        agreement=AGREEMENT.digest,
    )
    ticket = replayed(ticket, rest)
    moment = next_moment(log, AGREEMENT) + number % 5000 * MINUTE
    rows = (row_of(event, ticket.id, place) for place, event in enumerate(log, 1))
    events = [{name: getattr(row, name) for name in EVENT_COLUMNS} for row in rows]
    return {**_columns(ticket), "next_moment": moment}, events


def _let_be_due(database: Database, helpdesk: Helpdesk, number: int) -> None:
    """Wind the clock to when half of everybody's time is used, and let *number* be looked at."""
    helpdesk.now = MONDAY_NINE + 120 * MINUTE
    with database._write.begin() as connection:
        rows = TicketRow.__table__
        connection.execute(rows.update().values(next_moment=helpdesk.now + MINUTE))
        due = rows.update().where(rows.c.id.in_([UUID(int=n) for n in range(1, number + 1)]))
        connection.execute(due.values(next_moment=helpdesk.now))


def _count(database: Database) -> int:
    with database._read.connect() as connection:
        return connection.execute(select(func.count()).select_from(LetterRow)).scalar_one()


def _timed(work: Callable[[], None]) -> float:
    started_at = perf_counter()
    work()
    return 1000 * (perf_counter() - started_at)


def _report(what: str, taken: Iterable[float]) -> None:
    times = sorted(taken)
    _say(f"{what}: median {median(times):.1f} ms, longest {times[-1]:.1f} ms (n={len(times)})")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
