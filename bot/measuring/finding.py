"""Finding: the tickets of a scope, most of them from their columns, the rest from their logs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.agreements.book import AgreementBook
from bot.bulk.columns import Columns, Sheet
from bot.conversation import frozen_agreement
from bot.domain.agreement import Agreement
from bot.domain.counted import Counted, Standing, count, known_at
from bot.domain.flat import flat
from bot.domain.measures import Scope
from storage.database import Store
from storage.measures import Wanted

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Found:
    """The tickets asked in the scope, as *columns*, and all of it, however old, that is *open*.

    *agreements* are those of the former.
    """

    columns: Columns
    open: Columns
    agreements: frozenset[str]


def found_in(store: Store, book: AgreementBook, scope: Scope, as_of: datetime) -> Found:
    """Return the tickets of *scope* as they were known at *as_of*.

    What has been written down once and for all is read as it is; the rest is counted from its log.
    *book* learns the versions that tickets keep and it did not know.
    """
    wanted = _wanted(scope, version_for(book, scope, as_of).calendar.zone)
    rest = list(_unsettled(store, book, scope, wanted, as_of))
    asked = [one for one in rest if one.asked_at >= wanted.start]
    still_open = [one for one in rest if one.standing is Standing.OPEN]
    settled = Sheet(*store.measures.final(wanted, as_of))
    kept = store.measures.agreements(wanted, as_of)
    return Found(
        columns=Columns.of([settled, Sheet.of([flat(one) for one in asked])]),
        open=Columns.of([Sheet.of([flat(one) for one in still_open])]),
        agreements=frozenset(kept | {one.agreement for one in asked}),
    )


def version_for(book: AgreementBook, scope: Scope, as_of: datetime) -> Agreement:
    """Return the version that names the rows: that of the period's last day, or else of *as_of*.

    Never one that came later, so that the same figures can be made again when there is one.
    """
    today = book.newest.calendar.local_date(as_of)
    return book.current(min(scope.period.last, today))


def _unsettled(
    store: Store, book: AgreementBook, scope: Scope, wanted: Wanted, as_of: datetime
) -> Iterator[Counted]:
    """Yield what is counted from its log, as it was known at *as_of*, of those in *scope*."""
    for ticket, log in store.measures.unsettled(wanted, as_of):
        known = known_at(ticket, log, as_of)
        if known and ticket.asked_at < wanted.end:
            one = count(*known, frozen_agreement(ticket, book, store), as_of)
            if _is_in(one, scope):
                yield one


def _wanted(scope: Scope, zone: ZoneInfo) -> Wanted:
    start, end = _span(scope, zone)
    letters = {"side": scope.side, "priority": scope.priority}
    return Wanted(
        cooperation=scope.cooperation,
        start=start,
        end=end,
        municipalities=scope.municipalities,
        asker=scope.asker,
        task=scope.task,
        letters={name: value[0] for name, value in letters.items() if value},
    )


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
    return all(want is None or want == has for want, has in wanted)
