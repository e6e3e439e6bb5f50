"""A simulated year, measured: columns and logs say the same, and every cut adds up again."""

from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.agreements import AgreementBook
from bot.domain.agreement import Priority, Side
from bot.domain.counted import Standing
from bot.domain.measures import Age, Scope, age
from bot.domain.periods import Period
from bot.measuring import measure
from storage.database import Database, Store
from tests.helpdesk import AGREEMENT
from tests.measures import oracle
from tests.year import NEW_YEAR

FEBRUARY = date(2026, 2, 28)


def assert_measured_right(database_url: str, days: int) -> None:
    """Measure the year as it was known at some moments, and compare with plain loops over logs."""
    book = AgreementBook([AGREEMENT])
    year = Scope(cooperation=AGREEMENT.id, period=Period(date(2026, 1, 1), date(2026, 12, 31)))
    with closing(Database(database_url)) as database, database.reading() as store:
        for part in (0.3, 0.6, 1.5):
            as_of = NEW_YEAR + part * timedelta(days=days)
            assert_as_the_logs_say(store, book, year, as_of)
        for some in (
            replace(year, side=Side.UNSPECIFIED, priority=Priority.NORMAL),
            replace(year, month="2026-02", municipalities=frozenset({"heroy", "donna"})),
            replace(year, task="vat", period=Period(date(2026, 1, 12), date(2026, 2, 8))),
        ):
            assert_as_the_logs_say(store, book, some, as_of)


def assert_as_the_logs_say(
    store: Store, book: AgreementBook, scope: Scope, as_of: datetime
) -> None:
    found = measure(store, book, scope, as_of)
    tickets = oracle.counted(store, book, scope, as_of)
    assert len(tickets) == found.total.asked
    assert found.total == oracle.row(tickets, found.total.per_thousand)
    for by, rows in found.cuts.items():
        groups = oracle.cut(tickets, by, book)
        assert groups.keys() <= rows.keys()
        for name, row in rows.items():
            assert row == oracle.row(groups.get(name, []), row.per_thousand), (by, name)
        assert oracle.added(rows.values()) == oracle.added([found.total])
    ages = [
        age(AGREEMENT.calendar, one.asked_at, as_of)
        for one in oracle.counted(store, book, until_its_end(scope), as_of)
        if one.standing is Standing.OPEN
    ]
    assert found.open_by_age == {band: ages.count(band) for band in Age}
    assert found.log_digest == oracle.log_digest(tickets)
    assert found.agreements == tuple(sorted({one.agreement for one in tickets}))


def until_its_end(scope: Scope) -> Scope:
    last = FEBRUARY if scope.month else scope.period.last
    return replace(scope, period=Period(date(2026, 1, 1), last), month=None)
