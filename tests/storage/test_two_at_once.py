"""Many threads on one database: nothing is done twice, and nothing is lost."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from typing import TypeVar

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.cards.blocks import Card
from bot.domain.moves import AlreadyTaken
from bot.domain.people import Person, PersonId, Place, Platform
from bot.domain.tickets import SlotRole
from storage.database import Database
from storage.outbox import Letter
from storage.tickets import AlreadyAsked
from tests.postgres import Postgres
from tests.storage.town import KARI, NOW, PER, SECOND, TEAM, answered, ask, asked, slot_of, taken

T = TypeVar("T")
THREADS = 8


def all_at_once(work: Callable[..., T], inputs: Iterable[object]) -> list[T]:
    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(work, inputs))


def test_no_letter_is_claimed_twice(town: Database) -> None:
    with town.transaction() as store:
        for number in range(24):
            store.outbox.put(to=Place(Platform.SLACK, f"D{number}"), card=card(number), now=NOW)

    def claim(_: int) -> list[str]:
        with town.transaction() as store:
            return [letter.card.title for letter in store.outbox.claim(NOW, limit=3)]

    claimed = [*all_at_once(claim, range(THREADS)), *map(claim, range(THREADS))]
    assert sorted(int(title) for titles in claimed for title in titles) == list(range(24))


def test_replicas_that_deliver_side_by_side_keep_each_place_in_order(town: Database) -> None:
    """Four replicas send to three places, and one letter to each fails at first."""
    with town.transaction() as store:
        for number in range(30):
            place = Place(Platform.SLACK, f"D{number % 3}")
            store.outbox.put(to=place, card=card(number), now=clock())
    came: dict[str, list[int]] = defaultdict(list)

    def send(letter: Letter) -> None:
        number, channel = int(letter.card.title), letter.to.channel
        with town.transaction() as store:
            if number in {1, 3, 5} and letter.attempts == 1:
                store.outbox.failed(letter, "busy", clock(), retry_after=1)
            else:
                came[channel].append(number)
                store.outbox.sent(letter, clock(), channel=channel, message=str(number))

    def deliver(_: int) -> None:
        is_waiting = True
        while is_waiting:
            with town.transaction() as store:
                letters = store.outbox.claim(clock(), limit=2)
                is_waiting = store.outbox.waiting(clock()) > 0
            for letter in letters:
                send(letter)

    all_at_once(deliver, range(4))
    assert came == {f"D{n}": list(range(n, 30, 3)) for n in range(3)}


def test_numbers_given_out_at_once_are_distinct_and_without_gaps(town: Database) -> None:
    def open_one(_: int) -> str:
        with town.transaction() as store:
            return ask(store).number

    numbers = all_at_once(open_one, range(24))
    assert sorted(numbers) == [f"HALD-2026-{n:04}" for n in range(1, 25)]


def test_of_many_who_take_a_ticket_at_once_exactly_one_has_it(town: Database) -> None:
    ticket = asked(town)

    def take(who: PersonId) -> PersonId | None:
        with town.transaction() as store:
            try:
                store.tickets.record(store.tickets.get(ticket.id), taken(who))
            except AlreadyTaken:
                return None
            return who

    winners = [who for who in all_at_once(take, [KARI, PER] * 4) if who]
    with town.reading() as store:
        assert winners == [store.tickets.get(ticket.id).taken_by]
        assert [event.kind for event in store.tickets.log(ticket.id)] == ["asked", "taken"]


def test_no_event_is_lost(town: Database) -> None:
    ticket = asked(town)

    def write(number: int) -> None:
        with town.transaction() as store:
            answer = answered(str(number), message=f"answer-{number}")
            store.tickets.record(store.tickets.get(ticket.id), answer)

    all_at_once(write, range(40))
    with town.reading() as store:
        texts = [event.text for event in store.tickets.log(ticket.id)[1:]]
        assert sorted(texts, key=int) == [str(n) for n in range(40)]
        assert store.tickets.replayed(ticket.id) == store.tickets.get(ticket.id)


def test_two_who_mark_one_message_at_once_open_one_ticket(town: Database) -> None:
    def mark(_: int) -> bool:
        with suppress(AlreadyAsked), town.transaction() as store:
            ask(store, message="the same")
            return True
        return False

    assert all_at_once(mark, range(THREADS)).count(True) == 1


def test_two_watchers_do_not_look_at_the_same_ticket(town: Database) -> None:
    with town.transaction() as store:
        for _ in range(12):
            store.tickets.look_at(ask(store).id, NOW)

    def watch(_: int) -> list[str]:
        with town.transaction() as store:
            due = store.tickets.to_look_at(NOW, limit=2)
            for ticket in due:
                store.tickets.look_at(ticket.id, None)
            return [ticket.number for ticket in due]

    shares = [*all_at_once(watch, range(THREADS)), *map(watch, range(THREADS))]
    looked_at = [number for numbers in shares for number in numbers]
    assert sorted(looked_at) == [f"HALD-2026-{n:04}" for n in range(1, 13)]


def test_of_many_redraws_at_once_one_is_left_to_send(town: Database) -> None:
    slot = slot_of(asked(town), SlotRole.TEAM)
    with town.transaction() as store:
        store.slots.open(slot, TEAM)

    def redraw(number: int) -> None:
        with town.transaction() as store:
            store.outbox.redraw(slot, card(number), NOW)

    all_at_once(redraw, range(16))
    with town.reading() as store:
        assert store.outbox.waiting(NOW) == 1


def test_an_event_that_comes_many_times_at_once_is_new_once(town: Database) -> None:
    def is_first(_: int) -> bool:
        with town.transaction() as store:
            return store.seen.first_time("the same", NOW)

    assert all_at_once(is_first, range(16)).count(True) == 1


def test_a_daily_job_is_done_by_one_replica(town: Database) -> None:
    def is_first(_: int) -> bool:
        with town.transaction() as store:
            return store.jobs.first_on(date(2026, 3, 2), "morning")

    assert all_at_once(is_first, range(16)).count(True) == 1


def test_what_is_old_is_forgotten_and_what_is_new_is_not(town: Database) -> None:
    with town.transaction() as store:
        store.seen.first_time("old", NOW - SECOND)
        store.seen.first_time("new", NOW)
        store.seen.forget_before(NOW)
        assert store.seen.first_time("old", NOW)
        assert not store.seen.first_time("new", NOW)


def test_a_reader_cannot_write(town: Database) -> None:
    with pytest.raises(DBAPIError), town.reading() as store:
        store.seen.first_time("x", NOW)


def test_a_reader_does_not_wait_for_a_writer(town: Database) -> None:
    ticket = asked(town)
    with town.transaction() as writer:
        writer.tickets.record(writer.tickets.get(ticket.id), taken())
        with town.reading() as reader:
            assert reader.tickets.get(ticket.id) == ticket


def test_a_reader_never_sees_half_of_a_transaction(town: Database) -> None:
    with town.transaction() as store:
        store.people.introduce(Person(id=PersonId("ny"), name="Ny"))
        ask(store)
        with town.reading() as reader:
            assert [person.id for person in reader.people.everybody()] == ["kari", "ola", "per"]
            assert reader.tickets.with_host() == []


def test_the_postgres_of_the_tests_knows_norwegian(postgres: Postgres) -> None:
    matches = "SELECT to_tsvector('norwegian', 'avtalene') @@ to_tsquery('norwegian', 'avtale')"
    with closing(Database(postgres.empty_database())) as database, database.reading() as store:
        assert store._session.scalar(text(matches))


def clock() -> datetime:
    """The time as it really passes: a lease that ran out would be a letter sent twice."""
    return datetime.now(UTC)


def card(number: int) -> Card:
    return Card(title=str(number))
