"""The host's team ticks off what it has done of an order; both sides hear when all is done."""

from bot.cards import orders as cards
from bot.case import TeamOnly, case_of, goes_on_in
from bot.casework import redrawn
from bot.conversation import Context, Outgoing, Pressed
from bot.domain.orders import OrderStep, StepKind
from bot.ordering import Ordering, ordering_of, tell
from bot.texts import texts
from storage.orders import NoSuchOrder


def tick(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Tick a step, or take the tick away. The value is the order's id, a colon, and the step."""
    order_id, _, step = pressed.value.partition(":")
    it = _in_team(order_id, context)
    if step not in {known.id for known in it.order.form.steps(it.order.values)}:
        raise NoSuchOrder
    was_done = it.order.is_done
    kind = StepKind.UNTICKED if step in it.order.ticked else StepKind.TICKED
    at = min(context.at, context.now)
    it = it.after(OrderStep(kind=kind, at=at, by=context.speaker.id, about=step))
    return [*_redrawn(it, context), *(_done(it) if it.order.is_done and not was_done else [])]


def _in_team(order_id: str, context: Context) -> Ordering:
    """Return the order, for somebody of the host's team.

    :raises NoSuchOrder: there is none, or it is another municipality's
    :raises TeamOnly: it is the speaker's own municipality's
    """
    it = ordering_of(order_id, context)
    if context.speaker.is_host_team:
        return it
    own = it.order.municipality == context.speaker.municipality
    raise TeamOnly if own else NoSuchOrder


def _redrawn(it: Ordering, context: Context) -> list[Outgoing]:
    if it.order.ticket is None:
        return []
    ticket = goes_on_in(context.store.tickets.get(it.order.ticket), context.store)
    return redrawn(case_of(ticket, context))


def _done(it: Ordering) -> list[Outgoing]:
    told: list[Outgoing] = []
    for who in dict.fromkeys((it.order.asker, it.order.decided_by)):
        if who:
            card = cards.done(it.view, texts(it.people[who].language))
            told += tell(it, who, card, "done")
    return told
