"""The card language: the few blocks every platform can draw.

A card is plain data. It can be stored, compared in a test, and drawn by any renderer.
No text holds markup: every renderer escapes everything.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Block(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(_Block):
    """A paragraph in the bot's own words. *subtle*: smaller, for what is good to know."""

    kind: Literal["text"] = "text"
    text: str
    subtle: bool = False


class Heading(_Block):
    kind: Literal["heading"] = "heading"
    text: str


class Quote(_Block):
    """Words that a person wrote. Renderers escape them and never read markup in them."""

    kind: Literal["quote"] = "quote"
    text: str


class Fact(_Block):
    name: str
    value: str


class Facts(_Block):
    kind: Literal["facts"] = "facts"
    facts: tuple[Fact, ...]


class Table(_Block):
    """Figures in rows. The first column names the row; *title* says what the table shows."""

    kind: Literal["table"] = "table"
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Picture(_Block):
    """A picture that lies at *address* on our own page. *alt* says all that can be seen in it."""

    kind: Literal["picture"] = "picture"
    address: str
    alt: str


class Link(_Block):
    """A way to something that stands elsewhere, for whoever may read it there."""

    kind: Literal["link"] = "link"
    label: str
    address: str


class Input(_Block):
    """A field to write in. *error* is what was wrong with the last try."""

    kind: Literal["input"] = "input"
    name: str
    label: str
    value: str = ""
    is_long: bool = False
    is_optional: bool = False  # Slack's windows insist on all others
    error: str | None = None


class Option(_Block):
    label: str
    value: str


class Select(_Block):
    """A field to choose in: one of *options*."""

    kind: Literal["select"] = "select"
    name: str
    label: str
    options: tuple[Option, ...]
    value: str | None = None
    is_optional: bool = False
    error: str | None = None


class Button(_Block):
    """Pressing it sends *action* and *value*, and what the card's inputs hold."""

    label: str
    action: str
    value: str
    style: Literal["plain", "primary", "danger"] = "plain"


class Buttons(_Block):
    kind: Literal["buttons"] = "buttons"
    buttons: tuple[Button, ...]


Block = Annotated[
    Text | Heading | Quote | Facts | Table | Picture | Link | Input | Select | Buttons,
    Field(discriminator="kind"),
]


class Card(_Block):
    """What is shown in one place. As a form in a window, its first primary button submits it.

    *whole*: the address of a page with all of it, for a platform that has to cut it.
    """

    title: str
    body: tuple[Block, ...] = ()
    whole: str | None = None

    def plain(self) -> str:
        """Return the card as one line, for notifications and screen readers."""
        words = [block.text for block in self.body if isinstance(block, Text | Quote)]
        return " – ".join([self.title, *words])

    def buttons(self) -> tuple[Button, ...]:
        """Return every button on the card, in the order they stand."""
        rows = (block.buttons for block in self.body if isinstance(block, Buttons))
        return tuple(button for row in rows for button in row)
