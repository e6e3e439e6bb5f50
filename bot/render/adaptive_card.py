"""Draw a card as an Adaptive Card for Microsoft Teams, of a size that Teams takes."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, assert_never

from bot.cards.blocks import (
    Block,
    Button,
    Buttons,
    Card,
    Facts,
    Heading,
    Input,
    Link,
    Picture,
    Quote,
    Select,
    Table,
    Text,
)
from bot.render.teams_words import MORE, Drawn, cut, escaped, heading, label, link, runs

MEDIA_TYPE = "application/vnd.microsoft.card.adaptive"
BYTES = 28_000  # Teams counts in its own way, and says no somewhere above
TITLE_LIMIT = 300
LABEL_LIMIT = 100
FALLBACK_LIMIT = 500
OPTIONS = 100
BUTTONS_IN_A_ROW = 6  # Teams leaves out the rest
LENGTHS = (8000, 4000, 2000, 1000, 500, 250, 120)  # of each text, until the card fits
ROOM_FOR_A_ROW = 40  # rows of a table are left out as texts are cut

_STYLES = {"plain": "default", "primary": "positive", "danger": "destructive"}
_INTERACTIVE = ("Input.Text", "Input.ChoiceSet", "ActionSet")


def adaptive_card(card: Card) -> Drawn:
    """Return the card. Too long for Teams, its texts are cut; then its end is left out.

    Where the whole of it stands on a page, what was cut ends with the way there.
    """
    whole = link(card.whole, card.whole) if card.whole else None
    room = BYTES - (_bytes(whole) if whole else 0)
    for length in LENGTHS:
        drawn = _card(card, [part for block in card.body for part in _draw(block, length)])
        if _bytes(drawn) <= room:
            break
    else:
        drawn = _shortened(drawn, room)
    return _with_the_whole(drawn, whole) if whole and _is_cut(drawn) else drawn


def in_dialog(card: Card) -> Drawn:
    """Return the card as a dialog shows it, where a button sends instead of being carried out."""
    drawn = adaptive_card(card)
    rows = [part for part in drawn["body"] if part["type"] == "ActionSet"]
    for action in [action for row in rows for action in row["actions"]]:
        action["type"] = "Action.Submit"
        del action["verb"]
    return drawn


def _card(card: Card, body: Sequence[Drawn]) -> Drawn:
    return {
        "type": "AdaptiveCard",
        "version": "1.5",
        "fallbackText": escaped(card.plain(), FALLBACK_LIMIT),
        "msteams": {"width": "full"},
        "body": [heading(card.title, TITLE_LIMIT, "Large"), *body],
    }


def _draw(block: Block, length: int) -> Iterator[Drawn]:
    match block:
        case Text() | Heading() | Quote():
            yield from _words(block, length)
        case Facts(facts=facts):
            pairs = [(escaped(f.name, LABEL_LIMIT), escaped(f.value, length)) for f in facts]
            if pairs:
                found = [{"title": name, "value": value} for name, value in pairs]
                yield {"type": "FactSet", "facts": found}
        case Table():
            yield from _table(block, length)
        case Picture() | Link():
            yield from _elsewhere(block, length)
        case Input() | Select():
            yield from _field(block, length)
        case Buttons(buttons=buttons):
            yield from _rows([_button(button) for button in buttons])
        case _:
            assert_never(block)


def _elsewhere(block: Picture | Link, length: int) -> Iterator[Drawn]:
    """Draw what lies at an address: a picture, or the way there.

    A picture that was made for another chat may have an address that Teams cannot fetch.
    """
    if isinstance(block, Link):
        yield link(block.label, block.address)
    elif block.address.startswith("/"):
        yield from _words(Text(text=block.alt, subtle=True), length)
    else:
        alt = cut(block.alt, length)
        yield {"type": "Image", "url": block.address, "altText": alt, "size": "Stretch"}


def _words(block: Text | Heading | Quote, length: int) -> Iterator[Drawn]:
    """Draw words, if there are any."""
    if not block.text.strip():
        return
    match block:
        case Heading(text=text):
            yield heading(text, TITLE_LIMIT, "Medium")
        case Quote(text=text):
            yield {"type": "Container", "style": "emphasis", "items": [runs(text, length)]}
        case Text(text=text, subtle=True):
            yield runs(text, length, isSubtle=True, size="Small")
        case Text(text=text):
            yield runs(text, length)
        case _:
            assert_never(block)


def _table(block: Table, length: int) -> Iterator[Drawn]:
    most = max(1, length // ROOM_FOR_A_ROW)
    yield heading(block.title, TITLE_LIMIT, "Medium")
    if block.columns:
        yield {
            "type": "Table",
            "columns": [{"width": 2}, *({"width": 1} for _ in block.columns[1:])],
            "rows": [
                _row(block.columns, length, weight="Bolder"),
                *(_row(row, length) for row in block.rows[:most]),
            ],
        }
    if len(block.rows) > most:
        yield runs(MORE, length)


def _row(cells: Sequence[str], length: int, **style: str | bool) -> Drawn:
    drawn = [{"type": "TableCell", "items": [runs(cell, length, **style)]} for cell in cells]
    return {"type": "TableRow", "cells": drawn}


def _field(block: Input | Select, length: int) -> Iterator[Drawn]:
    """Draw a field, and below it what was wrong with the last try."""
    common = {"id": block.name, "label": label(block.label, LABEL_LIMIT)}
    if isinstance(block, Input):
        value = {"value": cut(block.value, length)} if block.value.strip() else {}
        yield {"type": "Input.Text", **common, "isMultiline": block.is_long, **value}
    elif block.options:  # Teams refuses a field in which there is nothing to choose
        yield {"type": "Input.ChoiceSet", **common, "style": "compact", **_choices(block)}
    if block.error:
        yield runs(f"⚠️ {block.error}", length, color="Attention")


def _choices(block: Select) -> Drawn:
    options = block.options[:OPTIONS]
    choices = [{"title": label(one.label, LABEL_LIMIT), "value": one.value} for one in options]
    is_chosen = any(one.value == block.value for one in options)
    return {"choices": choices} | ({"value": block.value} if is_chosen else {})


def _button(button: Button) -> Drawn:
    return {
        "type": "Action.Execute",
        "title": label(button.label, LABEL_LIMIT),
        "verb": button.action,
        "data": {"action": button.action, "value": button.value},
        "style": _STYLES[button.style],
    }


def _rows(buttons: Sequence[Drawn]) -> Iterator[Drawn]:
    for start in range(0, len(buttons), BUTTONS_IN_A_ROW):
        yield {"type": "ActionSet", "actions": buttons[start : start + BUTTONS_IN_A_ROW]}


def _with_the_whole(drawn: Drawn, whole: Drawn) -> Drawn:
    """Put *whole* above the buttons that stand last, where it is read."""
    body = drawn["body"]
    last = [part["type"] for part in body].index("ActionSet") if _acts(body) else len(body)
    return drawn | {"body": [*body[:last], whole, *body[last:]]}


def _acts(body: Sequence[Drawn]) -> bool:
    return any(part["type"] == "ActionSet" for part in body)


def _is_cut(drawn: Drawn) -> bool:
    """Tell whether words or parts were left out; on buttons and fields they may be."""
    read = [part for part in drawn["body"] if part["type"] not in _INTERACTIVE]
    return any(text.endswith(MORE) for text in _texts(read))


def _texts(drawn: Any) -> Iterator[str]:
    match drawn:
        case {"type": "TextRun" | "TextBlock", "text": str(text)}:
            yield text
        case {"title": str(), "value": str(fact)}:
            yield fact
        case dict():
            yield from _texts(list(drawn.values()))
        case list():
            for part in drawn:
                yield from _texts(part)


def _shortened(drawn: Drawn, room: int) -> Drawn:
    """Leave out what is only to be read, from the end; then, if need be, fields and buttons."""
    title, *body = drawn["body"]
    cut_at = len(body)
    while body and _bytes(drawn | {"body": [title, *body, runs(MORE, 1)]}) > room:
        read = (n for n, part in enumerate(body) if part["type"] not in _INTERACTIVE)
        cut_at = max(read, default=len(body) - 1)
        del body[cut_at]
    body.insert(cut_at, runs(MORE, 1))
    return drawn | {"body": [title, *body]}


def _bytes(drawn: Any) -> int:
    return len(json.dumps(drawn, ensure_ascii=False).encode())
