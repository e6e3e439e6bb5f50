"""What version 1.5 of the Adaptive Cards schema allows of the parts that we draw, and nothing else.

Written after the published schema, as far as our cards go: which properties each part may have,
which it must, and what may stand in them. Teams' own `msteams` is the one thing beside it.
"""

from typing import Any, Final

from jsonschema import Draft7Validator

Schema = dict[str, Any]

TEXT: Final[Schema] = {"type": "string"}
YES_NO: Final[Schema] = {"type": "boolean"}
ADDRESS: Final[Schema] = {"type": "string", "pattern": r"^https?://\S+$"}


def one_of(*words: str) -> Schema:
    """Allow these words, however their letters are written."""
    return {"enum": [*words, *(word[0].upper() + word[1:] for word in words)]}


def several(*kinds: str) -> Schema:
    return {"type": "array", "items": {"anyOf": [{"$ref": f"#/definitions/{k}"} for k in kinds]}}


def part(kind: str, must: dict[str, Schema], **may: Schema) -> Schema:
    return {
        "type": "object",
        "properties": {"type": {"const": kind}, **must, **may},
        "required": ["type", *must],
        "additionalProperties": False,
    }


COLOURS = one_of("default", "dark", "light", "accent", "good", "warning", "attention")
SIZES = one_of("default", "small", "medium", "large", "extraLarge")
WEIGHTS = one_of("default", "lighter", "bolder")
STYLES = one_of("default", "positive", "destructive")
ACTIONS = ("Action.Execute", "Action.OpenUrl", "Action.Submit")
ELEMENTS = (
    "ActionSet",
    "Container",
    "FactSet",
    "Image",
    "Input.ChoiceSet",
    "Input.Text",
    "RichTextBlock",
    "Table",
    "TextBlock",
)
PAIR = {"title": TEXT, "value": TEXT}
PAIRS: Final[Schema] = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": PAIR,
        "required": [*PAIR],
        "additionalProperties": False,
    },
}
COLUMN: Final[Schema] = {
    "type": "object",
    "properties": {"width": {"type": ["number", "string"]}},
    "additionalProperties": False,
}

DEFINITIONS: Final[dict[str, Schema]] = {
    "Action.Execute": part(
        "Action.Execute",
        {},
        verb=TEXT,
        data={"type": ["object", "string"]},
        title=TEXT,
        style=STYLES,
    ),
    "Action.OpenUrl": part("Action.OpenUrl", {"url": ADDRESS}, title=TEXT, style=STYLES),
    "Action.Submit": part(
        "Action.Submit", {}, data={"type": ["object", "string"]}, title=TEXT, style=STYLES
    ),
    "ActionSet": part("ActionSet", {"actions": several(*ACTIONS)}),
    "Container": part(
        "Container",
        {"items": several(*ELEMENTS)},
        style=one_of("default", "emphasis", "good", "attention", "warning", "accent"),
    ),
    "FactSet": part("FactSet", {"facts": PAIRS}),
    "Image": part(
        "Image",
        {"url": ADDRESS},
        altText=TEXT,
        size=one_of("auto", "stretch", "small", "medium", "large"),
    ),
    "Input.ChoiceSet": part(
        "Input.ChoiceSet",
        {"id": TEXT, "choices": PAIRS},
        label=TEXT,
        style=one_of("compact", "expanded", "filtered"),
        value=TEXT,
    ),
    "Input.Text": part("Input.Text", {"id": TEXT}, label=TEXT, isMultiline=YES_NO, value=TEXT),
    "RichTextBlock": part("RichTextBlock", {"inlines": several("TextRun")}),
    "Table": part(
        "Table", {}, columns={"type": "array", "items": COLUMN}, rows=several("TableRow")
    ),
    "TableRow": part("TableRow", {}, cells=several("TableCell")),
    "TableCell": part("TableCell", {"items": several(*ELEMENTS)}),
    "TextBlock": part(
        "TextBlock",
        {"text": TEXT},
        color=COLOURS,
        size=SIZES,
        weight=WEIGHTS,
        isSubtle=YES_NO,
        wrap=YES_NO,
        style=one_of("default", "heading"),
    ),
    "TextRun": part(
        "TextRun",
        {"text": TEXT},
        color=COLOURS,
        size=SIZES,
        weight=WEIGHTS,
        isSubtle=YES_NO,
        underline=YES_NO,
        selectAction={"anyOf": [{"$ref": f"#/definitions/{action}"} for action in ACTIONS]},
    ),
}
CARD: Final[Schema] = part(
    "AdaptiveCard",
    {"version": {"const": "1.5"}, "body": several(*ELEMENTS)},
    fallbackText=TEXT,
    msteams={
        "type": "object",
        "properties": {"width": {"const": "full"}},
        "additionalProperties": False,
    },
)
VALIDATOR: Final = Draft7Validator({**CARD, "definitions": DEFINITIONS})


def breaks(card: dict[str, Any]) -> list[str]:
    """Return everything in *card* that the schema does not allow, with where it stands."""
    return [f"{error.json_path}: {error.message}"[:300] for error in VALIDATOR.iter_errors(card)]
