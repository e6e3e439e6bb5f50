"""When an order is decided, the cards that asked for that say so, and ask no more."""

from datetime import timedelta

import pytest

from bot.domain.people import Platform
from schedules.order_reminders import order_reminders
from tests.helpdesk import Helpdesk
from tests.orders.ordering import places

NUMBER = "HALD-B-2026-0001"


@pytest.fixture
def desk(helpdesk: Helpdesk) -> Helpdesk:
    """Ola in Herøy has ordered; Anita is to approve it, and has been reminded once."""
    helpdesk.opens()
    helpdesk.has("Anita", of="heroy", roles={"asker", "approver"}, on=Platform.TEAMS)
    places(helpdesk, "Ola")
    waits_a_day(helpdesk)
    return helpdesk


def waits_a_day(desk: Helpdesk) -> None:
    desk.passes(timedelta(days=1))
    order_reminders(desk.desk)
    desk.delivers()
    desk.forgets()


def seen(desk: Helpdesk, name: str) -> list[tuple[str, list[str]]]:
    """Return the titles and the buttons of every card that *name* sees of the order now."""
    cards = desk.chat_of(name).cards[name].values()
    return [
        (card.title, [button.action for button in card.buttons()])
        for card in cards
        if NUMBER in card.title
    ]


def test_before_it_is_decided_the_cards_ask_for_it(desk: Helpdesk) -> None:
    assert seen(desk, "Ola") == [(f"{NUMBER} · Venter på godkjenning", ["order.withdraw"])]
    assert [buttons for _, buttons in seen(desk, "Anita")] == [
        ["order.approve", "order.decline"]
    ] * 2


@pytest.mark.parametrize(
    ("who", "action", "title"),
    [
        ("Anita", "order.approve", f"{NUMBER} · Godkjent av Anita"),
        ("Ola", "order.withdraw", f"{NUMBER} · Trukket tilbake av Ola"),
    ],
)
def test_when_it_is_decided_every_one_of_them_says_so(
    desk: Helpdesk, who: str, action: str, title: str
) -> None:
    desk.presses(who, action)

    assert set(seen_titles(desk, "Ola")) == set(seen_titles(desk, "Anita")) == {title}
    assert all(buttons == [] for name in ("Ola", "Anita") for _, buttons in seen(desk, name))
    assert len(seen(desk, "Anita")) == 3  # asked, reminded, and the receipt
    desk.forgets()


def test_the_main_contact_is_not_told_by_it_what_was_ordered(desk: Helpdesk) -> None:
    for _ in range(2):
        waits_a_day(desk)
    before = seen(desk, "Kari")
    assert [title for title, _ in before] == [f"{NUMBER} · Ikke avgjort etter 3 arbeidsdager"]

    desk.presses("Anita", "order.decline")
    desk.fills_in("Anita", reason="Ikke nå.")

    kept = [card for card in seen(desk, "Kari") if card in before]
    assert kept == before
    desk.forgets()


def seen_titles(desk: Helpdesk, name: str) -> list[str]:
    return [title for title, _ in seen(desk, name)]
