"""Every minute in opening hours: remind approvers of orders that have waited a working day.

Where nobody could approve, it is looked for somebody who can. One order that cannot be looked at
holds up no other.
"""

from datetime import datetime, timedelta
from traceback import format_tb

import structlog

from bot.conversation import Desk
from bot.domain.orders import Order
from bot.ordering import Ordering, reminded
from bot.post import post
from storage.database import Store

AT_A_TIME = 50
TRIED_AGAIN_AFTER = timedelta(hours=1)

log = structlog.get_logger()


def order_reminders(desk: Desk) -> None:
    """Look until nothing is due any more."""
    now = desk.clock()
    if not desk.agreements.current_at(now).calendar.is_open(now):
        return
    while _some_reminded(desk, now) == AT_A_TIME:
        pass


def _some_reminded(desk: Desk, now: datetime) -> int:
    with desk.database.transaction() as store:
        due = store.orders.to_remind(now, AT_A_TIME)
        for order in due:
            _remind(order, desk, store, now)
    return len(due)


def _remind(order: Order, desk: Desk, store: Store, now: datetime) -> None:
    """Remind of one order; what goes wrong with it is undone, and told."""
    try:
        with store.savepoint():
            people = store.people.directory()
            it = Ordering(order, desk.agreements.current_at(now), store, now, people)
            _, said = reminded(it)
            post(said, store, now)
    except Exception as bug:  # noqa: BLE001 - one bad order must not silence all others
        where = "".join(format_tb(bug.__traceback__))
        log.error("order.not_reminded", order=order.number, error=type(bug).__name__, where=where)  # noqa: TRY400
        store.orders.look_at(order.id, now + TRIED_AGAIN_AFTER)
