"""Cards that warn: a deadline comes near or has passed, or nobody is available."""

from bot.cards.blocks import Card, Quote, Text
from bot.cards.view import TicketView, passed_by, who_has_it
from bot.domain.sla import ALL
from bot.texts import Texts


def warning(view: TicketView, percent: int, say: Texts) -> Card:
    number, stretch = view.ticket.number, view.figures.first_response
    key = "sla.breach" if percent >= ALL else "sla.warning"
    due = say.moment(stretch.due) if stretch and stretch.due else ""
    text = say("sla.due", moment=due, who=who_has_it(view, say))
    title = say(key, number=number, percent=percent)
    return Card(title=title, body=(Quote(text=view.ticket.question), Text(text=text)))


def nobody_available(view: TicketView, say: Texts) -> Card:
    """Return the alarm to the lead: everybody who should have had the ticket was passed by."""
    reasons = tuple(Text(text=sentence) for sentence in passed_by(view, say))
    help_ = Text(text=say("sla.nobody_help"))
    title = say("sla.nobody", number=view.ticket.number)
    return Card(title=title, body=(Quote(text=view.ticket.question), help_, *reasons))
