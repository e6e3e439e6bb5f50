"""A slot is found by the thread people write in, and knows where its own card stands."""

from bot.domain.people import Place, Platform
from bot.domain.tickets import SlotRole
from storage.database import Database
from tests.storage.town import KARIS_OWN, OLAS_OWN, TEAM, asked, slot_of

OLAS_MESSAGE = Place(Platform.SLACK, OLAS_OWN.channel, "1700000000.0001")


def test_a_slot_is_found_by_the_message_that_starts_its_thread(town: Database) -> None:
    slot = slot_of(asked(town))
    with town.transaction() as store:
        store.slots.open(slot, OLAS_MESSAGE)

    with town.reading() as store:
        assert store.slots.by_place(OLAS_MESSAGE) == slot
        assert store.slots.place_of(slot) == OLAS_MESSAGE


def test_the_same_thread_elsewhere_is_another(town: Database) -> None:
    slot = slot_of(asked(town))
    with town.transaction() as store:
        store.slots.open(slot, OLAS_MESSAGE)
        for platform, channel in [(Platform.SLACK, "C9"), (Platform.TEAMS, OLAS_OWN.channel)]:
            assert store.slots.by_place(Place(platform, channel, OLAS_MESSAGE.thread)) is None


def test_talk_outside_a_thread_belongs_to_no_slot(town: Database) -> None:
    slot = slot_of(asked(town))
    with town.transaction() as store:
        store.slots.open(slot, OLAS_OWN)
        assert store.slots.by_place(OLAS_OWN) is None
        assert store.slots.place_of(slot) == OLAS_OWN


def test_a_slot_that_moves_is_no_longer_found_where_it_was(town: Database) -> None:
    slot = slot_of(asked(town))
    with town.transaction() as store:
        store.slots.open(slot, OLAS_MESSAGE)
        number = store.slots.id_of(slot)
        store.slots.open(slot, KARIS_OWN)
        assert store.slots.by_place(OLAS_MESSAGE) is None
        assert store.slots.place_of(slot) == KARIS_OWN
        assert store.slots.id_of(slot) == number


def test_each_role_has_a_slot_of_its_own(town: Database) -> None:
    ticket = asked(town)
    with town.transaction() as store:
        store.slots.open(slot_of(ticket, SlotRole.TEAM), TEAM)
        assert store.slots.place_of(slot_of(ticket, SlotRole.CONTACT)) is None
        assert store.slots.id_of(slot_of(ticket, SlotRole.ASKER)) is None
