"""The tables of orders: what they add up to, and every step that led there."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models import Row


class OrderRow(Row):
    """An order, with the form it was filled in on, and the moment of the next reminder."""

    __tablename__ = "placed_order"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    cooperation: Mapped[str]
    municipality: Mapped[str] = mapped_column(index=True)
    asker: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    platform: Mapped[str]
    form: Mapped[dict[str, Any]]
    filled_in: Mapped[dict[str, Any]]
    placed_at: Mapped[datetime] = mapped_column(index=True)
    status: Mapped[str]
    approver: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str]
    ticket_id: Mapped[UUID | None] = mapped_column(ForeignKey("ticket.id"), index=True)
    ticked: Mapped[list[str]]
    remind_at: Mapped[datetime | None] = mapped_column(index=True)


class OrderStepRow(Row):
    """One step of an order. Rows are added, never changed."""

    __tablename__ = "order_step"

    order_id: Mapped[UUID] = mapped_column(ForeignKey("placed_order.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)  # 1 is that it was placed
    kind: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    about: Mapped[str]
