"""Draw a card as Slack Block Kit, within the limits that Slack sets."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
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
from bot.render.slack_table import table_blocks
from bot.render.slack_words import (
    FIELD_LIMIT,
    MORE,
    TEXT_LIMIT,
    Drawn,
    escaped,
    fitting,
    label,
    link,
    linked,
    mrkdwn,
    pieces,
    plain,
)

BLOCKS_IN_A_MESSAGE = 50
BLOCKS_IN_A_VIEW = 100
CHARACTERS = 9_000  # Slack refuses a message at about 11 000, without saying how it counts
HEADER_LIMIT = 150
BUTTON_LIMIT = 75
OPTION_LIMIT = 75
VALUE_LIMIT = 2000
ALT_LIMIT = 2000
OPTIONS = 100
FIELDS = 10
BUTTONS_IN_A_ROW = 25
QUOTE_PIECES = 2

NO_PICTURES: Mapping[str, str] = MappingProxyType({})

_INTERACTIVE = ("input", "actions")


def block_kit(card: Card, pictures: Mapping[str, str] = NO_PICTURES) -> list[Drawn]:
    """Return the blocks of a message. *pictures*: the file in Slack of each, by its address.

    What a picture shows is said in words where it is not in Slack.
    """
    return drawn_blocks(card, BLOCKS_IN_A_MESSAGE, pictures)


def fallback(card: Card) -> str:
    """Return what is shown where blocks are not: in a notification, to a screen reader."""
    return fitting(card.plain(), TEXT_LIMIT, escaped)


def drawn_blocks(card: Card, most: int, pictures: Mapping[str, str] = NO_PICTURES) -> list[Drawn]:
    """Return the card's blocks, *most* of them, with its title at the top."""
    names = Counter[str]()
    header = {"type": "header", "text": label(card.title, HEADER_LIMIT)}
    blocks = [header, *(drawn for block in card.body for drawn in _draw(block, names, pictures))]
    kept = _within(blocks, most)
    if card.whole is None or not _is_cut(kept):
        return kept
    whole = {"type": "context", "elements": [link(card.whole, card.whole)]}
    return [*_within(blocks, most - 1), whole]


def unnumbered(name: str) -> str:
    """Return the action or field that a drawn block's id stands for."""
    return re.sub(r"#\d+$", "", name)


def _draw(block: Block, names: Counter[str], pictures: Mapping[str, str]) -> Iterator[Drawn]:
    match block:
        case Text() | Heading() | Quote():
            yield from _words(block)
        case Facts():
            yield from _facts(block)
        case Table():
            yield from _table(block)
        case Picture(address=address):
            yield from _picture(block, pictures.get(address))
        case Link(label=words, address=address):
            yield {"type": "context", "elements": [link(words, address)]}
        case Input() | Select():
            yield from _field(block, names)
        case Buttons(buttons=buttons):
            yield from _rows([_button(button, names) for button in buttons])
        case _:
            assert_never(block)


def _picture(picture: Picture, file: str | None) -> Iterator[Drawn]:
    if file is None:
        yield from _words(Text(text=picture.alt, subtle=True))
    else:
        words = fitting(picture.alt, ALT_LIMIT, escaped)
        yield {"type": "image", "slack_file": {"id": file}, "alt_text": words}


def _words(block: Text | Heading | Quote) -> Iterator[Drawn]:
    """Draw words, if there are any. Somebody's own are plain text: no markup is looked for."""
    text = block.text.strip()
    if not text:
        return
    match block:
        case Heading():
            yield {"type": "header", "text": label(text, HEADER_LIMIT)}
        case Quote():
            for piece in pieces(f"«{text}»", TEXT_LIMIT, QUOTE_PIECES):
                yield {"type": "section", "text": plain(piece)}
        case Text(subtle=True):
            yield {"type": "context", "elements": [mrkdwn(text, FIELD_LIMIT)]}
        case Text():
            yield {"type": "section", "text": mrkdwn(text)}
        case _:
            assert_never(block)


def _facts(block: Facts) -> Iterator[Drawn]:
    fields = [_fact(fact.name, fact.value) for fact in block.facts]
    for start in range(0, len(fields), FIELDS):
        yield {"type": "section", "fields": fields[start : start + FIELDS]}


def _fact(name: str, value: str) -> Drawn:
    bold = f"*{fitting(' '.join(name.split()), HEADER_LIMIT, escaped)}*\n"
    words = fitting(value, FIELD_LIMIT - len(bold), linked)
    return {"type": "mrkdwn", "text": bold + words, "verbatim": True}


def _table(block: Table) -> Iterator[Drawn]:
    yield {"type": "header", "text": label(block.title, HEADER_LIMIT)}
    yield from table_blocks(block)


def _field(block: Input | Select, names: Counter[str]) -> Iterator[Drawn]:
    """Draw a field, and below it what was wrong with the last try."""
    name = _numbered(block.name, names)
    element = _writing(block) if isinstance(block, Input) else _choosing(block)
    if element:
        drawn = {
            "type": "input",
            "block_id": name,
            "label": label(block.label, FIELD_LIMIT),
            "element": element | {"action_id": name},
        }
        yield drawn | ({"optional": True} if block.is_optional else {})
    if block.error:
        yield {"type": "section", "text": mrkdwn(f"⚠️ {block.error}")}


def _writing(block: Input) -> Drawn:
    element: Drawn = {"type": "plain_text_input", "multiline": block.is_long}
    return element | ({"initial_value": block.value[:TEXT_LIMIT]} if block.value else {})


def _choosing(block: Select) -> Drawn | None:
    """Draw the choices. Slack has no field in which there is nothing to choose."""
    options = [_option(option.label, option.value) for option in block.options[:OPTIONS]]
    if not options:
        return None
    chosen = [option for option in options if option["value"] == block.value][:1]
    element: Drawn = {"type": "static_select", "options": options}
    return element | ({"initial_option": chosen[0]} if chosen else {})


def _option(words: str, value: str) -> Drawn:
    return {"text": label(words, OPTION_LIMIT), "value": value}


def _button(button: Button, names: Counter[str]) -> Drawn:
    drawn: Drawn = {
        "type": "button",
        "text": label(button.label, BUTTON_LIMIT),
        "action_id": _numbered(button.action, names),
        "value": button.value[:VALUE_LIMIT],
    }
    return drawn if button.style == "plain" else drawn | {"style": button.style}


def _rows(buttons: Sequence[Drawn]) -> Iterator[Drawn]:
    for start in range(0, len(buttons), BUTTONS_IN_A_ROW):
        yield {"type": "actions", "elements": buttons[start : start + BUTTONS_IN_A_ROW]}


def _numbered(name: str, names: Counter[str]) -> str:
    """Return an id that stands once in the card: two buttons may do the same to two things."""
    names[name] += 1
    return name if names[name] == 1 else f"{name}#{names[name]}"


def _within(blocks: list[Drawn], most: int) -> list[Drawn]:
    """Leave out what is only to be read, from the end, until Slack takes the rest."""
    kept, cut = list(blocks), len(blocks)
    while len(kept) > 1 and (len(kept) > most - (cut < len(blocks)) or _length(kept) > CHARACTERS):
        cut = max(
            (n for n, block in enumerate(kept) if n and block["type"] not in _INTERACTIVE),
            default=len(kept) - 1,
        )
        del kept[cut]
    if cut < len(blocks):
        kept.insert(cut, {"type": "context", "elements": [mrkdwn(MORE)]})
    return kept


def _is_cut(blocks: Sequence[Drawn]) -> bool:
    """Tell whether words or blocks were left out; on buttons and fields they may be."""
    read = [block for block in blocks if block["type"] not in _INTERACTIVE]
    return any(text.endswith(MORE) for text in _texts(read))


def _length(drawn: Any) -> int:
    """Count the characters in all texts of *drawn*."""
    return sum(map(len, _texts(drawn)))


def _texts(drawn: Any) -> Iterator[str]:
    match drawn:
        case {"text": str(text)}:
            yield text
        case dict():
            yield from _texts(list(drawn.values()))
        case list():
            for part in drawn:
                yield from _texts(part)
