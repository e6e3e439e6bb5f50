"""The chat's own memory: who sees which line, and what is new since somebody last looked."""

from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest

from bot.cards.blocks import Card
from bot.domain.people import Person, PersonId, Role
from storage.database import Database
from storage.web_messages import TEAM, may_read

NINE = datetime(2026, 3, 2, 8, tzinfo=UTC)
OLA, KARI = PersonId("ola"), PersonId("kari")
CARD, NEWER = Card(title="Mottatt"), Card(title="Tatt")


def test_a_line_is_remembered_as_it_was_written(database: Database) -> None:
    with database.transaction() as store:
        written = store.web_messages.write(OLA, "Hei 👍", NINE, author=OLA, thread="7")
    with database.reading() as store:
        assert store.web_messages.get(written.number) == written
    assert (written.text, written.author, written.thread, written.at) == ("Hei 👍", OLA, "7", NINE)


def test_a_redrawn_card_is_news_and_an_untouched_one_is_not(database: Database) -> None:
    with database.transaction() as store:
        first = store.web_messages.put(TEAM, CARD, NINE)
        store.web_messages.put(TEAM, CARD, NINE)
        seen = store.web_messages.version()
        assert store.web_messages.redraw(first.number, NEWER)
        changed = store.web_messages.changed(TEAM, KARI, seen)

    assert [(line.number, line.card) for line in changed] == [(first.number, NEWER)]


def test_a_line_that_is_not_there_cannot_be_redrawn(database: Database) -> None:
    with database.transaction() as store:
        assert not store.web_messages.redraw(99, NEWER)


def test_a_line_for_one_person_is_news_to_nobody_else(database: Database) -> None:
    with database.transaction() as store:
        store.web_messages.put(TEAM, CARD, NINE, only_to=KARI)
        hers = store.web_messages.changed(TEAM, KARI, 0)
        others = store.web_messages.changed(TEAM, OLA, 0)
        latest = store.web_messages.latest(TEAM, OLA)

    assert (len(hers), len(others), len(latest)) == (1, 0, 0)


def test_the_threads_that_woke_up_last_are_shown_whole(database: Database) -> None:
    with database.transaction() as store:
        old = store.web_messages.write(OLA, "gammel", NINE, author=OLA)
        store.web_messages.write(OLA, "glemt", NINE, author=OLA)
        new = store.web_messages.write(OLA, "ny", NINE, author=OLA)
        store.web_messages.put(OLA, CARD, NINE, thread=old.root)
        shown = store.web_messages.latest(OLA, OLA, threads=2)

    assert [line.root for line in shown] == [old.root, new.root, old.root]


def test_no_two_changes_share_a_version_though_they_come_at_once(database: Database) -> None:
    together = Barrier(4)

    def writes() -> None:
        together.wait()
        for _ in range(5):
            with database.transaction() as store:
                store.web_messages.write(OLA, "Hei", NINE, author=OLA)

    writers = [Thread(target=writes) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    with database.reading() as store:
        assert store.web_messages.version() == 20
        assert len(store.web_messages.changed(OLA, OLA, 0)) == 20


@pytest.mark.parametrize(
    ("roles", "channel", "reads"),
    [
        ({Role.HOST_TEAM}, TEAM, True),
        ({Role.LEAD}, TEAM, True),
        ({Role.ASKER}, TEAM, False),
        ({Role.MANAGER}, TEAM, False),
        ({Role.ASKER}, "ola", True),
        ({Role.LEAD}, "kari", False),
    ],
)
def test_the_teams_channel_is_the_teams_and_a_persons_is_their_own(
    roles: set[str], channel: str, *, reads: bool
) -> None:
    ola = Person(id=OLA, name="Ola", roles=frozenset(roles))
    assert may_read(ola, channel) is reads
