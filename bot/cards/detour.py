"""What is said by other ways: that somebody could not be reached, and a card as an e-mail."""

from bot.cards.blocks import Card, Facts, Heading, Link, Quote, Text
from bot.domain.people import Platform
from bot.texts import Texts


def not_reached(name: str, platform: Platform, reason: str, title: str, say: Texts) -> Card:
    """Return who was not reached, the platform's *reason*, and what the card was called."""
    why = Text(text=say("detour.why", platform=platform.capitalize(), reason=reason))
    help_ = Text(text=say("detour.help", title=title), subtle=True)
    return Card(title=say("detour.not_reached", name=name), body=(why, help_))


def words_of(card: Card) -> str:
    """Return what *card* says, as the text of an e-mail: fields and buttons have no place there."""
    lines = [card.title, ""]
    for block in card.body:
        match block:
            case Text() | Heading():
                lines.append(block.text)
            case Quote():
                lines += [f"> {line}" for line in block.text.splitlines()]
            case Facts():
                lines += [f"{fact.name}: {fact.value}" for fact in block.facts]
            case Link():
                lines.append(f"{block.label}: {block.address}")
            case _:
                pass
    return "\n".join(lines).strip() + "\n"
