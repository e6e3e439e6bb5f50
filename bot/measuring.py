"""Measuring: what the tickets of a scope add up to, and which tickets are behind a figure.

The roof over storage, arrays and rules. Whoever asks has been found to have the right to.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.agreements.book import AgreementBook
from bot.bulk.columns import Columns, Sheet
from bot.bulk.cuts import Cut, cuts_of
from bot.bulk.measures import FIGURES, log_digest, places_of, rows_of
from bot.conversation import frozen_agreement
from bot.domain.agreement import Agreement, Municipality
from bot.domain.counted import Counted, Standing, count, known_at
from bot.domain.flat import flat
from bot.domain.measures import (
    Age,
    By,
    Measures,
    Row,
    Scope,
    TicketLine,
    age,
    members,
    per_thousand,
)
from bot.domain.satisfaction import Verdicts
from storage.database import Store

DAY = timedelta(days=1)
OPEN_FOR = "open_by_age."  # and a band after it: the figures of Measures.open_by_age
MOST_LINES = 100


class NoSuchFigure(Exception):
    """Nothing is counted under that name."""


def measure(store: Store, book: AgreementBook, scope: Scope, as_of: datetime) -> Measures:
    """Return what the tickets of *scope* add up to, as they were known at *as_of*.

    *book* learns the versions that tickets keep and it did not know.
    """
    agreement, found = book.newest, _found(store, book, scope, as_of)
    columns = Columns.of([Sheet.of([flat(one) for one in found.asked])])
    cuts = cuts_of(columns, scope, agreement, as_of)
    total = rows_of(columns, {"total": Cut.whole(len(columns))})["total"][""]
    rows = rows_of(columns, cuts)
    towns, last = members(scope, agreement), scope.period.last
    return Measures(
        scope=scope,
        as_of=as_of.astimezone(UTC),
        total=_with_inhabitants(total, towns, last),
        cuts={by: _each_with_inhabitants(by, cut, towns, last) for by, cut in rows.items()},
        open_by_age=_by_age(found.open, agreement, as_of),
        helped=_helped(store, scope, agreement.calendar.local_date(as_of)),
        agreements=tuple(sorted({one.agreement for one in found.asked})),
        log_digest=log_digest(columns),
    )


def tickets(
    store: Store,
    book: AgreementBook,
    scope: Scope,
    as_of: datetime,
    *,
    which: str | None = None,
    after: str | None = None,
    limit: int = MOST_LINES,
) -> Sequence[TicketLine]:
    """Return the tickets behind the figure *which* (None: «asked»), in the order they were asked.

    *which*: a name in FIGURES, such as «first_response.late», or «open_by_age.4-5». As many as the
    figure says, *limit* at a time: the next ones come *after* the number of the last.

    :raises NoSuchFigure: nothing is called *which*
    """
    found = _found(store, book, scope, as_of)
    behind = sorted(_behind(found, which or "asked", book.newest, as_of), key=_in_order)
    numbers = [one.number for one in behind]
    start = numbers.index(after) + 1 if after in numbers else 0
    return [_line(one) for one in behind[start : start + limit]]


@dataclass(frozen=True, slots=True)
class _Found:
    """The tickets *asked* in the scope, and all of it, however old, that is *open*."""

    asked: Sequence[Counted]
    open: Sequence[Counted]


def _found(store: Store, book: AgreementBook, scope: Scope, as_of: datetime) -> _Found:
    zone = book.newest.calendar.zone
    start, end = _span(scope, zone)
    asked = [
        one
        for one in _counted(store, book, end, as_of)
        if one.cooperation == scope.cooperation and _is_in(one, scope)
    ]
    return _Found(
        asked=[one for one in asked if one.asked_at >= start],
        open=[one for one in asked if one.standing is Standing.OPEN],
    )


def _counted(
    store: Store, book: AgreementBook, end: datetime, as_of: datetime
) -> Iterator[Counted]:
    for ticket, log in store.tickets.asked_between(datetime.min.replace(tzinfo=UTC), end):
        if known := known_at(ticket, log, as_of):
            yield count(*known, frozen_agreement(ticket, book, store), as_of)


def _span(scope: Scope, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return from when to before when (UTC) the tickets of *scope* were asked."""
    start, end = scope.period.moments(zone)
    if scope.month is None:
        return start, end
    first = date.fromisoformat(f"{scope.month}-01")
    following = (first + 31 * DAY).replace(day=1)
    begins, ends = (datetime.combine(day, time(0), tzinfo=zone) for day in (first, following))
    return max(start, begins.astimezone(UTC)), min(end, ends.astimezone(UTC))


def _is_in(one: Counted, scope: Scope) -> bool:
    wanted = (
        (scope.task, one.task or ""),
        (scope.side, one.side),
        (scope.priority, one.priority),
    )
    is_there = scope.municipalities is None or one.municipality in scope.municipalities
    return is_there and all(want is None or want == has for want, has in wanted)


def _behind(found: _Found, which: str, agreement: Agreement, as_of: datetime) -> Sequence[Counted]:
    if which.startswith(OPEN_FOR):
        band = which.removeprefix(OPEN_FOR)
        if band not in set(Age):
            raise NoSuchFigure(which)
        ages = ((age(agreement.calendar, one.asked_at, as_of), one) for one in found.open)
        return [one for each, one in ages if each == band]
    if which not in FIGURES:
        raise NoSuchFigure(which)
    columns = Columns.of([Sheet.of([flat(one) for one in found.asked])])
    return [found.asked[place] for place in places_of(columns, which)]


def _in_order(one: Counted) -> tuple[datetime, str]:
    return one.asked_at, one.number


def _line(one: Counted) -> TicketLine:
    return TicketLine(
        id=one.ticket,
        number=one.number,
        municipality=one.municipality,
        asked_at=one.asked_at,
        task=one.task,
        side=one.side,
        priority=one.priority,
        standing=one.standing,
        first_response=one.first_response.used,
        resolution=one.resolution.used,
    )


def _with_inhabitants(row: Row, towns: Sequence[Municipality], day: date) -> Row:
    return replace(row, per_thousand=per_thousand(row.asked, towns, day))


def _each_with_inhabitants(
    by: By, rows: Mapping[str, Row], towns: Sequence[Municipality], day: date
) -> Mapping[str, Row]:
    """Count a municipality's row by its own inhabitants, any other by all of *towns*' together."""
    own = {name: [town for town in towns if town.id == name] for name in rows}
    return {
        name: _with_inhabitants(row, own[name] if by is By.MUNICIPALITY else towns, day)
        for name, row in rows.items()
    }


def _by_age(
    still_open: Sequence[Counted], agreement: Agreement, as_of: datetime
) -> Mapping[Age, int]:
    ages = Counter(age(agreement.calendar, one.asked_at, as_of) for one in still_open)
    return {band: ages[band] for band in Age}


def _helped(store: Store, scope: Scope, today: date) -> Mapping[str, Verdicts]:
    """Return the verdicts of days that were over *today*: the same whenever it is asked again."""
    last = min(scope.period.last, today - DAY)
    if last < scope.period.first:
        return {}
    given = store.satisfaction.between(scope.cooperation, scope.period.first, last)
    wanted = scope.municipalities
    return {town: each for town, each in given.items() if wanted is None or town in wanted}
