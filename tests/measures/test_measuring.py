"""What a reader asks the store for: figures as they were known at a time, and their tickets."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from bot.agreements.book import AgreementBook
from bot.domain.agreement import Priority, Side
from bot.domain.measures import Age, By, Measures, Row, Scope
from bot.domain.periods import Period
from bot.measuring import NoSuchFigure, measure, tickets
from storage.database import Database, Store
from tests.stories import (
    AGREEMENT,
    MONDAY_NINE,
    Story,
    answered,
    asked_back,
    needs_help,
    replied,
    resolved,
)

BOOK = AgreementBook([AGREEMENT])
MARCH = Scope(cooperation=AGREEMENT.id, period=Period(date(2026, 3, 1), date(2026, 3, 31)))
APRIL = MONDAY_NINE + timedelta(days=35)
HOUR, DAY = 60, 24 * 60
LATE = ((6 * HOUR, answered), (7 * HOUR, resolved))
IN_TIME = ((HOUR, answered), (2 * HOUR, resolved))


def asked(store: Store, scope: Scope = MARCH, as_of=APRIL) -> Measures:
    return measure(store, BOOK, scope, as_of)


@pytest.fixture
def store(database: Database):
    with database.transaction() as store:
        yield store


def test_a_report_made_again_knows_no_more_than_it_did(store: Store) -> None:
    Story(then=((HOUR, asked_back), (5 * DAY, replied), (5 * DAY + HOUR, resolved))).is_stored(
        store
    )
    then = MONDAY_NINE + timedelta(days=1)
    before = asked(store, as_of=then)
    assert (before.total.open, before.total.resolution.reached) == (1, 0)
    assert before.open_by_age[Age.TO_3] == 1
    now = asked(store)
    assert (now.total.open, now.total.resolution.reached) == (0, 1)
    assert before.log_digest != now.log_digest
    assert asked(store, as_of=then) == before


def test_a_report_made_again_under_a_newer_agreement_is_the_same(store: Store) -> None:
    for asked_at in (MONDAY_NINE, MONDAY_NINE + timedelta(days=35)):
        Story(asked_at=asked_at).is_stored(store)
    newcomer = replace(AGREEMENT.municipalities["donna"], id="newcomer", joined=2026)
    newer = replace(
        AGREEMENT,
        effective_from=date(2026, 6, 1),
        digest="newer",
        municipalities={**AGREEMENT.municipalities, "newcomer": newcomer},
        tasks=dict(reversed(AGREEMENT.tasks.items())),
    )
    before = asked(store)
    both = AgreementBook([AGREEMENT, newer])
    again = measure(store, both, MARCH, APRIL)
    assert again == before
    assert list(again.cuts[By.MUNICIPALITY]) == list(AGREEMENT.municipalities)
    june = replace(MARCH, period=Period(date(2026, 4, 1), date(2026, 6, 30)))
    rows = measure(store, both, june, APRIL + timedelta(days=90)).cuts[By.MUNICIPALITY]
    assert "newcomer" in rows


def test_what_was_not_asked_yet_is_not_known(store: Store) -> None:
    Story().is_stored(store)
    assert asked(store, as_of=MONDAY_NINE - timedelta(minutes=1)).total == Row(
        per_thousand=Fraction(0)
    )


def test_what_is_open_is_counted_however_old_it_is(store: Store) -> None:
    Story(asked_at=MONDAY_NINE - timedelta(days=14)).is_stored(store)
    Story().is_stored(store)
    found = asked(store, as_of=MONDAY_NINE + timedelta(hours=8))
    assert found.total.asked == 1  # the older was asked in February
    assert found.open_by_age == {**dict.fromkeys(Age, 0), Age.TODAY: 1, Age.TO_10: 1}
    lines = tickets(store, BOOK, MARCH, APRIL, which="open_by_age.21+")
    assert len(lines) == 2


def test_a_municipality_is_counted_by_its_own_inhabitants(store: Store) -> None:
    for town in ("heroy", "heroy", "donna"):
        Story(municipality=town).is_stored(store)
    found = asked(store)
    assert found.cuts[By.MUNICIPALITY]["heroy"].per_thousand == Fraction(2000, 1880)
    assert found.total.per_thousand == Fraction(3000, 13217)
    ours = asked(store, Scope(**{**slots(MARCH), "municipalities": frozenset({"donna"})}))
    assert (ours.total.asked, ours.total.per_thousand) == (1, Fraction(1000, 1441))
    assert list(ours.cuts[By.MUNICIPALITY]) == ["donna"]


def test_filters_narrow_what_is_counted(store: Store) -> None:
    Story(then=LATE).is_stored(store)
    Story(task="invoicing", side=Side.PARTNER, then=((1, needs_help),)).is_stored(store)
    Story(asked_at=MONDAY_NINE + timedelta(days=40)).is_stored(store)
    year = {**slots(MARCH), "period": Period(date(2026, 1, 1), date(2026, 12, 31))}
    for filters, number in (
        ({}, 3),
        ({"task": "vat"}, 2),
        ({"task": ""}, 0),
        ({"side": Side.UNSPECIFIED}, 1),
        ({"priority": Priority.URGENT}, 0),
        ({"month": "2026-04"}, 1),
        ({"month": "2026-03", "task": "vat"}, 1),
        ({"municipalities": frozenset({"donna"})}, 0),
        ({"cooperation": "another"}, 0),
    ):
        scope = Scope(**{**year, **filters})
        assert asked(store, scope, APRIL + timedelta(days=9)).total.asked == number, filters


def test_the_tickets_behind_a_figure_come_page_by_page(store: Store) -> None:
    for minute in range(5):
        Story(asked_at=MONDAY_NINE + timedelta(minutes=minute), then=LATE).is_stored(store)
        Story(asked_at=MONDAY_NINE + timedelta(minutes=minute), then=IN_TIME).is_stored(store)
    assert asked(store).total.first_response.late == 5
    pages, after = [], None
    while page := tickets(
        store, BOOK, MARCH, APRIL, which="first_response.late", after=after, limit=2
    ):
        pages.append([line.number for line in page])
        after = page[-1].number
    assert [len(page) for page in pages] == [2, 2, 1]
    assert len({number for page in pages for number in page}) == 5
    assert len(tickets(store, BOOK, MARCH, APRIL)) == 10


def test_a_figure_that_nobody_counts_has_no_tickets_behind_it(store: Store) -> None:
    for name in ("first_response.slow", "open_by_age.7", "", "asked.x"):
        with pytest.raises(NoSuchFigure):
            tickets(store, BOOK, MARCH, APRIL, which=name or "nothing")


def slots(scope: Scope) -> dict:
    return {name: getattr(scope, name) for name in Scope.__slots__}
