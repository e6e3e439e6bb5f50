"""The card that tells the lead that somebody could not be reached."""

from bot.cards.blocks import Card, Text
from bot.domain.people import Platform
from bot.texts import Texts


def not_reached(name: str, platform: Platform, reason: str, title: str, say: Texts) -> Card:
    """Return who was not reached, the platform's *reason*, and what the card was called."""
    why = Text(text=say("detour.why", platform=platform.capitalize(), reason=reason))
    help_ = Text(text=say("detour.help", title=title), subtle=True)
    return Card(title=say("detour.not_reached", name=name), body=(why, help_))
