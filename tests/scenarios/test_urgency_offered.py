"""What sounds urgent is offered as urgent to its asker, and never made so unasked."""

import pytest

from bot.domain.agreement import Priority
from bot.domain.people import Language
from tests.helpdesk import TEAM, VAT, Helpdesk

HURRY = f"{VAT} Det haster, skjemaet må ut i dag!"
OFFER = "Det høres ut som om dette haster. Trykk «Haster», så blir fristene kortere."


@pytest.fixture
def hurried(helpdesk: Helpdesk) -> Helpdesk:
    """Ola has asked in a hurry, and everybody has read that."""
    helpdesk.opens()
    helpdesk.asks("Ola", HURRY)
    helpdesk.forgets()
    return helpdesk


def test_what_sounds_urgent_is_not_made_so_unasked(hurried: Helpdesk) -> None:
    assert hurried.ticket().priority is Priority.NORMAL
    assert hurried.facts("Ola")["Første svar innen"] == "mandag 2. mars kl. 13.00"
    assert "HASTER" not in hurried.card(TEAM).title


def test_the_askers_card_offers_it_first_of_all(hurried: Helpdesk) -> None:
    card = hurried.card("Ola")
    assert OFFER in card.plain()
    assert card.buttons()[0].action == "asker.urgent"
    assert card.buttons()[0].style == "primary"
    assert OFFER not in hurried.card(TEAM).plain()


def test_one_press_gives_the_short_deadlines_and_the_offer_is_gone(hurried: Helpdesk) -> None:
    hurried.presses("Ola", "asker.urgent")

    assert hurried.ticket().priority is Priority.URGENT
    assert hurried.facts("Ola")["Første svar innen"] == "mandag 2. mars kl. 10.00"
    assert OFFER not in hurried.card("Ola").plain()
    hurried.forgets()


def test_who_takes_it_back_is_not_asked_again(hurried: Helpdesk) -> None:
    hurried.presses("Ola", "asker.urgent")
    hurried.presses("Ola", "asker.not_urgent")

    assert OFFER not in hurried.card("Ola").plain()
    assert hurried.card("Ola").buttons()[0].action != "asker.urgent"
    assert "asker.urgent" in hurried.actions("Ola")
    hurried.forgets()


def test_the_offer_is_in_the_askers_language(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.has("Anna", of="heroy", language=Language.EN)
    helpdesk.asks("Anna", HURRY)

    assert "This sounds urgent. Press “Urgent” to get shorter deadlines." in (
        helpdesk.card("Anna").plain()
    )
    helpdesk.forgets()


def test_an_ordinary_question_is_not_hurried(asked: Helpdesk) -> None:
    assert OFFER not in asked.card("Ola").plain()
    assert asked.card("Ola").buttons()[0].style == "plain"
