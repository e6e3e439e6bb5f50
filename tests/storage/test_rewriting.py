"""What was said under a key is said anew where it stands, wherever that turned out to be."""

from bot.domain.people import Place, Platform
from storage.database import Database
from tests.storage.letters import arrives, card, claimed, everything, fails
from tests.storage.town import NOW

OLA = Place(Platform.SLACK, "U1")  # his id, by which his conversation with the bot is opened


def put(town: Database, title: str, once: str) -> None:
    with town.transaction() as store:
        store.outbox.put(to=OLA, card=card(title), now=NOW, once=once)


def again(town: Database, title: str, once: str) -> None:
    with town.transaction() as store:
        store.rewriting.put_once(once, card(title), NOW)


def test_a_card_is_redrawn_in_the_conversation_that_was_opened_for_it(town: Database) -> None:
    put(town, "asks", "order:1:placed:ola")
    [letter] = claimed(town)
    arrives(town, letter, "m7", channel="D1")

    again(town, "decided", "order:1:placed:ola")

    [letter] = claimed(town)
    assert (letter.card.title, letter.message, letter.to.channel) == ("decided", "m7", "D1")


def test_what_is_still_on_its_way_arrives_first(town: Database) -> None:
    put(town, "asks", "order:1:placed:ola")
    again(town, "decided", "order:1:placed:ola")

    assert everything(town) == ["asks", "decided"]


def test_what_never_arrived_is_not_redrawn_and_holds_nobody_up(town: Database) -> None:
    put(town, "asks", "order:1:placed:ola")
    [letter] = claimed(town)
    fails(town, letter, final=True)
    again(town, "decided", "order:1:placed:ola")
    again(town, "of another", "order:2:placed:ola")
    put(town, "next", "order:3:placed:ola")

    assert everything(town) == ["next"]


def test_keys_are_found_by_how_they_begin(town: Database) -> None:
    for once in (
        "order:1:placed:ola",
        "order:1:approve:x:anita",
        "order:10:placed:ola",
        "order_1:",
    ):
        put(town, "a card", once)

    with town.reading() as store:
        found = store.rewriting.keys("order:1:")
    assert found == ["order:1:placed:ola", "order:1:approve:x:anita"]
