"""An order does not lie forgotten: approvers are reminded, and nobody there is never silence."""

from datetime import timedelta

import pytest

from bot.domain.orders import StepKind
from schedules.order_reminders import order_reminders
from tests.helpdesk import MONDAY_NINE, Helpdesk
from tests.orders.ordering import places, steps

NUMBER = "HALD-B-2026-0001"
DAY = timedelta(days=1)
REMINDER = f"{NUMBER} · Venter fortsatt på at du godkjenner"


@pytest.fixture
def desk(helpdesk: Helpdesk) -> Helpdesk:
    helpdesk.opens()
    helpdesk.has("Anita", of="heroy", roles={"asker", "approver"})
    return helpdesk


def waits(desk: Helpdesk, time: timedelta) -> None:
    desk.passes(time)
    order_reminders(desk.desk)
    order_reminders(desk.desk)  # two workers
    desk.delivers()


def test_the_approver_is_reminded_once_after_a_working_day(desk: Helpdesk) -> None:
    places(desk, "Ola")
    desk.forgets()

    waits(desk, timedelta(hours=6))
    assert desk.hears("Anita") == []
    waits(desk, timedelta(hours=18))

    assert desk.hears("Anita") == [REMINDER]
    assert desk.hears("Ola") == desk.hears("Kari") == []


def test_a_reminder_waits_over_the_weekend(desk: Helpdesk) -> None:
    desk.now = MONDAY_NINE + 4 * DAY  # Friday
    places(desk, "Ola")
    desk.forgets()

    waits(desk, DAY)
    waits(desk, DAY)
    assert desk.hears("Anita") == []
    waits(desk, DAY)

    assert desk.hears("Anita") == [REMINDER]


def test_the_main_contact_hears_of_what_nobody_decides_for_three_days(desk: Helpdesk) -> None:
    places(desk, "Ola")
    desk.forgets()

    for _ in range(3):
        waits(desk, DAY)

    assert desk.hears("Anita") == [REMINDER] * 3
    assert desk.hears("Kari") == [f"{NUMBER} · Ikke avgjort etter 3 arbeidsdager"]


def test_what_is_decided_is_reminded_of_no_more(desk: Helpdesk) -> None:
    places(desk, "Ola")
    desk.presses("Anita", "order.approve")
    desk.forgets()

    waits(desk, DAY)

    assert desk.hears("Anita") == []
    assert StepKind.REMINDED not in {step.kind for step in steps(desk)}
    desk.forgets()  # the ladder speaks of the ticket


def test_where_nobody_can_approve_the_asker_and_the_main_contact_are_told(
    helpdesk: Helpdesk,
) -> None:
    helpdesk.opens()
    away = (MONDAY_NINE - DAY, MONDAY_NINE + 7 * DAY)
    helpdesk.has("Anita", of="heroy", roles={"asker", "approver"}, away=away)

    places(helpdesk, "Ola")

    [told] = helpdesk.reads("Ola")
    assert told.startswith(f"{NUMBER} · Ingen kan godkjenne bestillingen nå")
    assert "Anita er borte til 9. mars 2026." in told
    [contact] = helpdesk.reads("Kari")
    assert contact.startswith(f"{NUMBER} · Herøy har ingen som kan godkjenne en bestilling")
    assert "Solveig" not in contact
    assert helpdesk.hears("Anita") == []


def test_it_goes_to_approval_as_soon_as_somebody_is_there(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    places(helpdesk, "Ola")
    helpdesk.forgets()

    waits(helpdesk, DAY)
    helpdesk.has("Anita", of="heroy", roles={"asker", "approver"})
    waits(helpdesk, DAY)

    assert helpdesk.hears("Anita") == [f"{NUMBER} · Skal dette bestilles?"]
    assert helpdesk.hears("Ola") == helpdesk.hears("Kari") == []


def test_when_the_approver_leaves_it_goes_to_another(desk: Helpdesk) -> None:
    places(desk, "Ola")
    desk.forgets()
    desk.has("Turid", of="heroy", roles={"asker", "approver"})
    away = (desk.now, desk.now + 7 * DAY)
    desk.has("Anita", of="heroy", roles={"asker", "approver"}, away=away)

    waits(desk, DAY)

    assert desk.hears("Turid") == [f"{NUMBER} · Skal dette bestilles?"]
    assert desk.hears("Anita") == []
