"""When a ticket is resolved its asker is asked one question, at most once a week."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.cards.blocks import Card, Table
from bot.domain.people import Role
from tests.helpdesk import TEAM, VAT, Helpdesk

THANKS = "Takk for svaret!"
DAY = timedelta(days=1)


def resolves(helpdesk: Helpdesk, name: str = "Ola") -> Card:
    """Let *name* ask and be answered, and return the card that says it is resolved."""
    helpdesk.asks(name, VAT)
    helpdesk.answers("Kari", "Innen 10. april.")
    helpdesk.presses("Kari", "ticket.resolve", on=TEAM)
    card = helpdesk.cards_heard(name)[-1]
    helpdesk.forgets()
    return card


def asks(card: Card) -> list[str]:
    return [button.label for button in card.buttons()]


def says(helpdesk: Helpdesk, name: str, card: Card, word: str) -> list[str]:
    [button] = [button for button in card.buttons() if button.label == word]
    helpdesk.press(name, button)
    return helpdesk.hears(name)


def helped(helpdesk: Helpdesk, name: str = "Randi", period: str = "") -> dict[str, tuple[str, ...]]:
    helpdesk.commands(name, "sla", period)
    [card] = helpdesk.cards_heard(name)
    title = "Fikk den hjelpen de trengte, per kommune"
    found = [block for block in card.body if isinstance(block, Table) and block.title == title]
    return {row[0]: row[1:] for table in found for row in table.rows}


@pytest.fixture
def town(helpdesk: Helpdesk) -> Helpdesk:
    """Five more people in Herøy, beside Ola."""
    helpdesk.opens()
    for name in ("Anne", "Bjørn", "Cato", "Dag", "Else"):
        helpdesk.has(name, of="heroy")
    return helpdesk


def test_the_question_has_two_buttons_and_is_answered_once(town: Helpdesk) -> None:
    card = resolves(town)
    assert card.title == "Kari har løst saken"
    assert asks(card) == ["Ja", "Nei"]

    assert says(town, "Ola", card, "Ja") == [THANKS]
    assert says(town, "Ola", card, "Nei") == ["Takk, dette er allerede besvart."]
    assert town.hears(TEAM) == town.hears("Kari") == []


def test_one_person_is_asked_at_most_once_a_week(town: Helpdesk) -> None:
    assert asks(resolves(town)) == ["Ja", "Nei"]
    town.now += 3 * DAY
    assert asks(resolves(town)) == []
    town.now += 4 * DAY
    assert asks(resolves(town)) == ["Ja", "Nei"]
    assert asks(resolves(town, "Anne")) == ["Ja", "Nei"]
    town.forgets()


def test_of_two_presses_at_once_one_is_counted(town: Helpdesk) -> None:
    card = resolves(town)
    presses = [town.pressed("Ola", button) for button in card.buttons()]

    with ThreadPoolExecutor(2) as hands:
        list(hands.map(town.dispatch, presses))
    town.delivers()

    assert sorted(town.hears("Ola")) == [THANKS, "Takk, dette er allerede besvart."]


def test_nobody_answers_for_the_asker(town: Helpdesk) -> None:
    card = resolves(town)

    assert says(town, "Anne", card, "Nei") == ["Bare den som spurte kan svare på dette."]
    assert says(town, "Nils", card, "Nei") == [
        "Denne saken finnes ikke, eller du har ikke tilgang til den."
    ]
    assert says(town, "Ola", card, "Ja") == [THANKS]


def test_who_is_not_content_is_told_how_to_go_on(town: Helpdesk) -> None:
    card = resolves(town)
    [button] = [button for button in card.buttons() if button.label == "Nei"]

    town.press("Ola", button)

    [thanks] = town.cards_heard("Ola")
    assert "Mangler noe? Skriv i tråden, så åpnes saken igjen." in thanks.plain()


def test_a_few_answers_are_shown_to_nobody_and_more_of_them_as_a_share(town: Helpdesk) -> None:
    for number, name in enumerate(("Ola", "Anne", "Bjørn", "Cato"), start=1):
        says(town, name, resolves(town, name), "Ja")
        town.now += DAY  # what is said on a day is counted when that day is over
        assert helped(town)["Herøy"] == ("–", "–"), number
    says(town, "Dag", resolves(town, "Dag"), "Nei")
    town.now += DAY

    assert helped(town) == {
        "Alstahaug": ("–", "–"),
        "Herøy": ("5", "80 %"),
        "Dønna": ("–", "–"),
        "Leirfjord": ("–", "–"),
        "I alt": ("5", "80 %"),
    }
    town.has("Hilde", of="heroy", roles={Role.MANAGER})
    assert list(helped(town, "Hilde")) == ["Herøy", "I alt"]
    assert helped(town, "Ola") == {}  # their own questions alone, and nobody knows who said what
    assert helped(town, period="2025") == {}


def test_what_was_said_is_kept_without_ticket_person_or_words(town: Helpdesk) -> None:
    says(town, "Ola", resolves(town), "Nei")

    kinds = {event.kind for event in town.log()}
    assert kinds == {"asked", "routed", "answered", "resolved"}
    with town.desk.database.reading() as store:
        found = store.satisfaction.between("hald", town.now.date(), town.now.date())
    assert {town: (v.good, v.bad) for town, v in found.items()} == {"heroy": (0, 1)}


def test_an_old_question_is_answered_no_more_when_a_newer_has_been_put(town: Helpdesk) -> None:
    old = resolves(town)
    town.now += 8 * DAY
    new = resolves(town)

    assert says(town, "Ola", old, "Nei") == ["Takk, dette er allerede besvart."]
    assert says(town, "Ola", new, "Ja") == [THANKS]
