"""The host team's queue: one part of it at a time, by deadline, of every municipality or of one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.cards.blocks import Block, Button, Buttons, Card, Option, Quote, Select, Table, Text
from bot.cards.team import team_title
from bot.cards.view import TicketView, button, way
from bot.domain.agreement import Agreement
from bot.domain.queue import Part, Wanted, holder
from bot.texts import Texts

MOST = 8  # tickets with their buttons: a message holds 50 blocks in Slack
ROWS = 30  # of a table
QUOTED = 200  # characters of a question: enough to know it again
EVERY = "all"  # the choice that leaves nothing out

Seen = tuple[TicketView, datetime | None]  # a ticket, and its next deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """What somebody sees: *seen* are the first of *total*, and *counts* tells how many each part
    has. *unclear* are words of theirs that nobody understood.
    """

    wanted: Wanted
    seen: Sequence[Seen]
    total: int
    counts: Mapping[Part, int]
    agreement: Agreement  # today's, for the names of municipalities and tasks
    unclear: str = ""


def queue_card(queue: Queue, say: Texts) -> Card:
    return Card(title=say("home.queue"), body=tuple(queue_blocks(queue, say)))


def queue_blocks(queue: Queue, say: Texts) -> list[Block]:
    """Return the parts to choose among, the filters, and the tickets."""
    unclear = [Text(text=say("queue.unclear"))] if queue.unclear else []
    quoted = [Quote(text=queue.unclear[:QUOTED])] if queue.unclear else []
    blocks: list[Block] = [*unclear, *quoted, _parts(queue, say), *_filters(queue, say)]
    if not queue.seen:
        return [*blocks, Text(text=say(f"queue.none.{queue.wanted.part}"))]
    for view, due in queue.seen:
        blocks += _ticket(view, due, say)
    if queue.total > len(queue.seen):
        more = say.number(queue.total - len(queue.seen))
        blocks.append(Text(text=say("queue.more", number=more), subtle=True))
    return blocks


def digest(own: Sequence[Seen], uncovered: Sequence[Seen], say: Texts) -> Card:
    """Return what somebody reads in the morning: their own, and for the lead what nobody has."""
    body: list[Block] = []
    for key, seen in (("queue.own", own), ("queue.uncovered", uncovered)):
        if seen:
            rows = tuple(_row(view, due, say) for view, due in seen[:ROWS])
            body.append(Table(title=say(key), columns=_columns(say), rows=rows))
    look = Button(label=say("queue.look"), action="queue.show", value=Part.ALL, style="primary")
    title = say("queue.morning", number=say.number(len(own)))
    return Card(title=title, body=(*body, Buttons(buttons=(look,))))


def _parts(queue: Queue, say: Texts) -> Buttons:
    buttons = tuple(
        Button(
            label=say(f"queue.part.{part}", number=say.number(queue.counts[part])),
            action="queue.show",
            value=part,
            style="primary" if part is queue.wanted.part else "plain",
        )
        for part in Part
    )
    return Buttons(buttons=buttons)


def _filters(queue: Queue, say: Texts) -> tuple[Select, Select]:
    members = queue.agreement.municipalities.values()
    tasks = queue.agreement.tasks.values()
    return (
        _filter("municipality", queue.wanted.municipality, ((m.id, m.name) for m in members), say),
        _filter("task", queue.wanted.task, ((task.id, task.name) for task in tasks), say),
    )


def _filter(name: str, value: str | None, named: Iterable[tuple[str, str]], say: Texts) -> Select:
    options = tuple(Option(label=label, value=id_) for id_, label in named)
    every = Option(label=say(f"queue.every.{name}"), value=EVERY)
    return Select(
        name=name,
        label=say(f"queue.filter.{name}"),
        options=(every, *options),
        value=value or EVERY,
    )


def _ticket(view: TicketView, due: datetime | None, say: Texts) -> list[Block]:
    ticket, words = view.ticket, view.ticket.question
    quoted = words if len(words) <= QUOTED else f"{words[:QUOTED]} …"
    status = say(f"status.{ticket.status}", name=view.name(ticket.taken_by))
    lines = [say("queue.due", moment=say.moment(due))] if due else []
    lines += [status, view.name(holder(ticket)) or say("fact.nobody")]
    answer = button(view, "ticket.answer", say, key="team.answer")
    take = button(view, "ticket.take", say, key="team.take", style="primary")
    return [
        Text(text=team_title(view, say)),
        Quote(text=quoted),
        Text(text=" · ".join(dict.fromkeys(lines)), subtle=True),
        *way(view.team_thread, "go_to.card", say),
        Buttons(buttons=(answer,) if ticket.taken_by else (take, answer)),
    ]


def _columns(say: Texts) -> tuple[str, ...]:
    return (say("sla.ticket"), say("sla.municipality"), say("fact.task"), say("sla.by"))


def _row(view: TicketView, due: datetime | None, say: Texts) -> tuple[str, ...]:
    task = view.task.name if view.task else say("fact.no_task")
    moment = say.moment(due) if due else say("queue.paused")
    return view.ticket.number, view.municipality.name, task, moment
