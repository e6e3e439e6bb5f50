"""Draw a card as HTML: for the chat on our own page.

A card with fields is a real form with labels; what was wrong with a field is tied to it. Buttons
carry their action and value as data, and a script sends them.
"""

from collections.abc import Iterator
from html import escape
from typing import assert_never

from bot.cards.blocks import (
    Block,
    Button,
    Buttons,
    Card,
    Facts,
    Heading,
    Input,
    Link,
    Option,
    Picture,
    Quote,
    Select,
    Table,
    Text,
)


def html(card: Card, *, name: str = "card", level: int = 3) -> str:
    """Return *card* as an element. *name* begins every id in it, so that ids on a page differ.

    *level* is the level of its title among the page's headings.
    """
    has_fields = any(isinstance(block, Input | Select) for block in card.body)
    tag = "form" if has_fields else "article"
    default = _default(card) if has_fields else None
    body = "".join(_draw(block, name, level, default) for block in card.body)
    title = f'<h{level} id="{name}-title">{escape(card.title)}</h{level}>'
    novalidate = " novalidate" if has_fields else ""  # what is wrong is said by us, in one place
    return f'<{tag} class="card" aria-labelledby="{name}-title"{novalidate}>{title}{body}</{tag}>'


def _default(card: Card) -> Button | None:
    """Return the button that Enter presses: the first primary one."""
    return next((button for button in card.buttons() if button.style == "primary"), None)


def _draw(block: Block, name: str, level: int, default: Button | None) -> str:
    match block:
        case Text() | Heading() | Quote():
            drawn = _words(block, level)
        case Facts():
            drawn = _facts(block)
        case Table():
            drawn = _table(block)
        case Picture(address=address, alt=alt):
            drawn = f'<img class="picture" src="{escape(address)}" alt="{escape(alt)}">'
        case Link(label=words, address=address):
            way = f'<a href="{escape(address)}" rel="noopener noreferrer">{escape(words)}</a>'
            drawn = f'<p class="subtle">{way}</p>'
        case Input() | Select():
            drawn = _field(block, f"{name}-{escape(block.name)}")
        case Buttons(buttons=buttons):
            row = "".join(_button(button, is_default=button is default) for button in buttons)
            drawn = f'<div class="buttons">{row}</div>'
        case _:
            assert_never(block)
    return drawn


def _words(block: Text | Heading | Quote, level: int) -> str:
    text = escape(block.text)
    match block:
        case Heading():
            return f"<h{level + 1}>{text}</h{level + 1}>"
        case Quote():
            return f'<blockquote dir="auto">{text}</blockquote>'
        case Text(subtle=True):
            return f'<p class="subtle">{text}</p>'
        case Text():
            return f"<p>{text}</p>"
        case _:
            assert_never(block)


def _facts(block: Facts) -> str:
    rows = (
        f"<div><dt>{escape(fact.name)}</dt><dd>{escape(fact.value)}</dd></div>"
        for fact in block.facts
    )
    return f"<dl>{''.join(rows)}</dl>"


def _table(block: Table) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in block.columns)
    body = "".join(f"<tr>{''.join(_cells(row))}</tr>" for row in block.rows)
    title = escape(block.title)
    return (
        f'<div class="scrolls" role="group" tabindex="0" aria-label="{title}"><table>'
        f"<caption>{title}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
        "</table></div>"
    )


def _cells(row: tuple[str, ...]) -> Iterator[str]:
    for number, cell in enumerate(row):
        yield f"<td>{escape(cell)}</td>" if number else f'<th scope="row">{escape(cell)}</th>'


def _field(field: Input | Select, field_id: str) -> str:
    wrong = field.error is not None
    said = f'id="{field_id}" name="field.{escape(field.name)}" aria-describedby="{field_id}-error"'
    attributes = f'{said} aria-invalid="{str(wrong).lower()}"'
    error = f'<p class="error" id="{field_id}-error">{escape(field.error or "")}</p>'
    label = f'<label for="{field_id}">{escape(field.label)}</label>'
    return f'<div class="field">{label}{_control(field, attributes)}{error}</div>'


def _control(field: Input | Select, attributes: str) -> str:
    if isinstance(field, Select):
        chosen = field.value or ""
        nothing = (Option(label="–", value=""),) if not chosen else ()
        options = "".join(_option(option, chosen) for option in (*nothing, *field.options))
        return f"<select {attributes}>{options}</select>"
    if field.is_long:  # a line break that begins a textarea is swallowed, so one is given away
        return f'<textarea {attributes} rows="4">\n{escape(field.value)}</textarea>'
    return f'<input type="text" {attributes} value="{escape(field.value)}" autocomplete="off">'


def _option(option: Option, chosen: str) -> str:
    selected = " selected" if option.value == chosen else ""
    return f'<option value="{escape(option.value)}"{selected}>{escape(option.label)}</option>'


def _button(button: Button, *, is_default: bool) -> str:
    kind = "submit" if is_default else "button"
    return (
        f'<button type="{kind}" class="{button.style}" data-action="{escape(button.action)}"'
        f' data-value="{escape(button.value)}">{escape(button.label)}</button>'
    )
