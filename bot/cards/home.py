"""A person's own page with the bot: my questions, and for the host's team the queue."""

from collections.abc import Sequence

from bot.cards.blocks import Block, Button, Buttons, Card, Heading, Quote, Text
from bot.cards.queue import Queue, queue_blocks
from bot.cards.view import TicketView, way
from bot.texts import Texts

MOST = 12  # of a kind; a page holds 100 blocks in Slack


def home(own: Sequence[TicketView], queue: Queue | None, say: Texts) -> Card:
    """Return the page. *queue* is None for who is not in the host's team."""
    ask = Button(label=say("home.ask"), action="ask.form", value="", style="primary")
    order = Button(label=say("home.order"), action="order.menu", value="")
    speak = Button(label=say("home.language"), action="language.form", value="")
    body: list[Block] = [Buttons(buttons=(ask, order, speak))]
    if queue is not None:
        phone = Button(label=say("home.phone"), action="phone.form", value="")
        body = [Buttons(buttons=(ask, phone, order, speak))]
        body += [Heading(text=say("home.queue")), *queue_blocks(queue, say)]
        body.append(Heading(text=say("home.title")))
    body += _own(own, say)
    return Card(title=say("home.queue" if queue is not None else "home.title"), body=tuple(body))


def _own(own: Sequence[TicketView], say: Texts) -> list[Block]:
    if not own:
        return [Text(text=say("home.none"))]
    return [block for view in own[:MOST] for block in _line(view, say)]


def _line(view: TicketView, say: Texts) -> list[Block]:
    ticket, first = view.ticket, view.figures.first_response
    if view.goes_on_in:
        goes_on = say("asker.merged", number=ticket.number, other=view.goes_on_in)
        return [Quote(text=ticket.question), Text(text=goes_on, subtle=True)]
    status = say(f"status.{ticket.status}", name=view.name(ticket.taken_by))
    lines = [say("home.line", number=ticket.number, status=status)]
    if first and first.due and first.end is None and view.figures.ended_at is None:
        lines.append(say("home.due", moment=say.moment(first.due)))
    to_card = way(view.asker_thread, "go_to.card", say)
    return [Quote(text=ticket.question), Text(text=" · ".join(lines), subtle=True), *to_card]
