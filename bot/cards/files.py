"""Cards about files: one came, one waits for the team's word, one is not passed on."""

from collections.abc import Iterable

from bot.cards.blocks import Button, Buttons, Card, Text
from bot.domain.files import FileId, SharedFile, Wrong
from bot.texts import Texts

KILO, MEGA = 1_000, 1_000_000
MOST = 10  # buttons


def came(key: str, file: SharedFile, say: Texts, **values: str) -> Card:
    """Return what stands beside a file that was passed on."""
    help_ = Text(text=f"{file.name} · {_size(file.size or 0)}", subtle=True)
    return Card(title=say(key, **values), body=(help_,))


def held(files: Iterable[tuple[FileId, SharedFile]], asker: str, say: Texts) -> Card:
    """Return what the team reads below its own files: nobody else has them, unless it says so."""
    buttons = tuple(
        Button(
            label=say("file.send", name=file.name, asker=asker),
            action="file.send",
            value=str(file_id),
        )
        for file_id, file in files
    )
    help_ = Text(text=say("file.held_help", asker=asker), subtle=True)
    return Card(title=say("file.held"), body=(help_, Buttons(buttons=buttons[:MOST])))


def refused(file: SharedFile, wrong: Wrong, most: int, name: str, say: Texts) -> Card:
    """Return that a file of *name*'s is not passed on, why, and what to do. Nothing is lost."""
    why = say(f"file.wrong.{wrong}", most=_size(most))
    help_ = Text(text=say("file.wrong_help", name=name), subtle=True)
    return Card(title=say("file.refused", file=file.name), body=(Text(text=why), help_))


def not_taken(file: SharedFile, platform: str, reason: str, say: Texts) -> Card:
    """Return that the other side's chat did not take a file."""
    why = Text(text=say("delivery.why", platform=platform.capitalize(), reason=reason))
    return Card(title=say("file.refused", file=file.name), body=(why,))


def _size(size: int) -> str:
    if size < MEGA:
        return f"{max(1, round(size / KILO))} kB"
    return f"{round(size / MEGA)} MB"
