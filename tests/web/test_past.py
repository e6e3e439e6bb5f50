"""The demo has a past, so that whoever tries it has figures to look at."""

from itertools import count
from uuid import UUID

from bot.agreements import HALD, parse_agreement, read_source
from bot.demo import move_in
from bot.demo.history import live_through
from bot.domain.rebuild import differences
from bot.domain.tickets import UNFINISHED
from storage.database import Database
from tests.stories import MONDAY_NINE

SOURCE = read_source(HALD)
AGREEMENT = parse_agreement(SOURCE, HALD.name)


def lives(database: Database) -> int:
    ids = count(1)
    with database.transaction() as store:
        store.agreements.keep(AGREEMENT, SOURCE, MONDAY_NINE)
        live_through(store, AGREEMENT, MONDAY_NINE, lambda: UUID(int=next(ids)))
        return store.tickets.count()


def test_every_municipality_has_asked_and_nothing_is_left_undone(database: Database) -> None:
    move_in(database, AGREEMENT)
    lives(database)
    with database.reading() as store:
        past = list(store.tickets.with_figures())
    assert {ticket.municipality for ticket, _, _ in past} == set(AGREEMENT.municipalities)
    assert [ticket.number for ticket, _, _ in past if ticket.status in UNFINISHED] == []
    assert all(ticket.last_event_at and ticket.last_event_at < MONDAY_NINE for ticket, _, _ in past)


def test_its_figures_are_what_its_logs_add_up_to(database: Database) -> None:
    move_in(database, AGREEMENT)
    lives(database)
    with database.reading() as store:
        for ticket, log, kept in store.tickets.with_figures():
            assert list(differences(ticket, kept, log, AGREEMENT)) == []


def test_the_past_is_lived_through_once(database: Database) -> None:
    move_in(database, AGREEMENT)
    assert lives(database) == lives(database) > 0
