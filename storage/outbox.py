"""The outbox: cards on their way. Every place gets its own in order, and at least once.

A claim takes only the first undone letter of each place, so a letter that fails, or that another
replica has in hand, holds back those behind it and nobody else's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from bot.cards.blocks import Card
from bot.domain.files import FileId
from bot.domain.people import Account, Place, Platform
from bot.domain.tickets import Slot, SlotRole, TicketId
from storage.models import WAITING, AccountRow, LetterRow, SlotRow, TicketRow
from storage.once import insert, table_of
from storage.patience import next_wait
from storage.rewriting import letter_columns
from storage.slots import Slots, place_below

LEASE = timedelta(seconds=20)  # a sender gives up after 10
GIVES_UP_AFTER = timedelta(days=3)
LETTERS = table_of(LetterRow)

_Slots = Mapping[int, tuple[SlotRow, str]]  # each with its ticket's number


class NotOpened(LookupError):
    """A letter is addressed to a slot that stands nowhere: a bug."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter in our hands. *message*: redraw this one of our messages instead of sending anew.

    *carries*: the ticket and key of the person's message that the card brings. *attempts* counts
    this one. *revision* tells whether the card was redrawn again while it was being sent. *once* is
    the key that it was put with. *about*: the number of the ticket in whose thread it stands.
    """

    number: int
    to: Place
    kept: Mapping[str, Any]
    message: str | None
    only_to: Account | None
    carries: tuple[TicketId, str] | None
    file: FileId | None
    attempts: int
    revision: int
    once: str | None
    about: str | None = None

    @property
    def card(self) -> Card:
        """Read the card only when it is sent, so that a bad one stops no other letter.

        :raises pydantic.ValidationError: another program's card, which this one cannot read
        """
        return Card.model_validate(self.kept)


class Outbox:
    def __init__(self, session: Session, slots: Slots) -> None:
        self._session, self._slots = session, slots

    def put(
        self,
        *,
        to: Place | Slot,
        card: Card,
        now: datetime,
        once: str | None = None,
        slot: Slot | None = None,
        only_to: Account | None = None,
        carries: tuple[UUID, str] | None = None,
        file: FileId | None = None,
    ) -> None:
        """Queue *card* for a place, or for the thread below a slot, with the fields of a Say.

        :raises NotOpened: *to* is a slot that stands nowhere
        """
        below, place = self._target(to)
        standing = self._slots.opened_once(slot, place) if slot else None
        letter = insert(self._session, LETTERS).values(
            **letter_columns(standing or place, card, now),
            once=once,
            thread=(standing or place).thread,
            slot_id=standing.id if standing else None,
            below_id=below.id if below else None,
            only_to=asdict(only_to) if only_to else None,
            carries_ticket=carries[0] if carries else None,
            carries_message=carries[1] if carries else None,
            file_id=file,
        )
        self._session.execute(letter.on_conflict_do_nothing(index_elements=[LetterRow.once]))

    def redraw(self, slot: Slot, card: Card, now: datetime) -> None:
        """Let *slot*'s standing card become *card*. The latest wins; nowhere, nothing happens."""
        standing = self._slots.row(slot)
        if standing is None:
            return
        letter = insert(self._session, LETTERS).values(
            **letter_columns(standing, card, now), redraws_id=standing.id
        )
        newer = letter.on_conflict_do_update(
            index_elements=[LetterRow.redraws_id],
            index_where=WAITING,
            set_={"card": letter.excluded.card, "revision": LetterRow.revision + 1},
        )
        self._session.execute(newer)

    def claim(self, now: datetime, limit: int = 20) -> Sequence[Letter]:
        """Take due letters, one for each place. After the lease they are anyone's again."""
        heads = self._session.scalars(_due_heads(now, limit)).all()
        slots = self._slots_of(heads)
        changed = self._changed_by(heads)
        letters = [letter for row in heads if (letter := _lease(row, slots, changed, now))]
        self._session.flush()
        if heads and not letters:  # none could be sent; what stood behind them perhaps can
            return self.claim(now, limit)
        return letters

    def sent(
        self,
        letter: Letter,
        now: datetime,
        *,
        channel: str,
        message: str,
        link: str | None = None,
    ) -> None:
        """Note that *letter* stands in *channel* as *message*, which *link* opens."""
        row = self._locked(letter.number)
        if row.done_at is not None:
            return  # the lease ran out, and somebody else has sent it as well
        if row.slot_id:
            slot = self._session.get_one(SlotRow, row.slot_id)
            slot.channel, slot.card, slot.link = channel, message, link
        if letter.only_to is None:
            row.channel = channel
        if row.revision != letter.revision:
            row.not_before, row.attempts = now, 0  # redrawn again meanwhile: that is still to send
        else:
            row.done_at, row.sent_as = now, message
        self._session.flush()
        if channel != letter.to.channel and letter.only_to is None:
            self._moved(letter.to, channel)

    def failed(
        self,
        letter: Letter,
        reason: str,
        now: datetime,
        *,
        final: bool = False,
        retry_after: float | None = None,
    ) -> bool:
        """Put *letter* back to be tried again, and return False; or give it up, and return True.

        *reason* is the platform's. *retry_after*: the seconds it asks us to wait. A letter is given
        up when trying again is pointless (*final*), or after three days.
        """
        row = self._locked(letter.number)
        if row.done_at is not None:
            return False
        if row.revision != letter.revision:  # this card is not wanted any more; a newer one waits
            final, row.attempts = False, 0
        if final or now - row.put_at > GIVES_UP_AFTER:
            row.done_at, row.refused_because = now, reason
        else:
            row.not_before = now + next_wait(row.attempts, retry_after)
        self._session.flush()
        return row.done_at is not None

    def waiting(self, now: datetime, once: str = "") -> int:
        """Return how many letters that should be on their way by *now* are not yet sent.

        Only those whose key begins with *once* are counted, if that is told.
        """
        found = select(func.count()).where(LetterRow.done_at.is_(None), LetterRow.put_at <= now)
        if once:
            found = found.where(LetterRow.once.startswith(once, autoescape=True))
        return self._session.scalars(found.select_from(LetterRow)).one()

    def _slots_of(self, letters: Sequence[LetterRow]) -> _Slots:
        """Return the slots that *letters* speak of, by their ids, with their tickets' numbers."""
        ids = {number for row in letters if (number := _slot_id(row))}
        numbered = select(SlotRow, TicketRow.number).join(
            TicketRow, TicketRow.id == SlotRow.ticket_id
        )
        found = self._session.execute(numbered.where(SlotRow.id.in_(ids))) if ids else ()
        return {row.id: (row, number) for row, number in found}

    def _changed_by(self, letters: Sequence[LetterRow]) -> Mapping[int, str | None]:
        """Return the messages that *letters* rewrite, by the number of what was sent."""
        numbers = {row.rewrites for row in letters if row.rewrites}
        found = select(LetterRow).where(LetterRow.number.in_(numbers))
        return {r.number: r.sent_as for r in self._session.scalars(found)} if numbers else {}

    def _target(self, to: Place | Slot) -> tuple[SlotRow | None, Place]:
        """Return the slot to write below, if any, and the place."""
        if isinstance(to, Place):
            return None, to
        below = self._slots.row(to)
        if below is None:
            raise NotOpened(f"{to.role} of ticket {to.ticket}")
        return below, place_below(below)

    def _locked(self, number: int) -> LetterRow:
        return self._session.get_one(LetterRow, number, with_for_update=True)

    def _moved(self, old: Place, channel: str) -> None:
        """Let what is bound for a person's *old* channel go to *channel*, its real name."""
        theirs = (AccountRow.platform == old.platform, AccountRow.channel == old.channel)
        moved = update(AccountRow).where(*theirs).values(channel=channel)
        if not self._session.execute(moved.returning(AccountRow.person_id)).all():
            return  # nobody's own: a channel that many read is never led elsewhere
        there = (SlotRow.platform == old.platform, SlotRow.channel == old.channel)
        self._session.execute(update(SlotRow).where(*there).values(channel=channel))
        bound = (LetterRow.platform == old.platform, LetterRow.channel == old.channel)
        waiting = select(LetterRow.number).where(*bound, LetterRow.done_at.is_(None))
        # Letters that somebody else holds stay behind: nobody must wait here for anybody.
        free = self._session.scalars(waiting.with_for_update(skip_locked=True)).all()
        moving = update(LetterRow).where(LetterRow.number.in_(free))
        self._session.execute(moving.values(channel=channel))


def _due_heads(now: datetime, limit: int) -> Select[LetterRow]:
    """Select each place's first undone letter, where that is due."""
    earlier = aliased(LetterRow)
    is_behind = exists().where(
        earlier.platform == LetterRow.platform,
        earlier.channel == LetterRow.channel,
        earlier.done_at.is_(None),
        earlier.number < LetterRow.number,
    )
    return (
        select(LetterRow)
        .where(LetterRow.done_at.is_(None), LetterRow.not_before <= now, ~is_behind)
        .order_by(LetterRow.number)
        .limit(limit)
        .with_for_update(skip_locked=True)  # PostgreSQL; in SQLite the writer is alone
    )


def _lease(
    row: LetterRow,
    slots: _Slots,
    changed: Mapping[int, str | None],
    now: datetime,
) -> Letter | None:
    """Take the letter that *row* holds; None when it has become pointless."""
    slot, about = slots.get(_slot_id(row) or 0, (None, None))
    message = slot.card if slot and row.redraws_id else changed.get(row.rewrites or 0)
    if message is None and (row.rewrites or (row.redraws_id and slot)):
        row.done_at, row.refused_because = now, "the card it redraws never arrived"
        return None
    row.attempts, row.not_before = row.attempts + 1, now + LEASE
    return replace(_letter(row, slot, message), about=about)


def _slot_id(row: LetterRow) -> int | None:
    return row.redraws_id or row.below_id or row.slot_id


def _letter(row: LetterRow, slot: SlotRow | None, message: str | None) -> Letter:
    to = Place(Platform(row.platform), row.channel, row.thread)
    if slot:
        to = Place(Platform(slot.platform), slot.channel, slot.thread)
    if slot and row.below_id:
        to = place_below(slot)
    carries, is_to_asker = None, slot is None or slot.role == SlotRole.ASKER  # else no answer
    if row.carries_ticket and row.carries_message and is_to_asker:
        carries = TicketId(row.carries_ticket), row.carries_message
    return Letter(
        number=row.number,
        to=to,
        kept=row.card,
        message=message,
        only_to=_account(row.only_to) if row.only_to else None,
        carries=carries,
        file=FileId(row.file_id) if row.file_id else None,
        attempts=row.attempts,
        revision=row.revision,
        once=row.once,
    )


def _account(kept: dict[str, Any]) -> Account:
    return Account(Platform(kept["platform"]), kept["tenant"], kept["user"])
