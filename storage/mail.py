"""E-mail on its way: put with the change that caused it, leased, and sent at least once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.meeting_models import MailRow
from storage.once import first

LEASE = timedelta(minutes=2)  # sending gives up after one
FIRST_WAIT = timedelta(minutes=1)  # doubled after each failure
LONGEST_WAIT = timedelta(hours=2)
GIVES_UP_AFTER = timedelta(days=3)
DOUBLINGS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """An e-mail. *once*: putting it again changes nothing, and it names the message for ever.

    *calendar*: an iCalendar file with its iTIP *method*. *attached*: a PDF with its name.
    """

    once: str
    to: str
    subject: str
    text: str
    calendar: bytes | None = None
    method: str = ""
    attached: tuple[str, bytes] | None = None
    number: int = 0
    attempts: int = 0


class MailBox:
    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, mail: Mail, now: datetime) -> None:
        first(
            self._session,
            MailRow,
            once=mail.once,
            to=mail.to,
            subject=mail.subject,
            text=mail.text,
            calendar=mail.calendar,
            method=mail.method,
            attached_name=mail.attached[0] if mail.attached else None,
            attached=mail.attached[1] if mail.attached else None,
            attempts=0,
            put_at=now,
            not_before=now,
        )

    def claim(self, now: datetime, limit: int = 20) -> Sequence[Mail]:
        """Take what is due, the oldest first. After the lease it is anybody's again."""
        found = (
            select(MailRow)
            .where(MailRow.done_at.is_(None), MailRow.not_before <= now)
            .order_by(MailRow.number)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = self._session.scalars(found).all()
        for row in rows:
            row.attempts, row.not_before = row.attempts + 1, now + LEASE
        self._session.flush()
        return [_mail(row) for row in rows]

    def sent(self, mail: Mail, now: datetime) -> None:
        row = self._session.get_one(MailRow, mail.number, with_for_update=True)
        row.done_at = row.done_at or now
        self._session.flush()

    def failed(self, mail: Mail, reason: str, now: datetime, *, final: bool) -> None:
        """Put it back to be tried again later; or give it up, for good or after three days."""
        row = self._session.get_one(MailRow, mail.number, with_for_update=True)
        if row.done_at is None and (final or now - row.put_at > GIVES_UP_AFTER):
            row.done_at, row.refused_because = now, reason
        elif row.done_at is None:
            doubled = FIRST_WAIT * (1 << min(mail.attempts - 1, DOUBLINGS))
            row.not_before = now + min(doubled, LONGEST_WAIT)
        self._session.flush()

    def waiting(self, now: datetime) -> int:
        """Return how many are not sent yet that were put by *now*."""
        found = select(MailRow.number).where(MailRow.done_at.is_(None), MailRow.put_at <= now)
        return len(self._session.scalars(found).all())


def _mail(row: MailRow) -> Mail:
    attached = None
    if row.attached is not None and row.attached_name is not None:
        attached = row.attached_name, row.attached
    return Mail(
        once=row.once,
        to=row.to,
        subject=row.subject,
        text=row.text,
        calendar=row.calendar,
        method=row.method,
        attached=attached,
        number=row.number,
        attempts=row.attempts,
    )
