"""Cards that ask whether two accounts are one person's."""

from uuid import UUID

from bot.cards.blocks import Button, Buttons, Card, Text
from bot.domain.linking import CODE_HOLDS
from bot.domain.people import Platform
from bot.texts import Texts


def code_card(code: str, say: Texts) -> Card:
    """Return what somebody must write in their other chat."""
    minutes = CODE_HOLDS.total_seconds() // 60
    help_ = Text(text=say("link.code_help", minutes=say.number(int(minutes))), subtle=True)
    return Card(title=say("link.code", code=code), body=(help_,))


def question(link: UUID, name: str, platform: Platform, say: Texts) -> Card:
    """Ask whether they are *name* on *platform* as well."""
    yes = Button(label=say("link.yes"), action="link.yes", value=str(link), style="primary")
    no = Button(label=say("link.no"), action="link.no", value=str(link))
    return Card(
        title=say("link.question", name=name, platform=platform.capitalize()),
        body=(Text(text=say("link.question_help")), Buttons(buttons=(yes, no))),
    )


def half_done(platform: Platform, say: Texts) -> Card:
    return Card(title=say("link.half", platform=platform.capitalize()))


def ended(say: Texts, *, linked: bool) -> Card:
    """Return that they are one from now on, or that they are not."""
    return Card(title=say("link.done") if linked else say("link.declined"))
