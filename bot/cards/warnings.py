"""Cards that warn: a deadline comes near or has passed, or there is nobody to tell."""

from collections.abc import Sequence

from bot.cards.blocks import Block, Card, Quote, Table, Text
from bot.cards.view import TicketView, passed_by, who_has_it
from bot.domain.escalation import Missed, Step
from bot.texts import Texts

ROWS = 40  # of a digest: about what a chat shows in one card

Seen = tuple[TicketView, Step]
Lost = tuple[TicketView, Missed]


def warning(view: TicketView, step: Step, say: Texts, *, with_question: bool = True) -> Card:
    """Return one warning. Who only leads the unit is not shown what was asked."""
    key = "sla.breach" if step.is_breach else "sla.warning"
    title = say(key, number=view.ticket.number, percent=step.percent, figure=_figure(step, say))
    return Card(title=title, body=_body(view, step, say, with_question=with_question))


def nobody_here(view: TicketView, step: Step, say: Texts, *, with_question: bool = True) -> Card:
    """Return the alarm to the lead: everybody who should have been warned is away."""
    help_ = Text(text=say("sla.nobody_here_help"))
    body = _body(view, step, say, with_question=with_question)
    return Card(title=say("sla.nobody_here", number=view.ticket.number), body=(*body, help_))


def nobody_available(view: TicketView, say: Texts) -> Card:
    """Return the alarm to the lead: everybody who should have had the ticket was passed by."""
    reasons = tuple(Text(text=sentence) for sentence in passed_by(view, say))
    help_ = Text(text=say("sla.nobody_help"))
    title = say("sla.nobody", number=view.ticket.number)
    return Card(title=title, body=(Quote(text=view.ticket.question), help_, *reasons))


def digest(seen: Sequence[Seen], say: Texts) -> Card:
    """Return many warnings as one card: what is late first, and each part by deadline."""
    in_order = sorted(seen, key=lambda one: (not one[1].is_breach, one[1].due))
    shown, rest = in_order[:ROWS], len(in_order) - ROWS
    body: list[Block] = []
    for key, is_breach in (("sla.digest_breach", True), ("sla.digest_soon", False)):
        rows = tuple(_row(view, step, say) for view, step in shown if step.is_breach is is_breach)
        if rows:
            body.append(Table(title=say(key), columns=_columns(say), rows=rows))
    if rest > 0:
        body.append(Text(text=say("sla.digest_more", number=rest)))
    return Card(title=say("sla.digest", number=len(seen)), body=tuple(body))


def missed(lost: Sequence[Lost], say: Texts) -> Card:
    """Return the alarm to the lead: these warnings should have gone out, and did not."""
    help_ = Text(text=say("sla.missed_help"), subtle=True)
    if len(lost) == 1:
        [(view, what)] = lost
        title = say("sla.missed", number=view.ticket.number)
        return Card(title=title, body=(Text(text=_missed(what, say)), help_))
    columns = (say("sla.ticket"), say("sla.what"), say("sla.used"), say("sla.at"))
    rows = tuple(_missed_row(view, what, say) for view, what in lost[:ROWS])
    table = Table(title=say("sla.missed_table"), columns=columns, rows=rows)
    return Card(title=say("sla.missed_many", number=len(lost)), body=(table, help_))


def _body(view: TicketView, step: Step, say: Texts, *, with_question: bool) -> tuple[Block, ...]:
    who = who_has_it(view, say)
    due = say("sla.due", figure=_figure(step, say), moment=say.moment(step.due), who=who)
    asked = (Quote(text=view.ticket.question),) if with_question else ()
    return (*asked, Text(text=due))


def _columns(say: Texts) -> tuple[str, ...]:
    names = ("ticket", "municipality", "what", "used", "by", "who")
    return tuple(say(f"sla.{name}") for name in names)


def _row(view: TicketView, step: Step, say: Texts) -> tuple[str, ...]:
    ticket = view.ticket
    return (
        ticket.number,
        view.municipality.name,
        _figure(step, say),
        say("sla.percent", percent=step.percent),
        say.moment(step.due),
        view.name(ticket.taken_by or ticket.contact) or say("fact.nobody"),
    )


def _missed(what: Missed, say: Texts) -> str:
    moment, step = say.moment(what.at), what.step
    if step is None:
        return say("sla.missed_choice", moment=moment)
    figure = _figure(step, say)
    return say("sla.missed_step", percent=step.percent, figure=figure, moment=moment)


def _missed_row(view: TicketView, what: Missed, say: Texts) -> tuple[str, ...]:
    step = what.step
    figure = _figure(step, say) if step else say("sla.to_contact")
    used = say("sla.percent", percent=step.percent) if step else ""
    return view.ticket.number, figure, used, say.moment(what.at)


def _figure(step: Step, say: Texts) -> str:
    return say(f"sla.figure.{step.figure}")
