"""The yearly wheel in the chat: what is coming and what is late, reminders, and what was met."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.cards.blocks import Block, Button, Buttons, Card, Text
from bot.domain.year_wheel import Occurrence
from bot.texts import Texts

MOST = 14  # three blocks each: a message in Slack holds 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One deadline as somebody sees it. *met_by* is a name; *stands_in*: it is told to the host,
    because nobody in the municipality is there to be told.
    """

    one: Occurrence
    municipality: str
    met_by: str = ""
    met_at: datetime | None = None
    is_late: bool = False
    may_tick: bool = True
    stands_in: bool = False


def wheel(turns: Sequence[Turn], municipality: str, say: Texts) -> Card:
    """Return one municipality's deadlines, those that are late first."""
    title = say("year.title", municipality=municipality)
    if not turns:
        return Card(title=title, body=(Text(text=say("year.none")),))
    more = len(turns) - MOST
    rest = [Text(text=say("year.more", number=say.number(more)), subtle=True)] if more > 0 else []
    return Card(title=title, body=(*_blocks(turns[:MOST], say), *rest))


def reminders(turns: Sequence[Turn], say: Texts) -> Card:
    """Return what one person is reminded of today: at most MOST at a time."""
    key = "year.reminder" if len(turns) == 1 else "year.reminders"
    title = say(key, number=say.number(len(turns)))
    return Card(title=title, body=tuple(_blocks(turns, say)))


def ticked(turn: Turn, say: Texts) -> Card:
    """Return the deadline as it is after a press."""
    key = "year.is_met" if turn.met_at else "year.is_open"
    return Card(title=say(key), body=tuple(_blocks([turn], say)))


def _blocks(turns: Sequence[Turn], say: Texts) -> list[Block]:
    blocks: list[Block] = []
    for turn in turns:
        deadline = turn.one.deadline
        basis = say(f"year.basis.{deadline.basis}", source=deadline.source)
        whose = say(f"year.side.{turn.one.side}")
        blocks += [Text(text=_line(turn, say)), Text(text=f"{whose} · {basis}", subtle=True)]
        if turn.stands_in:
            blocks[-1] = Text(text=say("year.stands_in", municipality=turn.municipality))
        if turn.may_tick:
            blocks.append(Buttons(buttons=(_button(turn, say),)))
    return blocks


def _line(turn: Turn, say: Texts) -> str:
    day = turn.one.due
    told = {
        "municipality": turn.municipality,
        "name": turn.one.deadline.words[say.language],
        "day": say.day(day),
        "year": day.year,
    }
    if turn.met_at:
        return say("year.met", who=turn.met_by, moment=say.moment(turn.met_at), **told)
    return say("year.late" if turn.is_late else "year.due", **told)


def _button(turn: Turn, say: Texts) -> Button:
    value = str(turn.one.term)
    if turn.met_at:
        return Button(label=say("year.untick"), action="year.untick", value=value)
    return Button(label=say("year.tick"), action="year.tick", value=value, style="primary")
