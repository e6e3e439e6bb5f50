"""What has been sent is rewritten where it stands: a letter that takes another's place."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.cards.blocks import Card
from bot.domain.people import Place, Platform
from bot.domain.tickets import Slot
from storage.models import LetterRow, SlotRow
from storage.slots import Slots


class Rewriting:
    def __init__(self, session: Session, slots: Slots) -> None:
        self._session, self._slots = session, slots

    def below(self, slot: Slot, message: str, card: Card, now: datetime) -> None:
        """Let what brought *message* below a slot become *card*; where nothing did, do nothing."""
        standing = self._slots.row(slot)
        if standing is None:
            return
        brought = select(LetterRow.number).where(
            LetterRow.below_id == standing.id, LetterRow.carries_message == message
        )
        for number in self._session.scalars(brought):
            self._session.add(LetterRow(**letter_columns(standing, card, now), rewrites=number))

    def put_once(self, once: str, card: Card, now: datetime) -> None:
        """Let what was put with the key *once* become *card*; where nothing was, do nothing."""
        put = select(LetterRow).where(LetterRow.once == once)
        for row in self._session.scalars(put):
            there = Place(Platform(row.platform), row.channel)
            self._session.add(LetterRow(**letter_columns(there, card, now), rewrites=row.number))

    def keys(self, beginning: str) -> Sequence[str]:
        """Return every key that begins so, of what has been put, in the order it was."""
        found = select(LetterRow.once).where(LetterRow.once.startswith(beginning, autoescape=True))
        return [key for key in self._session.scalars(found.order_by(LetterRow.number)) if key]


def letter_columns(where: Place | SlotRow, card: Card, now: datetime) -> dict[str, Any]:
    """For storage alone: return what every new letter has."""
    return {
        "platform": where.platform,
        "channel": where.channel,
        "card": card.model_dump(mode="json"),
        "put_at": now,
        "not_before": now,
    }
