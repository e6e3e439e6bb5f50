"""The one question after a ticket is resolved, and the thanks for answering it."""

from bot.cards.blocks import Block, Button, Buttons, Card, Text
from bot.domain.tickets import TicketId
from bot.texts import Texts


def survey(ticket: TicketId, say: Texts) -> tuple[Block, ...]:
    """Return the question with its two buttons, to stand on the card that says it is resolved."""
    buttons = tuple(
        Button(label=say(key), action=key, value=str(ticket))
        for key in ("asker.content", "asker.discontent")
    )
    return Text(text=say("asker.got_help")), Buttons(buttons=buttons)


def thanks(say: Texts, *, is_good: bool) -> Card:
    help_ = () if is_good else (Text(text=say("asker.discontent_help")),)
    kept = Text(text=say("asker.verdict_kept"), subtle=True)
    return Card(title=say("asker.verdict_thanks"), body=(*help_, kept))
