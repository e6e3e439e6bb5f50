"""Slots: a ticket's standing cards, where they stand, and the threads below them."""

from collections.abc import Sequence

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from bot.cards.blocks import Card
from bot.domain.people import PersonId, Place, Platform
from bot.domain.tickets import Slot, SlotRole, TicketId
from storage.models import LetterRow, SlotRow
from storage.once import insert

NOBODY = ""  # a slot that is nobody's in particular


class Slots:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[TicketId, dict[Slot, SlotRow]] = {}

    def open(self, slot: Slot, place: Place) -> None:
        """Let *slot* stand at *place*. Elsewhere than before, it has no card there yet."""
        row = self.opened_once(slot, place)
        if (row.platform, row.channel, row.thread) != (place.platform, place.channel, place.thread):
            row.platform, row.channel, row.thread = place.platform, place.channel, place.thread
            row.card, row.link = None, None

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

    def by_message(self, place: Place) -> Slot | None:
        """Return the slot below which the message that *place*'s thread names stands.

        For platforms that tell of a message and not of its thread; else as :meth:`by_place`.
        """
        found = (
            select(SlotRow)
            .join(LetterRow, LetterRow.below_id == SlotRow.id)
            .where(
                SlotRow.platform == place.platform,
                SlotRow.channel == place.channel,
                LetterRow.sent_as == place.thread,
            )
        )
        row = self._session.scalars(found.limit(1)).first()
        return _slot(row) if row else self.by_place(place)

    def card_at(self, place: Place) -> Card | None:
        """Return what the standing card says that *place*'s thread names, or will say soon."""
        found = (
            select(LetterRow.card)
            .join(SlotRow, or_(LetterRow.slot_id == SlotRow.id, LetterRow.redraws_id == SlotRow.id))
            .where(
                SlotRow.platform == place.platform,
                SlotRow.channel == place.channel,
                SlotRow.card == place.thread,
            )
        )
        kept = self._session.scalars(found.order_by(LetterRow.number.desc()).limit(1)).first()
        return Card.model_validate(kept) if kept else None

    def place_of(self, slot: Slot) -> Place | None:
        """Return where to write below *slot*: its thread, or else its card, once that is sent."""
        row = self.row(slot)
        return place_below(row) if row else None

    def of(self, ticket_id: TicketId) -> Sequence[Slot]:
        """Return every slot the ticket has, in the order they were opened."""
        return [_slot(row) for row in self._session.scalars(_of(ticket_id))]

    def id_of(self, slot: Slot) -> int | None:
        row = self.row(slot)
        return row.id if row else None

    def link_of(self, slot: Slot) -> str | None:
        """Return what opens *slot*'s card, for whoever may read it there; None until it is sent."""
        row = self.row(slot)
        return row.link if row else None

    def row(self, slot: Slot) -> SlotRow | None:
        """For storage alone: return where *slot* stands. A ticket's slots are read once."""
        if slot.ticket not in self._known:
            rows = self._session.scalars(_of(slot.ticket))
            self._known[slot.ticket] = {_slot(row): row for row in rows}
        return self._known[slot.ticket].get(slot)

    def opened_once(self, slot: Slot, place: Place) -> SlotRow:
        """For storage alone: return *slot*'s row, opened at *place* if it stands nowhere yet."""
        row = self.row(slot)
        if row is None:
            opened = insert(self._session, SlotRow).values(
                ticket_id=slot.ticket,
                role=slot.role,
                person_id=slot.person or NOBODY,
                platform=place.platform,
                channel=place.channel,
                thread=place.thread,
            )
            key = [SlotRow.ticket_id, SlotRow.role, SlotRow.person_id]
            # An update that changes nothing returns the row of who opened it at the same moment.
            row = self._session.scalars(
                opened.on_conflict_do_update(
                    index_elements=key, set_={"role": SlotRow.role}
                ).returning(SlotRow)
            ).one()
            self._known[slot.ticket][slot] = row
        return row

    def forget(self) -> None:
        """For storage alone: what was read may have been rolled back."""
        self._known.clear()


def place_below(row: SlotRow) -> Place:
    return Place(Platform(row.platform), row.channel, row.thread or row.card)


def _of(ticket_id: TicketId) -> Select[SlotRow]:
    return select(SlotRow).where(SlotRow.ticket_id == ticket_id).order_by(SlotRow.id)


def _slot(row: SlotRow) -> Slot:
    person = PersonId(row.person_id) if row.person_id else None
    return Slot(TicketId(row.ticket_id), SlotRole(row.role), person)
