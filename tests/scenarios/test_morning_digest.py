"""In the morning everybody in the host's team reads what they have before them, once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.cards.blocks import Table
from schedules.morning_digest import morning_digest
from tests.helpdesk import MONDAY_NINE, TEAM, VAT, Helpdesk

BANK = "Når er bankavstemmingen klar?"
TUESDAY_OPENING = datetime(2026, 3, 3, 7, tzinfo=UTC)  # 08:00 in Oslo
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
GREETING = "God morgen! Saker hos deg: 1"


@pytest.fixture
def tuesday(asked: Helpdesk) -> Helpdesk:
    """It is Tuesday, a minute before the unit opens. Kari has Ola's question from Monday."""
    asked.now = TUESDAY_OPENING - MINUTE
    return asked


def rings(helpdesk: Helpdesk) -> None:
    morning_digest(helpdesk.desk)
    helpdesk.delivers()


def test_the_contact_reads_it_when_the_unit_opens_and_once(tuesday: Helpdesk) -> None:
    rings(tuesday)
    assert tuesday.hears("Kari") == []

    for _ in range(3):
        tuesday.now += MINUTE
        rings(tuesday)

    [card] = tuesday.cards_heard("Kari")
    assert card.title == GREETING
    [table] = [block for block in card.body if isinstance(block, Table)]
    assert table.rows == (
        ("HALD-2026-0001", "Herøy", "Merverdiavgift", "mandag 2. mars kl. 13.00"),
    )
    assert [tuesday.hears(name) for name in ("Per", "Liv", "Randi", "Ola", TEAM)] == [[]] * 5


def test_the_next_morning_it_comes_again(tuesday: Helpdesk) -> None:
    tuesday.now = TUESDAY_OPENING
    rings(tuesday)
    tuesday.now += DAY
    rings(tuesday)

    assert tuesday.hears("Kari") == [GREETING] * 2


def test_two_workers_send_it_once(tuesday: Helpdesk) -> None:
    tuesday.now = TUESDAY_OPENING

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(lambda _: morning_digest(tuesday.desk), range(4)))
    tuesday.delivers()

    assert tuesday.hears("Kari") == [GREETING]


def test_a_worker_that_was_down_at_opening_sends_it_when_it_is_up(tuesday: Helpdesk) -> None:
    tuesday.now = TUESDAY_OPENING + timedelta(hours=2)
    rings(tuesday)

    assert tuesday.hears("Kari") == [GREETING]


@pytest.mark.parametrize(
    "when",
    [
        datetime(2026, 3, 7, 9, tzinfo=UTC),  # a Saturday
        datetime(2026, 4, 3, 9, tzinfo=UTC),  # Good Friday
        datetime(2026, 3, 3, 4, tzinfo=UTC),
        datetime(2026, 3, 3, 20, tzinfo=UTC),
    ],
)
def test_it_is_quiet_while_the_unit_is_closed(tuesday: Helpdesk, when: datetime) -> None:
    tuesday.now = when
    rings(tuesday)

    assert tuesday.hears("Kari") == []


def test_it_is_quiet_on_a_day_that_was_closed_afterwards(tuesday: Helpdesk) -> None:
    with tuesday.desk.database.transaction() as store:
        store.closing_days.add("hald", date(2026, 3, 3), "Flytting", MONDAY_NINE)
    tuesday.now = TUESDAY_OPENING
    rings(tuesday)

    assert tuesday.hears("Kari") == []


def test_who_is_away_gets_nothing_and_the_lead_reads_what_lies_there(tuesday: Helpdesk) -> None:
    away = (TUESDAY_OPENING - DAY, TUESDAY_OPENING + 5 * DAY)
    tuesday.has("Kari", of="alstahaug", roles={"host-team", "contact-heroy"}, away=away)
    tuesday.now = TUESDAY_OPENING
    rings(tuesday)

    assert tuesday.hears("Kari") == []
    [card] = tuesday.cards_heard("Randi")
    [table] = [block for block in card.body if isinstance(block, Table)]
    assert table.title == "Saker som ingen her har"
    assert table.rows[0][0] == "HALD-2026-0001"


def test_nothing_open_is_no_digest(tuesday: Helpdesk) -> None:
    tuesday.presses("Ola", "asker.withdraw")
    tuesday.forgets()
    tuesday.now = TUESDAY_OPENING
    rings(tuesday)

    assert [tuesday.hears(name) for name in ("Kari", "Per", "Liv", "Randi")] == [[]] * 4


def test_everybody_reads_their_own_by_deadline_in_their_language(tuesday: Helpdesk) -> None:
    tuesday.asks("Eli", BANK)
    tuesday.asks("Eli", VAT)
    tuesday.presses("Eli", "asker.urgent")
    tuesday.forgets()
    tuesday.now = TUESDAY_OPENING
    rings(tuesday)

    [card] = tuesday.cards_heard("Liv")
    assert card.title == "God morgon! Saker hos deg: 2"
    [table] = [block for block in card.body if isinstance(block, Table)]
    assert [row[0] for row in table.rows] == ["HALD-2026-0003", "HALD-2026-0002"]
    assert tuesday.hears("Kari") == [GREETING]
