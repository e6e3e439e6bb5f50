"""Letters that a chat did not take, sent to the same person in another chat of theirs."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.domain.people import Place
from storage.models import LetterRow, SlotRow
from storage.outbox import Letter
from storage.slots import Slots

DETOUR = "detour:"  # how the keys of such letters begin


class Detours:
    def __init__(self, session: Session, slots: Slots) -> None:
        self._session, self._slots = session, slots

    def is_one(self, letter: Letter) -> bool:
        """Tell whether *letter* has been sent another way already: there is no third."""
        return bool(letter.once and letter.once.startswith(DETOUR))

    def send(self, letter: Letter, place: Place, now: datetime) -> None:
        """Send *letter* to *place* instead. Its ticket's card moves there, thread and all."""
        row = self._session.get_one(LetterRow, letter.number)
        if row.rewrites:
            return  # what it would change stands where nobody reads it any more
        slot_id = row.slot_id or row.below_id or row.redraws_id
        slot = self._session.get_one(SlotRow, slot_id) if slot_id else None
        if slot and slot.platform != place.platform:
            self._move(slot, row, place, now)
        if row.slot_id is None and row.redraws_id is None:
            self._session.add(self._letter(row, row.card, place, now, below=row.below_id))
        self._session.flush()
        self._slots.forget()

    def _move(self, slot: SlotRow, row: LetterRow, place: Place, now: datetime) -> None:
        """Let *slot* stand at *place*, with the card that it should show by now."""
        about = or_(LetterRow.slot_id == slot.id, LetterRow.redraws_id == slot.id)
        newest = select(LetterRow.card).where(about).order_by(LetterRow.number.desc()).limit(1)
        card = self._session.scalars(newest).first() or row.card
        slot.platform, slot.channel = place.platform, place.channel
        slot.thread, slot.card, slot.link = None, None, None
        standing = self._letter(row, card, place, now, key="card")
        standing.slot_id, standing.carries_ticket, standing.carries_message = slot.id, None, None
        self._session.add(standing)
        self._session.flush()

    def _letter(
        self,
        row: LetterRow,
        card: dict[str, object],
        place: Place,
        now: datetime,
        *,
        below: int | None = None,
        key: str = "words",
    ) -> LetterRow:
        return LetterRow(
            once=f"{DETOUR}{row.number}:{key}",
            platform=place.platform,
            channel=place.channel,
            thread=None,
            below_id=below,
            carries_ticket=row.carries_ticket,
            carries_message=row.carries_message,
            file_id=row.file_id if key == "words" else None,
            card=card,
            put_at=now,
            not_before=now,
        )
