"""What the tests of orders do again and again: place one, approve it, look at what is kept."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot.domain.orders import Order, OrderStep
from tests.helpdesk import Helpdesk

NEW_USER = {
    "what": "new",
    "person": "Solveig Strand",
    "email": "Solveig.Strand@heroy.example",
    "modules": "accounting",
    "modules-2": "reports",
    "roles": "case-worker",
    "start": "1.4.2026",
}
EVER = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def places(desk: Helpdesk, name: str, fields: Mapping[str, str] = NEW_USER) -> None:
    desk.commands(name, "bestill", "system-users")
    desk.fills_in(name, **fields)


def approved(desk: Helpdesk) -> None:
    """Ola has ordered, Anita has approved, and everybody has read that."""
    places(desk, "Ola")
    desk.presses("Anita", "order.approve")
    desk.forgets()


def orders(desk: Helpdesk) -> list[Order]:
    with desk.desk.database.reading() as store:
        return [order for order, _ in store.orders.placed_between(*EVER)]


def steps(desk: Helpdesk) -> Sequence[OrderStep]:
    """Return the steps of the one order."""
    with desk.desk.database.reading() as store:
        [(_, found)] = store.orders.placed_between(*EVER)
        return found
