"""Who is signed in, and until when. A cookie holds the key; here is its hash, and no key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from bot.domain.people import PersonId
from storage.visit_models import VisitRow

LONGEST = timedelta(hours=12)  # a working day; then they sign in again
IDLE = timedelta(hours=1)
NOTED_EVERY = timedelta(minutes=5)  # not at each request, which would write each time
KEY_LENGTH = 32  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """*seen_at* and *ends_at* are in UTC; *proof* is what the issuer wants back at the end."""

    person: PersonId
    began_at: datetime
    seen_at: datetime
    ends_at: datetime
    proof: str

    def is_to_be_noted(self, now: datetime) -> bool:
        """Whether it should be put down that they are still here."""
        return now - self.seen_at >= NOTED_EVERY


class Visits:
    def __init__(self, session: Session) -> None:
        self._session = session

    def begin(self, person: PersonId, proof: str, now: datetime) -> str:
        """Let *person* be signed in from now on; return the key, which is kept nowhere here."""
        self.forget_ended(now)
        key = token_urlsafe(KEY_LENGTH)
        row = VisitRow(
            token=_hash(key),
            person_id=person,
            began_at=now,
            seen_at=now,
            ends_at=now + LONGEST,
            proof=proof,
        )
        self._session.add(row)
        self._session.flush()
        return key

    def of(self, key: str, now: datetime) -> Visit | None:
        """Return who holds *key*; None when nobody does, or not any more."""
        row = self._session.get(VisitRow, _hash(key))
        if row is None or row.ends_at <= now or row.seen_at <= now - IDLE:
            return None
        return _visit(row)

    def note(self, key: str, now: datetime) -> None:
        """Put down that whoever holds *key* is still here."""
        theirs = update(VisitRow).where(VisitRow.token == _hash(key))
        self._session.execute(theirs.values(seen_at=now))

    def end(self, key: str) -> None:
        self._session.execute(delete(VisitRow).where(VisitRow.token == _hash(key)))

    def end_all(self, person: PersonId) -> None:
        """Sign *person* out everywhere."""
        self._session.execute(delete(VisitRow).where(VisitRow.person_id == person))

    def now(self, now: datetime) -> Sequence[Visit]:
        """Return everybody who is signed in, those who were here last first."""
        lasting = (VisitRow.ends_at > now) & (VisitRow.seen_at > now - IDLE)
        found = select(VisitRow).where(lasting).order_by(VisitRow.seen_at.desc(), VisitRow.token)
        return [_visit(row) for row in self._session.scalars(found)]

    def forget_ended(self, now: datetime) -> None:
        """Forget the visits that are over, with what proved who it was."""
        is_over = or_(VisitRow.ends_at <= now, VisitRow.seen_at <= now - IDLE)
        self._session.execute(delete(VisitRow).where(is_over))


def _hash(key: str) -> str:
    """Return what a key is found by. It is long and random, so that no salt is needed."""
    return sha256(key.encode("utf-8", "replace")).hexdigest()


def _visit(row: VisitRow) -> Visit:
    return Visit(
        person=PersonId(row.person_id),
        began_at=row.began_at,
        seen_at=row.seen_at,
        ends_at=row.ends_at,
        proof=row.proof,
    )
