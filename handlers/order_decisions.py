"""The municipality's approver says yes or no to an order, or its asker takes it back."""

from bot.cards import orders as cards
from bot.cards.blocks import Card
from bot.cards.forms import Fields
from bot.cards.order_forms import decline_form
from bot.conversation import Context, FormIncomplete, Outgoing, Pressed, Show, Submitted
from bot.domain.orders import AlreadyDecided, OrderStatus, OrderStep, StepKind, may_approve
from bot.ordering import Ordering, handed_in, let_go, ordering_of, redrawn_orders, tell
from bot.texts import texts
from storage.orders import NoSuchOrder


def approve(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Let the order be the host's from now on; the asker and the approver get a receipt."""
    it = _to_decide(pressed.value, context).after(_step(StepKind.APPROVED, context))
    it, said = handed_in(it, context)
    return [*said, *_receipts(it)]


def open_decline(pressed: Pressed, context: Context) -> list[Outgoing]:
    it = _to_decide(pressed.value, context)
    if it.order.status is not OrderStatus.WAITS:
        raise AlreadyDecided
    return [Show(card=_form(it, {}, {}, context), trigger=pressed.trigger)]


def send_decline(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    """Say no, with the reason; a ticket that waited for the approval goes on without the order."""
    it, reason = _to_decide(sent.value, context), sent.fields.get("reason", "").strip()
    if not reason:
        errors = {"reason": texts(context.speaker.language)("form.missing")}
        raise FormIncomplete(errors, _form(it, sent.fields, errors, context))
    it = it.after(_step(StepKind.DECLINED, context, reason))
    return [*let_go(it, context), *_receipts(it)]


def withdraw(pressed: Pressed, context: Context) -> list[Outgoing]:
    it = ordering_of(pressed.value, context)
    if it.order.asker != context.speaker.id:
        raise NoSuchOrder
    it = it.after(_step(StepKind.WITHDRAWN, context))
    return [*let_go(it, context), *_receipts(it)]


def _to_decide(value: str, context: Context) -> Ordering:
    """Return the order, for an approver of its own municipality.

    :raises NoSuchOrder: there is none, or it is not the speaker's to decide
    """
    it = ordering_of(value, context)
    if not may_approve(it.order, context.speaker):
        raise NoSuchOrder
    return it


def _step(kind: StepKind, context: Context, about: str = "") -> OrderStep:
    at = min(context.at, context.now)
    return OrderStep(kind=kind, at=at, by=context.speaker.id, about=about)


def _form(it: Ordering, fields: Fields, errors: Fields, context: Context) -> Card:
    return decline_form(it.view, texts(context.speaker.language), fields, errors)


def _receipts(it: Ordering) -> list[Outgoing]:
    """Tell the asker and whoever had it for approval, and who decided, how it ended.

    The cards that asked for it say so too, and have no buttons any more.
    """
    order = it.order
    readers = [order.asker, order.decided_by, order.approver]
    told = redrawn_orders(it)
    for who in dict.fromkeys(reader for reader in readers if reader):
        card = cards.decided(it.view, texts(it.people[who].language))
        told += tell(it, who, card, str(order.status))
    return told
