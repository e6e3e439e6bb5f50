"""Closing days: days that a cooperation's unit closes beside those its agreement knows of."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.closing import ClosingDay
from storage.clock_models import ClosingDayRow
from storage.once import first


class ClosingDays:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[str, tuple[ClosingDay, ...]] = {}  # read once in each transaction

    def add(self, cooperation: str, day: date, reason: str, now: datetime) -> bool:
        """Let the unit be closed on *day*; return False, and change nothing, if that is known."""
        self._known.pop(cooperation, None)
        return first(
            self._session,
            ClosingDayRow,
            cooperation=cooperation,
            day=day,
            reason=reason,
            added_at=now,
        )

    def of(self, cooperation: str) -> tuple[ClosingDay, ...]:
        """Return the days of *cooperation*, the earliest first."""
        if cooperation not in self._known:
            found = select(ClosingDayRow).where(ClosingDayRow.cooperation == cooperation)
            rows = self._session.scalars(found.order_by(ClosingDayRow.day))
            self._known[cooperation] = tuple(
                ClosingDay(day=row.day, reason=row.reason, added_at=row.added_at) for row in rows
            )
        return self._known[cooperation]
