"""Whatever people write and however much, Slack takes the card, and reads no markup in it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.blocks import (
    Block,
    Button,
    Buttons,
    Card,
    Fact,
    Facts,
    Heading,
    Input,
    Link,
    Option,
    Quote,
    Select,
    Table,
    Text,
)
from bot.render.block_kit import block_kit, fallback, unnumbered
from bot.render.slack_views import page, window
from tests.slack_limits import wrong_with_message, wrong_with_view

NASTY = (
    "<!channel> <@U1> & *fet* `kode` ```x``` :ticket: https://a.example/?a=1&b=2> ola@b.example "
)

words = st.text(max_size=9) | st.sampled_from([NASTY, " ", "\n", "å", "<&>", "ord "])
names = st.sampled_from(["text", "task", "who", "ticket.take", "asker.choose"])
values = st.text("abc0", max_size=75)
styles = st.sampled_from(["plain", "primary", "danger"])
addresses = st.sampled_from(["https://a.example/?a=1&b=<2>|3", "https://a.example/å b"])
some = {"max_size": 3}
blocks = st.one_of(
    st.builds(Text, text=words, subtle=st.booleans()),
    st.builds(Heading, text=words),
    st.builds(Quote, text=words),
    st.builds(Facts, facts=st.lists(st.builds(Fact, name=words, value=words), **some)),
    st.builds(
        Table,
        title=words,
        columns=st.lists(words, **some),
        rows=st.lists(st.lists(words, **some), **some),
    ),
    st.builds(Link, label=words, address=addresses),
    st.builds(Input, name=names, label=words, value=words, error=st.none() | words),
    st.builds(
        Select,
        name=names,
        label=words,
        options=st.lists(st.builds(Option, label=words, value=values), **some),
        value=values,
    ),
    st.builds(
        Buttons,
        buttons=st.lists(
            st.builds(Button, label=words, action=names, value=values, style=styles), **some
        ),
    ),
)
cards = st.builds(
    lambda title, body, whole, longer, more: Card.model_validate(
        {"title": title * longer, "body": grown(body, longer, more), "whole": whole}
    ),
    words,
    st.lists(blocks.map(lambda block: block.model_dump()), max_size=4),
    st.none() | addresses,
    st.sampled_from([1, 1, 20, 400]),
    st.sampled_from([1, 1, 5]),
)


def grown(part: Any, longer: int, more: int) -> Any:
    """Return what a card is made of with longer texts, and more of everything it lists."""
    match part:
        case {"kind": _} | {"label": _}:
            kept = {"kind", "action", "name", "style", "address"} | (part.keys() & {"value"})
            return {k: v if k in kept else grown(v, longer, more) for k, v in part.items()}
        case dict():
            return {k: grown(v, longer, more) for k, v in part.items()}
        case str():
            return part * longer
        case list() | tuple():
            return [grown(one, longer, more) for one in part] * more
        case _:
            return part


@given(cards)
def test_slack_takes_every_card_as_a_message(card: Card) -> None:
    assert wrong_with_message(block_kit(card)) == []


@given(cards)
def test_slack_takes_every_card_as_a_window_and_as_a_page(card: Card) -> None:
    assert wrong_with_view(window(form(card))) == []
    assert wrong_with_view(page(card)) == []


def form(card: Card) -> Card:
    """Put a button below the card, as below every form."""
    send = Button(label="Send", action="ask.send", value="", style="primary")
    return card.model_copy(update={"body": (*card.body, Buttons(buttons=(send,)))})


@given(cards)
def test_nobody_is_called_by_what_a_card_says(card: Card) -> None:
    drawn = json.dumps([block_kit(card), window(card), page(card)])
    assert "<!" not in without_fields(drawn)
    assert "<!" not in fallback(card)
    assert len(fallback(card)) <= 3000


def without_fields(drawn: str) -> str:
    """Leave out what a person is writing themselves: it is nobody's text yet."""

    def strip(part: Any) -> Any:
        match part:
            case dict():
                return {key: strip(value) for key, value in part.items() if key != "initial_value"}
            case list():
                return [strip(value) for value in part]
            case _:
                return part

    return json.dumps(strip(json.loads(drawn)))


def drawn(*body: Block, title: str = "Spørsmål") -> list[dict[str, Any]]:
    return block_kit(Card(title=title, body=body))


def texts(blocks: list[dict[str, Any]]) -> list[str]:
    return [block["text"]["text"] for block in blocks if "text" in block]


def test_somebodys_words_are_shown_as_they_were_written() -> None:
    [_, quote] = drawn(Quote(text="Kan *du* <b>se</b> på :ticket: & svare?"))
    assert quote["text"] == {
        "type": "plain_text",
        "text": "«Kan *du* &lt;b&gt;se&lt;/b&gt; på :ticket: &amp; svare?»",
        "emoji": False,
    }


def test_a_long_question_is_cut_at_a_word_and_says_so() -> None:
    [_, first, second] = drawn(Quote(text="regnskap " * 4000))
    assert len(first["text"]["text"]) <= 3000
    assert first["text"]["text"].endswith("regnskap")
    assert second["text"]["text"].endswith("regnskap…")


def test_how_to_reach_somebody_can_be_pressed() -> None:
    [_, block] = drawn(
        Text(text="Skriv til hjelp@ikt.example, eller se https://ikt.example/a?b&c.")
    )
    assert block["text"]["text"] == (
        "Skriv til <mailto:hjelp@ikt.example|hjelp@ikt.example>, "
        "eller se <https://ikt.example/a?b&amp;c>."
    )


def test_an_address_ends_where_the_angle_bracket_does() -> None:
    [_, block] = drawn(Text(text="<https://ikt.example>"))
    assert block["text"]["text"] == "&lt;<https://ikt.example>&gt;"


def test_figures_stand_below_each_other() -> None:
    table = Table(
        title="Tall", columns=("Kommune", "Spurt"), rows=(("Herøy", "7"), ("Dønna", "12"))
    )
    [_, title, block] = drawn(table)
    assert title["text"]["text"] == "Tall"
    assert block["text"]["text"].splitlines() == [
        "```",
        "Kommune  Spurt",
        "──────────────",
        "Herøy        7",
        "Dønna       12",
        "```",
    ]


def test_a_table_cannot_be_broken_out_of() -> None:
    table = Table(title="T", columns=("A",), rows=(("``` <!channel>",),))
    [*_, block] = drawn(table)
    assert block["text"]["text"].count("```") == 2


def test_buttons_that_do_the_same_to_different_things_are_told_apart() -> None:
    buttons = [Button(label=task, action="asker.choose", value=task) for task in ("mva", "lån")]
    [_, row] = drawn(Buttons(buttons=tuple(buttons)))
    ids = [button["action_id"] for button in row["elements"]]
    assert ids == ["asker.choose", "asker.choose#2"]
    assert [unnumbered(name) for name in ids] == ["asker.choose"] * 2


def test_a_field_keeps_what_was_written_and_says_what_is_wrong_with_it() -> None:
    [_, field, error] = drawn(Input(name="text", label="Svar", value="<3", error="For kort"))
    assert field["element"]["initial_value"] == "<3"
    assert "For kort" in error["text"]["text"]


def test_buttons_and_fields_survive_when_a_card_is_too_long() -> None:
    lines = [Text(text=f"linje {n}") for n in range(80)]
    button = Button(label="Ta", action="ticket.take", value="1")
    blocks = drawn(*lines, Input(name="text", label="Svar"), Buttons(buttons=(button,)))
    assert len(blocks) == 50
    assert [block["type"] for block in blocks[-3:]] == ["context", "input", "actions"]
    assert texts(blocks)[:2] == ["Spørsmål", "linje 0"]


def test_a_windows_primary_button_sends_it_in() -> None:
    send = Button(label="Send svaret", action="ticket.answer.send", value="7", style="primary")
    back = Button(label="Avbryt", action="ticket.back", value="7")
    field = Input(name="text", label="Svar", is_long=True)
    view = window(Card(title="Svar", body=(field, Buttons(buttons=(back, send)))))
    assert view["submit"]["text"] == "Send svaret"
    assert json.loads(view["private_metadata"]) == {"action": "ticket.answer.send", "value": "7"}
    assert [block["type"] for block in view["blocks"]] == ["input", "actions"]
    assert [button["action_id"] for button in view["blocks"][1]["elements"]] == ["ticket.back"]


def test_a_title_too_long_for_a_window_is_said_in_full_inside_it() -> None:
    title = "Hvorfor fristen er onsdag 7. april kl. 11.10"
    view = window(Card(title=title, body=(Text(text="Fordi."),)))
    assert view["title"]["text"].endswith("…")
    assert texts(view["blocks"]) == [title, "Fordi."]


@pytest.mark.parametrize("draw", [block_kit, window, page])
def test_a_card_survives_the_outbox(draw: Any) -> None:
    card = Card(title="T", body=(Quote(text=NASTY), Facts(facts=(Fact(name="A", value=NASTY),))))
    assert draw(Card.model_validate(card.model_dump(mode="json"))) == draw(card)
