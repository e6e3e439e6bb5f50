"""Cards drawn for Teams: it takes every one of them, and nobody's words become markup."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

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
from bot.render.adaptive_card import adaptive_card
from bot.render.teams_words import escaped
from tests.teams.card_rules import buttons, markdown, parts, words, wrong_with
from tests.teams.card_schema import breaks

NASTY = "# *fet* _kursiv_ ~~bort~~ [her](https://ond.example) <at>alle</at> &copy; `kode` \\*"
STARTS = ("1. ", "1) ", "- ", "+ ", "> ", "# ", "---", "===", "* ", "    ")
MARKUP = MarkdownIt("commonmark").enable(["strikethrough", "table"])

some = st.text(max_size=20) | st.sampled_from([NASTY, *STARTS, "{{DATE(2026-01-01T00:00:00Z)}}"])
longer = st.builds(lambda text, times: text * times, some, st.sampled_from([1, 1, 30, 1000]))
names = st.sampled_from(["text", "task", "who", "ticket.take", "asker.choose"])
addresses = st.sampled_from(["https://a.example/?a=1&b=<2>|3", "https://a.example/å b"])
few = {"max_size": 3}
blocks = st.one_of(
    st.builds(Text, text=longer, subtle=st.booleans()),
    st.builds(Heading, text=longer),
    st.builds(Quote, text=longer),
    st.builds(Facts, facts=st.lists(st.builds(Fact, name=longer, value=longer), **few)),
    st.builds(
        Table,
        title=longer,
        columns=st.lists(longer, **few),
        rows=st.builds(
            lambda rows, times: rows * times,
            st.lists(st.lists(longer, **few), **few),
            st.sampled_from([1, 60]),
        ),
    ),
    st.builds(Link, label=longer, address=addresses),
    st.builds(Input, name=names, label=longer, value=longer, error=st.none() | longer),
    st.builds(
        Select,
        name=names,
        label=longer,
        options=st.lists(st.builds(Option, label=longer, value=names), **few),
        value=names,
        error=st.none() | longer,
    ),
    st.builds(
        Buttons,
        buttons=st.builds(
            lambda buttons, times: buttons * times,
            st.lists(st.builds(Button, label=longer, action=names, value=names), **few),
            st.sampled_from([1, 5]),
        ),
    ),
)
cards = st.builds(
    lambda title, body, whole, times: Card(title=title, body=tuple(body) * times, whole=whole),
    longer,
    st.lists(blocks, **few),
    st.none() | addresses,
    st.sampled_from([1, 1, 10]),
)


@settings(max_examples=60)
@given(cards)
def test_teams_takes_every_card(card: Card) -> None:
    drawn = adaptive_card(card)
    assert wrong_with(drawn) == breaks(drawn) == []


@settings(max_examples=60)
@given(cards)
def test_teams_finds_no_markdown_in_any_card(card: Card) -> None:
    drawn = adaptive_card(card)
    assert [text for text in markdown(drawn) if kinds(text) - {"text", "text_special"}] == []


@given(some)
def test_what_is_escaped_reads_as_it_was_written(text: str) -> None:
    if line := " ".join(text.split()):
        [*_, inline] = [token for token in MARKUP.parse(escaped(text, 10_000)) if token.children]
        assert "".join(child.content for child in inline.children or ()) == line.replace(
            "\x00", "\ufffd"
        )


@settings(max_examples=60)
@given(cards)
def test_teams_makes_no_date_of_anybodys_words(card: Card) -> None:
    shown = [part["text"] for part in parts(adaptive_card(card)) if "text" in part]
    assert not any("{{" in text for text in shown)


def kinds(text: str) -> set[str]:
    """Return what Markdown makes of *text*, beyond the paragraph it stands in."""
    tokens: list[Token] = MARKUP.parse(text)
    outer = {token.type for token in tokens} - {"paragraph_open", "inline", "paragraph_close"}
    return outer | {child.type for token in tokens for child in token.children or ()}


def drawn(*body: Block, title: str = "Spørsmål") -> dict[str, Any]:
    return adaptive_card(Card(title=title, body=body))


def test_somebodys_words_are_shown_as_they_were_written() -> None:
    card = drawn(Quote(text=f"{NASTY}\n- og *linje* to"))
    assert words(card) == f"{NASTY}\n- og *linje* to"


def test_a_name_in_the_title_is_no_markup() -> None:
    assert drawn(title="*Ola* <at>alle</at>")["body"][0]["text"] == r"\*Ola\* \<at>alle\</at>"


def test_the_number_of_a_question_is_left_as_it_is() -> None:
    assert drawn(title="HALD-2026-0001")["body"][0]["text"] == "HALD-2026-0001"


def test_a_long_question_is_cut_at_a_word_and_says_so() -> None:
    shown = words(drawn(Quote(text="regnskap " * 4000)))
    assert shown.endswith("regnskap…")
    assert len(shown) > 7000


def test_the_end_of_a_long_card_is_left_out_and_its_buttons_are_not() -> None:
    take = Button(label="Ta", action="ticket.take", value="7")
    lines = [Text(text=f"{n}: " + "regnskap " * 10) for n in range(900)]
    card = drawn(*lines, Input(name="text", label="Svar"), Buttons(buttons=(take,)))
    assert wrong_with(card) == []
    assert [part["type"] for part in card["body"][-3:]] == [
        "RichTextBlock",
        "Input.Text",
        "ActionSet",
    ]
    assert words(card).endswith("…")
    assert words(card).startswith("0: regnskap")


def test_a_button_says_what_it_does_and_to_what() -> None:
    take = Button(label="Ta den", action="ticket.take", value="7", style="primary")
    assert buttons(drawn(Buttons(buttons=(take,)))) == [
        {
            "type": "Action.Execute",
            "title": "Ta den",
            "verb": "ticket.take",
            "data": {"action": "ticket.take", "value": "7"},
            "style": "positive",
        }
    ]


def test_more_buttons_than_teams_shows_in_a_row_get_another_row() -> None:
    many = tuple(Button(label=f"{n}", action="a", value=f"{n}") for n in range(8))
    card = drawn(Buttons(buttons=many))
    assert [len(row["actions"]) for row in card["body"][1:]] == [6, 2]


def test_a_field_is_found_again_by_its_name_and_says_what_is_wrong_with_it() -> None:
    card = drawn(Input(name="text", label="Svar", value="Hei", is_long=True, error="For kort"))
    [_, field, _] = card["body"]
    assert field == {
        "type": "Input.Text",
        "id": "text",
        "label": "Svar",
        "isMultiline": True,
        "value": "Hei",
    }
    assert "For kort" in words(card)


def test_what_is_chosen_is_chosen_and_nothing_is_chosen_for_anybody() -> None:
    options = (Option(label="Mva", value="vat"), Option(label="Lån", value="loan"))
    for value, chosen in (("loan", "loan"), ("gone", None), (None, None)):
        [_, field] = drawn(Select(name="task", label="Oppgave", options=options, value=value))[
            "body"
        ]
        assert field["id"] == "task"
        assert field.get("value") == chosen
        assert [choice["value"] for choice in field["choices"]] == ["vat", "loan"]


def test_figures_stand_in_rows_below_their_columns() -> None:
    table = Table(title="Tall", columns=("Kommune", "Spurt"), rows=(("Herøy", "7"),))
    card = drawn(table)
    assert card["body"][1]["text"] == "Tall"
    assert words(card).splitlines() == ["Kommune", "Spurt", "Herøy", "7"]


@pytest.mark.parametrize(
    "empty", [Text(text=" "), Quote(text=""), Facts(facts=()), Buttons(buttons=())]
)
def test_what_is_empty_is_not_drawn(empty: Block) -> None:
    assert len(drawn(empty)["body"]) == 1


def test_a_card_survives_the_outbox() -> None:
    card = Card(title="T", body=(Quote(text=NASTY), Facts(facts=(Fact(name="A", value="æ"),))))
    again = Card.model_validate(card.model_dump(mode="json"))
    assert adaptive_card(again) == adaptive_card(card)


def test_the_schema_is_no_empty_words() -> None:
    drawn = adaptive_card(Card(title="T", body=(Text(text="Hei"),)))
    title, said = drawn["body"]
    run = {"type": "TextRun", "text": "Hei", "selectAction": {"type": "Action.OpenUrl"}}
    for bad in (
        {**drawn, "version": "1.6"},
        {**drawn, "body": [title, {**said, "color": "Accent"}]},
        {**drawn, "body": [title, {**said, "inlines": [run]}]},
        {**drawn, "body": [{**title, "size": "Huge"}]},
        {**drawn, "body": [{"type": "Carousel", "pages": []}]},
    ):
        assert breaks(bad)
    assert breaks(drawn) == []
