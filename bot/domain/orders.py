"""Orders: what a municipality has ordered, who approves it, and what the host has done of it.

An order changes only by a step, and keeps every step. Working time begins when it is approved.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from bot.domain import Refusal
from bot.domain.agreement import Who
from bot.domain.order_forms import OrderForm
from bot.domain.people import Person, PersonId, Platform
from bot.domain.routing import holders
from bot.domain.tickets import TicketId

OrderId = NewType("OrderId", UUID)


class OrderStatus(StrEnum):
    WAITS = "waits"  # for the municipality's approver
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


STANDING = frozenset({OrderStatus.WAITS, OrderStatus.APPROVED})


class StepKind(StrEnum):
    """What can happen to an order. *sent* to an approver; *nobody* was there to send it to."""

    PLACED = "placed"
    SENT = "sent"
    NOBODY = "nobody"
    REMINDED = "reminded"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    TICKED = "ticked"
    UNTICKED = "unticked"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderStep:
    """*about*: the approver it was sent to, the reason for a no, or the checklist's step."""

    kind: StepKind
    at: datetime
    by: PersonId | None = None  # None is the bot itself
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order. It keeps the form it was filled in on, whatever the file says later.

    *ticket*: the one it was filled in from, or the one it became. *platform*: where it was placed.
    """

    id: OrderId
    number: str
    cooperation: str
    municipality: str
    asker: PersonId
    platform: Platform
    form: OrderForm
    values: Mapping[str, str]
    placed_at: datetime
    status: OrderStatus = OrderStatus.WAITS
    approver: PersonId | None = None
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    reason: str = ""
    ticket: TicketId | None = None
    ticked: frozenset[str] = frozenset()
    remind_at: datetime | None = None

    @property
    def is_done(self) -> bool:
        """Whether it is approved, has a checklist, and every step of that is ticked."""
        steps = {step.id for step in self.form.steps(self.values)}
        return self.status is OrderStatus.APPROVED and bool(steps) and steps <= self.ticked


class AlreadyDecided(Refusal):
    key = "order.already_decided"


class OwnOrder(Refusal):
    key = "order.own"


class NotApproved(Refusal):
    key = "order.not_approved"


def approvers(form: OrderForm, municipality: str, people: Iterable[Person]) -> list[Person]:
    """Return those of *municipality* whom the form's rule names; never anybody of another's."""
    own = [person for person in people if person.municipality == municipality]
    return list(holders(Who(form.approver), own))


def may_approve(order: Order, person: Person) -> bool:
    """Tell whether *person* is an approver of the order's own municipality."""
    return bool(approvers(order.form, order.municipality, [person]))


def after(order: Order, step: OrderStep) -> Order:
    """Return *order* as it is after *step*.

    :raises Refusal: it is decided already, or not approved yet, or the approver's own
    """
    match step.kind:
        case StepKind.APPROVED | StepKind.DECLINED | StepKind.WITHDRAWN:
            return _decided(order, step)
        case StepKind.TICKED | StepKind.UNTICKED:
            return _ticked(order, step)
        case StepKind.SENT:
            return replace(order, approver=PersonId(step.about))
        case StepKind.NOBODY:
            return replace(order, approver=None)
        case StepKind.PLACED | StepKind.REMINDED:
            return order


def _decided(order: Order, step: OrderStep) -> Order:
    if order.status is not OrderStatus.WAITS:
        raise AlreadyDecided(status=order.status)
    is_own = step.kind is StepKind.APPROVED and step.by == order.asker
    if is_own and not order.form.own_approval:
        raise OwnOrder
    return replace(
        order,
        status=OrderStatus(step.kind.value),
        decided_by=step.by,
        decided_at=step.at,
        reason=step.about,
        remind_at=None,
    )


def _ticked(order: Order, step: OrderStep) -> Order:
    if order.status is not OrderStatus.APPROVED:
        raise NotApproved
    is_ticked = step.kind is StepKind.TICKED
    ticked = order.ticked | {step.about} if is_ticked else order.ticked - {step.about}
    return replace(order, ticked=ticked)
