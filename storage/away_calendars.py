"""People's own calendars for being out of office: where they are, and what of them is theirs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.out_of_office import Span
from bot.domain.people import PersonId
from storage.away_calendar_models import AwayCalendarRow

EVERY = timedelta(minutes=15)
ANEW = timedelta(days=1)  # then the whole is read, changed or not: a year ahead is a day further on


@dataclass(frozen=True, slots=True, kw_only=True)
class AwayCalendar:
    """*etag* and *modified* are what the server called the file when it was read last."""

    who: PersonId
    url: str
    etag: str | None
    modified: str | None
    put: tuple[Span, ...]
    declined: tuple[Span, ...]


class AwayCalendars:
    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, who: PersonId, url: str, now: datetime) -> None:
        """Let *who*'s calendar be read at *url* from *now* on, instead of any other."""
        row = self._session.get(AwayCalendarRow, who)
        if row is None:
            row = AwayCalendarRow(person_id=who, put=[], declined=[])
            self._session.add(row)
        row.url, row.next_at, row.read_at = url, now, None
        row.etag, row.modified, row.failures, row.failing_since = None, None, 0, None
        self._session.flush()

    def of(self, who: PersonId) -> AwayCalendar | None:
        """Return *who*'s calendar, which nobody else changes until we are done."""
        row = self._session.get(AwayCalendarRow, who, with_for_update=True, populate_existing=True)
        return _calendar(row) if row else None

    def forget(self, who: PersonId) -> None:
        row = self._session.get(AwayCalendarRow, who)
        if row:
            self._session.delete(row)
            self._session.flush()

    def take_due(self, now: datetime, limit: int) -> Sequence[AwayCalendar]:
        """Return calendars to be read now, for us alone: the others' turn is in a while.

        Of one whose whole is to be read, no earlier state is told.
        """
        found = select(AwayCalendarRow).where(AwayCalendarRow.next_at <= now)
        due = found.order_by(AwayCalendarRow.next_at).limit(limit)
        rows = self._session.scalars(due.with_for_update(skip_locked=True)).all()
        for row in rows:
            row.next_at = now + EVERY
            if row.read_at is None or row.read_at + ANEW <= now:
                row.etag, row.modified = None, None
        return [_calendar(row) for row in rows]

    def was_whole(
        self, who: PersonId, etag: str | None, modified: str | None, now: datetime
    ) -> None:
        """Put down that the whole of *who*'s calendar was read, and what its state is called."""
        row = self._session.get_one(AwayCalendarRow, who)
        row.etag, row.modified, row.read_at = etag, modified, now

    def was_reached(self, who: PersonId) -> None:
        """Put down that nothing is wrong with *who*'s calendar."""
        row = self._session.get_one(AwayCalendarRow, who)
        row.failures, row.failing_since = 0, None

    def follow(self, who: PersonId, put: Iterable[Span], declined: Iterable[Span]) -> None:
        """Keep what of the calendar is *who*'s now, and what they took away."""
        row = self._session.get_one(AwayCalendarRow, who)
        row.put, row.declined = [_told(one) for one in put], [_told(one) for one in declined]

    def failed(self, who: PersonId, now: datetime) -> tuple[int, datetime]:
        """Put down that it could not be read; return how often in a row, and since when."""
        row = self._session.get_one(AwayCalendarRow, who)
        row.failures += 1
        row.failing_since = row.failing_since or now
        return row.failures, row.failing_since


def _calendar(row: AwayCalendarRow) -> AwayCalendar:
    return AwayCalendar(
        who=PersonId(row.person_id),
        url=row.url,
        etag=row.etag,
        modified=row.modified,
        put=tuple(_span(one) for one in row.put),
        declined=tuple(_span(one) for one in row.declined),
    )


def _told(span: Span) -> str:
    return f"{span.start.isoformat()}/{span.end.isoformat()}"


def _span(told: str) -> Span:
    start, _, end = told.partition("/")
    return Span(datetime.fromisoformat(start), datetime.fromisoformat(end))
