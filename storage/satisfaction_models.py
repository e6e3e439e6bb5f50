"""The tables of satisfaction: when a person was asked last, and what each municipality said."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models import Row


class AskedAboutRow(Row):
    """The last time a person was asked whether they got help, and whether they have answered.

    What they said is not here.
    """

    __tablename__ = "asked_about"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"))
    at: Mapped[datetime]
    is_answered: Mapped[bool]


class VerdictRow(Row):
    """What people of a municipality said on one local day: no ticket, no person, no words."""

    __tablename__ = "verdict"

    cooperation: Mapped[str] = mapped_column(primary_key=True)
    municipality: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    good: Mapped[int]
    bad: Mapped[int]
