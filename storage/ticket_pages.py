"""Tickets page by page, in the order they were asked: for whoever reads them all."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, tuple_

from bot.domain.tickets import Ticket
from storage.models import TicketRow
from storage.tickets import Tickets

Mark = tuple[datetime, str]  # when a ticket was asked, and its number: where a page ended


class TicketPages:
    def __init__(self, tickets: Tickets) -> None:
        self._tickets = tickets

    def page(
        self, cooperation: str, municipality: str | None, after: Mark | None, limit: int
    ) -> Sequence[Ticket]:
        """Return up to *limit* tickets of *municipality* (None: of all) *after* a page's end."""
        order = (TicketRow.asked_at, TicketRow.number)
        found = select(TicketRow.id).where(TicketRow.cooperation == cooperation)
        if municipality is not None:
            found = found.where(TicketRow.municipality == municipality)
        if after is not None:
            found = found.where(tuple_(*order) > after)
        wanted = found.order_by(*order).limit(limit)
        tickets = (ticket for ticket, _ in self._tickets.among(wanted))
        return sorted(tickets, key=lambda ticket: (ticket.asked_at, ticket.number))
