"""Letters arrive at least once, each place's in order, and one that fails holds back no other's."""

from datetime import timedelta

import pytest

from bot.domain.people import Account, Place, Platform
from bot.domain.tickets import SlotRole
from storage.database import Database
from storage.outbox import GIVES_UP_AFTER, LEASE
from tests.storage.letters import arrives, card, claimed, everything, fails, put, titles
from tests.storage.town import (
    KARI,
    KARIS_OWN,
    MINUTE,
    NOW,
    OLA,
    OLAS_OWN,
    SECOND,
    TEAM,
    asked,
    slot_of,
)


def test_a_place_gets_its_letters_one_at_a_time_and_in_order(town: Database) -> None:
    put(town, "1", "2", "3")
    [first] = claimed(town)
    assert claimed(town) == []  # 2 waits until 1 has arrived, even with another replica
    arrives(town, first)
    assert everything(town) == ["2", "3"]


def test_places_do_not_wait_for_each_other(town: Database) -> None:
    put(town, "1", "2")
    put(town, "for Ola", to=OLAS_OWN)
    assert titles(claimed(town)) == ["1", "for Ola"]


def test_no_more_is_claimed_than_there_is_room_for(town: Database) -> None:
    for number in range(3):
        put(town, str(number), to=Place(Platform.SLACK, f"D{number}"))
    assert titles(claimed(town, limit=2)) == ["0", "1"]
    assert titles(claimed(town, limit=2)) == ["2"]


def test_what_is_done_does_not_come_again(town: Database) -> None:
    put(town, "1")
    assert everything(town) == ["1"]
    assert claimed(town, after=timedelta(days=30)) == []


def test_a_letter_whose_sender_died_is_sent_again(town: Database) -> None:
    put(town, "1", "2")
    claimed(town)
    assert claimed(town, after=LEASE - SECOND) == []
    assert titles(claimed(town, after=LEASE)) == ["1"]


def test_a_letter_that_failed_is_not_overtaken(town: Database) -> None:
    put(town, "1", "2")
    [first] = claimed(town)
    assert not fails(town, first)
    assert claimed(town, after=SECOND) == []
    assert titles(claimed(town, after=2 * SECOND)) == ["1"]


def test_waiting_grows_with_each_failure_up_to_five_minutes(town: Database) -> None:
    put(town, "1")
    now = timedelta(0)
    for wait in (2, 4, 8, 16, 32, 64, 128, 256, 300, 300):
        [letter] = claimed(town, after=now)
        fails(town, letter, now=NOW + now)
        now += wait * SECOND
        assert claimed(town, after=now - SECOND / 10) == []


@pytest.mark.parametrize(
    ("asked_for", "waits"),
    [(90.0, 90), (0.0, 1), (-5.0, 1), (1e12, 3600), (float("inf"), 3600), (float("nan"), 2)],
)
def test_a_platform_is_left_alone_for_as_long_as_it_asks(
    town: Database, asked_for: float, waits: int
) -> None:
    put(town, "1")
    [letter] = claimed(town)
    fails(town, letter, retry_after=asked_for)
    assert claimed(town, after=(waits - 0.1) * SECOND) == []
    assert titles(claimed(town, after=waits * SECOND)) == ["1"]


def test_a_letter_refused_for_good_lets_the_next_one_go(town: Database) -> None:
    put(town, "1", "2")
    [first] = claimed(town)
    assert fails(town, first, "channel_not_found", final=True)
    assert everything(town) == ["2"]


def test_a_letter_is_given_up_after_three_days_and_not_before(town: Database) -> None:
    put(town, "1")
    [letter] = claimed(town)
    assert not fails(town, letter, now=NOW + GIVES_UP_AFTER)
    [letter] = claimed(town, after=GIVES_UP_AFTER + MINUTE)
    assert fails(town, letter, now=NOW + GIVES_UP_AFTER + MINUTE)
    assert claimed(town, after=2 * GIVES_UP_AFTER) == []


def test_saying_something_twice_with_one_key_says_it_once(town: Database) -> None:
    with town.transaction() as store:
        for title in ("first", "again"):
            store.outbox.put(to=TEAM, card=card(title), now=NOW, once="ticket:taken")
    assert everything(town) == ["first"]


def test_a_letter_carries_whom_it_is_for_and_whose_words(town: Database) -> None:
    ticket, kari = asked(town), Account(Platform.SLACK, "T1", "U-KARI")
    with town.transaction() as store:
        store.outbox.put(
            to=TEAM, card=card("1"), now=NOW, only_to=kari, carries=(ticket.id, "answer-1")
        )
    [letter] = claimed(town)
    assert (letter.only_to, letter.carries) == (kari, (ticket.id, "answer-1"))


def test_a_person_reached_by_id_is_afterwards_known_by_channel(town: Database) -> None:
    """Slack takes a person's id for a place, and answers with the channel's own name."""
    slot, by_id = slot_of(asked(town), SlotRole.CONTACT), Place(Platform.SLACK, "U-KARI")
    with town.transaction() as store:
        store.people.link(KARI, Account(Platform.SLACK, "T1", "U-KARI"), by_id.channel)
        store.outbox.put(to=by_id, card=card("new"), now=NOW, slot=slot)
        store.outbox.put(to=slot, card=card("below"), now=NOW)
    arrives(town, claimed(town)[0], "m7", channel=KARIS_OWN.channel)
    with town.transaction() as store:
        assert store.people.place_of(KARI) == KARIS_OWN
        store.outbox.put(to=KARIS_OWN, card=card("later"), now=NOW)
    assert titles(claimed(town)) == ["below"]  # "later" stands in the same queue
    in_thread = Place(KARIS_OWN.platform, KARIS_OWN.channel, "m7")
    with town.reading() as store:
        assert store.slots.by_place(in_thread) == slot
        assert store.people.place_of(OLA) is None


def test_a_channel_that_many_read_is_never_led_into_a_private_one(town: Database) -> None:
    """Teams shows a card to one person in a conversation of their own."""
    kari = Account(Platform.SLACK, "T1", "U-KARI")
    with town.transaction() as store:
        store.outbox.put(to=TEAM, card=card("for Kari alone"), now=NOW, only_to=kari)
        store.outbox.put(to=TEAM, card=card("next"), now=NOW)
        store.outbox.put(to=TEAM, card=card("last"), now=NOW)
    for _ in range(2):
        arrives(town, claimed(town)[0], channel=KARIS_OWN.channel)
    assert [letter.to for letter in claimed(town)] == [TEAM]


def test_a_late_answer_about_a_letter_that_has_arrived_changes_nothing(town: Database) -> None:
    """The lease ran out, and two of us sent it: the second to hear is not listened to."""
    put(town, "1", "2")
    [slow] = claimed(town)
    [quick] = claimed(town, after=LEASE)
    arrives(town, quick)
    assert not fails(town, slow, final=True)
    arrives(town, slow)
    assert everything(town) == ["2"]


def test_what_is_not_sent_is_counted(town: Database) -> None:
    put(town, "1", "2", "3")
    arrives(town, claimed(town)[0])
    with town.reading() as store:
        assert store.outbox.waiting(NOW) == 2
        assert store.outbox.waiting(NOW - SECOND) == 0
