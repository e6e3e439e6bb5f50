"""The table of the yearly wheel: each municipality's deadlines of each year, and who met them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models import Row


class YearDeadlineRow(Row):
    """One occurrence. *told*: the last reminder given, in working days before; -1: that it is late.

    Nobody has met it while *met_at* is empty.
    """

    __tablename__ = "year_deadline"

    cooperation: Mapped[str] = mapped_column(primary_key=True)
    municipality: Mapped[str] = mapped_column(primary_key=True)
    deadline: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(primary_key=True)
    due: Mapped[date] = mapped_column(index=True)
    told: Mapped[int | None]
    met_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    met_at: Mapped[datetime | None]
