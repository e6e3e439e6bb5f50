"""The rarer moves of the team: a deadline by hand, tickets that belong together, the phone."""

import pytest

from bot.domain.agreement import Priority
from tests.helpdesk import INVOICE, TEAM, VAT, Helpdesk
from tests.scenarios.clock import HOUR, chooses

PAYMENT = "Når kjøres utbetalingene denne uka?"


def sets_target(
    desk: Helpdesk, figure: str, due: str, reason: str = "Revisor svarer torsdag."
) -> None:
    chooses(desk, "ticket.set_target")
    desk.fills_in("Kari", figure=figure, due=due, reason=reason)


def test_the_rarer_moves_are_shown_to_who_asks_for_them(asked: Helpdesk) -> None:
    asked.presses("Kari", "ticket.more", on=TEAM)

    assert asked.hears("Kari") == ["HALD-2026-0001 · Mer du kan gjøre"]
    assert asked.hears(TEAM) == []


def test_the_team_hurries_a_ticket_and_both_sides_are_told(asked: Helpdesk) -> None:
    asked.presses("Kari", "ticket.urgent", on=TEAM)

    assert asked.ticket().priority is Priority.URGENT
    words = ["Kari har merket saken som haster. Nye frister står på kortet."]
    assert asked.hears("Ola") == asked.hears(TEAM) == asked.hears("Kari") == words
    assert asked.facts("Ola")["Første svar innen"] == "mandag 2. mars kl. 10.00"

    asked.presses("Kari", "ticket.not_urgent", on=TEAM)
    assert asked.facts("Ola")["Første svar innen"] == "mandag 2. mars kl. 13.00"
    asked.forgets()


def test_a_deadline_set_by_hand_is_seen_by_both_with_its_reason(asked: Helpdesk) -> None:
    sets_target(asked, "resolution", "2026-03-12 14:00")

    told = "Kari har satt fristen for løsning til torsdag 12. mars kl. 14.00"
    assert asked.reads("Ola") == [f"{told} – Revisor svarer torsdag."]
    assert told in asked.hears(TEAM)
    for reader in ("Ola", TEAM):
        facts = asked.facts(reader)
        assert facts["Løst innen"] == "torsdag 12. mars kl. 14.00"
        assert facts["Satt for hånd: løsning"] == "Revisor svarer torsdag. (Kari)"
    asked.presses("Ola", "ticket.why")
    assert "Revisor svarer torsdag." in asked.shown["Ola"].card.plain()
    asked.forgets()


def test_a_deadline_set_by_hand_outlives_a_change_and_says_so(asked: Helpdesk) -> None:
    sets_target(asked, "resolution", "2026-03-12 14:00")
    asked.forgets()

    asked.presses("Ola", "asker.urgent")

    kept = "Fristen for løsning er satt for hånd og gjelder fortsatt: torsdag 12. mars kl. 14.00"
    assert asked.hears("Ola")[-1] == asked.hears(TEAM)[-1] == asked.hears("Kari")[-1] == kept
    assert asked.facts("Ola")["Løst innen"] == "torsdag 12. mars kl. 14.00"
    assert asked.facts("Ola")["Første svar innen"] == "mandag 2. mars kl. 10.00"


def test_a_pause_moves_a_deadline_set_by_hand_and_one_before_it_does_not(asked: Helpdesk) -> None:
    asked.presses("Kari", "ticket.third_party", on=TEAM)
    asked.fills_in("Kari", text="banken")
    asked.passes(HOUR)
    asked.presses("Kari", "ticket.go_on", on=TEAM)
    sets_target(asked, "resolution", "2026-03-03 12:00")
    assert asked.facts("Ola")["Løst innen"] == "tirsdag 3. mars kl. 12.00"

    asked.presses("Kari", "ticket.third_party", on=TEAM)
    asked.fills_in("Kari", text="banken")
    asked.passes(2 * HOUR)
    asked.presses("Kari", "ticket.go_on", on=TEAM)

    assert asked.facts("Ola")["Løst innen"] == "tirsdag 3. mars kl. 14.00"
    asked.forgets()


@pytest.mark.parametrize(
    ("due", "reason", "wrong"),
    [
        ("snart", "Fordi", {"due": "Skriv dato og klokkeslett, for eksempel 5.3.2026 14.00."}),
        (
            "2026-03-02 08:30",
            "Fordi",
            {"due": "Velg et tidspunkt fram i tid, innenfor åpningstiden."},
        ),
        (
            "2026-03-07 12:00",
            "Fordi",
            {"due": "Velg et tidspunkt fram i tid, innenfor åpningstiden."},
        ),
        (
            "2099-03-05 12:00",
            "Fordi",
            {"due": "Velg et tidspunkt fram i tid, innenfor åpningstiden."},
        ),
        ("2026-03-05 12:00", " ", {"reason": "Dette må fylles ut."}),
    ],
)
def test_a_deadline_by_hand_needs_a_moment_ahead_and_a_reason(
    asked: Helpdesk, due: str, reason: str, wrong: dict[str, str]
) -> None:
    sets_target(asked, "resolution", due, reason)

    assert asked.problems["Kari"] == wrong
    assert asked.facts("Ola")["Løst innen"] == "torsdag 5. mars kl. 15.45"
    asked.forgets()


def test_a_broken_deadline_cannot_be_set_anew(asked: Helpdesk) -> None:
    asked.passes(5 * HOUR)
    chooses(asked, "ticket.set_target")

    asked.fills_in("Kari", figure="first_response", due="2026-03-04 12:00", reason="Fordi")

    assert asked.problems["Kari"] == {"figure": "Velg en av mulighetene."}
    asked.forgets()


def test_linked_tickets_are_seen_together_by_the_team_alone(asked: Helpdesk) -> None:
    asked.asks("Nils", VAT)
    asked.forgets()

    chooses(asked, "ticket.link", "HALD-2026-0001")
    asked.fills_in("Kari", number="hald-2026-0002")

    assert asked.facts(TEAM)["Hører sammen med"] == "HALD-2026-0001"
    card = asked.card(TEAM, "HALD-2026-0001")
    assert "HALD-2026-0002" in card.model_dump_json()
    assert asked.hears("Ola") == asked.hears("Nils") == []
    for asker in ("Ola", "Nils"):
        asked.presses(asker, "ticket.why")
        page = asked.opens_page(asker).model_dump_json()
        other = "HALD-2026-0002" if asker == "Ola" else "HALD-2026-0001"
        assert other not in page + asked.shown[asker].card.model_dump_json()
    asked.forgets()


def test_a_number_that_nobody_has_is_not_linked_to(asked: Helpdesk) -> None:
    chooses(asked, "ticket.link")
    for number in ("HALD-2026-0001", "HALD-1999-0001", ""):
        asked.fills_in("Kari", number=number)
        assert asked.problems["Kari"] == {
            "number": "Det finnes ingen annen sak med dette nummeret."
        }
    asked.forgets()


def test_a_message_that_became_a_ticket_is_not_split_off_again(asked: Helpdesk) -> None:
    chooses(asked, "ticket.split")
    assert "Spørreren har ikke skrevet noe mer som kan bli en egen sak." in asked.hears("Kari")
    asked.replies("Ola", PAYMENT)
    chooses(asked, "ticket.split", "HALD-2026-0001")
    asked.fills_in("Kari", message="2", task="payments")
    asked.forgets()

    asked.fills_in("Kari", message="2", task="payments")

    assert len(asked.tickets()) == 2
    assert asked.hears("Kari") == ["Spørreren har ikke skrevet noe mer som kan bli en egen sak."]


def test_a_question_by_phone_with_its_answer_is_counted_and_told(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.now += 3 * HOUR
    helpdesk.commands("Kari", "telefon")
    fields = {"who": "ola@heroy.example", "when": "2026-03-02 09:30", "text": VAT}

    helpdesk.fills_in("Kari", **fields, answer="Innen 10. april.")

    assert helpdesk.reads("Ola")[-1] == "Kari svarte på telefon – Innen 10. april."
    facts = helpdesk.facts("Ola")
    assert facts["Første svar gitt"] == "mandag 2. mars kl. 09.30"
    put_down = "mandag 2. mars kl. 09.30, ført inn av Kari mandag 2. mars kl. 12.00"
    assert facts["Spurt på telefon"] == helpdesk.facts(TEAM)["Spurt på telefon"] == put_down
    assert helpdesk.ticket().taken_by == "Kari"
    helpdesk.forgets()


def test_help_by_phone_with_a_partners_own_task_is_unspecified(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.commands("Kari", "telefon")

    helpdesk.fills_in("Kari", who="Ola", when="2026-03-02 09:00", text=INVOICE, answer="Slik.")

    assert helpdesk.ticket().counted_as == "unspecified"
    assert helpdesk.facts("Ola")["Første svar gitt"] == "mandag 2. mars kl. 09.00"
    helpdesk.forgets()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"who": "Ingen"}, {"who": "Ingen i katalogen heter dette."}),
        ({"when": "i går"}, {"when": "Skriv dato og klokkeslett, for eksempel 5.3.2026 14.00."}),
        (
            {"when": "2026-03-02 09:01"},
            {"when": "Velg et tidspunkt som har vært, etter at avtalen begynte."},
        ),
        (
            {"when": "2025-12-31 10:00"},
            {"when": "Velg et tidspunkt som har vært, etter at avtalen begynte."},
        ),
        ({"text": " "}, {"text": "Dette må fylles ut."}),
    ],
)
def test_a_phone_call_is_put_down_with_who_when_and_what(
    helpdesk: Helpdesk, fields: dict[str, str], wrong: dict[str, str]
) -> None:
    helpdesk.opens()
    helpdesk.commands("Kari", "telefon")

    helpdesk.fills_in("Kari", **{"who": "Ola", "when": "2026-03-02 09:00", "text": VAT, **fields})

    assert helpdesk.problems["Kari"] == wrong
    assert helpdesk.tickets() == []


def test_the_municipalitys_own_response_time_is_shown_to_both(asked: Helpdesk) -> None:
    asked.presses("Kari", "ticket.ask_back", on=TEAM)
    asked.fills_in("Kari", text="Hvilken termin?")
    asked.passes(2 * HOUR)
    asked.replies("Ola", "Første termin.")

    assert asked.facts("Ola")["Kommunens egen svartid"] == "2 t"
    assert asked.facts(TEAM)["Kommunens egen svartid"] == "2 t"
    asked.commands("Randi", "sla")
    tables = [block for block in asked_card(asked, "Randi") if block.kind == "table"]
    rows = {row[0]: row for table in tables for row in table.rows if "egen svartid" in table.title}
    assert rows["Herøy"] == ("Herøy", "1", "–", "2 t", "0", "0 min")
    asked.forgets()


def asked_card(desk: Helpdesk, name: str) -> tuple:
    return desk.chat_of(name).unheard[name][-1].body
