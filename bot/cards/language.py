"""The card with which people choose the language that the bot speaks to them."""

from bot.cards.blocks import Button, Buttons, Card, Text
from bot.domain.people import Language
from bot.texts import Texts


def choice(say: Texts) -> Card:
    """Return the card with a button for each language, in that language's own name."""
    buttons = tuple(
        Button(
            label=say(f"language.{language}"),
            action="language.choose",
            value=language,
            style="primary" if language is say.language else "plain",
        )
        for language in Language
    )
    return Card(
        title=say("language.title"),
        body=(Text(text=say("language.about")), Buttons(buttons=buttons)),
    )


def chosen(say: Texts) -> Card:
    return Card(title=say("language.chosen"), body=(Text(text=say("language.kept"), subtle=True),))
