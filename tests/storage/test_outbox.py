"""Letters arrive at least once, each place's in order, and one that fails holds back no other's."""

from datetime import timedelta

import pytest

from bot.cards.blocks import Card
from bot.domain.people import Account, Place, Platform
from bot.domain.tickets import SlotRole
from storage.database import Database
from storage.outbox import GIVES_UP_AFTER, LEASE, Letter, NotOpened
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

OLAS_MESSAGE = Place(Platform.SLACK, OLAS_OWN.channel, "1.1")


def card(title: str) -> Card:
    return Card(title=title)


def put(town: Database, *titles: str, to: Place = TEAM) -> None:
    with town.transaction() as store:
        for title in titles:
            store.outbox.put(to=to, card=card(title), now=NOW)


def claimed(town: Database, after: timedelta = timedelta(0), limit: int = 20) -> list[Letter]:
    with town.transaction() as store:
        return list(store.outbox.claim(NOW + after, limit))


def titles(letters: list[Letter]) -> list[str]:
    return [letter.card.title for letter in letters]


def arrives(town: Database, letter: Letter, message: str = "m1", channel: str = "") -> None:
    with town.transaction() as store:
        store.outbox.sent(letter, NOW, channel=channel or letter.to.channel, message=message)


def fails(town: Database, letter: Letter, reason: str = "away", **how: object) -> bool:
    how = {"now": NOW, **how}
    with town.transaction() as store:
        return store.outbox.failed(letter, reason, **how)


def everything(town: Database) -> list[str]:
    """Deliver until nothing is left, and tell what came, in that order."""
    came: list[str] = []
    while letters := claimed(town):
        for letter in letters:
            came.append(letter.card.title)
            arrives(town, letter, f"m{letter.number}")
    return came


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


def test_what_is_said_below_a_card_goes_into_its_thread(town: Database) -> None:
    slot = slot_of(asked(town), SlotRole.TEAM)
    with town.transaction() as store:
        store.outbox.put(to=TEAM, card=card("the card"), now=NOW, slot=slot)
        store.outbox.put(to=slot, card=card("below"), now=NOW)
    [standing] = claimed(town)
    arrives(town, standing, "m7")
    [below] = claimed(town)
    assert below.to == Place(TEAM.platform, TEAM.channel, "m7")
    with town.reading() as store:
        assert store.slots.by_place(below.to) == slot


def test_the_askers_card_stands_below_their_own_message(town: Database) -> None:
    slot = slot_of(asked(town))
    with town.transaction() as store:
        store.slots.open(slot, OLAS_MESSAGE)
        store.outbox.put(to=OLAS_OWN, card=card("the card"), now=NOW, slot=slot)
        store.outbox.put(to=slot, card=card("below"), now=NOW)
    [standing] = claimed(town)
    assert standing.to == OLAS_MESSAGE
    arrives(town, standing, "m7")
    [below] = claimed(town)
    assert below.to == OLAS_MESSAGE


def test_below_a_card_that_never_arrived_is_the_place_itself(town: Database) -> None:
    slot = slot_of(asked(town), SlotRole.TEAM)
    with town.transaction() as store:
        store.outbox.put(to=TEAM, card=card("the card"), now=NOW, slot=slot)
        store.outbox.put(to=slot, card=card("below"), now=NOW)
    fails(town, claimed(town)[0], "invalid_blocks", final=True)
    assert [letter.to for letter in claimed(town)] == [TEAM]


def test_a_slot_that_stands_nowhere_cannot_be_written_to(town: Database) -> None:
    slot = slot_of(asked(town))
    with town.transaction() as store, pytest.raises(NotOpened):
        store.outbox.put(to=slot, card=card("lost"), now=NOW)


def test_a_standing_card_is_redrawn_where_it_stands(town: Database) -> None:
    slot = slot_of(asked(town), SlotRole.TEAM)
    with town.transaction() as store:
        store.outbox.put(to=TEAM, card=card("new"), now=NOW, slot=slot)
        store.outbox.redraw(slot, card("taken"), NOW)
    arrives(town, claimed(town)[0], "m7")
    [redraw] = claimed(town)
    assert (redraw.card.title, redraw.to.channel, redraw.message) == ("taken", TEAM.channel, "m7")


def test_of_several_redraws_only_the_latest_is_sent(town: Database) -> None:
    slot = _standing(town)
    with town.transaction() as store:
        for title in ("taken", "answered", "resolved"):
            store.outbox.redraw(slot, card(title), NOW)
    assert everything(town) == ["resolved"]
    with town.transaction() as store:
        store.outbox.redraw(slot, card("reopened"), NOW)
    assert everything(town) == ["reopened"]


def test_a_redraw_that_comes_while_another_is_sent_is_not_lost(town: Database) -> None:
    slot = _standing(town)
    with town.transaction() as store:
        store.outbox.redraw(slot, card("taken"), NOW)
    [on_its_way] = claimed(town)
    with town.transaction() as store:
        store.outbox.redraw(slot, card("resolved"), NOW)
    arrives(town, on_its_way, "m7")
    assert everything(town) == ["resolved"]


def test_a_redraw_refused_for_good_does_not_take_its_successor_with_it(town: Database) -> None:
    slot = _standing(town)
    with town.transaction() as store:
        store.outbox.redraw(slot, card("too large"), NOW)
    [too_large] = claimed(town)
    with town.transaction() as store:
        store.outbox.redraw(slot, card("smaller"), NOW)
    assert not fails(town, too_large, "msg_too_long", final=True)
    assert titles(claimed(town, after=2 * SECOND)) == ["smaller"]


def test_nobody_redraws_a_card_that_never_arrived(town: Database) -> None:
    slot = slot_of(asked(town), SlotRole.TEAM)
    with town.transaction() as store:
        store.outbox.put(to=TEAM, card=card("new"), now=NOW, slot=slot)
        store.outbox.redraw(slot, card("taken"), NOW)
        store.outbox.put(to=TEAM, card=card("next"), now=NOW)
    fails(town, claimed(town)[0], "invalid_blocks", final=True)
    assert everything(town) == ["next"]


def test_redrawing_where_nothing_stands_does_nothing(town: Database) -> None:
    slot = slot_of(asked(town), SlotRole.CONTACT)
    with town.transaction() as store:
        store.outbox.redraw(slot, card("taken"), NOW)
        assert store.outbox.waiting(NOW) == 0


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


def _standing(town: Database):
    """Return the team's slot of a ticket, with its card standing there as m7."""
    slot = slot_of(asked(town), SlotRole.TEAM)
    with town.transaction() as store:
        store.outbox.put(to=TEAM, card=card("new"), now=NOW, slot=slot)
    arrives(town, claimed(town)[0], "m7")
    return slot
