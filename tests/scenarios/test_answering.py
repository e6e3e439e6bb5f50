"""The host's team answers: the ticket moves, and both sides see the same."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from bot.domain.tickets import Status
from tests.helpdesk import TEAM, VAT, Helpdesk

MINUTE = timedelta(minutes=1)


def test_an_answer_goes_all_the_way_and_back(asked: Helpdesk) -> None:
    asked.presses("Kari", "ticket.take", on=TEAM)
    assert asked.hears(TEAM) == ["Kari tok saken"]
    assert asked.facts("Ola")["Status"] == "Kari har den"

    asked.answers("Kari", "Innen 10. april.")
    assert asked.reads("Ola") == ["Kari svarer – Innen 10. april."]
    assert asked.reads(TEAM) == ["Kari svarte spørreren – Innen 10. april."]
    assert asked.facts("Ola")["Første svar gitt"] == "mandag 2. mars kl. 09.00"

    asked.replies("Ola", "Gjelder det også for kirken?")
    assert asked.reads(TEAM) == ["Ola i Herøy skrev – Gjelder det også for kirken?"]
    assert asked.reads("Kari") == ["Ola i Herøy skrev – Gjelder det også for kirken?"]

    asked.answers("Kari", "Nei.")
    asked.presses("Kari", "ticket.resolve", on=TEAM)
    assert asked.hears("Ola") == ["Kari svarer", "Kari har løst saken"]
    assert asked.card("Ola").title == "HALD-2026-0001 · Saken er løst"
    assert asked.hears(TEAM) == ["Kari svarte spørreren", "Kari har løst saken"]


def test_the_second_to_take_a_ticket_is_told_who_was_first(asked: Helpdesk) -> None:
    take = asked.button(TEAM, "ticket.take")

    asked.press("Kari", take, channel=TEAM)
    asked.press("Per", take, channel=TEAM)

    assert asked.hears("Per") == ["Kari har allerede tatt saken."]
    assert asked.hears(TEAM) == ["Kari tok saken"]
    assert asked.ticket().taken_by == "Kari"


def test_of_many_who_take_at_once_exactly_one_wins(asked: Helpdesk) -> None:
    take = asked.button(TEAM, "ticket.take")
    people = ["Kari", "Per", "Liv", "Randi"] * 2
    events = [asked.pressed(name, take, channel=TEAM) for name in people]

    with ThreadPoolExecutor(8) as hands:
        list(hands.map(asked.dispatch, events))
    asked.delivers()

    winner = asked.ticket().taken_by
    assert asked.hears(TEAM) == [f"{winner} tok saken"]
    told = [title for name in set(people) for title in asked.hears(name)]
    assert len(told) == 7
    assert all(title.startswith(f"{winner} har al") for title in told)  # in bokmål or nynorsk


def test_what_the_team_writes_in_its_own_thread_stays_there(asked: Helpdesk) -> None:
    asked.replies("Kari", "Han spør hver termin …", below="team")

    assert asked.hears("Ola") == []
    assert asked.ticket().status is Status.OPEN


def test_what_a_contact_writes_below_their_own_card_is_a_note(asked: Helpdesk) -> None:
    asked.replies("Kari", "Husk å sjekke kirken", below="contact")

    assert asked.hears("Ola") == []
    assert asked.reads(TEAM) == ["Kari noterte – Husk å sjekke kirken"]
    assert len(asked.hears("Kari")) == 1


def test_a_colleague_of_the_asker_may_go_on_with_the_ticket(asked: Helpdesk) -> None:
    asked.has("Anne", of="heroy")
    thread = asked.slot_place(None, "asker").thread

    asked.says("Anne", "Jeg har mer om dette", channel="Ola", thread=thread, to_us=False)

    assert asked.reads(TEAM) == ["Anne i Herøy skrev – Jeg har mer om dette"]
    assert asked.hears("Kari") == ["Anne i Herøy skrev"]


def test_a_ticket_handed_over_comes_to_the_other_directly(asked: Helpdesk) -> None:
    asked.presses("Kari", "ticket.hand_over", on=TEAM)
    asked.fills_in("Kari", to="Liv")

    assert asked.hears("Liv") == ["HALD-2026-0001 · Herøy: Merverdiavgift"]
    assert asked.facts("Ola")["Hvem har den"] == "Liv, som har fått saken overlevert"
    assert asked.hears("Ola") == asked.hears(TEAM) == ["Kari ga saken videre til Liv"]


def test_a_ticket_is_handed_over_to_the_team_alone(asked: Helpdesk) -> None:
    asked.presses("Kari", "ticket.hand_over", on=TEAM)
    asked.fills_in("Kari", to="Nils")

    assert asked.problems["Kari"] == {"to": "Velg en av mulighetene."}
    assert asked.ticket().contact == "Kari"


def test_a_changed_task_changes_what_both_sides_see(asked: Helpdesk) -> None:
    asked.presses("Kari", "ticket.change_task", on=TEAM)
    asked.fills_in("Kari", task="bank-reconciliation")

    assert asked.hears("Ola") == asked.hears(TEAM) == ["Kari endret oppgaven til: Bankavstemming"]
    assert asked.facts("Ola")["Oppgave"] == "Bankavstemming"


def test_a_task_found_to_be_the_partners_own_becomes_a_referral(asked: Helpdesk) -> None:
    asked.presses("Kari", "ticket.change_task", on=TEAM)
    asked.fills_in("Kari", task="invoicing")

    assert asked.ticket().status is Status.REFERRED
    assert asked.actions("Ola")[0] == "asker.need_help"
    assert asked.card("Ola").title == "HALD-2026-0001 · Dette er kommunens egen oppgave"
    asked.forgets()


def test_what_nobody_has_answered_is_answered_before_it_is_resolved(asked: Helpdesk) -> None:
    asked.presses("Kari", "ticket.resolve", on=TEAM)
    assert asked.ticket().status is Status.OPEN

    asked.fills_in("Kari", text="Innen 10. april.")

    assert asked.hears("Ola") == ["Kari svarer", "Kari har løst saken"]
    assert asked.ticket().status is Status.RESOLVED
    asked.forgets()


def test_a_word_after_the_end_opens_the_same_ticket_and_thanks_do_not(asked: Helpdesk) -> None:
    asked.answers("Kari", "Innen 10. april.")
    asked.presses("Kari", "ticket.resolve", on=TEAM)
    asked.replies("Ola", "Tusen takk for hjelpa!")
    assert asked.ticket().status is Status.RESOLVED
    asked.forgets()

    asked.replies("Ola", "Men hva med kirken?")

    assert asked.ticket().status is Status.TAKEN
    assert asked.hears(TEAM) == asked.hears("Kari") == ["Ola i Herøy skrev"]
    assert len(asked.tickets()) == 1


def test_long_after_the_end_a_word_is_a_new_ticket(asked: Helpdesk) -> None:
    asked.answers("Kari", "Innen 10. april.")
    asked.presses("Kari", "ticket.resolve", on=TEAM)
    asked.forgets()
    asked.now += timedelta(days=15)

    asked.replies("Ola", VAT)

    assert [ticket.number for ticket in asked.tickets()] == ["HALD-2026-0001", "HALD-2026-0002"]
    assert asked.hears("Ola") == ["HALD-2026-0002 · Vi har fått spørsmålet ditt"]
    assert asked.hears(TEAM) == [
        "HALD-2026-0002 · Herøy: Merverdiavgift",
        "Ny sak etter HALD-2026-0001, som ble løst for lenge siden til å åpnes igjen",
    ]
    asked.forgets()


def test_the_asker_may_hurry_withdraw_and_reopen(asked: Helpdesk) -> None:
    asked.presses("Ola", "asker.urgent")
    assert asked.facts("Ola")["Første svar innen"] == "mandag 2. mars kl. 10.00"
    assert asked.hears("Kari") == asked.hears(TEAM) == asked.hears("Ola")
    assert asked.card(TEAM).title == "HALD-2026-0001 · HASTER · Herøy: Merverdiavgift"

    asked.presses("Ola", "asker.withdraw")
    assert asked.hears("Kari") == asked.hears(TEAM) == ["Ola trakk spørsmålet tilbake"]
    assert asked.card("Ola").title == "HALD-2026-0001 · Spørsmålet er trukket tilbake"
    assert asked.card("Ola").buttons() == ()


def test_the_asker_says_that_the_task_is_wrong(asked: Helpdesk) -> None:
    asked.presses("Ola", "asker.wrong_task")
    asked.fills_in("Ola", task="payments")

    assert asked.facts("Ola")["Oppgave"] == "Betalingsformidling"
    assert asked.hears("Ola") == asked.hears(TEAM)


def test_an_edited_question_reaches_the_team_and_an_unknown_one_nobody(asked: Helpdesk) -> None:
    message = asked.replies("Ola", "Gjelder det kirken?")
    asked.forgets()

    asked.edits("Ola", message, "Gjelder det kirka?")
    asked.deletes("Ola", message)
    asked.edits("Ola", "nobody knows this one", "Hei")
    asked.edits("Nils", message, "Ikke min")

    assert asked.reads(TEAM) == [
        "Ola i Herøy rettet en melding – Gjelder det kirka?",
        "Ola i Herøy slettet en melding",
    ]


def test_an_answer_the_platform_refuses_is_no_answer(asked: Helpdesk) -> None:
    asked.presses("Kari", "ticket.answer", on=TEAM)
    asked.chat_of("Ola").refuses["Ola"] = "account_inactive"
    asked.fills_in("Kari", text="Innen 10. april.")

    asked.passes(MINUTE)

    assert asked.facts(TEAM)["Første svar innen"] == "mandag 2. mars kl. 13.00"
    assert any("account_inactive" in line for line in asked.reads(TEAM))


def test_a_card_waits_while_the_chat_is_down_and_comes_once(asked: Helpdesk) -> None:
    chat = asked.chat_of("Ola")
    chat.broken = True
    asked.asks("Ola", VAT)
    chat.broken = False

    asked.passes(2 * MINUTE)
    asked.passes(2 * MINUTE)

    assert asked.hears("Ola") == ["HALD-2026-0002 · Vi har fått spørsmålet ditt"]
    assert asked.hears(TEAM) == asked.hears("Kari") == ["HALD-2026-0002 · Herøy: Merverdiavgift"]


def test_why_shows_the_working_of_every_deadline(asked: Helpdesk) -> None:
    asked.presses("Ola", "ticket.why")

    card = asked.shown["Ola"].card
    assert card.title == "HALD-2026-0001 · Slik er fristene regnet"
    promise = "Første svar: 4 t arbeidstid. Avtalen av 1. januar 2026, Regnskap, punkt 5."
    assert promise in card.plain()
    rows = [row for block in card.body if block.kind == "table" for row in block.rows]
    assert ("mandag 2. mars kl. 09.00", "mandag 2. mars kl. 13.00", "4 t", "åpent") in rows


def test_a_page_of_ones_own_shows_questions_and_the_teams_queue(asked: Helpdesk) -> None:
    asked.asks("Nils", VAT)
    asked.forgets()

    own, queue = asked.opens_page("Ola"), asked.opens_page("Per")

    assert "HALD-2026-0001" in own.model_dump_json()
    assert "HALD-2026-0002" not in own.model_dump_json()
    assert "HALD-2026-0001" in queue.model_dump_json()
    assert "HALD-2026-0002" in queue.model_dump_json()


def test_a_page_shows_no_deadline_of_what_has_ended(asked: Helpdesk) -> None:
    assert "Første svar innen mandag 2. mars kl. 13.00" in asked.opens_page("Ola").plain()

    asked.presses("Ola", "asker.withdraw")
    asked.forgets()

    assert "Første svar innen" not in asked.opens_page("Ola").plain()
