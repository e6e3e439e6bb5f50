"""The agenda as a card: in the chat, and without its buttons on a page to print and in a PDF."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from bot.cards.blocks import Block, Buttons, Card, Fact, Facts, Heading, Quote, Text
from bot.cards.meeting_view import MeetingView, meeting_button, when_and_where, who_comes
from bot.domain.agenda import Kind, Point
from bot.domain.agreement import Side
from bot.domain.people import PersonId
from bot.domain.statistics import Kept, Statistics
from bot.texts import Texts

SHOWN = 4  # points of a kind in the chat; a card there holds 50 blocks
QUOTED = 300  # characters of what somebody wrote


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """*points* in the order in which they are read, struck ones too; *since*: figures from then."""

    view: MeetingView
    points: tuple[Point, ...]
    figures: Statistics
    since: datetime
    names: Mapping[PersonId, str]


def agenda_card(agenda: Agenda, say: Texts, *, is_caller: bool = False) -> Card:
    """Return the agenda for the chat: the first points of each kind, and what one may do."""
    actions = ["agenda.add", "minutes.show"]
    if is_caller:
        actions += ["agenda.order", "agenda.send"]
    actions += ["minutes.decide", "minutes.act", "minutes.lift"]
    buttons = tuple(meeting_button(agenda.view, action, say) for action in actions)
    whole = whole_agenda(agenda, say, most=SHOWN)
    return Card(title=whole.title, body=(*whole.body, Buttons(buttons=buttons)))


def whole_agenda(agenda: Agenda, say: Texts, *, most: int | None = None) -> Card:
    """Return the agenda to be printed; of each kind *most* points."""
    body: list[Block] = [
        Facts(facts=(*when_and_where(agenda.view, say), *who_comes(agenda.view, say)))
    ]
    left = [point for point in agenda.points if not point.is_struck]
    placed = [point for point in left if point.place is not None]
    if placed:
        body += [Heading(text=say("agenda.first")), *_lines(placed, agenda, say, None)]
    rest = [point for point in left if point.place is None]
    for kind, points in groupby(rest, key=lambda point: point.kind):
        body += [Heading(text=say(f"agenda.kind_{kind}"))]
        body += _lines(list(points), agenda, say, most)
    if not left:
        body.append(Text(text=say("agenda.empty")))
    body += [Heading(text=say("agenda.figures")), _figures(agenda, say)]
    return Card(title=say("agenda.title", meeting=agenda.view.title(say)), body=tuple(body))


def line(point: Point, names: Mapping[PersonId, str], say: Texts) -> str:
    """Return a point in one line, in the reader's language. What people wrote stands as written."""
    text, values = point.text[:QUOTED], dict(point.values)
    if "count" in values:
        return say(f"agenda.total_{point.kind}", count=values["count"])
    if "due" in values:
        values["due"] = say.date(date.fromisoformat(values["due"]))
    who = names.get(point.by, "") if point.by else ""
    return say(f"agenda.{_form(point)}", **{**values, "text": text, "name": who})


def _form(point: Point) -> str:
    match point.kind:
        case Kind.ACTION | Kind.DEADLINE | Kind.DISPUTE:
            return str(point.kind)
        case Kind.REPEATED | Kind.UNSPECIFIED:
            return "times"
    return "numbered" if point.values.get("number") else "plain"


def _lines(points: Sequence[Point], agenda: Agenda, say: Texts, most: int | None) -> list[Block]:
    shown = points[:most]
    texts = "\n".join(f"{n}. {line(one, agenda.names, say)}" for n, one in enumerate(shown, 1))
    blocks: list[Block] = [Quote(text=texts)]
    if len(points) > len(shown):
        blocks.append(Text(text=say("agenda.more", number=len(points) - len(shown)), subtle=True))
    return blocks


def _figures(agenda: Agenda, say: Texts) -> Facts:
    total = agenda.figures.total
    apart = agenda.figures.sides.get(Side.UNSPECIFIED)
    since = say.date(agenda.since.astimezone(say.zone).date())
    return Facts(
        facts=(
            Fact(name=say("agenda.since"), value=since),
            Fact(name=say("stats.asked"), value=say.number(total.asked)),
            Fact(name=say("stats.answered_in_time"), value=_percent(total.first_response, say)),
            Fact(name=say("stats.resolved_in_time"), value=_percent(total.resolution, say)),
            Fact(name=say("agenda.unspecified"), value=say.number(apart.asked if apart else 0)),
        )
    )


def _percent(kept: Kept, say: Texts) -> str:
    percent = kept.percent_in_time
    return say("agenda.no_figure") if percent is None else say("agenda.percent", number=percent)
