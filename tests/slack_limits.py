"""What Slack's reference says of blocks and views: whatever breaks it is refused, and why."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

Drawn = dict[str, Any]

CONTROL = re.compile(
    r"<(?!https?://[^<>|\s]+(?:\|[^<>|]+)?>|mailto:[^<>|\s]+\|[^<>|\s]+>)|&(?!amp;|lt;|gt;)"
)


def wrong_with_message(blocks: list[Drawn]) -> list[str]:
    """Return every rule that the blocks of a message break."""
    wrong = list(_wrong_with_blocks(blocks, most=50))
    length = sum(len(text) for text in _texts(blocks))
    return wrong + (["msg_blocks_too_long"] if length > 11_000 else [])


def wrong_with_view(view: Drawn) -> list[str]:
    """Return every rule that a window or a home page breaks."""
    return list(_wrong_with_view(view))


def _wrong_with_view(view: Drawn) -> Iterator[str]:
    known = {"type", "blocks", "private_metadata", "callback_id"}
    if view["type"] == "modal":
        known |= {"title", "submit", "close"}
        yield from _text(view.get("title"), "title", 24, only="plain_text")
        if "submit" in view:
            yield from _text(view["submit"], "submit", 24, only="plain_text")
        elif any(block["type"] == "input" for block in view["blocks"]):
            yield "a window with fields needs a submit button"
    elif view["type"] != "home":
        yield f"view type {view['type']}"
    yield from (f"unknown in a view: {name}" for name in view.keys() - known)
    yield from _size("private_metadata", view.get("private_metadata", ""), 3000)
    yield from _size("callback_id", view.get("callback_id", ""), 255)
    yield from _wrong_with_blocks(view["blocks"], most=100)


def _wrong_with_blocks(blocks: list[Drawn], most: int) -> Iterator[str]:
    if not 1 <= len(blocks) <= most:
        yield f"{len(blocks)} blocks"
    for block in blocks:
        check = BLOCKS.get(block.get("type", ""))
        yield from check(block) if check else [f"unknown block {block.get('type')}"]
    yield from _twice("block_id", [block["block_id"] for block in blocks if "block_id" in block])
    elements = [element for block in blocks for element in _elements(block)]
    yield from _twice("action_id", [element["action_id"] for element in elements])


def _elements(block: Drawn) -> list[Drawn]:
    if block["type"] == "actions":
        return list(block["elements"])
    return [block["element"]] if block["type"] == "input" else []


def _header(block: Drawn) -> Iterator[str]:
    yield from _only(block, {"type", "text"})
    yield from _text(block.get("text"), "header", 150, only="plain_text")


def _section(block: Drawn) -> Iterator[str]:
    yield from _only(block, {"type", "text", "fields"})
    fields = block.get("fields", [])
    if "text" in block:
        yield from _text(block["text"], "section", 3000)
    elif not fields:
        yield "an empty section"
    if len(fields) > 10:
        yield f"{len(fields)} fields"
    for field in fields:
        yield from _text(field, "field", 2000)


def _image(block: Drawn) -> Iterator[str]:
    yield from _only(block, {"type", "slack_file", "alt_text"})
    yield from _size("alt_text", block.get("alt_text", ""), 2000)
    if not re.fullmatch("F[A-Z0-9]{8,}", block.get("slack_file", {}).get("id", "")):
        yield "a picture that is no file in Slack"
    if not block.get("alt_text"):
        yield "a picture without words"


def _context(block: Drawn) -> Iterator[str]:
    yield from _only(block, {"type", "elements"})
    if not 1 <= len(block["elements"]) <= 10:
        yield f"{len(block['elements'])} context elements"
    for element in block["elements"]:
        yield from _text(element, "context", 3000)


def _actions(block: Drawn) -> Iterator[str]:
    yield from _only(block, {"type", "elements"})
    if not 1 <= len(block["elements"]) <= 25:
        yield f"{len(block['elements'])} elements in a row"
    for button in block["elements"]:
        yield from _button(button)


def _button(button: Drawn) -> Iterator[str]:
    yield from _only(button, {"type", "text", "action_id", "value", "style"})
    if button["type"] != "button":
        yield f"element {button['type']}"
    yield from _text(button.get("text"), "button", 75, only="plain_text")
    yield from _size("value", button.get("value", ""), 2000)
    yield from _name("action_id", button.get("action_id"))
    if button.get("style", "primary") not in {"primary", "danger"}:
        yield f"style {button['style']}"


def _input(block: Drawn) -> Iterator[str]:
    yield from _only(block, {"type", "block_id", "label", "element", "optional"})
    yield from _name("block_id", block.get("block_id"))
    yield from _text(block.get("label"), "label", 2000, only="plain_text")
    element = block["element"]
    yield from _name("action_id", element.get("action_id"))
    check = FIELDS.get(element["type"])
    yield from check(element) if check else [f"unknown field {element['type']}"]


def _plain_text_input(element: Drawn) -> Iterator[str]:
    yield from _only(element, {"type", "action_id", "multiline", "initial_value"})
    yield from _size("initial_value", element.get("initial_value", ""), 3000)


def _static_select(element: Drawn) -> Iterator[str]:
    yield from _only(element, {"type", "action_id", "options", "initial_option"})
    options = element["options"]
    if not 1 <= len(options) <= 100:
        yield f"{len(options)} options"
    for option in options:
        yield from _text(option["text"], "option", 75, only="plain_text")
        yield from _size("option value", option["value"], 150)
    if "initial_option" in element and element["initial_option"] not in options:
        yield "the chosen option is none of the options"


def _text(text: Any, where: str, most: int, *, only: str | None = None) -> Iterator[str]:
    if not isinstance(text, dict) or not isinstance(text.get("text"), str):
        yield f"{where}: no text"
        return
    if text.get("type") not in ({only} if only else {"plain_text", "mrkdwn"}):
        yield f"{where}: type {text.get('type')}"
    marked = text.get("type") == "mrkdwn"
    yield from _only(text, {"type", "text", "verbatim" if marked else "emoji"})
    if not 1 <= len(text["text"]) <= most:
        yield f"{where}: {len(text['text'])} characters"
    if CONTROL.search(text["text"]):
        yield f"{where}: a control character of Slack's is not escaped"


def _only(drawn: Drawn, known: set[str]) -> Iterator[str]:
    yield from (f"unknown in {drawn.get('type')}: {name}" for name in drawn.keys() - known)


def _size(where: str, text: str, most: int) -> Iterator[str]:
    if len(text) > most:
        yield f"{where}: {len(text)} characters"


def _name(where: str, name: Any) -> Iterator[str]:
    if not isinstance(name, str) or not 1 <= len(name) <= 255:
        yield f"{where}: {name!r}"


def _twice(where: str, names: list[str]) -> Iterator[str]:
    yield from (f"{where} twice: {name}" for name, times in Counter(names).items() if times > 1)


def _texts(drawn: Any) -> Iterator[str]:
    match drawn:
        case {"type": "plain_text" | "mrkdwn", "text": str(text)}:
            yield text
        case dict():
            for part in drawn.values():
                yield from _texts(part)
        case list():
            for part in drawn:
                yield from _texts(part)


Check = Callable[[Drawn], Iterator[str]]

BLOCKS: dict[str, Check] = {
    "header": _header,
    "section": _section,
    "context": _context,
    "image": _image,
    "actions": _actions,
    "input": _input,
}
FIELDS: dict[str, Check] = {
    "plain_text_input": _plain_text_input,
    "static_select": _static_select,
}
