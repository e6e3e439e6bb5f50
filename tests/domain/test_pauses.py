"""Resolution: what pauses it, what ends a pause, and what any life of a ticket adds up to."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.events import (
    Answered,
    Asked,
    AskedBack,
    AskerWrote,
    Edited,
    Event,
    NotDelivered,
    Reopened,
    Resolved,
    WaitsForThirdParty,
    WentOn,
)
from bot.domain.sla import figures
from tests.domain import oracle
from tests.domain.moments import MOMENTS
from tests.domain.oracle import MINUTE, at
from tests.domain.story import AGREEMENT, ASKED, KARI, hours, now, resolution, then

NOTHING = timedelta(0)


def test_rule_5_a_pause_excludes_its_own_working_time() -> None:
    log = [ASKED, then(AskedBack, "2026-03-02 14:45"), then(AskerWrote, "2026-03-03 09:00")]
    after = resolution(log, "2026-03-03 10:00")
    assert after.used == hours(5.75 + 1)
    assert after.due == at("2026-03-06 10:00")  # two hours more than closing on Thursday
    assert now(log, "2026-03-03 10:00").waited_for_asker == hours(2)


def test_rule_5_a_pause_that_ends_in_resolving_is_excluded_too() -> None:
    log = [ASKED, then(AskedBack, "2026-03-02 10:00"), then(Resolved, "2026-03-20 10:00")]
    ended = resolution(log, "2026-03-21 10:00")
    assert (ended.end, ended.used) == (at("2026-03-20 10:00"), hours(1))
    assert not ended.is_breached


def test_rule_5_going_from_one_wait_to_another_counts_each_in_its_own_bucket() -> None:
    log = [
        ASKED,
        then(AskedBack, "2026-03-02 10:00"),
        then(AskedBack, "2026-03-02 10:30", message="again"),
        then(WaitsForThirdParty, "2026-03-02 11:00"),
        then(AskedBack, "2026-03-02 13:00", message="and again"),
        then(WentOn, "2026-03-02 13:30"),
    ]
    told = now(log, "2026-03-02 14:00")
    assert told.waited_for_asker == hours(1.5)
    assert told.waited_for_third_party == hours(2)
    assert resolution(log, "2026-03-02 14:00").used == hours(1.5)


def test_rule_6_nobody_is_late_while_it_is_paused() -> None:
    log = [ASKED, then(AskedBack, "2026-03-05 15:45")]
    waiting = resolution(log, "2026-04-20 12:00")
    assert (waiting.due, waiting.is_breached) == (None, False)
    log.append(then(AskerWrote, "2026-04-20 12:00"))
    assert resolution(log, "2026-04-20 12:00").due == at("2026-04-20 12:00")
    assert resolution(log, "2026-04-20 12:01").is_breached


@pytest.mark.parametrize(
    ("reply", "resumes"),
    [
        (then(AskerWrote, "2026-03-02 12:00"), True),
        (then(AskerWrote, "2026-03-02 12:00", by="ola"), True),
        (then(Edited, "2026-03-02 12:00", by=KARI, message="question", text="Mars."), True),
        (then(WentOn, "2026-03-02 12:00"), True),
        (then(AskerWrote, "2026-03-02 12:00", is_thanks=True), False),
        (then(Answered, "2026-03-02 12:00"), False),
        (then(Edited, "2026-03-02 12:00", message="counter-question", text="?"), False),
    ],
)
def test_rule_6_the_asker_s_reply_resumes(reply: Event, *, resumes: bool) -> None:
    log = [ASKED, then(AskedBack, "2026-03-02 10:00"), reply]
    assert bool(resolution(log, "2026-03-02 13:00").due) is resumes


def test_the_asker_s_word_does_not_end_the_wait_for_somebody_else() -> None:
    log = [
        ASKED,
        then(WaitsForThirdParty, "2026-03-02 10:00"),
        then(AskerWrote, "2026-03-02 11:00"),
    ]
    assert now(log, "2026-03-02 12:00").waited_for_third_party == hours(2)


def test_rule_7_the_time_it_lay_resolved_is_excluded() -> None:
    log = [
        ASKED,
        then(Answered, "2026-03-02 10:00"),
        then(Resolved, "2026-03-02 10:00"),
        then(Reopened, "2026-03-04 09:00"),
        then(Resolved, "2026-03-04 11:00"),
    ]
    told = now(log, "2026-03-09 10:00")
    assert told.first_resolution
    assert told.resolution
    assert (told.first_resolution.end, told.first_resolution.used) == (
        at("2026-03-02 10:00"),
        hours(1),
    )
    assert (told.resolution.end, told.resolution.used) == (at("2026-03-04 11:00"), hours(3))


def test_first_resolution_ends_once() -> None:
    log = [ASKED, then(Resolved, "2026-03-02 10:00"), then(Reopened, "2026-03-02 11:00")]
    told = now(log, "2026-03-20 10:00")
    assert told.first_resolution
    assert told.resolution
    assert (told.first_resolution.end, told.resolution.end) == (at("2026-03-02 10:00"), None)
    assert (told.first_resolution.is_breached, told.resolution.is_breached) == (False, True)


def test_a_breach_stays_when_a_pause_follows_it() -> None:
    log = [ASKED, then(AskedBack, "2026-03-06 09:00")]
    late = resolution(log, "2026-03-09 09:00")
    assert (late.is_breached, late.due) == (True, at("2026-03-05 15:45"))


STATES = st.sampled_from(["runs", "asker", "third", "resolved"])
LENGTHS = st.integers(0, 3000).map(lambda minutes: minutes * MINUTE)
STAGES = st.lists(st.tuples(STATES, LENGTHS), min_size=1, max_size=6)
INTO = {"asker": AskedBack, "third": WaitsForThirdParty, "resolved": Resolved}


def life(start: datetime, stages: list[tuple[str, timedelta]]) -> list[Event]:
    """Return the log of a ticket that lives through *stages*."""
    log, moment, before = [then(Asked, "2026-03-02 09:00")], start, "runs"
    for state, length in stages:
        kinds = [Reopened] if before == "resolved" and state != "resolved" else []
        kinds += [INTO[state]] if state in INTO and state != before else []
        kinds += [WentOn] if state == "runs" and before in {"asker", "third"} else []
        log += [replace(then(kind, "2026-03-02 09:00"), at=moment) for kind in kinds]
        moment, before = moment + length, state
    return [replace(log[0], at=start), *log[1:]]


@given(MOMENTS, STAGES)
def test_any_life_comes_to_what_the_oracle_walks_through(
    start: datetime, stages: list[tuple[str, timedelta]]
) -> None:
    end = start + sum((length for _, length in stages), NOTHING)
    told = figures(life(start, stages), AGREEMENT, end)
    assert told.resolution
    assert told.resolution.allowed
    walked = oracle.walk(start, told.resolution.allowed, stages)
    assert told.resolution.used == walked.used
    assert told.waited_for_asker == walked.waited_for_asker
    assert told.waited_for_third_party == walked.waited_for_third_party
    assert told.resolution.is_breached == walked.is_breached
    if walked.due:
        assert told.resolution.due == walked.due


@given(MOMENTS, STAGES, st.randoms())
def test_rebuilding_gives_the_same_whatever_order_the_events_were_heard_in(
    start: datetime, stages: list[tuple[str, timedelta]], shuffle: st.DataObject
) -> None:
    log = life(start, [(state, length + MINUTE) for state, length in stages])
    log = [event for n, event in enumerate(log) if n == 0 or event.at != log[n - 1].at]
    heard = list(log)
    shuffle.shuffle(heard)
    later = start + timedelta(days=30)
    assert figures(heard, AGREEMENT, later) == figures(log, AGREEMENT, later)


def test_a_question_to_the_asker_that_never_arrived_pauses_nothing() -> None:
    log = [ASKED, then(AskedBack, "2026-03-02 12:00")]
    refused = then(NotDelivered, "2026-03-02 12:01", message="counter-question")
    assert now(log, "2026-03-02 13:00").waited_for_asker == hours(1)
    assert now([*log, refused], "2026-03-02 13:00").waited_for_asker == NOTHING
