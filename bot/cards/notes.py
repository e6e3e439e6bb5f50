"""Short cards in a ticket's threads: somebody wrote, somebody did something."""

from datetime import datetime
from uuid import UUID

from bot.cards.blocks import Block, Button, Buttons, Card, Quote, Text
from bot.cards.view import way
from bot.domain.events import Figure
from bot.domain.sla import Stretch
from bot.texts import Texts


def wrote(key: str, text: str, say: Texts, **values: str) -> Card:
    """Return a person's own words under the heading *key*."""
    return Card(title=say(key, **values), body=(Quote(text=text),))


def leading_to(card: Card, message: str | None, say: Texts) -> Card:
    """Return *card* with the way to the *message* that it brings, if others may open that."""
    return card.model_copy(update={"body": (*card.body, *way(message, "go_to.message", say))})


def changed(key: str, text: str, say: Texts, **values: str) -> Card:
    """Return a person's words as they are after a change of theirs."""
    mark = Text(text=say("note.is_changed"), subtle=True)
    return Card(title=say(key, **values), body=(Quote(text=text), mark))


def sent(
    ticket: UUID, message: str, text: str, say: Texts, name: str, *, is_changed: bool = False
) -> Card:
    """Return what the team sent the asker, and the way to correct it or to take it back."""
    draw, value = changed if is_changed else wrote, f"{ticket}:{message}"
    card = draw("note.sent_to_asker", text, say, name=name)
    ways = Buttons(
        buttons=(
            Button(label=say("note.correct"), action="answer.correct", value=value),
            Button(label=say("note.take_back"), action="answer.take_back", value=value),
        )
    )
    return card.model_copy(update={"body": (*card.body, ways)})


def did(key: str, say: Texts, **values: str) -> Card:
    return Card(title=say(key, **values))


def asked_back(text: str, name: str, say: Texts) -> Card:
    help_ = Text(text=say("note.asked_back_help"), subtle=True)
    return Card(title=say("note.asked_back", name=name), body=(Quote(text=text), help_))


def added_to(number: str, value: str, say: Texts) -> Card:
    """Return where a word went that was said outside any thread, and the way to take that back."""
    anew = Button(label=say("asker.new_question"), action="asker.new_question", value=value)
    return Card(title=say("note.added_to", number=number), body=(Buttons(buttons=(anew,)),))


def target_set(figure: Figure, due: datetime, reason: str, name: str, say: Texts) -> Card:
    """Return what both sides read when somebody has set a deadline by hand, and why."""
    title = say(
        "note.target_set", name=name, figure=say(f"sla.figure.{figure}"), moment=say.moment(due)
    )
    return Card(title=title, body=(Quote(text=reason),))


def target_kept(figure: Figure, stretch: Stretch, say: Texts) -> Card:
    """Return that a target set by hand still holds; while its clock stands, without a moment."""
    due = say.moment(stretch.due) if stretch.due else say("fact.resolution_paused")
    return Card(title=say("note.target_kept", figure=say(f"sla.figure.{figure}"), moment=due))


def resolved(name: str, days: int, say: Texts, *after: Block) -> Card:
    """Return that it is resolved, until when it can be opened again, and what stands *after*."""
    help_ = Text(text=say("note.resolved_help", days=days), subtle=True)
    return Card(title=say("note.resolved", name=name), body=(help_, *after))
