"""A ticket has a number, a log, and a row that is what the log adds up to."""

from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain import Refusal, events
from bot.domain.agreement import Side
from bot.domain.events import Reached, Skipped
from bot.domain.moves import AlreadyTaken
from bot.domain.people import PersonId
from bot.domain.tickets import Status, TicketId
from storage.database import Database
from storage.tickets import AlreadyAsked, ChangedMeanwhile, NoSuchTicket
from tests.storage.town import (
    KARI,
    MINUTE,
    NOW,
    OLA,
    PER,
    SECOND,
    TEAM,
    answered,
    ask,
    asked,
    slot_of,
    taken,
)


def test_numbers_follow_each_other_within_a_year(town: Database) -> None:
    with town.transaction() as store:
        numbers = [ask(store, year=year).number for year in (2026, 2026, 2027, 2026)]

    assert numbers == ["HALD-2026-0001", "HALD-2026-0002", "HALD-2027-0001", "HALD-2026-0003"]


def test_a_number_that_was_rolled_back_is_given_out_again(town: Database) -> None:
    with town.transaction() as store, suppress(Refusal), store.savepoint():
        ask(store)
        raise Refusal

    assert asked(town).number == "HALD-2026-0001"


def test_a_ticket_is_found_by_its_number_however_it_is_typed(town: Database) -> None:
    ticket = asked(town)
    with town.reading() as store:
        assert store.tickets.by_number(" hald-2026-0001 ") == ticket
        assert store.tickets.by_number("HALD-2026-0002") is None


def test_a_ticket_is_read_back_as_it_was_opened(town: Database) -> None:
    ticket = asked(town)
    with town.reading() as store:
        assert store.tickets.get(ticket.id) == ticket
        assert store.tickets.replayed(ticket.id) == ticket


def test_a_ticket_that_never_was_is_refused_in_words(town: Database) -> None:
    with town.transaction() as store, pytest.raises(NoSuchTicket) as refusal:
        store.tickets.get(TicketId(UUID(int=404)))

    assert refusal.value.key == "refusal.no_such_ticket"


def test_an_event_moves_the_ticket_and_stands_in_its_log(town: Database) -> None:
    ticket = asked(town)
    with town.transaction() as store:
        moved = store.tickets.record(ticket, taken())

    with town.reading() as store:
        assert store.tickets.get(ticket.id) == moved
        assert (moved.status, moved.taken_by) == (Status.TAKEN, KARI)
        assert [event.kind for event in store.tickets.log(ticket.id)] == ["asked", "taken"]


def test_every_word_of_an_event_is_kept(town: Database) -> None:
    """Names, times with their fractions, and what is nested: all come back as they went in."""
    ticket = asked(town)
    away = Skipped(step=Reached.CONTACT, who="kari", until=NOW + MINUTE)
    precise = datetime(2026, 3, 2, 8, 0, 0, 123456, tzinfo=UTC)
    routed = events.Routed(
        at=precise, received_at=NOW, to=PER, reached=Reached.DEPUTY, skipped=(away,)
    )
    changed = events.TaskChanged(at=NOW, received_at=NOW, by=PER, task="vat", side=Side.HOST)
    with town.transaction() as store:
        store.tickets.record(store.tickets.record(ticket, routed), changed)

    with town.reading() as store:
        assert store.tickets.log(ticket.id)[1:] == (routed, changed)


def test_a_refused_move_leaves_nothing_behind(town: Database) -> None:
    ticket = asked(town)
    with town.transaction() as store:
        ticket = store.tickets.record(ticket, taken())
        with pytest.raises(AlreadyTaken):
            store.tickets.record(ticket, taken(PER))

    with town.reading() as store:
        assert store.tickets.get(ticket.id) == ticket
        assert len(store.tickets.log(ticket.id)) == 2


def test_what_was_undone_is_not_remembered(town: Database) -> None:
    """A handler that fails leaves nothing behind for what is done after it."""
    ticket = asked(town)
    with town.transaction() as store:
        with suppress(Refusal), store.savepoint():
            store.tickets.record(store.tickets.get(ticket.id), taken())
            store.slots.open(slot_of(ticket), TEAM)
            raise Refusal
        assert store.tickets.get(ticket.id) == ticket
        assert len(store.tickets.log(ticket.id)) == 1
        assert store.slots.place_of(slot_of(ticket)) is None
        moved = store.tickets.record(ticket, taken(PER))

    with town.reading() as store:
        assert store.tickets.get(ticket.id) == store.tickets.replayed(ticket.id) == moved


def test_who_builds_on_an_old_reading_is_stopped(town: Database) -> None:
    ticket = asked(town)
    with town.transaction() as store:
        store.tickets.record(ticket, taken())
        with pytest.raises(ChangedMeanwhile):
            store.tickets.record(ticket, answered("I morgen."))


def test_a_persons_message_is_known_by_its_key(town: Database) -> None:
    ticket = asked(town)
    with town.transaction() as store:
        store.tickets.record(ticket, answered("I morgen.", message="answer-7"))

    with town.reading() as store:
        assert store.tickets.by_message("answer-7") == ticket.id
        assert store.tickets.by_message("of another's") is None


def test_one_message_becomes_one_ticket(town: Database) -> None:
    with town.transaction() as store:
        ask(store, message="the same")
        with pytest.raises(AlreadyAsked), store.savepoint():
            ask(store, message="the same")
        assert [ticket.number for ticket in store.tickets.of_asker(OLA)] == ["HALD-2026-0001"]


def test_an_error_of_the_database_does_not_tell_what_people_wrote(town: Database) -> None:
    """Errors end up in the log, and words do not belong there."""
    stranger, secret = PersonId("a stranger"), "Fødselsnummeret er 010170 12345"
    with town.transaction() as store, pytest.raises(IntegrityError) as error, store.savepoint():
        ask(store, secret, by=stranger)
    assert "ticket" in str(error.value)
    assert "010170" not in str(error.value)


def test_an_asker_sees_the_newest_first(town: Database) -> None:
    with town.transaction() as store:
        first, second = ask(store), ask(store, at=NOW + MINUTE)
        ask(store, by=PER)
        assert store.tickets.of_asker(OLA) == [second, first]
        assert store.tickets.of_asker(OLA, limit=1) == [second]


def test_the_host_has_what_is_not_over(town: Database) -> None:
    with town.transaction() as store:
        later, first, gone = ask(store, at=NOW + MINUTE), ask(store), ask(store)
        store.tickets.record(gone, events.Withdrawn(at=NOW, received_at=NOW, by=OLA))
        assert store.tickets.with_host() == [first, later]


def test_a_contacts_load_is_what_is_unfinished(town: Database) -> None:
    with town.transaction() as store:
        for _ in range(2):
            _route_to_kari(store, ask(store))
        finished = _route_to_kari(store, ask(store))
        store.tickets.record(finished, events.Resolved(at=NOW, received_at=NOW, by=KARI))
        ask(store)
        assert store.tickets.load() == {KARI: 2}


def test_a_ticket_is_looked_at_when_its_moment_has_come(town: Database) -> None:
    with town.transaction() as store:
        soon, late, never = ask(store), ask(store), ask(store)
        store.tickets.look_at(late.id, NOW + MINUTE)
        store.tickets.look_at(soon.id, NOW + SECOND)
        store.tickets.look_at(never.id, None)

    with town.transaction() as store:
        assert store.tickets.to_look_at(NOW) == []
        assert store.tickets.to_look_at(NOW + SECOND) == [soon]
        assert store.tickets.to_look_at(NOW + MINUTE) == [soon, late]
        assert store.tickets.to_look_at(NOW + MINUTE, limit=1) == [soon]


def test_a_moment_that_is_set_survives_the_next_event(town: Database) -> None:
    ticket = asked(town)
    with town.transaction() as store:
        store.tickets.look_at(ticket.id, NOW + MINUTE)
        moved = store.tickets.record(store.tickets.get(ticket.id), taken())

    with town.transaction() as store:
        assert store.tickets.to_look_at(NOW + MINUTE) == [moved]


def test_the_tickets_of_a_period_come_with_their_logs(town: Database) -> None:
    with town.transaction() as store:
        ask(store, at=NOW - SECOND)
        first, second = ask(store), ask(store, at=NOW + MINUTE - SECOND)
        ask(store, at=NOW + MINUTE)
        first = store.tickets.record(first, taken())

    with town.reading() as store:
        found = list(store.tickets.asked_between(NOW, NOW + MINUTE))
        assert [ticket for ticket, _ in found] == [first, second]
        assert [log for _, log in found] == [store.tickets.log(t.id) for t in (first, second)]


def _route_to_kari(store, ticket):
    routed = events.Routed(at=NOW, received_at=NOW, to=KARI, reached=Reached.CONTACT)
    return store.tickets.record(ticket, routed)
