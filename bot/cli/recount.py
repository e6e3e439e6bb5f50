"""Recount: every ticket counted again from its log, compared with what is kept, and mended."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.agreements.book import AgreementBook
from bot.cli.asked import ticket_asked
from bot.conversation import frozen_agreement
from bot.domain.agreement import Agreement
from bot.domain.counted import with_figures
from bot.domain.events import Event
from bot.domain.rebuild import BrokenLog, Difference, differences, rebuilt
from bot.domain.tally import last_figures
from bot.domain.tickets import Ticket, TicketId
from storage.database import Database
from storage.measures import columns_of


@dataclass(frozen=True, slots=True)
class Recounted:
    """One ticket, counted again. *differences*: what is kept of it and its log does not give."""

    ticket: TicketId
    differences: Sequence[Difference]
    is_broken: bool = False  # the log adds up to nothing, so that nothing can be mended


def how_many(database: Database, number: str | None) -> int:
    """Return how many tickets there are, or 1 for the one called *number*.

    :raises CannotAnswer: there is none called so
    """
    with database.reading() as store:
        if number is None:
            return store.tickets.count()
        ticket_asked(number, store)
        return 1


def recount(
    database: Database, book: AgreementBook, number: str | None = None
) -> Iterator[Recounted]:
    """Yield every ticket, or the one called *number*, counted again. Nothing is changed.

    *book* learns the versions that tickets keep and it did not know.
    """
    wanted = number and number.strip().upper()
    with database.reading() as store:
        for ticket, log, stored in store.tickets.with_figures(wanted):
            agreement = frozen_agreement(ticket, book, store)
            try:
                found = [*differences(ticket, stored, log, agreement)]
                found += _miscounted(ticket, store.measures.of(ticket.id), log, agreement)
                yield Recounted(ticket.id, tuple(found))
            except BrokenLog as broken:
                what = Difference(
                    ticket=ticket.number, field="log", stored=str(broken), rebuilt="nothing"
                )
                yield Recounted(ticket.id, (what,), is_broken=True)


def mend(database: Database, book: AgreementBook, ticket_id: TicketId) -> None:
    """Keep what the ticket's log adds up to now, and nothing else, of the ticket.

    :raises BrokenLog: it adds up to nothing
    """
    with database.transaction() as store:
        ticket = store.tickets.mend(ticket_id)
        agreement = frozen_agreement(ticket, book, store)
        store.figures.keep(ticket, store.tickets.log(ticket_id), agreement)


def _miscounted(
    ticket: Ticket,
    kept: Mapping[str, object] | None,
    log: Sequence[Event],
    agreement: Agreement,
) -> Iterator[Difference]:
    """Yield how the columns that measures are read from differ from what *log* adds up to."""
    counted = with_figures(rebuilt(ticket, log), log, last_figures(log, agreement))
    for name, value in columns_of(counted).items():
        before = kept[name] if kept else "nothing"
        if before != value:
            yield Difference(
                ticket=ticket.number,
                field=f"counted.{name}",
                stored=str(before),
                rebuilt=str(value),
            )
