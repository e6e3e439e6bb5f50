"""Years nobody has seen before: whatever happens in them, the figures add up again in every cut."""

from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.agreements.book import AgreementBook
from bot.bulk.columns import Columns, Sheet
from bot.bulk.cuts import Cut, cuts_of
from bot.bulk.measures import rows_of
from bot.domain.flat import flat
from bot.domain.measures import By, Scope
from bot.domain.periods import Period
from storage.database import Database
from tests.bench.lives import END, lives
from tests.bench.nineteen import MEMBERS, NINETEEN
from tests.measures import oracle
from tests.measures.year import assert_measured_right
from tests.year import Year

THREE_YEARS = Scope(cooperation=NINETEEN.id, period=Period(date(2024, 1, 1), date(2026, 12, 31)))
SEEDS = st.integers(0, 10**9)


@settings(max_examples=15)
@given(SEEDS, st.integers(1, 80))
def test_three_random_years_of_nineteen_municipalities_add_up(seed: int, number: int) -> None:
    tickets = [
        replace(life.counted, number=str(n), municipality=f"oppdiktet-{n % MEMBERS + 1}")
        for n, life in enumerate(islice(lives(seed), number))
    ]
    columns = Columns.of([Sheet.of([flat(one) for one in tickets])])
    cuts = cuts_of(columns, THREE_YEARS, NINETEEN, END)
    rows = rows_of(columns, {None: Cut.whole(number), **cuts})
    total = rows[None][""]
    assert total == oracle.row(tickets)
    for by in By:
        assert oracle.added(rows[by].values()) == oracle.added([total])
        groups = oracle.cut(tickets, by, AgreementBook([NINETEEN]))
        assert {name: rows[by][name] for name in groups} == {
            name: oracle.row(some) for name, some in groups.items()
        }


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1, 7))
def test_a_random_year_through_all_conversations_adds_up(
    seed: int, database: Database, database_url: str
) -> None:
    year = Year(database, database_url, tickets=400, days=365, acts=10, seed=seed)
    with closing(year):
        assert year.passes() == []
    assert_measured_right(database_url, days=365)
