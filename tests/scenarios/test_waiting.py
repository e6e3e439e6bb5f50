"""The host asks back or waits for a third party; the asker replies, in the thread or beside it."""

from datetime import timedelta

from bot.domain.tickets import Status
from tests.helpdesk import TEAM, VAT, Helpdesk

HOUR = timedelta(hours=1)


def test_a_question_back_pauses_resolution_until_the_asker_replies(asked: Helpdesk) -> None:
    asked.presses("Kari", "ticket.ask_back", on=TEAM)
    asked.fills_in("Kari", text="")
    assert asked.problems["Kari"] == {"text": "Dette må fylles ut."}
    asked.fills_in("Kari", text="Hvilken termin?")
    assert asked.hears("Ola") == ["Kari spør deg"]
    assert asked.facts("Ola")["Løst innen"] == "Klokka står mens saken venter"
    assert asked.ticket().status is Status.WAITS_FOR_ASKER
    assert asked.hears(TEAM) == ["Kari spurte kommunen"]

    asked.now += 2 * HOUR
    asked.replies("Ola", "Takk!")
    assert asked.ticket().status is Status.WAITS_FOR_ASKER
    asked.replies("Ola", "Første termin.")

    assert asked.ticket().status is Status.TAKEN
    # three working days, ending Thursday 15.45, and the two hours that the ticket waited
    assert asked.facts("Ola")["Løst innen"] == "fredag 6. mars kl. 10.00"
    asked.forgets()


def test_a_reply_beside_the_thread_reaches_the_one_ticket_that_waits(asked: Helpdesk) -> None:
    asked.presses("Kari", "ticket.ask_back", on=TEAM)
    asked.fills_in("Kari", text="Hvilken termin?")
    asked.forgets()

    asked.says("Ola", "Første termin.")

    assert asked.hears("Ola") == ["Lagt til i HALD-2026-0001, som venter på svar fra deg"]
    assert asked.hears(TEAM) == asked.hears("Kari") == ["Ola i Herøy skrev"]
    assert asked.ticket().status is Status.TAKEN
    assert len(asked.tickets()) == 1


def test_what_was_taken_for_a_reply_can_be_made_a_new_question_once(asked: Helpdesk) -> None:
    asked.presses("Kari", "ticket.ask_back", on=TEAM)
    asked.fills_in("Kari", text="Hvilken termin?")
    asked.says("Ola", VAT)
    asked.forgets()

    for _ in range(2):
        asked.presses("Ola", "asker.new_question")

    assert asked.hears("Ola") == ["HALD-2026-0002 · Vi har fått spørsmålet ditt"]
    assert len(asked.tickets()) == 2
    asked.forgets()


def test_an_emoji_from_the_asker_is_a_reply_where_one_is_waited_for(asked: Helpdesk) -> None:
    asked.presses("Kari", "ticket.ask_back", on=TEAM)
    asked.fills_in("Kari", text="Stemmer dette?")
    asked.forgets()

    asked.reacts("Ola", "+1")
    asked.reacts("Ola", "tada")

    assert asked.ticket().status is Status.TAKEN
    assert asked.reads(TEAM) == ["Ola i Herøy skrev – :+1:"]


def test_waiting_for_a_third_party_is_seen_by_both_and_ended_by_going_on(asked: Helpdesk) -> None:
    asked.presses("Kari", "ticket.third_party", on=TEAM)
    asked.fills_in("Kari", text="banken")
    assert asked.hears("Ola") == asked.hears(TEAM) == ["Saken venter på banken"]
    assert asked.card("Ola").title == "HALD-2026-0001 · Saken venter på en tredjepart"

    asked.presses("Kari", "ticket.go_on", on=TEAM)

    assert asked.hears("Ola") == asked.hears(TEAM) == ["Kari arbeider videre med saken"]
    assert asked.ticket().status is Status.TAKEN
