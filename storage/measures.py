"""Measures: what each ticket counts for, kept beside its log, and read by the hundred thousand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, func, select
from sqlalchemy.orm import Session

from bot.domain.counted import Counted
from bot.domain.events import Event
from bot.domain.flat import BETWEEN, STATE, Flat, flat, micros
from bot.domain.people import PersonId
from bot.domain.tickets import Ticket, TicketId
from storage.measure_models import CountedRow
from storage.models import TicketRow
from storage.once import insert, table_of
from storage.tickets import Tickets


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Tickets of *cooperation* asked from *start* to before *end* (UTC), of each filter given.

    *letters*: for a name in STATE, the letter that is wanted there.
    """

    cooperation: str
    start: datetime
    end: datetime
    municipalities: frozenset[str] | None = None
    asker: PersonId | None = None
    task: str | None = None
    letters: Mapping[str, str] = field(default_factory=dict)


class Measures:
    def __init__(self, session: Session, tickets: Tickets) -> None:
        self._session, self._tickets = session, tickets

    def keep(self, counted: Counted) -> None:
        """Keep what the ticket counts for now. To be done with every event."""
        columns = columns_of(counted)
        kept = insert(self._session, table_of(CountedRow)).values(columns)
        anew = kept.on_conflict_do_update(index_elements=["ticket_id"], set_=columns)
        self._session.execute(anew)

    def of(self, ticket_id: TicketId) -> Mapping[str, object] | None:
        """Return the columns that are kept of the ticket; None when nothing is."""
        table = table_of(CountedRow)
        found = select(table).where(table.c.ticket_id == ticket_id)
        row = self._session.execute(found).mappings().first()
        return dict(row) if row else None

    def final(self, wanted: Wanted, as_of: datetime) -> tuple[Sequence[str], int]:
        """Return each column of Flat as one text, and of how many tickets.

        Of those *wanted* of which nothing was recorded after *as_of*, and which time alone does
        not change: written down once, they are never counted again.
        """
        joined = [_joined(getattr(CountedRow, name)) for name in Flat._fields]
        found = select(func.count(), *joined).where(*_final(wanted, as_of))
        number, *texts = self._session.execute(found).one()
        return [text or "" for text in texts], number

    def agreements(self, wanted: Wanted, as_of: datetime) -> set[str]:
        """Return the digests of the versions that those tickets keep."""
        found = select(CountedRow.agreement).distinct().where(*_final(wanted, as_of))
        return set(self._session.scalars(found))

    def unsettled(
        self, wanted: Wanted, as_of: datetime
    ) -> Iterator[tuple[Ticket, tuple[Event, ...]]]:
        """Yield all others that were asked before the end, however old, with their logs.

        They are open, or were at *as_of*; their task and priority may have been others then.
        """
        # Asked one by one: a database that has to guess how many there are reads every log.
        ids: list[TicketId] = []
        for changes in (CountedRow.final_at.is_(None), CountedRow.final_at > micros(as_of)):
            found = select(CountedRow.ticket_id).where(*_before_the_end(wanted), changes)
            ids += map(TicketId, self._session.scalars(found))
        return self._tickets.named(ids)

    def ids(self, numbers: Sequence[str]) -> Mapping[str, TicketId]:
        """Return the id of each ticket called one of *numbers*."""
        found = select(TicketRow.number, TicketRow.id).where(TicketRow.number.in_(numbers))
        return {number: TicketId(id_) for number, id_ in self._session.execute(found)}


def columns_of(counted: Counted) -> dict[str, Any]:
    """Return *counted* as it is kept."""
    return {
        **flat(counted)._asdict(),
        "ticket_id": counted.ticket,
        "cooperation": counted.cooperation,
        "agreement": counted.agreement,
        "final_at": None if counted.final_at is None else micros(counted.final_at),
    }


def _before_the_end(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    yield CountedRow.cooperation == wanted.cooperation
    yield CountedRow.asked_at < micros(wanted.end)
    if wanted.municipalities is not None:
        yield CountedRow.municipality.in_(wanted.municipalities)
    if wanted.asker is not None:
        own = select(TicketRow.id).where(TicketRow.asker == wanted.asker)
        yield CountedRow.ticket_id.in_(own)


def _final(wanted: Wanted, as_of: datetime) -> Iterator[ColumnElement[bool]]:
    yield from _before_the_end(wanted)
    yield CountedRow.asked_at >= micros(wanted.start)
    yield CountedRow.final_at <= micros(as_of)
    if wanted.task is not None:
        yield CountedRow.task == wanted.task
    for name, letter in wanted.letters.items():
        yield func.substr(CountedRow.state, STATE.index(name) + 1, 1) == letter


def _joined(column: ColumnElement[Any]) -> ColumnElement[str]:
    """Return a whole column as one text: a driver hands that over at once, and rows one by one."""
    return func.aggregate_strings(cast(column, Text), BETWEEN)
