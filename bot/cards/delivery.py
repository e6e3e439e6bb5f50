"""Cards that say what did not arrive: a person's words, or a warning."""

from bot.cards.blocks import Card, Quote, Text
from bot.domain.people import Platform
from bot.texts import Texts


def refused(number: str, words: str, platform: Platform, reason: str, say: Texts) -> Card:
    """Return what the team is told: which *words*, on which ticket, and the platform's *reason*."""
    why = Text(text=say("delivery.why", platform=platform.capitalize(), reason=reason))
    help_ = Text(text=say("delivery.help"), subtle=True)
    quote = (Quote(text=words),) if words else ()
    return Card(title=say("delivery.refused", number=number), body=(*quote, why, help_))


def refused_warning(name: str, platform: Platform, reason: str, say: Texts) -> Card:
    """Return what the lead is told when a warning to *name* was refused."""
    why = Text(text=say("delivery.why", platform=platform.capitalize(), reason=reason))
    help_ = Text(text=say("delivery.warning_help"), subtle=True)
    return Card(title=say("delivery.warning", name=name), body=(why, help_))
