"""Cards on our own page: people's words stay words, and every field can be reached and read."""

from html.parser import HTMLParser

from bot.cards.blocks import (
    Button,
    Buttons,
    Card,
    Fact,
    Facts,
    Heading,
    Input,
    Option,
    Quote,
    Select,
    Table,
    Text,
)
from bot.render.html import html

NASTY = "\"'><script>alert(1)</script>&amp; <b onload=x>"
SEND = Button(label="Send", action="ask.send", value="7", style="primary")
CANCEL = Button(label="Avbryt", action="ask.stop", value="7")
TASKS = (Option(label="Merverdiavgift", value="vat"), Option(label="Bank", value="bank"))


class Outline(HTMLParser):
    """The elements of a card, in order, and the text in it."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def drawn(*body: object, name: str = "card") -> Outline:
    return Outline(html(Card.model_validate({"title": "Tittel", "body": body}), name=name))


def test_what_people_write_never_becomes_markup() -> None:
    button = Button(label=NASTY, action=NASTY, value=NASTY)
    card = drawn(
        Text(text=NASTY),
        Text(text=NASTY, subtle=True),
        Heading(text=NASTY),
        Quote(text=NASTY),
        Facts(facts=(Fact(name=NASTY, value=NASTY),)),
        Table(title=NASTY, columns=(NASTY,), rows=((NASTY, NASTY),)),
        Input(name=NASTY, label=NASTY, value=NASTY, error=NASTY),
        Input(name="b", label=NASTY, value=NASTY, is_long=True),
        Select(name="c", label=NASTY, options=(Option(label=NASTY, value=NASTY),), error=NASTY),
        Buttons(buttons=(button,)),
    )

    tags = {tag for tag, _ in card.elements}
    assert tags.isdisjoint({"script", "b"})
    assert not any("onload" in attributes for _, attributes in card.elements)
    assert NASTY in card.text
    [pressed] = card.all("button")
    assert (pressed["data-action"], pressed["data-value"]) == (NASTY, NASTY)


def test_a_title_is_never_markup_either() -> None:
    assert "<script>" not in html(Card(title=NASTY))


def test_every_field_has_a_label_and_a_place_for_what_is_wrong() -> None:
    card = drawn(
        Input(name="text", label="Svar", is_long=True),
        Select(name="task", label="Oppgave", options=TASKS),
        Input(name="due", label="Frist", error="Skriv en dato."),
        name="left-12",
    )

    fields = card.all("textarea") + card.all("select") + card.all("input")
    labelled = {label["for"] for label in card.all("label")}
    assert {field["id"] for field in fields} == labelled
    assert labelled == {"left-12-text", "left-12-task", "left-12-due"}
    errors = {error["id"] for error in card.all("p")}
    assert {field["aria-describedby"] for field in fields} == errors
    assert [field["aria-invalid"] for field in fields] == ["false", "false", "true"]
    assert "Skriv en dato." in card.text


def test_the_first_primary_button_is_what_enter_presses_in_a_form() -> None:
    card = drawn(Input(name="text", label="Svar"), Buttons(buttons=(CANCEL, SEND)))

    assert [button["type"] for button in card.all("button")] == ["button", "submit"]
    assert card.elements[0][0] == "form"


def test_a_card_without_fields_is_no_form() -> None:
    card = drawn(Buttons(buttons=(SEND,)))

    assert card.all("form") == []
    assert [button["type"] for button in card.all("button")] == ["button"]


def test_what_is_chosen_is_selected_and_nothing_is_chosen_for_anybody() -> None:
    chosen = drawn(Select(name="task", label="Oppgave", options=TASKS, value="bank"))
    free = drawn(Select(name="task", label="Oppgave", options=TASKS))

    assert [option["value"] for option in chosen.all("option") if "selected" in option] == ["bank"]
    assert [option["value"] for option in free.all("option") if "selected" in option] == [""]


def test_a_table_has_a_name_for_every_row_and_column() -> None:
    card = drawn(Table(title="Svar", columns=("Kommune", "I tide"), rows=(("Herøy", "97 %"),)))

    assert [head["scope"] for head in card.all("th")] == ["col", "col", "row"]


def test_a_line_break_that_begins_an_answer_is_kept() -> None:
    markup = html(Card(title="T", body=(Input(name="a", label="A", value="\nx", is_long=True),)))
    assert ">\n\nx</textarea>" in markup  # HTML swallows the first


def test_two_cards_on_a_page_share_no_id() -> None:
    body = (Input(name="text", label="Svar"),)
    ids = [
        attributes["id"]
        for name in ("left-1", "right-1")
        for _, attributes in drawn(*body, name=name).elements
        if "id" in attributes
    ]
    assert len(ids) == len(set(ids))


def test_a_card_survives_the_outbox() -> None:
    card = Card(title="T", body=(Quote(text="æ"), Buttons(buttons=(SEND,))))
    assert html(Card.model_validate(card.model_dump(mode="json"))) == html(card)
