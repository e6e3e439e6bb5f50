"""Tickets and their logs: opened, moved by events, found again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from bot.domain import Refusal, events
from bot.domain.agreement import Priority, Side
from bot.domain.events import Event
from bot.domain.moves import after, opened
from bot.domain.people import PersonId
from bot.domain.rebuild import rebuilt
from bot.domain.tickets import UNFINISHED, WITH_HOST, Status, Ticket, TicketId
from storage.clock_models import FigureRow
from storage.events import event_of, row_of
from storage.models import EventRow, MessageRow, SeriesRow, TicketRow
from storage.once import first, insert, table_of

Log = tuple[Event, ...]
WRITTEN = events.Asked | events.Answered | events.AskedBack | events.AskerWrote
AT_A_TIME = 500  # tickets that a query names one by one


class NoSuchTicket(Refusal):
    key = "refusal.no_such_ticket"


class AlreadyAsked(Refusal):
    """Somebody else was first to make this message a question, at the same moment."""

    key = "refusal.already_asked"


class ChangedMeanwhile(Exception):
    """An event was to be recorded on a ticket that is not as the recorder believes: a bug."""


class Tickets:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._locks = not session.info.get("is_reading")  # who only looks cannot lock
        self._held: dict[TicketId, TicketRow] = {}  # locked by us: nobody else changes them now
        self._logs: dict[TicketId, tuple[Event, ...]] = {}  # theirs

    def open(
        self,
        asked: events.Asked,
        *,
        ticket_id: TicketId,
        prefix: str,
        year: int,
        cooperation: str,
        municipality: str,
        agreement: str,
    ) -> Ticket:
        """Keep the ticket that *asked* opens, under *prefix*'s next number in *year*.

        :raises AlreadyAsked: the message belongs to a ticket already
        """
        ticket = opened(
            asked,
            ticket_id=ticket_id,
            number=self._next_number(prefix, year),
            cooperation=cooperation,
            municipality=municipality,
            agreement=agreement,
        )
        row = TicketRow(**_columns(ticket))
        self._session.add(row)
        self._session.flush()
        self._held[ticket.id], self._logs[ticket.id] = row, ()
        if not self._append(ticket.id, asked):
            raise AlreadyAsked
        return ticket

    def record(self, ticket: Ticket, event: Event) -> Ticket:
        """Add *event* to the log of *ticket*, which :meth:`get` gave, and return what it becomes.

        :raises Refusal: the ticket does not allow that now
        :raises ChangedMeanwhile: *ticket* is not what its log adds up to
        """
        row = self._row(ticket.id)
        if _ticket(row) != ticket:
            raise ChangedMeanwhile(ticket.number)
        moved = after(ticket, event)
        for name, value in _columns(moved).items():
            setattr(row, name, value)
        self._append(ticket.id, event)
        return moved

    def get(self, ticket_id: TicketId) -> Ticket:
        """Return the ticket, and keep others from changing it until we are done.

        :raises NoSuchTicket: it is gone, or never was
        """
        return _ticket(self._row(ticket_id))

    def log(self, ticket_id: TicketId) -> tuple[Event, ...]:
        """Return everything that has happened to the ticket, in the order we heard of it."""
        if ticket_id in self._logs:
            return self._logs[ticket_id]
        found = select(EventRow).where(EventRow.ticket_id == ticket_id).order_by(EventRow.number)
        log = tuple(event_of(row) for row in self._session.scalars(found))
        if ticket_id in self._held:
            self._logs[ticket_id] = log
        return log

    def replayed(self, ticket_id: TicketId) -> Ticket:
        """Return the ticket rebuilt from its log alone.

        :raises NoSuchTicket: it is gone, or never was
        :raises BrokenLog: it adds up to nothing
        """
        return rebuilt(self.get(ticket_id), self.log(ticket_id))

    def mend(self, ticket_id: TicketId) -> Ticket:
        """Let the ticket be what its log adds up to, and return it.

        :raises BrokenLog: it adds up to nothing
        """
        row, ticket = self._row(ticket_id), self.replayed(ticket_id)
        for name, value in _columns(ticket).items():
            setattr(row, name, value)
        return ticket

    def by_number(self, number: str) -> Ticket | None:
        """Return the ticket called *number*, in capitals or not."""
        found = select(TicketRow).where(TicketRow.number == number.strip().upper())
        row = self._session.scalars(found).first()
        return _ticket(row) if row else None

    def by_message(self, key: str) -> TicketId | None:
        """Return the ticket that the message with *key* belongs to."""
        row = self._session.get(MessageRow, key)
        return TicketId(row.ticket_id) if row else None

    def of_asker(self, person_id: PersonId, limit: int = 20) -> Sequence[Ticket]:
        """Return what a person has asked, the newest first."""
        found = select(TicketRow).where(TicketRow.asker == person_id)
        newest = found.order_by(TicketRow.asked_at.desc(), TicketRow.number.desc())
        return self._all(newest.limit(limit))

    def with_host(self) -> Sequence[Ticket]:
        """Return what is with the host and not finished, the oldest first."""
        found = select(TicketRow).where(TicketRow.status.in_(WITH_HOST))
        return self._all(found.order_by(TicketRow.asked_at, TicketRow.number))

    def load(self) -> Mapping[PersonId, int]:
        """Return how many unfinished tickets each contact has; who has none is left out."""
        found = (
            select(TicketRow.contact, func.count())
            .where(TicketRow.status.in_(UNFINISHED), TicketRow.contact.is_not(None))
            .group_by(TicketRow.contact)
        )
        return {PersonId(who): number for who, number in self._session.execute(found) if who}

    def look_at(self, ticket_id: TicketId, moment: datetime | None) -> None:
        """Let somebody look at the ticket at *moment*; None: not before something happens.

        :raises NoSuchTicket: it is gone, or never was
        """
        self._row(ticket_id).next_moment = moment

    def to_look_at(self, now: datetime, limit: int = 100) -> Sequence[Ticket]:
        """Return tickets whose moment has come, for us alone until we are done."""
        found = select(TicketRow).where(TicketRow.next_moment <= now)
        due = found.order_by(TicketRow.next_moment, TicketRow.number).limit(limit)
        if not self._locks:
            return self._all(due)
        rows = self._session.scalars(due.with_for_update(skip_locked=True)).all()
        self._held |= {TicketId(row.id): row for row in rows}
        return [_ticket(row) for row in rows]

    def asked_between(
        self, start: datetime, end: datetime, municipality: str | None = None
    ) -> Iterator[tuple[Ticket, tuple[Event, ...]]]:
        """Yield the tickets asked from *start* to before *end*, with their logs, in one query."""
        return self._with_logs(*_asked(start, end, municipality))

    def number_asked(self, start: datetime, end: datetime, municipality: str | None = None) -> int:
        """Return how many :meth:`asked_between` yields."""
        return self.count(*_asked(start, end, municipality))

    def unfinished(self) -> Iterator[tuple[Ticket, tuple[Event, ...]]]:
        """Yield what is with the host or waits for a choice, with its log, in one query."""
        return self._with_logs(TicketRow.status.in_(UNFINISHED))

    def among(self, ids: Select[UUID]) -> Iterator[tuple[Ticket, tuple[Event, ...]]]:
        """For storage alone: yield the tickets whose ids are *ids*, with their logs."""
        return self._with_logs(TicketRow.id.in_(ids))

    def named(self, ids: Sequence[TicketId]) -> Iterator[tuple[Ticket, tuple[Event, ...]]]:
        """Yield the tickets called *ids*, with their logs, some hundred in each query."""
        for start in range(0, len(ids), AT_A_TIME):
            yield from self._with_logs(TicketRow.id.in_(ids[start : start + AT_A_TIME]))

    def with_figures(self, number: str | None = None) -> Iterator[tuple[Ticket, Log, str | None]]:
        """Yield every ticket, or the one called *number*, with its log and what is kept of it."""
        found = (
            select(TicketRow, EventRow, FigureRow.tally)
            .join(EventRow, EventRow.ticket_id == TicketRow.id)
            .outerjoin(FigureRow, FigureRow.ticket_id == TicketRow.id)
            .order_by(TicketRow.number, EventRow.number)
            .execution_options(yield_per=1000)
        )
        if number is not None:
            found = found.where(TicketRow.number == number)
        for (ticket, tally), rows in groupby(self._session.execute(found), lambda r: (r[0], r[2])):
            yield _ticket(ticket), tuple(event_of(row) for _, row, _ in rows), tally

    def count(self, *which: ColumnElement[bool]) -> int:
        return self._session.scalars(select(func.count(TicketRow.id)).where(*which)).one()

    def forget(self) -> None:
        """For storage alone: what we hold may have been rolled back."""
        self._held.clear()
        self._logs.clear()

    def _with_logs(self, *which: ColumnElement[bool]) -> Iterator[tuple[Ticket, tuple[Event, ...]]]:
        found = (
            select(TicketRow, EventRow)
            .join(EventRow, EventRow.ticket_id == TicketRow.id)
            .where(*which)
            .order_by(TicketRow.asked_at, TicketRow.id, EventRow.number)
            .execution_options(yield_per=1000)
        )
        for ticket, rows in groupby(self._session.execute(found), key=lambda pair: pair[0]):
            yield _ticket(ticket), tuple(event_of(row) for _, row in rows)

    def _next_number(self, prefix: str, year: int) -> str:
        series = insert(self._session, table_of(SeriesRow)).values(prefix=prefix, year=year, last=1)
        following = series.on_conflict_do_update(
            index_elements=[SeriesRow.prefix, SeriesRow.year], set_={"last": SeriesRow.last + 1}
        )
        number = self._session.scalars(following.returning(SeriesRow.last)).one()
        return f"{prefix}-{year}-{number:04}"

    def _append(self, ticket_id: TicketId, event: Event) -> bool:
        """Add *event*, and return False if it is a message that belongs to a ticket already."""
        log = self.log(ticket_id)
        self._session.add(row_of(event, ticket_id, len(log) + 1))
        self._logs[ticket_id] = (*log, event)
        if not isinstance(event, WRITTEN):
            return True
        return first(self._session, MessageRow, key=event.message, ticket_id=ticket_id, by=event.by)

    def _row(self, ticket_id: TicketId) -> TicketRow:
        if ticket_id in self._held:
            return self._held[ticket_id]
        found = select(TicketRow).where(TicketRow.id == ticket_id)
        if self._locks:
            found = found.with_for_update().execution_options(populate_existing=True)
        row = self._session.scalars(found).first()
        if row is None:
            raise NoSuchTicket
        if self._locks:
            self._held[ticket_id] = row
        return row

    def _all(self, found: Select[TicketRow]) -> Sequence[Ticket]:
        return [_ticket(row) for row in self._session.scalars(found)]


def _asked(start: datetime, end: datetime, municipality: str | None) -> list[ColumnElement[bool]]:
    inside = [TicketRow.asked_at >= start, TicketRow.asked_at < end]
    return [*inside, TicketRow.municipality == municipality] if municipality else inside


def _columns(ticket: Ticket) -> dict[str, Any]:
    columns = {field.name: getattr(ticket, field.name) for field in fields(ticket)}
    return {**columns, "choices": list(ticket.choices)}


def _ticket(row: TicketRow) -> Ticket:
    return Ticket(
        id=TicketId(row.id),
        number=row.number,
        cooperation=row.cooperation,
        municipality=row.municipality,
        agreement=row.agreement,
        asker=PersonId(row.asker),
        question=row.question,
        asked_at=row.asked_at,
        task=row.task,
        side=Side(row.side),
        counted_as=Side(row.counted_as),
        choices=tuple(row.choices),
        status=Status(row.status),
        priority=Priority(row.priority),
        contact=PersonId(row.contact) if row.contact else None,
        taken_by=PersonId(row.taken_by) if row.taken_by else None,
        resolved_at=row.resolved_at,
        last_event_at=row.last_event_at,
    )
