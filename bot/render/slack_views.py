"""Draw a card as one of Slack's views: a window with a form, or a person's own page."""

import json

from bot.cards.blocks import Button, Buttons, Card, Input, Select
from bot.render.block_kit import BLOCKS_IN_A_VIEW, VALUE_LIMIT, drawn_blocks
from bot.render.slack_words import Drawn, label

TITLE_LIMIT = 24
FORM = "form"  # the callback id of every window: what it is for stands in its metadata


def window(card: Card) -> Drawn:
    """Return the window. What its first primary button would do, is done when it is sent in."""
    view: Drawn = {
        "type": "modal",
        "callback_id": FORM,
        "title": label(card.title, TITLE_LIMIT),
    }
    submit = _submit(card)
    if submit is None:
        return view | {"blocks": _blocks(card)}
    purpose = {"action": submit.action, "value": submit.value[:VALUE_LIMIT]}
    return view | {
        "submit": label(submit.label, TITLE_LIMIT),
        "private_metadata": json.dumps(purpose, ensure_ascii=False),
        "blocks": _blocks(_without(card, submit)),
    }


def page(card: Card) -> Drawn:
    """Return a person's own page with the bot (App Home)."""
    return {"type": "home", "blocks": drawn_blocks(card, BLOCKS_IN_A_VIEW)}


def _blocks(card: Card) -> list[Drawn]:
    """Return what stands in the window; a title that fits above it is not said twice."""
    title, *rest = drawn_blocks(card, BLOCKS_IN_A_VIEW)
    return rest if rest and len(card.title) <= TITLE_LIMIT else [title, *rest]


def _submit(card: Card) -> Button | None:
    """Return the button that sends the form in; Slack insists on one where there are fields."""
    buttons = card.buttons()
    primary = next((button for button in buttons if button.style == "primary"), None)
    has_fields = any(isinstance(block, Input | Select) for block in card.body)
    return primary or (next(iter(buttons), None) if has_fields else None)


def _without(card: Card, submit: Button) -> Card:
    body = [
        Buttons(buttons=tuple(button for button in block.buttons if button is not submit))
        if isinstance(block, Buttons)
        else block
        for block in card.body
    ]
    return card.model_copy(update={"body": tuple(body)})
