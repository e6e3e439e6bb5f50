"""What the team has taught: tried once by one worker, kept with figures, deleted when revoked."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.domain.lessons import Lesson, Taught, Verdict
from bot.domain.tickets import TicketId
from storage.database import Database
from storage.taught import BUSY_FOR, NoSuchExample
from tests.stories import MONDAY_NINE, Story

SECOND = timedelta(seconds=1)
VAT = Lesson("dobbeltmoms på kulturhuset?", "vat")


def teach(database: Database, lesson: Lesson = VAT, *, cooperation: str = "hald") -> TicketId:
    story = Story(cooperation=cooperation)
    with database.transaction() as store:
        story.is_stored(store)
        store.taught.put(cooperation, TicketId(story.id), lesson, MONDAY_NINE)
    return TicketId(story.id)


def claim(database: Database, after: timedelta = timedelta(0)) -> Taught | None:
    with database.transaction() as store:
        return store.taught.claim("hald", MONDAY_NINE + after)


def settle(
    database: Database, tried: Taught, before: float, after: float, version: int = 0
) -> Verdict:
    with database.transaction() as store:
        return store.taught.settle("hald", tried, version, before, after)


def listed(database: Database) -> list[tuple[str, str | None, float | None, float | None]]:
    with database.reading() as store:
        return [(t.verdict, t.text, t.before, t.after) for t in store.taught.all("hald")]


def known(database: Database) -> tuple[int, tuple[Lesson, ...]]:
    with database.reading() as store:
        return store.taught.version("hald"), store.taught.taken("hald")


def test_what_makes_nothing_worse_is_taken(database: Database) -> None:
    teach(database)
    tried = claim(database)
    assert tried
    assert (tried.text, tried.task, tried.ticket) == (VAT.text, "vat", "HALD-2026-0001")

    assert settle(database, tried, 0.9, 0.9) is Verdict.TAKEN

    assert known(database) == (1, (VAT,))
    assert claim(database) is None


def test_what_makes_it_worse_is_not_taken_and_both_figures_are_kept(database: Database) -> None:
    teach(database)
    tried = claim(database)
    assert tried
    assert settle(database, tried, 0.9, 0.89) is Verdict.NOT_TAKEN
    assert listed(database) == [("not-taken", VAT.text, 0.9, 0.89)]
    assert known(database) == (0, ())
    assert claim(database) is None


def test_of_many_workers_one_tries_it(database: Database) -> None:
    teach(database)
    teach(database, Lesson("en annen", "payments"))
    with ThreadPoolExecutor(6) as workers:
        claimed = [one for one in workers.map(lambda _: claim(database), range(6)) if one]
    assert len(claimed) == 1


def test_a_worker_that_never_comes_back_is_not_waited_for(database: Database) -> None:
    teach(database)
    assert claim(database)
    assert claim(database, BUSY_FOR - SECOND) is None
    assert claim(database, BUSY_FOR + SECOND)


def test_a_change_of_mind_replaces_what_the_ticket_taught(database: Database) -> None:
    ticket = teach(database)
    tried = claim(database)
    assert tried
    settle(database, tried, 0.9, 0.9)

    with database.transaction() as store:
        store.taught.put("hald", ticket, Lesson(VAT.text, "payments"), MONDAY_NINE)

    assert [row[:2] for row in listed(database)] == [("replaced", None), ("waiting", VAT.text)]
    assert known(database) == (2, ())


def test_revoking_deletes_the_text_and_everybody_unlearns(database: Database) -> None:
    teach(database)
    tried = claim(database)
    assert tried
    settle(database, tried, 0.9, 0.91)

    with database.transaction() as store:
        store.taught.revoke("hald", tried.number)

    assert listed(database) == [("revoked", None, 0.9, 0.91)]
    assert known(database) == (2, ())
    with database.transaction() as store, pytest.raises(NoSuchExample):
        store.taught.revoke("hald", tried.number)


def test_what_is_revoked_while_it_is_tried_is_not_taken(database: Database) -> None:
    teach(database)
    tried = claim(database)
    assert tried
    with database.transaction() as store:
        store.taught.revoke("hald", tried.number)

    assert settle(database, tried, 0.9, 0.95) is Verdict.REVOKED
    assert known(database) == (0, ())


def test_what_was_tried_with_other_examples_than_now_is_tried_again(database: Database) -> None:
    teach(database)
    tried = claim(database)
    assert tried
    assert settle(database, tried, 0.9, 0.95, version=7) is Verdict.WAITING
    assert claim(database)


def test_another_cooperation_sees_and_revokes_nothing_of_it(database: Database) -> None:
    teach(database, cooperation="barnevern")
    assert listed(database) == []
    assert claim(database) is None
    with database.transaction() as store:
        [one] = store.taught.all("barnevern")
        with pytest.raises(NoSuchExample):
            store.taught.revoke("hald", one.number)
