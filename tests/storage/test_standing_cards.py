"""A ticket's card stands in one place: what is said goes below it, and it is redrawn there."""

import pytest

from bot.domain.people import Place, Platform
from bot.domain.tickets import SlotRole
from storage.database import Database
from storage.outbox import NotOpened
from tests.storage.letters import arrives, card, claimed, everything, fails, titles
from tests.storage.town import (
    NOW,
    OLAS_OWN,
    SECOND,
    TEAM,
    asked,
    slot_of,
)

OLAS_MESSAGE = Place(Platform.SLACK, OLAS_OWN.channel, "1.1")


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


def _standing(town: Database):
    """Return the team's slot of a ticket, with its card standing there as m7."""
    slot = slot_of(asked(town), SlotRole.TEAM)
    with town.transaction() as store:
        store.outbox.put(to=TEAM, card=card("new"), now=NOW, slot=slot)
    arrives(town, claimed(town)[0], "m7")
    return slot
