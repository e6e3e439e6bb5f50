"""What is done without standing in the agreement is counted, so that a meeting can decide on it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.agreements.book import AgreementBook
from bot.cli.ledger import as_json, draw
from bot.domain.agreement import Side
from bot.domain.ledger import Entry, period_before
from bot.domain.measures import Scope
from bot.domain.people import Language, Person, PersonId, Role
from bot.domain.periods import Period
from bot.domain.time_spent import TimeSpent
from bot.measuring import ledger, propose, tickets
from storage.database import Database, Store
from tests.stories import (
    AGREEMENT,
    MONDAY_NINE,
    Happening,
    Story,
    answered,
    needs_help,
    resolved,
)

BOOK = AgreementBook([AGREEMENT])
MARCH = Scope(cooperation=AGREEMENT.id, period=Period(date(2026, 3, 1), date(2026, 3, 31)))
APRIL = MONDAY_NINE + timedelta(days=35)
FEBRUARY = MONDAY_NINE - timedelta(days=14)
KARI = Person(id=PersonId("kari"), name="Kari", roles=frozenset({Role.LEAD}), language=Language.NN)


def spent(minutes: int) -> Happening:
    return lambda at: TimeSpent(at=at, received_at=at, minutes=minutes)


MONTHS = ("2026-03", "2026-04")
DONE = ((60, answered), (120, resolved), (121, spent(30)))


@pytest.fixture
def store(database: Database) -> Iterator[Store]:
    with database.transaction() as store:
        for town in ("heroy", "heroy", "donna", "donna", "heroy"):
            training(town).is_stored(store)
        training("donna", FEBRUARY).is_stored(store)
        helped().is_stored(store)
        referred().is_stored(store)
        for _ in range(4):
            Story(then=DONE).is_stored(store)
        yield store


def training(town: str, asked_at: datetime = MONDAY_NINE) -> Story:
    return Story(
        municipality=town,
        task="system-training",
        side=Side.UNSPECIFIED,
        asked_at=asked_at,
        then=DONE,
    )


def helped() -> Story:
    return Story(task="invoicing", side=Side.PARTNER, then=((1, needs_help), (60, answered)))


def referred() -> Story:
    return Story(municipality="leirfjord", task="invoicing", side=Side.PARTNER)


def test_unspecified_work_is_told_with_its_share_and_its_trend(store: Store) -> None:
    found = ledger(store, BOOK, MARCH, APRIL)
    assert found.unspecified == Entry(number=6, time=timedelta(minutes=150), before=1)
    assert (found.work.number, found.share) == (10, 60)
    assert found.share_of_time == 55  # 150 minutes of 270
    assert (found.unspecified.change, found.unspecified.percent_change) == (5, 500)
    assert [(town, one.number) for town, one in found.municipalities.items()] == [
        ("heroy", 4),
        ("donna", 2),
    ]
    assert found.before == Period(date(2026, 2, 1), date(2026, 2, 28))
    assert found.months == {"2026-03": 6}


def test_a_month_of_a_year_is_compared_with_the_month_before(store: Store) -> None:
    year = replace(MARCH, period=Period(date(2026, 1, 1), date(2026, 12, 31)))
    march, april = (ledger(store, BOOK, replace(year, month=month), APRIL) for month in MONTHS)
    assert (march.unspecified, march.before) == (
        Entry(number=6, time=timedelta(minutes=150), before=1),
        Period(date(2026, 2, 1), date(2026, 2, 28)),
    )
    assert (april.unspecified.number, april.unspecified.change) == (0, -6)


def test_a_municipality_s_own_task_asked_of_the_host_is_misdirected(store: Store) -> None:
    found = ledger(store, BOOK, MARCH, APRIL)
    assert found.misdirected.number == 2  # one was helped with, one was referred
    assert {town: one.number for town, one in found.misdirected_by.items()} == {
        "heroy": 1,
        "leirfjord": 1,
    }
    assert list(found.misdirected_tasks) == ["invoicing"]
    assert len(tickets(store, BOOK, MARCH, APRIL, which="misdirected")) == 2


def test_what_is_asked_again_and_again_belongs_in_the_agreement(store: Store) -> None:
    [training] = ledger(store, BOOK, MARCH, APRIL).proposal
    assert (training.task, training.entry.number, training.towns) == ("system-training", 5, 2)
    assert not training.is_own


def test_the_proposal_is_put_on_the_strategic_meeting_s_agenda_once(store: Store) -> None:
    store.people.introduce(KARI)
    found = ledger(store, BOOK, MARCH, APRIL)
    put = {"by": KARI, "now": APRIL, "new_id": uuid4}
    assert propose(store, found, AGREEMENT, **put) == 1
    assert propose(store, found, AGREEMENT, **put) == 0
    [wish] = store.agendas.waiting(AGREEMENT.id, "cooperation")
    assert "høyrer heime i avtalen: spurt 5 gonger frå 2 kommunar" in wish.text
    assert "HALD-" not in wish.text


def test_one_municipality_s_ledger_is_its_own(store: Store) -> None:
    its = replace(MARCH, municipalities=frozenset({"donna"}))
    found = ledger(store, BOOK, its, APRIL)
    assert (found.unspecified.number, found.unspecified.before) == (2, 1)
    assert set(found.municipalities) == {"donna"}
    assert found.proposal == ()


def test_the_ledger_is_drawn_and_told_as_json(store: Store) -> None:
    found = ledger(store, BOOK, MARCH, APRIL)
    told = json.loads(json.dumps(as_json(found)))
    assert told["unspecified"]["minutes"] == 150
    assert told["belongs_in_the_agreement"][0]["task"] == "system-training"
    assert told["compared_with"] == "2026-02-01/2026-02-28"
    drawn = StringIO()
    draw(found, AGREEMENT, Console(width=160, file=drawn))
    text = drawn.getvalue()
    assert "Unspecified: 6, 60 % of the tickets worked on, 55 % of the time put down." in text
    assert "Generell opplæring" in text
    assert "belongs in it" in text


@given(st.dates(date(2003, 1, 1), date(2090, 1, 1)), st.integers(0, 900))
def test_the_period_before_ends_where_this_one_begins(first: date, days: int) -> None:
    period = Period(first, first + timedelta(days=days))
    before = period_before(period)
    assert before
    assert before.last + timedelta(days=1) == period.first


def test_whole_months_are_compared_with_whole_months() -> None:
    quarter = Period(date(2026, 1, 1), date(2026, 3, 31))
    assert period_before(quarter) == Period(date(2025, 10, 1), date(2025, 12, 31))
    some = Period(date(2026, 3, 1), date(2026, 3, 10))
    assert period_before(some) == Period(date(2026, 2, 19), date(2026, 2, 28))
    assert period_before(Period(date(2000, 1, 1), date(2000, 12, 31))) is None
