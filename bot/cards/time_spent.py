"""The time that went into a ticket: the chips to put it down with, and what has been put down."""

from datetime import timedelta

from bot.cards.blocks import Button, Buttons, Fact
from bot.cards.view import TicketView
from bot.domain.tickets import Status
from bot.domain.time_spent import CHIPS
from bot.texts import Texts

MINUTE = timedelta(minutes=1)


def time_chips(view: TicketView, say: Texts) -> tuple[Buttons, ...]:
    """Return a chip for each length, where the agreement wants it and nobody has pressed one."""
    is_wanted = view.agreement.notes_time_spent and view.ticket.status is Status.RESOLVED
    if not is_wanted or view.is_time_put_down:
        return ()
    chips = tuple(
        Button(
            label=say("team.time", time=say.duration(minutes * MINUTE)),
            action="ticket.time",
            value=f"{view.ticket.id}:{minutes}",
        )
        for minutes in CHIPS
    )
    return (Buttons(buttons=chips),)


def time_fact(view: TicketView, say: Texts) -> tuple[Fact, ...]:
    if not view.time_spent:
        return ()
    return (Fact(name=say("fact.time_spent"), value=say.duration(view.time_spent)),)
