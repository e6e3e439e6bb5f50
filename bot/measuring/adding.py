"""Adding: what the tickets of a scope come to, whole and in every cut."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.agreements.book import AgreementBook
from bot.bulk.columns import Columns
from bot.bulk.cuts import Cut, cuts_of
from bot.bulk.measures import log_digest, rows_of
from bot.domain.agreement import Agreement, Municipality
from bot.domain.measures import Age, By, Measures, Row, Rows, Scope, members, per_thousand
from bot.domain.satisfaction import Verdicts
from bot.measuring.ages import ages_of
from bot.measuring.finding import found_in, version_for
from storage.database import Store

DAY = timedelta(days=1)


def measure(store: Store, book: AgreementBook, scope: Scope, as_of: datetime) -> Measures:
    """Return what the tickets of *scope* add up to, as they were known at *as_of*.

    *book* learns the versions that tickets keep and it did not know.
    """
    agreement, found = version_for(book, scope, as_of), found_in(store, book, scope, as_of)
    rows = added(found.columns, scope, agreement, as_of)
    last, towns = scope.period.last, [] if scope.asker else members(scope, agreement)
    ages = Counter(ages_of(found.open, agreement.calendar, as_of))
    return Measures(
        scope=scope,
        as_of=as_of.astimezone(UTC),
        total=_with_inhabitants(rows.total, towns, last),
        cuts={by: _each_with_inhabitants(by, cut, towns, last) for by, cut in rows.cuts.items()},
        open_by_age={band: ages[band] for band in Age},
        helped=_helped(store, scope, agreement.calendar.local_date(as_of)),
        agreements=tuple(sorted(found.agreements)),
        log_digest=log_digest(found.columns),
    )


def added(columns: Columns, scope: Scope, agreement: Agreement, as_of: datetime) -> Rows:
    """Return what *columns*, the tickets of *scope*, come to; of inhabitants nothing is said."""
    cuts = cuts_of(columns, scope, agreement, as_of)
    rows = rows_of(columns, {None: Cut.whole(len(columns)), **cuts})
    return Rows(total=rows[None][""], cuts={by: rows[by] for by in cuts})


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


def _helped(store: Store, scope: Scope, today: date) -> Mapping[str, Verdicts]:
    """Return the verdicts of days that were over *today*: the same whenever it is asked again.

    Nobody knows who gave them, so of one asker alone there are none.
    """
    last = min(scope.period.last, today - DAY)
    if last < scope.period.first or scope.asker is not None:
        return {}
    given = store.satisfaction.between(scope.cooperation, scope.period.first, last)
    wanted = scope.municipalities
    return {town: each for town, each in given.items() if wanted is None or town in wanted}
