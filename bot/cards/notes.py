"""Short cards in a ticket's threads: somebody wrote, somebody did something."""

from bot.cards.blocks import Button, Buttons, Card, Quote, Text
from bot.texts import Texts


def wrote(key: str, text: str, say: Texts, **values: str) -> Card:
    """Return a person's own words under the heading *key*."""
    return Card(title=say(key, **values), body=(Quote(text=text),))


def did(key: str, say: Texts, **values: str) -> Card:
    return Card(title=say(key, **values))


def asked_back(text: str, say: Texts, name: str) -> Card:
    help_ = Text(text=say("note.asked_back_help"), subtle=True)
    return Card(title=say("note.asked_back", name=name), body=(Quote(text=text), help_))


def added_to(number: str, value: str, say: Texts) -> Card:
    """Return where a word went that was said outside any thread, and the way to take that back."""
    anew = Button(label=say("asker.new_question"), action="asker.new_question", value=value)
    return Card(title=say("note.added_to", number=number), body=(Buttons(buttons=(anew,)),))


def resolved(say: Texts, name: str, days: int) -> Card:
    help_ = Text(text=say("note.resolved_help", days=days), subtle=True)
    return Card(title=say("note.resolved", name=name), body=(help_,))
