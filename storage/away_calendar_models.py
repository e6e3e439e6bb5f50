"""The table of people's own calendars for being out of office."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models import Row


class AwayCalendarRow(Row):
    """Where somebody's calendar is read, and what of it is theirs now: spans of time alone.

    *read_at*: when the whole of it was read last. *put* and *declined* are spans as «start/end».
    *failures*: how often in a row it could not be read, *failing_since* then.
    """

    __tablename__ = "away_calendar"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    url: Mapped[str]
    etag: Mapped[str | None]
    modified: Mapped[str | None]
    read_at: Mapped[datetime | None]
    next_at: Mapped[datetime] = mapped_column(index=True)
    put: Mapped[list[str]]
    declined: Mapped[list[str]]
    failures: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None]
