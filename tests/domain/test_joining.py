"""Tickets that belong together: whose clock goes on when they are merged, and when one is split."""

from uuid import UUID

import pytest

from bot.domain.events import Answered, Asked, AskedBack, AskerWrote, Event, Resolved
from bot.domain.joining import Linked, MergedInto, SplitOff, TookOver
from bot.domain.people import PersonId
from tests.domain.oracle import at
from tests.domain.story import ASKED, first, hours, now, resolution, then

OLA = PersonId("ola")
OLDER = "2026-03-02 09:00"  # as ASKED
YOUNGER = then(Asked, "2026-03-02 11:00", by=OLA, message="younger")
OTHER = {"ticket": UUID(int=2), "number": "HALD-2026-0002"}


def took_over(when: str, started: str, **more: str) -> Event:
    """Return what a ticket's log says when it takes over another, whose clock began *started*."""
    moments = {name: at(moment) for name, moment in more.items()}
    return then(TookOver, when, **OTHER, asker=OLA, started_at=at(started), **moments)


def test_rule_15_the_oldest_start_wins_when_the_younger_goes_on() -> None:
    log = [YOUNGER, took_over("2026-03-02 12:00", OLDER)]
    told = first(log, "2026-03-02 12:30")
    assert (told.start, told.due, told.used) == (at(OLDER), at("2026-03-02 13:00"), hours(3.5))
    assert resolution(log, "2026-03-02 12:30").start == at(OLDER)


def test_rule_15_the_oldest_start_wins_when_the_older_goes_on() -> None:
    log = [ASKED, took_over("2026-03-02 12:00", "2026-03-02 11:00")]
    assert first(log, "2026-03-02 12:30") == first([ASKED], "2026-03-02 12:30")


def test_rule_15_a_merged_ticket_s_own_clock_ends_and_keeps_what_it_used() -> None:
    log = [ASKED, then(MergedInto, "2026-03-02 12:00", **OTHER)]
    told = now(log, "2026-03-09 09:00")
    assert told.ended_at == at("2026-03-02 12:00")
    assert told.first_response
    assert (told.first_response.used, told.first_response.is_breached) == (hours(3), False)


def test_rule_15_a_merge_undoes_no_breach() -> None:
    log = [YOUNGER, took_over("2026-03-02 14:00", OLDER)]  # the older was due at 13:00
    assert first([*log, then(Answered, "2026-03-02 14:05")], "2026-03-02 14:10").is_breached


def test_rule_15_an_answer_to_the_older_question_was_the_first_response() -> None:
    answered = took_over("2026-03-02 12:00", OLDER, answered_at="2026-03-02 10:00")
    told = now([YOUNGER, answered], "2026-03-02 12:30")
    assert told.first_response
    assert (told.first_response.end, told.first_response.used) == (at("2026-03-02 10:00"), hours(1))
    assert told.next_response  # the younger asker has waited since the younger question
    assert (told.next_response.start, told.next_response.used) == (
        at("2026-03-02 11:00"),
        hours(1.5),
    )


@pytest.mark.parametrize("word", [Answered, AskedBack])
def test_rule_15_what_was_said_to_the_younger_asker_does_not_answer_the_older(
    word: type[Event],
) -> None:
    log = [YOUNGER, then(word, "2026-03-02 11:30"), took_over("2026-03-02 12:00", OLDER)]
    assert first(log, "2026-03-02 12:30").end is None


def test_rule_15_a_merged_asker_s_unanswered_word_still_waits() -> None:
    log = [
        ASKED,
        then(Answered, "2026-03-02 10:00"),
        took_over("2026-03-02 13:00", "2026-03-02 11:00", waits_since="2026-03-02 11:00"),
    ]
    waits = now(log, "2026-03-02 14:00").next_response
    assert waits
    assert (waits.start, waits.used) == (at("2026-03-02 11:00"), hours(3))


def test_rule_15_what_was_split_off_waits_for_nothing_where_it_was_written() -> None:
    log = [
        ASKED,
        then(Answered, "2026-03-02 10:00"),
        then(AskerWrote, "2026-03-02 11:00", message="another matter"),
    ]
    assert now(log, "2026-03-02 12:00").next_response
    gone = then(SplitOff, "2026-03-02 12:00", message="another matter", number="HALD-2026-0003")
    assert now([*log, gone], "2026-03-02 12:00").next_responses == ()


def test_a_link_moves_nothing() -> None:
    log = [ASKED, then(Resolved, "2026-03-02 10:00")]
    linked = then(Linked, "2026-03-02 11:00", number="HALD-2026-0002")
    assert now([*log, linked], "2026-03-02 12:00") == now(log, "2026-03-02 12:00")
