"""A day closed while it is still to come moves what is open, and never the past."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.agreements import HALD, read_agreement
from bot.domain.agreement import Agreement
from bot.domain.closing import ClosingDay
from bot.domain.events import Answered, Asked, Event, Figure
from bot.domain.explain import explain
from bot.domain.sla import figures
from bot.domain.tally import tally
from tests.domain.oracle import at
from tests.domain.story import then

AGREEMENT = read_agreement(HALD)
TUESDAY = date(2026, 3, 3)
ASKED = then(Asked, "2026-03-02 14:00")  # a Monday: 1 h 45 min are left of the day


def closed(day: date, told: str) -> Agreement:
    return AGREEMENT.closed_on([ClosingDay(day=day, reason="Planleggingsdag", added_at=at(told))])


def first_due(log: list[Event], agreement: Agreement, when: str) -> datetime | None:
    first = figures(log, agreement, at(when)).first_response
    assert first
    return first.due


def test_the_time_used_stays_and_the_rest_runs_on_the_new_hours() -> None:
    agreement = closed(TUESDAY, "2026-03-02 15:00")
    assert first_due([ASKED], AGREEMENT, "2026-03-02 15:00") == at("2026-03-03 10:15")
    assert first_due([ASKED], agreement, "2026-03-02 15:00") == at("2026-03-04 10:15")
    first = figures([ASKED], agreement, at("2026-03-04 08:00")).first_response
    assert first
    assert first.used == timedelta(hours=1, minutes=45)


def test_working_days_and_their_end_move_too() -> None:
    before = figures([ASKED], AGREEMENT, at("2026-03-02 15:00")).resolution
    after = figures([ASKED], closed(TUESDAY, "2026-03-02 15:00"), at("2026-03-02 15:00")).resolution
    assert before
    assert after
    assert (before.due, after.due) == (at("2026-03-05 15:45"), at("2026-03-06 15:45"))


@pytest.mark.parametrize("told", ["2026-03-03 00:00", "2026-03-03 09:00", "2026-03-20 09:00"])
def test_a_day_told_when_it_had_come_changes_nothing(told: str) -> None:
    agreement = closed(TUESDAY, told)
    assert tally([ASKED], agreement) == tally([ASKED], AGREEMENT)


def test_what_was_done_before_it_was_told_keeps_its_deadline() -> None:
    log = [ASKED, then(Answered, "2026-03-02 14:30")]
    agreement = closed(TUESDAY, "2026-03-02 15:00")
    assert first_due(log, agreement, "2026-03-09 09:00") == at("2026-03-03 10:15")
    done_later = [ASKED, then(Answered, "2026-03-02 15:30")]
    assert first_due(done_later, agreement, "2026-03-09 09:00") == at("2026-03-04 10:15")


def test_a_breach_that_has_happened_stays() -> None:
    log = [then(Asked, "2026-03-02 08:00")]  # due at 12:00 the same day
    first = figures(log, closed(TUESDAY, "2026-03-02 15:00"), at("2026-03-05 09:00")).first_response
    assert first
    assert first.is_breached
    assert first.due == at("2026-03-02 12:00")


def test_the_explanation_names_the_reason() -> None:
    agreement = closed(TUESDAY, "2026-03-02 15:00")
    told = explain([ASKED], agreement, at("2026-03-02 15:00"), Figure.FIRST_RESPONSE)
    assert told
    assert [(line.reason.value, line.name) for line in told.lines] == [
        ("open", None),
        ("night", None),
        ("holiday", "Planleggingsdag"),
        ("night", None),
        ("open", None),
    ]


@settings(max_examples=30)  # each lays out two calendars of many years
@given(
    st.lists(
        st.tuples(st.integers(0, 27), st.integers(-20, 20)), max_size=6, unique_by=lambda n: n[0]
    ),
    st.integers(0, 40 * 24 * 60),
)
def test_the_past_never_changes(days: list[tuple[int, int]], minutes: int) -> None:
    """What has been worked until a moment is the same before and after a day is told then."""
    start = datetime(2026, 3, 2, tzinfo=UTC)
    now = start + timedelta(minutes=minutes)
    told = [
        ClosingDay(
            day=(start + timedelta(days=day)).date(),
            reason="stengt",
            added_at=start + timedelta(days=day - ahead),
        )
        for day, ahead in days
    ]
    known = AGREEMENT.closed_on([day for day in told if day.added_at <= now]).calendar
    later = AGREEMENT.closed_on(told)
    assert later.calendar.elapsed(start, now) == known.elapsed(start, now)
    assert later.calendar_known_at(now).due(start, timedelta(days=20)) == known.due(
        start, timedelta(days=20)
    )
