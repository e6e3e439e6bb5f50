"""What a chat has to cut ends with the way to the whole of it, and nothing else does."""

import json
from typing import Any

import pytest

from bot.cards.blocks import Button, Buttons, Card, Fact, Facts, Link, Quote, Text
from bot.cards.detour import words_of
from bot.render.adaptive_card import adaptive_card
from bot.render.block_kit import block_kit
from bot.render.html import html
from tests.slack_limits import wrong_with_message
from tests.teams.card_rules import wrong_with

WHOLE = "https://desk.example/tickets/HALD-2026-0001"
TAKE = Buttons(buttons=(Button(label="Ta saken", action="ticket.take", value="1"),))
LONG = "Når må kravet være sendt? " * 2_000


def card(*body: Any, whole: str | None = WHOLE) -> Card:
    return Card(title="HALD-2026-0001", body=(*body, TAKE), whole=whole)


LONG_CARDS = (
    card(Quote(text=LONG)),
    card(Text(text=LONG)),
    card(Facts(facts=(Fact(name="Oppgave", value=LONG),))),
    card(*(Text(text=f"Linje {n}") for n in range(800))),
)


@pytest.mark.parametrize("long", LONG_CARDS, ids=["quote", "text", "fact", "blocks"])
def test_what_is_cut_ends_with_the_way_to_the_whole(long: Card) -> None:
    in_slack, in_teams = block_kit(long), adaptive_card(long)
    assert wrong_with_message(in_slack) == wrong_with(in_teams) == []
    assert f"<{WHOLE}|{WHOLE}>" in json.dumps(in_slack)
    assert {"type": "Action.OpenUrl", "url": WHOLE} in opens(in_teams)
    assert "ticket.take" in json.dumps(in_slack)
    assert "ticket.take" in json.dumps(in_teams)


@pytest.mark.parametrize("long", LONG_CARDS)
def test_without_a_page_it_is_cut_all_the_same(long: Card) -> None:
    bare = long.model_copy(update={"whole": None})
    assert wrong_with_message(block_kit(bare)) == wrong_with(adaptive_card(bare)) == []
    assert WHOLE not in json.dumps([block_kit(bare), adaptive_card(bare)])


def test_what_fits_needs_no_way_to_it() -> None:
    short = card(Quote(text="Når er fristen?"), Text(text="Fristen er 10. april."))
    assert WHOLE not in json.dumps([block_kit(short), adaptive_card(short)])


def test_our_own_page_shows_the_whole() -> None:
    shown = html(LONG_CARDS[0])
    assert LONG.strip() in shown
    assert WHOLE not in shown


def test_a_way_elsewhere_can_be_pressed_in_every_chat_and_written_in_an_e_mail() -> None:
    nasty = "Gå <dit> | nå & her"
    way = card(Link(label=nasty, address="https://a.example/?a=1&b=<2>|3"))
    in_slack, in_teams = block_kit(way), adaptive_card(way)
    assert wrong_with_message(in_slack) == wrong_with(in_teams) == []
    [pressed] = [block for block in in_slack if block["type"] == "context"]
    assert pressed["elements"][0]["text"] == (
        "<https://a.example/?a=1&amp;b=%3C2%3E%7C3|Gå &lt;dit&gt; / nå &amp; her>"
    )
    assert opens(in_teams) == [{"type": "Action.OpenUrl", "url": "https://a.example/?a=1&b=<2>|3"}]
    assert (
        '<a href="https://a.example/?a=1&amp;b=&lt;2&gt;|3" rel="noopener noreferrer">'
        "Gå &lt;dit&gt; | nå &amp; her</a>" in html(way)
    )
    assert f"{nasty}: https://a.example" in words_of(way)


def opens(drawn: dict[str, Any]) -> list[dict[str, Any]]:
    """Return everything that opens an address."""
    runs = [run for part in drawn["body"] for run in part.get("inlines", ())]
    return [run["selectAction"] for run in runs if "selectAction" in run]
