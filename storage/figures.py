"""Figures: what each ticket's log adds up to, kept beside it so that both can be compared."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from bot.domain.agreement import Agreement
from bot.domain.counted import with_figures
from bot.domain.events import Event
from bot.domain.tally import last_figures, tally_of
from bot.domain.tickets import Ticket, TicketId
from storage.clock_models import FigureRow
from storage.measures import Measures
from storage.once import insert, table_of


class Figures:
    def __init__(self, session: Session, measures: Measures) -> None:
        self._session, self._measures = session, measures

    def keep(self, ticket: Ticket, log: Sequence[Event], agreement: Agreement) -> None:
        """Keep what *log*, the ticket's whole one, adds up to. To be done with every event."""
        now = last_figures(log, agreement)
        self.put(ticket.id, tally_of(now))
        self._measures.keep(with_figures(ticket, log, now))

    def put(self, ticket_id: TicketId, tallied: str) -> None:
        """Keep *tallied*, as :func:`bot.domain.tally.tally` gave it, instead of what was kept."""
        kept = insert(self._session, table_of(FigureRow)).values(ticket_id=ticket_id, tally=tallied)
        anew = kept.on_conflict_do_update(index_elements=["ticket_id"], set_={"tally": tallied})
        self._session.execute(anew)

    def of(self, ticket_id: TicketId) -> str | None:
        """Return what is kept for the ticket, or None when nothing is."""
        row = self._session.get(FigureRow, ticket_id, populate_existing=True)
        return row.tally if row else None
