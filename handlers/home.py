"""A person looks at their own page: my questions, and for the host's team the queue."""

from dataclasses import replace

from bot.cards.home import by_deadline
from bot.cards.home import home as home_card
from bot.cards.view import TicketView
from bot.case import case_of, goes_on_in
from bot.casework import view_of
from bot.conversation import Context, Opened, Outgoing, Show
from bot.domain.tickets import Ticket
from bot.texts import texts


def home(_: Opened, context: Context) -> list[Outgoing]:
    tickets, speaker = context.store.tickets, context.speaker
    own = [_own(ticket, context) for ticket in tickets.of_asker(speaker.id)]
    queue = None
    if speaker.is_host_team:
        with_host = [view_of(case_of(ticket, context)) for ticket in tickets.with_host()]
        queue = by_deadline(with_host)
    return [Show(card=home_card(own, queue, texts(speaker.language)))]


def _own(ticket: Ticket, context: Context) -> TicketView:
    view, now_in = view_of(case_of(ticket, context)), goes_on_in(ticket, context.store)
    return view if now_in is ticket else replace(view, goes_on_in=now_in.number)
