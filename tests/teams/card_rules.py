"""What Teams takes of a card, by the SDK's own models; what breaks that is named."""

import json
from collections.abc import Iterator
from typing import Any

from microsoft_teams import cards
from microsoft_teams.cards import AdaptiveCard
from pydantic import BaseModel, ValidationError

Drawn = dict[str, Any]

MODELS: dict[str, type[BaseModel]] = {
    "AdaptiveCard": AdaptiveCard,
    "Action.Execute": cards.ExecuteAction,
    "Action.OpenUrl": cards.OpenUrlAction,
    "Action.Submit": cards.SubmitAction,
    "ActionSet": cards.ActionSet,
    "Container": cards.Container,
    "FactSet": cards.FactSet,
    "Image": cards.Image,
    "Input.ChoiceSet": cards.ChoiceSetInput,
    "Input.Text": cards.TextInput,
    "RichTextBlock": cards.RichTextBlock,
    "Table": cards.Table,
    "TableCell": cards.TableCell,
    "TableRow": cards.TableRow,
    "TextBlock": cards.TextBlock,
    "TextRun": cards.TextRun,
}
SIZE = 28_000
MARKDOWN = {"TextBlock": ("text",), "AdaptiveCard": ("fallbackText",)}


def wrong_with(card: Drawn) -> list[str]:
    """Return everything Teams would not take, or would not show."""
    size = len(json.dumps(card, ensure_ascii=False).encode())
    wrong = [f"{size} bytes"] if size > SIZE else []
    return wrong + [words for part in parts(card) for words in _wrong(part)]


def parts(drawn: Any) -> Iterator[Drawn]:
    """Return everything in the card that has a type, from the outside in."""
    match drawn:
        case dict():
            if "type" in drawn:
                yield drawn
            for value in drawn.values():
                yield from parts(value)
        case list():
            for value in drawn:
                yield from parts(value)


def markdown(card: Drawn) -> Iterator[str]:
    """Return every text in which Teams looks for Markdown."""
    for part in parts(card):
        yield from (part[name] for name in MARKDOWN.get(part["type"], ()))
        for fact in part.get("facts", ()):
            yield from fact.values()


def words(card: Drawn) -> str:
    """Return what stands in the runs, where Teams looks for no Markdown."""
    return "\n".join(part["text"] for part in parts(card) if part["type"] == "TextRun")


def buttons(card: Drawn) -> list[Drawn]:
    return [part for part in parts(card) if part["type"] == "Action.Execute"]


def _wrong(part: Drawn) -> Iterator[str]:
    model = MODELS.get(part["type"])
    if model is None:
        yield f"unknown: {part['type']}"
        return
    try:
        model.model_validate(part)
    except ValidationError as error:
        yield str(error)
    known = {field.serialization_alias for field in model.model_fields.values()}
    yield from (f"{part['type']}: unknown {name}" for name in part.keys() - known)
    if part["type"] == "ActionSet" and not 1 <= len(part["actions"]) <= 6:
        yield f"{len(part['actions'])} buttons in a row"
    if part["type"] in {"TextBlock", "TextRun"} and not part["text"].strip():
        yield "an empty text"
