"""Why this deadline? Every minute is accounted for, with its reason."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.agreements import HALD, read_agreement
from bot.domain.agreement import Clause, Side, WorkingDays
from bot.domain.events import (
    Answered,
    Asked,
    AskedBack,
    AskerWrote,
    Event,
    Figure,
    Reopened,
    Resolved,
    WaitsForThirdParty,
    WentOn,
    Withdrawn,
)
from bot.domain.explain import Explanation, explain
from bot.domain.sla import figures
from tests.domain.moments import MOMENTS
from tests.domain.oracle import MINUTE, at
from tests.domain.story import KARI, PER, then
from tests.domain.test_pauses import STAGES, life

AGREEMENT = read_agreement(HALD)
ASKED = then(Asked, "2026-04-01 11:10")  # the Wednesday before Easter, which closes at 12


def why(log: list[Event], when: str, figure: Figure) -> Explanation:
    told = explain(log, AGREEMENT, at(when), figure)
    assert told
    return told


def read(told: Explanation) -> list[tuple[datetime, str, str | None]]:
    return [(line.end, line.reason.value, line.name) for line in told.lines]


def test_it_names_every_holiday_it_skips() -> None:
    told = why([ASKED], "2026-04-01 11:15", "first_response")
    assert told.due == at("2026-04-07 11:10")
    assert read(told) == [
        (at("2026-04-01 12:00"), "open", None),
        (at("2026-04-02 00:00"), "night", None),
        (at("2026-04-03 00:00"), "holiday", "Skjærtorsdag"),
        (at("2026-04-04 00:00"), "holiday", "Langfredag"),
        (at("2026-04-05 00:00"), "weekend", None),
        (at("2026-04-06 00:00"), "holiday", "Første påskedag"),
        (at("2026-04-07 00:00"), "holiday", "Andre påskedag"),
        (at("2026-04-07 08:00"), "night", None),
        (at("2026-04-07 11:10"), "open", None),
    ]
    assert [line.counted for line in told.lines].count(True) == 2
    assert told.counted == told.allowed == timedelta(hours=4)


def test_it_names_the_promise_the_clause_and_the_version() -> None:
    told = why([ASKED], "2026-04-01 11:15", "resolution")
    assert told.promise == WorkingDays(3)
    assert told.task == "payments"
    assert told.clauses == AGREEMENT.tasks["payments"].clauses
    assert all(isinstance(clause, Clause) for clause in told.clauses)
    assert told.clauses
    assert told.version == "2026-01-01"


def test_it_says_who_paused_it_and_for_whom() -> None:
    log = [
        ASKED,
        then(AskedBack, "2026-04-01 11:30"),
        then(AskedBack, "2026-04-01 11:40", by=KARI, message="again"),
        then(WaitsForThirdParty, "2026-04-07 09:00"),
        then(WentOn, "2026-04-07 10:00"),
    ]
    told = why(log, "2026-04-07 10:00", "resolution")
    waits = [line for line in told.lines if line.by]
    assert [(line.start, line.end, line.reason.value, line.name, line.by) for line in waits] == [
        (at("2026-04-01 11:30"), at("2026-04-07 09:00"), "waits_for_asker", None, PER),
        (at("2026-04-07 09:00"), at("2026-04-07 10:00"), "waits_for_third_party", "hald-ikt", PER),
    ]
    assert told.counted == told.allowed


def test_the_time_it_lay_resolved_is_one_line() -> None:
    log = [ASKED, then(Resolved, "2026-04-01 11:30"), then(Reopened, "2026-04-08 09:00")]
    told = why(log, "2026-04-08 09:00", "resolution")
    assert read(told)[1] == (at("2026-04-08 09:00"), "resolved", None)


def test_a_pause_that_took_no_time_is_not_told() -> None:
    log = [ASKED, then(AskedBack, "2026-04-01 11:30"), then(WentOn, "2026-04-01 11:30")]
    told = why(log, "2026-04-01 11:50", "resolution")
    assert "waits_for_asker" not in {line.reason.value for line in told.lines}


def test_while_paused_it_tells_how_far_it_got() -> None:
    told = why([ASKED, then(AskedBack, "2026-04-01 11:30")], "2026-04-01 11:50", "resolution")
    assert told.due is None
    assert told.counted == 20 * MINUTE
    assert told.lines[-1].end == at("2026-04-01 11:50")


@pytest.mark.parametrize("figure", ["first_response", "resolution"])
def test_what_is_done_is_explained_to_its_end(figure: Figure) -> None:
    log = [ASKED, then(Answered, "2026-04-01 11:30"), then(Resolved, "2026-04-01 11:30")]
    told = why(log, "2026-04-09 12:00", figure)
    assert read(told) == [(at("2026-04-01 11:30"), "open", None)]


def test_what_is_withdrawn_is_explained_as_far_as_it_went() -> None:
    log = [ASKED, then(Withdrawn, "2026-04-01 11:30", by=KARI)]
    assert why(log, "2026-04-09 12:00", "first_response").counted == 20 * MINUTE


def test_of_several_exchanges_the_last_is_explained() -> None:
    log = [ASKED, then(Answered, "2026-04-01 11:30"), then(AskerWrote, "2026-04-01 11:40")]
    assert why(log, "2026-04-01 11:50", "next_response").start == at("2026-04-01 11:40")
    assert explain([ASKED], AGREEMENT, at("2026-04-01 11:50"), "next_response") is None


def test_a_referral_has_nothing_to_explain() -> None:
    referral = then(Asked, "2026-04-01 11:10", task="invoicing", side=Side.PARTNER)
    assert explain([referral], AGREEMENT, at("2026-04-02 12:00"), "first_response") is None


@given(MOMENTS, STAGES, st.sampled_from(["first_response", "resolution"]))
def test_the_counted_lines_add_up_whatever_happened(
    start: datetime, stages: list[tuple[str, timedelta]], figure: Figure
) -> None:
    log = life(start, stages)
    end = start + sum((length for _, length in stages), timedelta(0))
    told = explain(log, AGREEMENT, end, figure)
    stretch = getattr(figures(log, AGREEMENT, end), figure)
    assert told
    is_running = stretch.end is None and stretch.due
    assert told.counted == (stretch.allowed if is_running else stretch.used)
    edges = [told.start, *(line.end for line in told.lines)]
    assert [line.start for line in told.lines] == edges[:-1]
    assert all(line.start < line.end for line in told.lines)
    if is_running:
        assert edges[-1] == stretch.due
