"""Which moves a ticket allows, and what each makes of it."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any, get_args
from uuid import UUID

import pytest

from bot.domain import Refusal, events, moves
from bot.domain.agreement import Priority, Side
from bot.domain.deflection import Deflected
from bot.domain.events import Event, Via
from bot.domain.moves import after, opened
from bot.domain.people import PersonId
from bot.domain.tickets import Status, Ticket, TicketId

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
OLA, KARI, PER = PersonId("ola"), PersonId("kari"), PersonId("per")
WHEN = {"at": NOW, "received_at": NOW}

EVENTS = {
    "chosen": events.Chosen(**WHEN, by=OLA, task="vat", side=Side.HOST),
    "needs_help": events.NeedsHelp(**WHEN, by=OLA),
    "taken": events.Taken(**WHEN, by=KARI),
    "handed_over": events.HandedOver(**WHEN, by=KARI, to=PER),
    "answered": events.Answered(**WHEN, by=KARI, message="a", text="Ja"),
    "asked_back": events.AskedBack(**WHEN, by=KARI, message="b", text="Hva?"),
    "waits_for_third_party": events.WaitsForThirdParty(**WHEN, by=KARI, party="banken"),
    "went_on": events.WentOn(**WHEN, by=KARI),
    "asker_wrote": events.AskerWrote(**WHEN, by=OLA, message="c", text="Dette"),
    "priority_changed": events.PriorityChanged(**WHEN, by=OLA, priority=Priority.URGENT),
    "resolved": events.Resolved(**WHEN, by=KARI),
    "reopened": events.Reopened(**WHEN, by=OLA),
    "withdrawn": events.Withdrawn(**WHEN, by=OLA),
    "deflected": Deflected(**WHEN, by=OLA, answer=1, ticket=UUID(int=2)),
}


def ticket(*so_far: str, side: Side = Side.HOST, choices: tuple[str, ...] = ()) -> Ticket:
    asked = events.Asked(
        **WHEN,
        by=OLA,
        message="q",
        text="Hvem?",
        via=Via.DIRECT,
        task="vat",
        side=side,
        choices=choices,
    )
    now = opened(
        asked,
        ticket_id=TicketId(UUID(int=1)),
        number="HALD-2026-0001",
        cooperation="hald",
        municipality="heroy",
        agreement="digest",
    )
    for kind in so_far:
        now = after(now, EVENTS[kind])
    return now


def test_every_event_has_its_move() -> None:
    kinds = {
        next(field.default for field in fields(event) if field.name == "kind")
        for event in get_args(Event)
    }
    assert set(moves._MOVES) == kinds - {"asked"}


@pytest.mark.parametrize(
    ("so_far", "status"),
    [
        ((), Status.OPEN),
        (("taken",), Status.TAKEN),
        (("answered",), Status.TAKEN),
        (("asked_back",), Status.WAITS_FOR_ASKER),
        (("asked_back", "asker_wrote"), Status.TAKEN),
        (("asked_back", "answered"), Status.WAITS_FOR_ASKER),
        (("asked_back", "waits_for_third_party"), Status.WAITS_FOR_THIRD_PARTY),
        (("waits_for_third_party", "asker_wrote"), Status.WAITS_FOR_THIRD_PARTY),
        (("waits_for_third_party", "went_on"), Status.TAKEN),
        (("taken", "handed_over"), Status.OPEN),
        (("resolved",), Status.RESOLVED),
        (("resolved", "answered"), Status.RESOLVED),
        (("resolved", "reopened"), Status.TAKEN),
        (("withdrawn",), Status.WITHDRAWN),
    ],
)
def test_what_has_happened_decides_the_status(so_far: tuple[str, ...], status: Status) -> None:
    assert ticket(*so_far).status is status


@pytest.mark.parametrize(
    ("so_far", "then", "refusal"),
    [
        (("taken",), "taken", moves.AlreadyTaken),
        (("resolved",), "taken", moves.AlreadyResolved),
        (("resolved",), "resolved", moves.AlreadyResolved),
        (("resolved",), "withdrawn", moves.AlreadyResolved),
        (("resolved",), "deflected", moves.AlreadyResolved),
        (("deflected",), "taken", moves.AlreadyResolved),
        (("withdrawn",), "deflected", moves.AlreadyWithdrawn),
        (("withdrawn",), "answered", moves.AlreadyWithdrawn),
        (("withdrawn",), "priority_changed", moves.AlreadyWithdrawn),
        ((), "reopened", moves.NotResolved),
        ((), "went_on", moves.NotWaiting),
        ((), "chosen", moves.AlreadyRouted),
        ((), "needs_help", moves.AlreadyRouted),
    ],
)
def test_what_is_not_allowed_is_refused_by_name(
    so_far: tuple[str, ...], then: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        after(ticket(*so_far), EVENTS[then])


def test_nobody_works_on_what_was_referred() -> None:
    referred = ticket(side=Side.PARTNER)
    assert referred.status is Status.REFERRED
    for kind in ("taken", "answered", "asked_back", "resolved", "handed_over"):
        with pytest.raises(moves.NotRouted):
            after(referred, EVENTS[kind])


def test_help_with_a_partners_own_task_is_counted_as_unspecified() -> None:
    helped = after(ticket(side=Side.PARTNER), EVENTS["needs_help"])
    assert (helped.status, helped.side, helped.counted_as) == (
        Status.OPEN,
        Side.PARTNER,
        Side.UNSPECIFIED,
    )


def test_thanks_are_no_reply() -> None:
    thanks = replace(EVENTS["asker_wrote"], is_thanks=True)
    assert after(ticket("asked_back"), thanks).status is Status.WAITS_FOR_ASKER


def test_an_unsure_question_waits_for_its_choice() -> None:
    unsure = ticket(choices=("vat", "payments"))
    assert unsure.status is Status.UNSURE
    chosen = after(unsure, EVENTS["chosen"])
    assert (chosen.status, chosen.task, chosen.choices) == (Status.OPEN, "vat", ())


@pytest.mark.parametrize(
    ("asked", "before"),
    [
        ({}, Status.OPEN),
        ({"side": Side.PARTNER}, Status.REFERRED),
        ({"side": Side.UNSPECIFIED, "choices": ("vat", "payments")}, Status.UNSURE),
    ],
)
def test_what_an_earlier_answer_solved_is_as_it_was_when_opened_again(
    asked: dict[str, Any], before: Status
) -> None:
    solved = after(ticket(**asked), EVENTS["deflected"])
    assert (solved.status, solved.resolved_at) == (Status.DEFLECTED, NOW)

    again = after(solved, EVENTS["reopened"])

    assert again == replace(ticket(**asked), last_event_at=NOW)
    assert again.status is before


def test_the_last_event_is_remembered() -> None:
    later = replace(EVENTS["taken"], at=NOW + timedelta(hours=1))
    assert after(ticket(), later).last_event_at == NOW + timedelta(hours=1)
