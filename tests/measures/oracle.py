"""The measures once more, in plain loops over the logs alone: no column, no array, no shortcut."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from fractions import Fraction
from hashlib import sha256

from bot.agreements.book import AgreementBook
from bot.conversation import frozen_agreement
from bot.domain.agreement import Side
from bot.domain.counted import Counted, Reading, Standing, count, known_at
from bot.domain.measures import By, Promise, Row, Scope, Spread, Waited
from bot.domain.statistics import MEDIAN, Outcome, percentile
from bot.domain.time_spent import Spent
from storage.database import Store

REACHED = (Outcome.IN_TIME, Outcome.LATE, Outcome.UNPROMISED)


def counted(store: Store, book: AgreementBook, scope: Scope, as_of: datetime) -> list[Counted]:
    """Count every ticket of the cooperation, as it was known then, and keep what *scope* is of."""
    found = []
    for ticket, log, _ in store.tickets.with_figures():
        known = known_at(ticket, log, as_of)
        if known and ticket.cooperation == scope.cooperation:
            one = count(*known, frozen_agreement(ticket, book, store), as_of)
            if is_in(one, scope, book):
                found.append(one)
    return found


def is_in(one: Counted, scope: Scope, book: AgreementBook) -> bool:
    day = book.newest.calendar.local_date(one.asked_at)
    return (
        scope.period.first <= day <= scope.period.last
        and (scope.municipalities is None or one.municipality in scope.municipalities)
        and scope.task in {None, one.task or ""}
        and scope.side in {None, one.side}
        and scope.priority in {None, one.priority}
        and scope.month in {None, f"{day:%Y-%m}"}
    )


def row(tickets: Sequence[Counted], per_thousand: Fraction | None = None) -> Row:
    standings = [one.standing for one in tickets]
    kinds = (each for each in Standing if each is not Standing.RESOLVED)
    return Row(
        asked=len(tickets),
        answered=sum(one.first_response.outcome in REACHED for one in tickets),
        **{kind: standings.count(kind) for kind in kinds},
        left_late=sum(one.left_late for one in tickets),
        reopened=sum(one.reopened for one in tickets),
        retasked=sum(one.retasked for one in tickets),
        misdirected=sum(one.task_side is Side.PARTNER for one in tickets),
        first_response=promise(one.first_response for one in tickets),
        next_response=promise(one.next_response for one in tickets),
        first_resolution=promise(one.first_resolution for one in tickets),
        resolution=promise(one.resolution for one in tickets),
        waited_for_asker=waited(one.waited_for_asker for one in tickets),
        waited_for_third_party=waited(one.waited_for_third_party for one in tickets),
        spent=Spent(
            sum(bool(one.spent) for one in tickets),
            sum((one.spent for one in tickets), timedelta(0)),
        ),
        per_thousand=per_thousand,
    )


def promise(readings: Iterable[Reading]) -> Promise:
    every = list(readings)
    outcomes = [reading.outcome for reading in every]
    times = sorted(reading.used for reading in every if reading.used is not None)
    return Promise(**{each: outcomes.count(each) for each in Outcome}, spread=Spread.of(times))


def waited(times: Iterable[timedelta]) -> Waited:
    some = sorted(time for time in times if time)
    total = sum(some, timedelta(0))
    return Waited(number=len(some), total=total, median=percentile(some, MEDIAN))


def cut(tickets: Sequence[Counted], by: By, book: AgreementBook) -> Mapping[str, list[Counted]]:
    """Return the tickets of each row in which there are any."""
    local_date = book.newest.calendar.local_date
    row_of: Mapping[By, Callable[[Counted], str]] = {
        By.MUNICIPALITY: lambda one: one.municipality,
        By.TASK: lambda one: one.task or "",
        By.SIDE: lambda one: one.side,
        By.PRIORITY: lambda one: one.priority,
        By.MONTH: lambda one: f"{local_date(one.asked_at):%Y-%m}",
    }
    rows: dict[str, list[Counted]] = {}
    for one in tickets:
        rows.setdefault(str(row_of[by](one)), []).append(one)
    return rows


def log_digest(tickets: Iterable[Counted]) -> str:
    in_order = sorted(tickets, key=lambda one: one.number)
    return sha256("".join(one.digest for one in in_order).encode()).hexdigest()


def added(rows: Iterable[Row]) -> Mapping[str, object]:
    """Return the sum of all that can be summed. A percentile cannot, nor can a rate."""
    sums: dict[str, object] = {}
    for each in rows:
        for name, value in _numbers(each, ""):
            sums[name] = sums[name] + value if name in sums else value
    return {name: value for name, value in sums.items() if value}


def _numbers(part: object, above: str) -> Iterable[tuple[str, object]]:
    for field in fields(part):
        value = getattr(part, field.name)
        if isinstance(value, Promise | Spread | Waited | Spent):
            yield from _numbers(value, f"{above}{field.name}.")
        elif field.name not in {"median", "p90", "p95", "per_thousand"}:
            yield f"{above}{field.name}", value
