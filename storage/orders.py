"""Orders: placed, moved by steps, found again, and listed for audit."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from bot.domain import Refusal
from bot.domain.order_forms import OrderForm
from bot.domain.orders import Order, OrderId, OrderStatus, OrderStep, StepKind, after
from bot.domain.people import PersonId, Platform
from bot.domain.tickets import TicketId
from storage.models import SeriesRow
from storage.once import insert, table_of
from storage.order_models import OrderRow, OrderStepRow

Steps = Sequence[OrderStep]

_FORMS: TypeAdapter[OrderForm] = TypeAdapter(OrderForm)


class NoSuchOrder(Refusal):
    """There is none, or it is not the speaker's to see: nobody learns which."""

    key = "refusal.no_such_ticket"


class Orders:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._locks = not session.info.get("is_reading")  # who only looks cannot lock

    def place(self, order: Order, *, prefix: str, year: int) -> Order:
        """Keep *order* under *prefix*'s next number in *year*, and return it with that."""
        order = replace(order, number=self._next_number(f"{prefix}-B", year))
        self._session.add(OrderRow(**_columns(order)))
        self._session.flush()  # its steps point at it
        self._append(order, OrderStep(kind=StepKind.PLACED, at=order.placed_at, by=order.asker))
        return order

    def record(self, order: Order, step: OrderStep) -> Order:
        """Add *step* to *order*, which :meth:`get` gave, and return what it becomes.

        :raises Refusal: the order does not allow that now
        """
        moved = after(order, step)
        self.keep(moved)
        self._append(moved, step)
        return moved

    def keep(self, order: Order) -> None:
        """Let *order* be kept as it is now: its ticket, and when it is looked at next."""
        row = self._session.get_one(OrderRow, order.id)
        for name, value in _columns(order).items():
            setattr(row, name, value)
        self._session.flush()

    def look_at(self, order_id: OrderId, moment: datetime | None) -> None:
        """Let the order be looked at again at *moment*; None: not before something happens."""
        self._session.get_one(OrderRow, order_id).remind_at = moment
        self._session.flush()

    def get(self, order_id: OrderId) -> Order:
        """Return the order, and keep others from changing it until we are done.

        :raises NoSuchOrder: it is gone, or never was
        """
        found = select(OrderRow).where(OrderRow.id == order_id)
        if self._locks:
            found = found.with_for_update().execution_options(populate_existing=True)
        row = self._session.scalars(found).first()
        if row is None:
            raise NoSuchOrder
        return _order(row)

    def steps(self, order_id: OrderId) -> Steps:
        """Return everything that has happened to the order, in order."""
        found = select(OrderStepRow).where(OrderStepRow.order_id == order_id)
        rows = self._session.scalars(found.order_by(OrderStepRow.number))
        return [_step(row) for row in rows]

    def of_ticket(self, ticket_id: TicketId) -> Sequence[Order]:
        """Return the orders that belong to a ticket, the oldest first."""
        found = select(OrderRow).where(OrderRow.ticket_id == ticket_id)
        return self._all(found.order_by(OrderRow.placed_at, OrderRow.number))

    def of_asker(self, person_id: PersonId, limit: int) -> Sequence[Order]:
        """Return what a person has ordered, the newest first."""
        found = select(OrderRow).where(OrderRow.asker == person_id)
        newest = found.order_by(OrderRow.placed_at.desc(), OrderRow.number.desc())
        return self._all(newest.limit(limit))

    def waiting_in(self, municipality: str) -> Sequence[Order]:
        """Return what waits for *municipality*'s approval, the oldest first."""
        found = select(OrderRow).where(
            OrderRow.municipality == municipality, OrderRow.status == OrderStatus.WAITS
        )
        return self._all(found.order_by(OrderRow.placed_at, OrderRow.number))

    def to_remind(self, now: datetime, limit: int) -> Sequence[Order]:
        """Return orders whose moment has come, for us alone until we are done."""
        found = select(OrderRow).where(OrderRow.remind_at <= now)
        due = found.order_by(OrderRow.remind_at, OrderRow.number).limit(limit)
        return self._all(due.with_for_update(skip_locked=True))

    def placed_between(
        self, start: datetime, end: datetime, municipality: str | None = None
    ) -> Iterator[tuple[Order, Steps]]:
        """Yield what was placed from *start* to before *end*, with its steps, the oldest first."""
        found = select(OrderRow).where(OrderRow.placed_at >= start, OrderRow.placed_at < end)
        if municipality is not None:
            found = found.where(OrderRow.municipality == municipality)
        for order in self._all(found.order_by(OrderRow.placed_at, OrderRow.number)):
            yield order, self.steps(order.id)

    def _append(self, order: Order, step: OrderStep) -> None:
        found = select(func.count()).where(OrderStepRow.order_id == order.id)
        number = self._session.scalars(found).one() + 1
        columns = {"kind": step.kind, "at": step.at, "by": step.by, "about": step.about}
        self._session.add(OrderStepRow(order_id=order.id, number=number, **columns))
        self._session.flush()

    def _next_number(self, prefix: str, year: int) -> str:
        series = insert(self._session, table_of(SeriesRow)).values(prefix=prefix, year=year, last=1)
        following = series.on_conflict_do_update(
            index_elements=[SeriesRow.prefix, SeriesRow.year], set_={"last": SeriesRow.last + 1}
        )
        number = self._session.scalars(following.returning(SeriesRow.last)).one()
        return f"{prefix}-{year}-{number:04}"

    def _all(self, found: Select[OrderRow]) -> Sequence[Order]:
        return [_order(row) for row in self._session.scalars(found)]


def _columns(order: Order) -> dict[str, Any]:
    return {
        "id": order.id,
        "number": order.number,
        "cooperation": order.cooperation,
        "municipality": order.municipality,
        "asker": order.asker,
        "platform": order.platform,
        "form": _FORMS.dump_python(order.form, mode="json"),
        "filled_in": dict(order.values),
        "placed_at": order.placed_at,
        "status": order.status,
        "approver": order.approver,
        "decided_by": order.decided_by,
        "decided_at": order.decided_at,
        "reason": order.reason,
        "ticket_id": order.ticket,
        "ticked": sorted(order.ticked),
        "remind_at": order.remind_at,
    }


def _order(row: OrderRow) -> Order:
    return Order(
        id=OrderId(row.id),
        number=row.number,
        cooperation=row.cooperation,
        municipality=row.municipality,
        asker=PersonId(row.asker),
        platform=Platform(row.platform),
        form=_FORMS.validate_python(row.form),
        values=row.filled_in,
        placed_at=row.placed_at,
        status=OrderStatus(row.status),
        approver=_person(row.approver),
        decided_by=_person(row.decided_by),
        decided_at=row.decided_at,
        reason=row.reason,
        ticket=TicketId(row.ticket_id) if row.ticket_id else None,
        ticked=frozenset(row.ticked),
        remind_at=row.remind_at,
    )


def _step(row: OrderStepRow) -> OrderStep:
    return OrderStep(kind=StepKind(row.kind), at=row.at, by=_person(row.by), about=row.about)


def _person(kept: str | None) -> PersonId | None:
    return PersonId(kept) if kept else None
