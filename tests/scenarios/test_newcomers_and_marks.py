"""Who is placed where, and whose question a marked message is."""

from datetime import timedelta

import pytest

from bot.domain.people import Profile
from tests.helpdesk import TEAM, VAT, Helpdesk


def test_a_marked_message_is_asked_on_behalf_of_who_wrote_it(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    yesterday = helpdesk.now - timedelta(days=3)

    helpdesk.marks("Kari", "Ola", VAT, written=yesterday)

    assert helpdesk.hears("Ola") == ["HALD-2026-0001 · Vi har fått spørsmålet ditt"]
    assert helpdesk.facts("Ola")["Første svar innen"] == "mandag 2. mars kl. 13.00"
    helpdesk.forgets()


def test_a_message_marked_by_two_is_one_question(helpdesk: Helpdesk) -> None:
    helpdesk.opens()

    helpdesk.marks("Kari", "Ola", VAT, message="C-all:1")
    helpdesk.marks("Per", "Ola", VAT, message="C-all:1")

    assert len(helpdesk.tickets()) == 1
    helpdesk.forgets()


def test_nobody_carries_another_municipalitys_words(helpdesk: Helpdesk) -> None:
    helpdesk.opens()

    helpdesk.marks("Nils", "Ola", VAT)

    assert helpdesk.hears("Nils") == [
        "Meldingen er skrevet av noen i en annen kommune. Da må de spørre selv."
    ]
    assert helpdesk.tickets() == []


def test_a_message_we_may_not_read_is_said_so(helpdesk: Helpdesk) -> None:
    helpdesk.opens()

    helpdesk.marks("Ola", "Ola", None)

    assert helpdesk.hears("Ola") == [
        "Jeg får ikke lest meldingen. Inviter meg til kanalen, eller skriv spørsmålet til meg."
    ]


def test_a_newcomer_is_placed_by_the_domain_of_their_email(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.meets("Siv")

    helpdesk.asks("Siv", VAT, profile=Profile(name="Siv Nes", email="siv.nes@donna.example"))

    assert helpdesk.ticket().municipality == "donna"
    assert helpdesk.hears("Siv") == ["HALD-2026-0001 · Vi har fått spørsmålet ditt"]
    assert helpdesk.hears("Per") == helpdesk.hears(TEAM)


@pytest.mark.parametrize(
    "profile",
    [
        None,
        Profile(name="Hvem", email=""),
        Profile(name="Hvem", email="hvem@evil-donna.example"),
        Profile(name="Hvem", email="hvem@donna.example", is_guest=True),
    ],
)
def test_nobody_is_guessed_into_a_municipality(helpdesk: Helpdesk, profile: Profile | None) -> None:
    helpdesk.opens()
    helpdesk.meets("Hvem")

    for _ in range(2):
        helpdesk.asks("Hvem", VAT, profile=profile)

    assert helpdesk.hears("Hvem") == ["Vi vet ikke hvilken kommune du hører til"] * 2
    assert helpdesk.hears("Randi") == ["Noen vi ikke kan plassere, har skrevet til oss"]
    assert helpdesk.tickets() == []
