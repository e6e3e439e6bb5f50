"""The clock's tables: what each log adds up to, and the days on which a unit is closed as well."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models import Row


class FigureRow(Row):
    """What a ticket's log adds up to under its agreement, in canonical JSON (bot.domain.tally)."""

    __tablename__ = "figure"

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    tally: Mapped[str]


class ClosingDayRow(Row):
    """A day on which a cooperation's unit is closed, told while that day was still to come."""

    __tablename__ = "closing_day"

    cooperation: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    reason: Mapped[str]
    added_at: Mapped[datetime]
