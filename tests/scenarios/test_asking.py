"""Somebody asks: one card, with whose task it is, who has it, and by when."""

from datetime import timedelta

import pytest

from bot.conversation import Said
from bot.domain.agreement import Side
from bot.domain.people import Language, Place
from bot.domain.tickets import Status
from tests.helpdesk import INVOICE, LAPTOP, MONDAY_NINE, TEAM, VAT, Helpdesk

HOUR = timedelta(hours=1)
IN_PRIVATE = (
    "Spørsmålet er mottatt. Svaret kommer i en direkte melding til deg, "
    "fordi andre kommuner kan lese her."
)
UNCLEAR = "Jeg lurer på noe om tallene våre"


def test_a_question_is_answered_with_one_card(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.has("Anne", of="heroy")

    helpdesk.asks("Anne", VAT)

    assert helpdesk.hears("Anne") == ["HALD-2026-0001 · Vi har fått spørsmålet ditt"]
    facts = helpdesk.facts("Anne")
    assert facts["Oppgave"] == "Merverdiavgift"
    assert facts["Punkt i avtalen"] == "Regnskap, punkt 5"
    assert facts["Ansvar"] == "Vertskommunen, Alstahaug"
    assert facts["Hvem har den"].startswith("Kari, hovedkontakt for Herøy")
    assert facts["Første svar innen"] == "mandag 2. mars kl. 13.00"
    assert set(helpdesk.actions("Anne")) >= {
        "asker.wrong_task",
        "asker.urgent",
        "ticket.why",
        "asker.withdraw",
    }
    assert helpdesk.hears(TEAM) == ["HALD-2026-0001 · Herøy: Merverdiavgift"]
    assert helpdesk.hears("Kari") == ["HALD-2026-0001 · Herøy: Merverdiavgift"]


def test_each_person_is_spoken_to_in_their_own_language(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.has("Emma", of="leirfjord", language=Language.EN)

    helpdesk.asks("Emma", VAT)

    assert helpdesk.hears("Emma") == ["HALD-2026-0001 · We have your question"]
    assert helpdesk.facts("Emma")["First answer by"] == "Monday 2 March at 13:00"
    assert helpdesk.facts("Liv")["Første svar innan"] == "måndag 2. mars kl. 13.00"
    assert helpdesk.hears("Liv") == helpdesk.hears(TEAM)


def test_a_partners_own_task_is_referred_to_its_own_person(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.has("Tove", of="heroy", roles={"asker", "own-contact"})
    helpdesk.has("Nora", of="donna", roles={"asker", "own-contact"})

    helpdesk.asks("Ola", INVOICE)

    assert helpdesk.hears("Ola") == ["HALD-2026-0001 · Dette er kommunens egen oppgave"]
    facts = helpdesk.facts("Ola")
    assert facts["Oppgave"] == "Fakturering og distribusjon"
    assert facts["Ansvar"] == "Samarbeidskommunen, Herøy"
    assert facts["Hvem har den"] == "Tove (tove@heroy.example)"
    assert helpdesk.actions("Ola")[0] == "asker.need_help"


def test_who_still_needs_help_gets_it_and_it_is_counted_as_unspecified(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.asks("Ola", INVOICE)
    helpdesk.now += HOUR

    helpdesk.presses("Ola", "asker.need_help")

    assert helpdesk.hears("Kari") == helpdesk.hears(TEAM)
    assert helpdesk.hears("Ola") == ["HALD-2026-0001 · Dette er kommunens egen oppgave"]
    assert helpdesk.ticket().counted_as is Side.UNSPECIFIED
    assert helpdesk.facts("Ola")["Første svar innen"] == "mandag 2. mars kl. 14.00"
    assert helpdesk.card("Ola").title == "HALD-2026-0001 · Vi har fått spørsmålet ditt"


def test_a_third_partys_task_says_who_and_how_to_reach_them(helpdesk: Helpdesk) -> None:
    helpdesk.opens()

    helpdesk.asks("Ola", LAPTOP)

    [line] = helpdesk.reads("Ola")
    assert line.startswith("HALD-2026-0001 · Dette har HALD-IKT")
    assert helpdesk.actions("Ola")[0] == "asker.need_help"


def test_an_unsure_question_offers_choices_and_the_choice_decides(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.asks("Ola", UNCLEAR)
    assert helpdesk.hears("Ola") == ["HALD-2026-0001 · Hva gjelder spørsmålet?"]
    *tasks, something_else = helpdesk.card("Ola").buttons()
    assert 1 <= len(tasks) <= 3
    assert something_else.label == "Noe annet"

    helpdesk.press("Ola", something_else)

    assert helpdesk.hears(TEAM) == helpdesk.hears("Kari")
    assert helpdesk.card("Ola").title == "HALD-2026-0001 · Vi har fått spørsmålet ditt"
    assert helpdesk.facts("Ola")["Første svar innen"] == "mandag 2. mars kl. 13.00"


def test_a_choice_made_twice_is_refused_kindly(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.asks("Ola", UNCLEAR)
    something_else = helpdesk.card("Ola").buttons()[-1]
    helpdesk.press("Ola", something_else)
    helpdesk.forgets()

    helpdesk.press("Ola", something_else)

    assert helpdesk.hears("Ola") == ["Saken er allerede hos vertskommunen."]


def test_who_never_chooses_is_not_lost(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.asks("Ola", UNCLEAR)
    helpdesk.forgets()

    helpdesk.passes(timedelta(minutes=9))
    assert helpdesk.hears("Kari") == []
    helpdesk.passes(timedelta(minutes=1))

    assert helpdesk.hears("Kari") == ["HALD-2026-0001 · Herøy: Ikke avklart"]
    assert helpdesk.hears(TEAM) == ["HALD-2026-0001 · Herøy: Ikke avklart"]
    assert helpdesk.ticket().status is Status.OPEN


def test_ten_minutes_are_working_minutes(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.now = MONDAY_NINE + 9 * HOUR  # 18:00: closed
    helpdesk.asks("Ola", UNCLEAR)
    helpdesk.forgets()

    helpdesk.passes(13 * HOUR)  # Tuesday 07:00
    assert helpdesk.hears("Kari") == []
    helpdesk.passes(HOUR + timedelta(minutes=10))

    assert helpdesk.hears("Kari") == helpdesk.hears(TEAM) != []


def test_what_the_asker_adds_while_choosing_reaches_the_team(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.asks("Ola", UNCLEAR)
    helpdesk.replies("Ola", "Det gjelder altså tallene for mars")
    helpdesk.forgets()

    helpdesk.press("Ola", helpdesk.card("Ola").buttons()[-1])

    assert helpdesk.reads(TEAM)[1] == "Ola i Herøy skrev – Det gjelder altså tallene for mars"
    helpdesk.forgets()


@pytest.mark.parametrize("text", ["takk!", "Hei", "👍", "", "<!channel>"])
def test_small_talk_opens_no_ticket(helpdesk: Helpdesk, text: str) -> None:
    helpdesk.opens()

    helpdesk.asks("Ola", text)

    assert helpdesk.tickets() == []
    assert len(helpdesk.hears("Ola")) == 1


def test_the_same_message_delivered_eleven_times_is_one_question(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    said = Said(
        key="T:Ola:1.0",
        account=helpdesk.account("Ola"),
        at=helpdesk.now,
        place=Place(helpdesk.homes["Ola"], "Ola", "1.0"),
        message="T:Ola:1.0",
        text=VAT,
        to_us=True,
        is_direct=True,
    )

    for _ in range(11):
        helpdesk.happens(said)

    assert len(helpdesk.hears("Ola")) == len(helpdesk.hears("Kari")) == 1
    assert len(helpdesk.hears(TEAM)) == len(helpdesk.tickets()) == 1


def test_a_question_in_a_shared_channel_is_answered_in_private(helpdesk: Helpdesk) -> None:
    helpdesk.opens()

    helpdesk.says("Ola", VAT, channel="C-all", to_us=True)

    assert helpdesk.hears("Ola") == [
        "HALD-2026-0001 · Vi har fått spørsmålet ditt",
        IN_PRIVATE,
    ]
    assert helpdesk.hears("Kari") == helpdesk.hears(TEAM)


def test_talk_in_a_channel_that_is_not_to_us_is_left_alone(helpdesk: Helpdesk) -> None:
    helpdesk.opens()

    helpdesk.says("Ola", VAT, channel="C-all", to_us=False)

    assert helpdesk.tickets() == []


def test_spor_with_text_asks_and_without_opens_a_form(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.commands("Ola", "spor", VAT)
    assert helpdesk.hears("Ola") == ["HALD-2026-0001 · Vi har fått spørsmålet ditt"]

    helpdesk.commands("Ola", "spor")
    helpdesk.fills_in("Ola", text="  ")
    assert helpdesk.problems["Ola"] == {"text": "Dette må fylles ut."}
    helpdesk.fills_in("Ola", text=VAT)

    assert helpdesk.hears("Ola") == ["HALD-2026-0002 · Vi har fått spørsmålet ditt"]
    helpdesk.forgets()


def test_forty_thousand_characters_are_kept_whole(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    text = f"{VAT} " + "Og så videre. " * 2857

    helpdesk.asks("Ola", text)

    assert helpdesk.ticket().question == text
    helpdesk.forgets()


def test_a_button_of_another_time_is_explained(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.asks("Ola", VAT)
    helpdesk.forgets()
    why = helpdesk.button("Ola", "ticket.why")

    for button in (
        why.model_copy(update={"action": "ticket.explode"}),
        why.model_copy(update={"value": "00000000-0000-0000-0000-00000000ffff"}),
        why.model_copy(update={"value": "' OR 1=1"}),
    ):
        helpdesk.press("Ola", button)

    assert helpdesk.hears("Ola") == [
        "Denne knappen virker ikke lenger. Bruk det nyeste kortet.",
        "Denne saken finnes ikke, eller du har ikke tilgang til den.",
        "Denne saken finnes ikke, eller du har ikke tilgang til den.",
    ]
