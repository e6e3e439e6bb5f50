"""The log of a whole year, counted again: every figure comes out byte for byte as it was kept."""

from contextlib import closing
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest

from bot.agreements import AgreementBook
from bot.cli.recount import recount
from bot.conversation import frozen_agreement
from bot.domain.periods import Period
from bot.domain.tally import tally
from bot.what_if import Asked, Replaying
from storage.database import Database
from tests.helpdesk import AGREEMENT
from tests.measures.year import assert_measured_right
from tests.year import Year

SEED = 20_260_101


def test_two_hundred_tickets_counted_again_from_their_log(
    database: Database, database_url: str
) -> None:
    year = Year(database, database_url, tickets=200, days=60, acts=4, seed=SEED)
    with closing(year):
        assert year.passes() == []
    found = recounted(database_url)

    assert found["differences"] == 0
    assert found["tickets"] >= 150  # some join the thread of another, some are small talk
    assert year.did["restarted"] == 1
    assert year.did["deadlines moved by a closing day"]
    assert_measured_right(database_url, days=60)


@pytest.mark.long
def test_a_year_of_two_thousand_tickets_counted_again_from_its_log(
    database: Database, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    year = Year(database, database_url, tickets=2000, days=365, acts=12, seed=SEED)
    with closing(year):
        assert year.passes() == []
    found = recounted(database_url)
    with capsys.disabled():
        print(f"\n{found}\n{dict(year.did.most_common())}")  # noqa: T201 the figures are to be shown

    assert found["differences"] == 0
    assert found["tickets"] >= 1900
    assert year.did["deadlines moved by a closing day"]
    assert_measured_right(database_url, days=365)


def recounted(database_url: str) -> dict[str, object]:
    """Count everything again as another process would, and compare the bytes."""
    book = AgreementBook([AGREEMENT])
    with closing(Database(database_url)) as database:
        kept, anew, events = [], [], 0
        with database.reading() as store:
            for ticket, log, stored in store.tickets.with_figures():
                kept.append(stored)
                anew.append(tally(log, frozen_agreement(ticket, book, store)))
                events += len(log)
        assert_nothing_differs_under_the_same_agreement(database)
        wrong = [each for ticket in recount(database, book) for each in ticket.differences]
    assert kept == anew
    return {
        "tickets": len(kept),
        "events": events,
        "bytes": sum(len(text) for text in anew),
        "sha256": sha256("".join(anew).encode()).hexdigest(),
        "differences": len(wrong),
    }


def assert_nothing_differs_under_the_same_agreement(database: Database) -> None:
    asked = Asked(proposed=AGREEMENT, period=Period(date(2026, 1, 1), date(2026, 12, 31)))
    with database.reading() as store:
        now = datetime(2027, 1, 1, tzinfo=UTC)
        replaying = Replaying(asked, store, AgreementBook([AGREEMENT]), now)
        *_, done = replaying.steps()
        found = replaying.result
    assert found.before == found.after
    assert (found.unknown, found.left, found.sides) == (0, 0, {})
    assert done == replaying.number == found.tickets
