"""Warnings at night, after a stop, long past their time, and many at a time."""

from datetime import timedelta

from bot.render.block_kit import block_kit
from tests.helpdesk import VAT, Helpdesk

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
HALF = "HALD-2026-0001 · 50 % av tiden til første svar er brukt"
LATE = "HALD-2026-0001 · Fristen for første svar er passert"


# Opening hours, and a program that was stopped


def test_what_falls_due_while_we_are_stopped_at_night_comes_at_opening(asked: Helpdesk) -> None:
    asked.passes(11 * HOUR)  # 20:00: closed
    asked.nobody_heard_more()

    asked.passes(12 * HOUR)  # Tuesday 08:00

    assert asked.hears("Kari") == asked.hears("Randi") == [LATE]
    asked.forgets()


def test_after_a_stop_only_the_last_warning_comes_and_only_once(asked: Helpdesk) -> None:
    asked.passes(6 * HOUR)
    asked.passes(HOUR / 4)

    assert asked.hears("Kari") == asked.hears("Randi") == [LATE]
    asked.forgets()


def test_what_is_long_past_is_put_down_and_not_told(asked: Helpdesk) -> None:
    asked.answers("Kari", "Jeg ser på det.")
    asked.forgets()

    asked.now += 2 * DAY + 5 * HOUR  # half was used on Wednesday at 08:30; it is 14:00
    asked.passes(timedelta())
    assert asked.hears("Kari") == []
    assert [event.percent for event in asked.log() if event.kind == "warned"] == [50]
    asked.forgets()


def test_that_a_deadline_has_passed_is_told_however_late(asked: Helpdesk) -> None:
    asked.passes(21 * DAY)

    assert len(asked.hears("Kari")) == 2  # the first answer, and the solution
    asked.forgets()


# A burst


def test_a_burst_is_one_card_for_each_person_with_what_is_late_first(asked: Helpdesk) -> None:
    asked.passes(2 * HOUR)
    for _ in range(4):
        asked.asks("Ola", VAT)
    asked.forgets()

    asked.passes(2 * HOUR)

    [told] = asked.cards_heard("Kari")
    assert told.title == "5 varsler om frister"
    tables = [(block.title, [row[0] for row in block.rows]) for block in told.body]
    assert tables == [
        ("Fristen er passert", ["HALD-2026-0001"]),
        ("Fristen nærmer seg", [f"HALD-2026-000{n}" for n in (2, 3, 4, 5)]),
    ]
    assert asked.hears("Randi") == [LATE]
    asked.forgets()


def test_few_warnings_come_each_in_a_card_of_its_own(asked: Helpdesk) -> None:
    asked.asks("Ola", VAT)
    asked.forgets()

    asked.passes(2 * HOUR)

    assert asked.hears("Kari") == [HALF, HALF.replace("0001", "0002")]


def test_a_burst_of_more_than_a_transaction_holds_is_told_in_one_sweep(asked: Helpdesk) -> None:
    for _ in range(100):
        asked.asks("Ola", VAT)
    asked.forgets()

    asked.passes(2 * HOUR)

    many, one = asked.cards_heard("Kari")
    assert (many.title, one.title) == ("100 varsler om frister", HALF.replace("0001", "0101"))
    drawn = str(block_kit(many))
    assert [n for n in range(1, 41) if f"HALD-2026-{n:04}" not in drawn] == []
    assert "60 til. Alle sakene står i køen, etter frist." in drawn
