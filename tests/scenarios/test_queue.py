"""The host's team looks at its queue, by command and on its own page; others see their own."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.cards.blocks import Card, Select
from bot.domain.people import Language
from tests.helpdesk import TEAM, VAT, Helpdesk

BANK = "Når er bankavstemmingen klar?"


@pytest.fixture
def queue(asked: Helpdesk) -> Helpdesk:
    """Ola in Herøy asked of VAT (it is Kari's), Nils in Dønna of the bank (Per has taken it)."""
    asked.now += timedelta(minutes=10)
    asked.asks("Nils", BANK)
    asked.presses("Per", "ticket.take", on=TEAM)
    asked.forgets()
    return asked


def numbers(card: Card) -> list[str]:
    words = card.model_dump_json()
    return sorted(number for number in ("0001", "0002", "0003") if f"HALD-2026-{number}" in words)


def sees(helpdesk: Helpdesk, name: str, words: str = "") -> list[str]:
    helpdesk.commands(name, "saker", words)
    [card] = helpdesk.cards_heard(name)
    return numbers(card)


def shows(helpdesk: Helpdesk, name: str, part: str, **fields: str) -> list[str]:
    """Press a part of the queue on one's own page, with the filters set to *fields*."""
    page = helpdesk.opens_page(name)
    [button] = [b for b in page.buttons() if b.action == "queue.show" and b.value == part]
    helpdesk.happens(replace(helpdesk.pressed(name, button), fields=fields), who=name)
    return numbers(helpdesk.shown[name].card)


@pytest.mark.parametrize(
    ("name", "words", "found"),
    [
        ("Kari", "", ["0001", "0002"]),
        ("Kari", "mine", ["0001"]),
        ("Per", "mine", ["0002"]),
        ("Liv", "mine", []),
        ("Per", "ledige", ["0001"]),
        ("Per", "venter", []),
        ("Per", "i dag", ["0001", "0002"]),
        ("Per", "dønna", ["0002"]),
        ("Per", "merverdiavgift", ["0001"]),
        ("Per", "merverdiavgift dønna", []),
    ],
)
def test_each_part_holds_what_it_says(
    queue: Helpdesk, name: str, words: str, found: list[str]
) -> None:
    assert sees(queue, name, words) == found


def test_the_nearest_deadline_stands_first(queue: Helpdesk) -> None:
    queue.asks("Eli", VAT)
    queue.presses("Eli", "asker.urgent")
    queue.forgets()

    queue.commands("Kari", "saker")

    [card] = queue.cards_heard("Kari")
    shown = [block.text for block in card.body if block.kind == "text" and not block.subtle]
    assert [text[10:14] for text in shown] == ["0003", "0001", "0002"]


def test_what_waits_for_the_asker_is_in_its_own_part(queue: Helpdesk) -> None:
    queue.presses("Per", "ticket.ask_back", on=TEAM)
    queue.fills_in("Per", text="Hvilken konto?")
    queue.forgets()

    assert sees(queue, "Kari", "venter") == ["0002"]


def test_what_is_resolved_has_left_the_queue(queue: Helpdesk) -> None:
    queue.answers("Per", "I morgen.")
    queue.presses("Per", "ticket.resolve", on=TEAM)
    queue.forgets()

    assert sees(queue, "Per") == ["0001"]


def test_the_page_is_filtered_where_it_is(queue: Helpdesk) -> None:
    assert shows(queue, "Kari", "all", municipality="donna") == ["0002"]
    assert shows(queue, "Kari", "all", municipality="all", task="vat") == ["0001"]
    assert shows(queue, "Kari", "mine", municipality="donna", task="all") == []
    assert shows(queue, "Kari", "all", municipality="atlantis", task="gold") == ["0001", "0002"]


def test_the_filter_that_was_chosen_stays_chosen(queue: Helpdesk) -> None:
    shows(queue, "Kari", "mine", municipality="donna", task="vat")

    card = queue.shown["Kari"].card
    chosen = {block.name: block.value for block in card.body if isinstance(block, Select)}
    assert chosen == {"municipality": "donna", "task": "vat"}
    primary = [button.label for button in card.buttons() if button.style == "primary"]
    assert "Mine (0)" in primary


def test_a_part_pressed_in_a_message_comes_as_one_to_who_pressed(queue: Helpdesk) -> None:
    queue.commands("Kari", "saker")
    queue.forgets()
    found = queue.button("Kari", "queue.show", task="mine")

    queue.happens(replace(queue.pressed("Kari", found, channel=TEAM), card="m1"))

    [card] = queue.cards_heard("Kari")
    assert numbers(card) == ["0001"]
    assert queue.hears(TEAM) == []


def test_what_was_not_understood_is_said(queue: Helpdesk) -> None:
    queue.commands("Kari", "saker", "snart <!channel>")

    [card] = queue.cards_heard("Kari")
    assert card.plain().startswith("Køen, etter frist – Dette forsto jeg ikke.")


@pytest.mark.parametrize("words", ["", "mine", "herøy", "alle"])
def test_who_only_asks_sees_their_own_and_no_more(queue: Helpdesk, words: str) -> None:
    queue.commands("Nils", "saker", words)

    [card] = queue.cards_heard("Nils")
    assert numbers(card) == ["0002"]
    assert card.title == "Mine spørsmål"
    assert "queue.show" not in [button.action for button in card.buttons()]


def test_a_neighbour_who_presses_the_teams_button_learns_nothing(queue: Helpdesk) -> None:
    queue.commands("Kari", "saker")
    queue.forgets()
    button = queue.button("Kari", "queue.show", task="all")

    queue.press("Nils", button)

    assert queue.hears("Nils") == ["Bare teamet i vertskommunen kan gjøre dette."]
    assert "Nils" not in queue.shown


def test_an_old_part_of_the_queue_shows_all_of_it(queue: Helpdesk) -> None:
    queue.commands("Kari", "saker")
    queue.forgets()
    button = queue.button("Kari", "queue.show", task="all")

    queue.press("Kari", button.model_copy(update={"value": "yesterday"}))

    assert numbers(queue.shown["Kari"].card) == ["0001", "0002"]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("part", ["all", "mine", "free", "waiting", "today"])
def test_an_empty_part_says_so_in_every_language(
    helpdesk: Helpdesk, language: Language, part: str
) -> None:
    helpdesk.has("Kari", of="alstahaug", roles={"host-team"}, language=language)

    assert shows(helpdesk, "Kari", part) == []
    assert any(block.kind == "text" for block in helpdesk.shown["Kari"].card.body)
