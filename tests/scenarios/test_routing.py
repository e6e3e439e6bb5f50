"""Who gets a ticket, and what the asker is told about why."""

from datetime import timedelta

from tests.helpdesk import MONDAY_NINE, TEAM, VAT, Helpdesk

WEEK = timedelta(days=7)
AWAY = (MONDAY_NINE, MONDAY_NINE + WEEK)
UNKNOWN = "Hvem kan hjelpe med kontroll av tilskudd til trossamfunn i kommunen?"


def test_the_specialist_of_the_task_comes_before_the_main_contact(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.has("Vera", of="alstahaug", roles={"host-team", "specialist-vat"})

    helpdesk.asks("Ola", VAT)

    assert helpdesk.facts("Ola")["Hvem har den"] == "Vera, som har dette fagområdet"
    assert helpdesk.hears("Vera") == helpdesk.hears(TEAM)
    helpdesk.forgets()


def test_who_is_away_is_passed_by_and_the_asker_reads_why(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.has("Kari", of="alstahaug", roles={"host-team", "contact-heroy"}, away=AWAY)

    helpdesk.asks("Ola", VAT)

    who = helpdesk.facts("Ola")["Hvem har den"]
    assert "stedfortreder" in who
    assert "Kari er borte til 9. mars 2026." in who
    assert helpdesk.hears("Kari") == []
    helpdesk.forgets()


def test_ones_own_deputy_comes_before_the_municipalitys_deputies(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.has(
        "Kari",
        of="alstahaug",
        roles={"host-team", "contact-heroy"},
        away=AWAY,
        deputy="Liv",
    )

    helpdesk.asks("Ola", VAT)

    assert helpdesk.ticket().contact == "Liv"
    helpdesk.forgets()


def test_when_nobody_is_available_the_lead_is_alarmed_never_silence(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    for name, role in [("Kari", "contact-heroy"), ("Per", "contact-donna")]:
        helpdesk.has(name, of="alstahaug", roles={"host-team", role}, away=AWAY)
    helpdesk.has("Liv", of="alstahaug", roles={"host-team", "contact-leirfjord"}, away=AWAY)
    lead = {"host-team", "lead", "contact-alstahaug"}
    helpdesk.has("Randi", of="alstahaug", roles=lead, away=AWAY)

    helpdesk.asks("Ola", VAT)

    assert helpdesk.facts("Ola")["Hvem har den"] == "Lederen for enheten er varslet"
    assert helpdesk.hears("Randi") == ["HALD-2026-0001 · Ingen er tilgjengelige for denne saken"]
    assert helpdesk.hears(TEAM) == ["HALD-2026-0001 · Herøy: Merverdiavgift"]
    helpdesk.forgets()


def test_of_two_specialists_the_less_busy_one_gets_it(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.has("Vera", of="alstahaug", roles={"host-team", "specialist-vat"})
    helpdesk.has("Vidar", of="alstahaug", roles={"host-team", "specialist-vat"})

    contacts = []
    for _ in range(4):
        helpdesk.asks("Ola", VAT)
        contacts.append(helpdesk.ticket().contact)

    assert sorted(contacts) == ["Vera", "Vera", "Vidar", "Vidar"]
    assert contacts[0] != contacts[1]
    helpdesk.forgets()
