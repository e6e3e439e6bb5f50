"""Two things asked in one message are offered as two tickets, and made two only by a press."""

from datetime import timedelta

import pytest

from bot.domain.events import Asked, Via
from bot.domain.joining import Linked, SplitOff
from bot.domain.tickets import Status
from tests.helpdesk import LAPTOP, MONDAY_NINE, TEAM, VAT, Helpdesk

SECOND = "Og når kjøres utbetalingene denne uka?"  # the host's, too
BOTH = f"{VAT} {SECOND}"
FIRST_NUMBER, NEW_NUMBER = "HALD-2026-0001", "HALD-2026-0002"


@pytest.fixture
def doubled(helpdesk: Helpdesk) -> Helpdesk:
    """Ola has asked two things in one message, and everybody has read that."""
    helpdesk.opens()
    helpdesk.asks("Ola", BOTH)
    helpdesk.forgets()
    return helpdesk


def test_two_things_in_a_message_are_one_ticket_until_the_asker_says_so(doubled: Helpdesk) -> None:
    assert len(doubled.tickets()) == 1
    assert doubled.ticket().question == BOTH
    assert "asker.two" in doubled.actions("Ola")
    assert SECOND in doubled.card("Ola").plain()
    assert "asker.two" not in doubled.actions(TEAM)


def test_a_press_makes_the_second_part_a_ticket_of_its_own(doubled: Helpdesk) -> None:
    doubled.presses("Ola", "asker.two")

    first, new = doubled.ticket(FIRST_NUMBER), doubled.ticket(NEW_NUMBER)
    assert first.question == BOTH
    assert new.question == SECOND
    assert new.task != first.task
    assert new.asker == "Ola"
    assert doubled.card("Ola", NEW_NUMBER).title.startswith(NEW_NUMBER)
    assert "asker.two" not in [b.action for b in doubled.card("Ola", FIRST_NUMBER).buttons()]
    doubled.forgets()


def test_the_two_tickets_know_each_other_and_the_team_is_told(doubled: Helpdesk) -> None:
    doubled.presses("Ola", "asker.two")

    told = f"Ola har delt spørsmålet i to. Denne delen er nå {NEW_NUMBER}. – {SECOND}"
    assert told in doubled.reads(TEAM)
    assert told in doubled.reads("Kari")
    [split] = [event for event in doubled.log(FIRST_NUMBER) if isinstance(event, SplitOff)]
    [linked] = [event for event in doubled.log(NEW_NUMBER) if isinstance(event, Linked)]
    assert (split.number, linked.number) == (NEW_NUMBER, FIRST_NUMBER)
    assert doubled.facts(TEAM, FIRST_NUMBER)["Hører sammen med"] == NEW_NUMBER
    doubled.forgets()


def test_the_new_tickets_clock_begins_when_the_message_came(doubled: Helpdesk) -> None:
    asked_at = doubled.now
    doubled.now = doubled.now.replace(minute=40)
    doubled.presses("Ola", "asker.two")

    asked = doubled.log(NEW_NUMBER)[0]
    assert isinstance(asked, Asked)
    assert (asked.at, asked.received_at) == (asked_at, doubled.now)
    assert asked.via is Via.SPLIT
    doubled.forgets()


def test_pressing_twice_makes_one_ticket_only(doubled: Helpdesk) -> None:
    button = doubled.button("Ola", "asker.two")
    doubled.press("Ola", button)
    doubled.forgets()
    doubled.press("Ola", button)

    assert doubled.hears("Ola") == ["Spørsmålet er allerede delt i to."]
    assert len(doubled.tickets()) == 2


def test_nobody_in_another_municipality_can_split_it(doubled: Helpdesk) -> None:
    doubled.press("Nils", doubled.button("Ola", "asker.two"))

    assert len(doubled.tickets()) == 1
    assert doubled.hears("Nils") == ["Denne saken finnes ikke, eller du har ikke tilgang til den."]


def test_a_referral_offers_the_other_question_too(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.asks("Ola", f"{LAPTOP}. Og så lurer jeg på når mva-kompensasjonen må være sendt?")
    statuses = {helpdesk.ticket().status}
    helpdesk.presses("Ola", "asker.two")

    statuses |= {ticket.status for ticket in helpdesk.tickets()}
    assert Status.OPEN in statuses
    assert len(helpdesk.tickets()) == 2
    helpdesk.forgets()


def test_two_things_asked_on_the_phone_are_offered_as_two(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.now += timedelta(hours=1)
    helpdesk.commands("Kari", "telefon")
    helpdesk.fills_in("Kari", who="ola@heroy.example", when="2026-03-02 09:30", text=BOTH)
    assert SECOND in helpdesk.card("Ola").plain()

    helpdesk.presses("Ola", "asker.two")

    first, new = helpdesk.log(FIRST_NUMBER)[0], helpdesk.log(NEW_NUMBER)[0]
    assert isinstance(first, Asked)
    assert isinstance(new, Asked)
    assert (first.via, new.via, new.text) == (Via.PHONE, Via.SPLIT, SECOND)
    assert first.at == new.at == MONDAY_NINE + timedelta(minutes=30)
    assert helpdesk.ticket(FIRST_NUMBER).task == "vat"
    assert helpdesk.ticket(NEW_NUMBER).task == "payments"
    helpdesk.forgets()


def test_one_question_is_offered_as_one(asked: Helpdesk) -> None:
    assert "asker.two" not in asked.actions("Ola")
