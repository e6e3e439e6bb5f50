"""The form for an answer: what helped before, ready answers, and one's own words."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards.blocks import Block, Card, Heading, Option, Quote, Select
from bot.cards.forms import Fields, long_input, send
from bot.cards.view import TicketView
from bot.domain.answers import KnownAnswer
from bot.domain.ready_answers import ReadyAnswer
from bot.texts import Texts

QUOTED = 600  # characters of an earlier answer
NONE, SEND, DRAFT = "none", "send", "draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """What there is to answer with. *similar* are answers that the asker's municipality may read.

    *needs_review*: a colleague must approve it before it goes out.
    """

    ready: Sequence[ReadyAnswer] = ()
    similar: Sequence[KnownAnswer] = ()
    needs_review: bool = False


def answer_form(
    view: TicketView, action: str, found: Help, say: Texts, *, fields: Fields, errors: Fields
) -> Card:
    """Return *action*'s form: answer, or resolve."""
    label = say(f"form.{action}_text", name=view.asker.name)
    text = long_input("text", label, fields, errors, is_optional=bool(found.ready))
    body: list[Block] = [*_similar(found.similar, say), *_ready(found.ready, say, fields, errors)]
    sends = send(f"ticket.{action}.send", str(view.ticket.id), say)
    title = say(f"form.{action}", number=view.ticket.number)
    return Card(title=title, body=(*body, text, _how(found, say, fields), sends))


def _similar(found: Sequence[KnownAnswer], say: Texts) -> list[Block]:
    if not found:
        return []
    blocks: list[Block] = [Heading(text=say("form.similar"))]
    for known in found:
        blocks += [Quote(text=_cut(known.question)), Quote(text=_cut(known.answer))]
    return blocks


def _cut(text: str) -> str:
    return text if len(text) <= QUOTED else f"{text[:QUOTED]} …"


def _ready(
    ready: Sequence[ReadyAnswer], say: Texts, fields: Fields, errors: Fields
) -> list[Select]:
    if not ready:
        return []
    options = tuple(Option(label=each.title[say.language], value=each.id) for each in ready)
    nothing = Option(label=say("form.ready_none"), value=NONE)
    chosen = fields.get("ready") or NONE
    return [
        Select(
            name="ready",
            label=say("form.ready"),
            options=(nothing, *options),
            value=chosen,
            error=errors.get("ready"),
        )
    ]


def _how(found: Help, say: Texts, fields: Fields) -> Select:
    sends = "form.how_review" if found.needs_review else "form.how_send"
    options = (
        Option(label=say(sends), value=SEND),
        Option(label=say("form.how_draft"), value=DRAFT),
    )
    return Select(
        name="how", label=say("form.how"), options=options, value=fields.get("how") or SEND
    )
