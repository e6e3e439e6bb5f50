"""Each person chooses the language that the bot speaks to them."""

import re

import pytest

from bot.cards.blocks import Facts
from bot.domain.people import Language
from tests.helpdesk import TEAM, VAT, Helpdesk

CHOSEN = {
    "nb": "Fra nå av snakker jeg bokmål med deg.",
    "nn": "Frå no av snakkar eg nynorsk med deg.",
    "en": "From now on I speak English with you.",
}
NOT_NORWEGIAN = (
    re.compile(r"\d{4}-\d\d-\d\d"),  # a date for machines
    re.compile(r"\b\d{1,2}/\d{1,2}\b"),
    re.compile(r"\b[AP]M\b"),
    re.compile(r"\d,\d{3}\b"),
)
ADDRESS = re.compile(r'"(/|https?:)[^"]*"')  # no text that people read
WITH_A_COLON = re.compile(r"\b\d{1,2}:\d\d\b")


def language_of(helpdesk: Helpdesk, name: str) -> Language:
    with helpdesk.desk.database.reading() as store:
        return store.people.directory()[name].language


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("nn", "nn"),
        ("Nynorsk", "nn"),
        ("english", "en"),
        ("Engelsk", "en"),
        (" BOKMÅL ", "nb"),
        ("norsk", "nb"),
    ],
)
def test_a_language_is_named_in_any_of_the_three(
    asked: Helpdesk, written: str, language: str
) -> None:
    asked.commands("Ola", "språk", written)

    assert asked.hears("Ola") == [CHOSEN[language]]
    assert language_of(asked, "Ola") == language
    assert language_of(asked, "Nils") == "nb"


@pytest.mark.parametrize("written", ["", "svensk", "n"])
def test_without_a_language_that_we_know_the_three_are_offered(
    asked: Helpdesk, written: str
) -> None:
    asked.commands("Ola", "sprak", written)

    [card] = asked.cards_heard("Ola")
    assert [button.label for button in card.buttons()] == ["Bokmål", "Nynorsk", "English"]
    asked.presses("Ola", "language.choose", task="en")
    assert asked.hears("Ola") == [CHOSEN["en"]]


def test_the_cards_one_has_are_redrawn_and_nobody_elses(asked: Helpdesk) -> None:
    asked.commands("Ola", "språk", "en")
    asked.forgets()

    assert asked.card("Ola").title == "HALD-2026-0001 · We have your question"
    assert asked.facts("Ola")["First answer by"] == "Monday 2 March at 13:00"
    assert "Første svar innen" in asked.facts("Kari")

    asked.commands("Kari", "språk", "nn")
    asked.forgets()
    assert "Første svar innan" in asked.facts("Kari")
    assert "Første svar innen" in asked.facts(TEAM)
    assert "First answer by" in asked.facts("Ola")


def test_what_comes_and_what_a_command_answers_is_in_the_chosen_language(asked: Helpdesk) -> None:
    asked.commands("Ola", "språk", "en")
    asked.forgets()

    asked.answers("Kari", "Innen 10. april.")
    asked.commands("Ola", "sla")

    answer, figures = asked.hears("Ola")
    assert answer == "Kari answers"
    assert figures == "Response times: your own questions, 1 March 2026 – 2 March 2026"
    asked.forgets()


def test_the_way_to_choose_stands_on_ones_own_page(asked: Helpdesk) -> None:
    asked.opens_page("Ola")
    [button] = [b for b in asked.shown["Ola"].card.buttons() if b.action == "language.form"]

    asked.press("Ola", button)

    assert asked.hears("Ola") == ["Hvilket språk skal jeg snakke?"]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_dates_times_and_numbers_are_written_as_in_norway(
    helpdesk: Helpdesk, language: str
) -> None:
    helpdesk.opens()
    for name in ("Ola", "Kari"):
        helpdesk.commands(name, "språk", language)
    helpdesk.asks("Ola", VAT)
    helpdesk.presses("Ola", "ticket.why")
    helpdesk.commands("Ola", "sla", "2026")
    helpdesk.answers("Kari", "Ja.")
    helpdesk.commands("Kari", "sla")

    chats = [helpdesk.chat_of(name).cards[name].values() for name in ("Ola", "Kari")]
    cards = [card for chat in chats for card in chat]
    cards += [show.card for show in helpdesk.shown.values()]
    cards += [helpdesk.opens_page(name) for name in ("Ola", "Kari")]
    assert any(isinstance(block, Facts) for card in cards for block in card.body)
    wrong = (*NOT_NORWEGIAN, WITH_A_COLON) if language != "en" else NOT_NORWEGIAN
    for card in cards:
        read = ADDRESS.sub("", card.model_dump_json())
        assert [way for way in wrong if way.search(read)] == [], card.title
    helpdesk.forgets()
