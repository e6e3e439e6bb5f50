"""Slots: a ticket's standing cards, where they stand, and the threads below them."""

from collections.abc import Sequence

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from bot.domain.people import PersonId, Place, Platform
from bot.domain.tickets import Slot, SlotRole, TicketId
from storage.models import SlotRow
from storage.once import first

NOBODY = ""  # a slot that is nobody's in particular


class Slots:
    def __init__(self, session: Session) -> None:
        self._session = session

    def open(self, slot: Slot, place: Place) -> None:
        """Let *slot* stand at *place*. Elsewhere than before, it has no card there yet."""
        row = open_once(self._session, slot, place)
        if (row.platform, row.channel, row.thread) != (place.platform, place.channel, place.thread):
            row.platform, row.channel, row.thread = place.platform, place.channel, place.thread
            row.card = None
            self._session.flush()

    def by_place(self, place: Place) -> Slot | None:
        """Return the slot whose thread, or whose card, *place*'s thread is."""
        if place.thread is None:
            return None
        found = select(SlotRow).where(
            SlotRow.platform == place.platform,
            SlotRow.channel == place.channel,
            or_(SlotRow.thread == place.thread, SlotRow.card == place.thread),
        )
        row = self._session.scalars(found.order_by(SlotRow.id.desc()).limit(1)).first()
        return _slot(row) if row else None

    def place_of(self, slot: Slot) -> Place | None:
        """Return where to write below *slot*: its thread, or else its card, once that is sent."""
        row = slot_row(self._session, slot)
        return place_below(row) if row else None

    def of(self, ticket_id: TicketId) -> Sequence[Slot]:
        """Return every slot the ticket has, in the order they were opened."""
        found = select(SlotRow).where(SlotRow.ticket_id == ticket_id).order_by(SlotRow.id)
        return [_slot(row) for row in self._session.scalars(found)]

    def id_of(self, slot: Slot) -> int | None:
        row = slot_row(self._session, slot)
        return row.id if row else None


def open_once(session: Session, slot: Slot, place: Place) -> SlotRow:
    """Return *slot*'s row, opened at *place* unless it stands somewhere already."""
    first(
        session,
        SlotRow,
        ticket_id=slot.ticket,
        role=slot.role,
        person_id=slot.person or NOBODY,
        platform=place.platform,
        channel=place.channel,
        thread=place.thread,
    )
    return session.scalars(_of(slot)).one()


def slot_row(session: Session, slot: Slot) -> SlotRow | None:
    return session.scalars(_of(slot)).first()


def place_below(row: SlotRow) -> Place:
    return Place(Platform(row.platform), row.channel, row.thread or row.card)


def _of(slot: Slot) -> Select[SlotRow]:
    return select(SlotRow).where(
        SlotRow.ticket_id == slot.ticket,
        SlotRow.role == slot.role,
        SlotRow.person_id == (slot.person or NOBODY),
    )


def _slot(row: SlotRow) -> Slot:
    person = PersonId(row.person_id) if row.person_id else None
    return Slot(TicketId(row.ticket_id), SlotRole(row.role), person)
