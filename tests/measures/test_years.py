"""Years nobody has seen before: whatever happens in them, the figures add up again in every cut."""

from collections.abc import Mapping, Sequence
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
from bot.bulk.measures import log_digest, rows_of
from bot.domain.agreement import Side
from bot.domain.counted import Counted
from bot.domain.flat import flat
from bot.domain.measures import By, Row, Scope
from bot.domain.periods import Period
from storage.database import Database
from tests.bench.lives import END, lives
from tests.bench.nineteen import MEMBERS, NINETEEN
from tests.measures import oracle
from tests.measures.year import assert_measured_right
from tests.year import Year

THREE_YEARS = Scope(cooperation=NINETEEN.id, period=Period(date(2024, 1, 1), date(2026, 12, 31)))
SEEDS = st.integers(0, 10**9)


def nineteen_ask(seed: int, number: int) -> list[Counted]:
    return [
        replace(life.counted, number=str(n), municipality=f"oppdiktet-{n % MEMBERS + 1}")
        for n, life in enumerate(islice(lives(seed), number))
    ]


def columns_of(tickets: Sequence[Counted]) -> Columns:
    return Columns.of([Sheet.of([flat(one) for one in tickets])])


def rows_in(columns: Columns) -> Mapping[By | None, Mapping[str, Row]]:
    cuts = cuts_of(columns, THREE_YEARS, NINETEEN, END)
    return rows_of(columns, {None: Cut.whole(len(columns)), **cuts})


@settings(max_examples=15)
@given(SEEDS, st.integers(1, 80))
def test_three_random_years_of_nineteen_municipalities_add_up(seed: int, number: int) -> None:
    tickets = nineteen_ask(seed, number)
    rows = rows_in(columns_of(tickets))
    total = rows[None][""]
    assert total == oracle.row(tickets)
    for by in By:
        assert oracle.added(rows[by].values()) == oracle.added([total])
        groups = oracle.cut(tickets, by, AgreementBook([NINETEEN]))
        assert {name: rows[by][name] for name in groups} == {
            name: oracle.row(some) for name, some in groups.items()
        }


@settings(max_examples=15)
@given(SEEDS, st.integers(1, 80), st.sampled_from(Side))
def test_a_side_s_tickets_taken_out_add_up_to_what_they_do_by_themselves(
    seed: int, number: int, side: Side
) -> None:
    tickets = nineteen_ask(seed, number)
    columns = columns_of(tickets)
    taken = columns.only(columns.has("side", side[0]))
    alone = columns_of([one for one in tickets if one.side is side])
    assert rows_in(taken) == rows_in(alone)
    assert log_digest(taken) == log_digest(alone)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1, 7))
def test_a_random_year_through_all_conversations_adds_up(
    seed: int, database: Database, database_url: str
) -> None:
    year = Year(database, database_url, tickets=400, days=365, acts=10, seed=seed)
    with closing(year):
        assert year.passes() == []
    assert_measured_right(database_url, days=365)
