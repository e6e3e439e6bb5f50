"""Nineteen municipalities, each measured by itself; the tickets of the bench are what they say."""

from dataclasses import replace
from datetime import date
from itertools import islice

import pytest

from bot.agreements.book import AgreementBook
from bot.cli.recount import recount
from bot.domain.measures import By, Scope
from bot.domain.periods import Period
from bot.measuring import measure, tickets
from storage.database import Database
from tests.bench.lives import END, lives
from tests.bench.million import A_LIFE, fill
from tests.bench.nineteen import NINETEEN
from tests.measures import oracle

BOOK = AgreementBook([NINETEEN])
THREE_YEARS = Scope(cooperation=NINETEEN.id, period=Period(date(2024, 1, 1), date(2026, 12, 31)))
LIVES = 12


@pytest.fixture
def filled(database: Database, database_url: str) -> Database:
    fill(database_url, list(islice(lives(7), LIVES)))
    return database


def test_every_municipality_is_measured_by_itself_and_together_they_are_all(
    filled: Database,
) -> None:
    with filled.reading() as store:
        whole = measure(store, BOOK, THREE_YEARS, END)
        assert whole.total.asked == LIVES * A_LIFE
        for town, row in whole.cuts[By.MUNICIPALITY].items():
            its = replace(THREE_YEARS, municipalities=frozenset({town}))
            alone = measure(store, BOOK, its, END)
            assert alone.total == row
            assert alone.total.asked
            lines = tickets(store, BOOK, its, END, limit=LIVES * A_LIFE)
            assert {line.municipality for line in lines} == {town}
            assert len(lines) == row.asked


def test_what_the_bench_writes_down_is_what_its_logs_add_up_to(filled: Database) -> None:
    again = list(recount(filled, BOOK))
    assert len(again) == LIVES * A_LIFE
    assert [each.differences for each in again if each.differences] == []
    with filled.reading() as store:
        found = measure(store, BOOK, THREE_YEARS, END)
        counted = oracle.counted(store, BOOK, THREE_YEARS, END)
    assert found.total == oracle.row(counted, found.total.per_thousand)
    assert found.log_digest == oracle.log_digest(counted)
