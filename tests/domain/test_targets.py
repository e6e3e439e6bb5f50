"""Targets: when the terms change, and the kinds of promise there are."""

from dataclasses import replace
from datetime import time

import pytest

from bot.domain.agreement import ByTime, Priority, Side, WorkingDays, WorkingTime
from bot.domain.escalation import next_moment
from bot.domain.events import (
    Answered,
    Asked,
    NeedsHelp,
    PriorityChanged,
    TaskChanged,
    Withdrawn,
)
from bot.domain.sla import (
    due_by,
    figures,
    first_response_due,
)
from tests.domain.oracle import at
from tests.domain.story import AGREEMENT, ASKED, KARI, first, hours, now, resolution, then

# When the terms change


def test_rule_8_urgent_counts_from_the_same_start() -> None:
    urgent = then(PriorityChanged, "2026-03-02 09:30", priority=Priority.URGENT)
    soon = first([ASKED, urgent], "2026-03-02 09:45")
    assert (soon.due, soon.allowed) == (at("2026-03-02 10:00"), hours(1))
    assert resolution([ASKED, urgent], "2026-03-02 09:45").due == at("2026-03-03 15:45")


def test_rule_8_a_breach_that_has_happened_stays() -> None:
    log = [
        ASKED,
        then(PriorityChanged, "2026-03-02 11:00", priority=Priority.URGENT),
        then(PriorityChanged, "2026-03-02 11:05", priority=Priority.NORMAL),
        then(Answered, "2026-03-02 11:10"),
    ]
    late = first(log, "2026-03-02 12:00")
    assert (late.is_breached, late.due) == (True, at("2026-03-02 10:00"))


def test_rule_8_going_up_and_down_in_time_buys_and_costs_nothing() -> None:
    log = [
        ASKED,
        then(PriorityChanged, "2026-03-02 09:30", priority=Priority.URGENT),
        then(PriorityChanged, "2026-03-02 09:40", priority=Priority.NORMAL),
    ]
    assert first(log, "2026-03-02 12:00") == first([ASKED], "2026-03-02 12:00")


@pytest.mark.parametrize("later", ["2026-03-02 12:00", "2026-03-02 12:30"])
def test_rule_8_what_is_done_is_not_judged_by_later_terms(later: str) -> None:
    log = [
        ASKED,
        then(Answered, "2026-03-02 12:00"),
        then(PriorityChanged, later, priority=Priority.URGENT),
    ]
    assert not first(log, "2026-03-02 13:00").is_breached


def test_rule_8_an_order_has_its_own_target() -> None:
    log = [ASKED, then(TaskChanged, "2026-03-02 09:30", task="system-users")]
    assert resolution(log, "2026-03-02 10:00").due == at("2026-03-04 15:45")


def test_rule_9_a_task_that_proves_to_be_the_host_s_counts_from_the_question() -> None:
    log = [
        then(Asked, "2026-03-02 09:00", task="invoicing", side=Side.PARTNER),
        then(TaskChanged, "2026-03-02 11:00", task="vat"),
    ]
    assert first(log, "2026-03-02 12:00").due == at("2026-03-02 13:00")
    assert first(log, "2026-03-02 12:00").used == hours(3)


def test_rule_9_a_task_that_proves_to_be_the_partner_s_ends_the_clock_and_keeps_it() -> None:
    moved = then(TaskChanged, "2026-03-02 11:00", task="invoicing", side=Side.PARTNER)
    kept = now([ASKED, moved], "2026-03-20 09:00")
    assert kept.ended_at == at("2026-03-02 11:00")
    assert kept.first_response
    assert (kept.first_response.used, kept.first_response.is_breached) == (hours(2), False)
    assert first_response_due([ASKED, moved], AGREEMENT) is None


def test_rule_9_a_task_that_comes_back_has_lost_no_time() -> None:
    log = [
        ASKED,
        then(TaskChanged, "2026-03-02 11:00", task="invoicing", side=Side.PARTNER),
        then(TaskChanged, "2026-03-02 12:00", task="vat"),
    ]
    assert first(log, "2026-03-02 12:30").used == hours(3.5)


def test_what_has_ended_does_not_end_again() -> None:
    log = [
        ASKED,
        then(TaskChanged, "2026-03-02 11:00", task="invoicing", side=Side.PARTNER),
        then(TaskChanged, "2026-03-02 12:00", task="write-offs", side=Side.PARTNER),
        then(Withdrawn, "2026-03-02 13:00"),
    ]
    assert now(log, "2026-03-02 14:00").ended_at == at("2026-03-02 11:00")


def test_who_still_needs_help_after_that_starts_afresh() -> None:
    log = [
        ASKED,
        then(Answered, "2026-03-02 10:00"),
        then(TaskChanged, "2026-03-02 11:00", task="invoicing", side=Side.PARTNER),
        then(NeedsHelp, "2026-03-03 09:00", by=KARI),
    ]
    assert first(log, "2026-03-03 10:00").due == at("2026-03-03 13:00")


# Promises of other kinds


@pytest.mark.parametrize(
    ("promise", "due"),
    [
        (WorkingTime(hours(4)), "2026-03-02 13:00"),
        (WorkingDays(1), "2026-03-03 15:45"),
        (ByTime(time(12), 1), "2026-03-03 12:00"),
        (ByTime(time(20), 2), "2026-03-04 15:45"),
        (ByTime(time(6), 1), "2026-03-03 08:00"),
    ],
)
def test_rule_11_a_promise_comes_in_three_kinds(
    promise: WorkingTime | WorkingDays | ByTime, due: str
) -> None:
    assert due_by(AGREEMENT.calendar, at("2026-03-02 09:00"), promise) == at(due)


def test_by_opening_time_on_the_next_day_is_not_by_closing_time_today() -> None:
    targets = replace(AGREEMENT.targets["normal"], first_response=ByTime(time(8), 1))
    agreement = replace(AGREEMENT, targets={**AGREEMENT.targets, "normal": targets})
    log = [then(Asked, "2026-03-02 16:00")]
    told = figures(log, agreement, at("2026-03-03 08:00")).first_response
    assert told
    assert (told.due, told.is_breached) == (at("2026-03-03 08:00"), False)
    assert next_moment(log, agreement) == at("2026-03-03 08:00")


def test_nothing_is_late_where_nothing_is_promised() -> None:
    targets = replace(AGREEMENT.targets["normal"], resolution=None)
    agreement = replace(AGREEMENT, targets={**AGREEMENT.targets, "normal": targets})
    told = figures([ASKED], agreement, at("2026-06-01 12:00")).resolution
    assert told
    assert (told.due, told.allowed, told.is_breached) == (None, None, False)
