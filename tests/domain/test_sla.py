"""The rules of the clock: what starts it, what stops it, and the next response."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.agreement import Side, WorkingTime
from bot.domain.escalation import next_moment
from bot.domain.events import (
    Answered,
    Asked,
    AskedBack,
    AskerWrote,
    Chosen,
    Deleted,
    Event,
    HandedOver,
    NeedsHelp,
    NotDelivered,
    Reopened,
    Resolved,
    Taken,
    WaitsForThirdParty,
    Withdrawn,
)
from bot.domain.sla import (
    Figures,
    Stretch,
    first_response_due,
)
from tests.domain.oracle import at
from tests.domain.story import AGREEMENT, ASKED, KARI, first, hours, now, then

# What starts the clock


def test_a_question_starts_every_clock_but_the_next_response() -> None:
    told = now([ASKED], "2026-03-02 10:00")
    assert told.started_at == at("2026-03-02 09:00")
    assert told.first_response == Stretch(
        start=at("2026-03-02 09:00"),
        end=None,
        due=at("2026-03-02 13:00"),
        task="payments",
        promise=WorkingTime(hours(4)),
        allowed=hours(4),
        used=hours(1),
        is_breached=False,
    )
    assert told.next_response is None
    assert told.resolution == told.first_resolution
    assert told.resolution
    assert told.resolution.due == at("2026-03-05 15:45")
    assert told.resolution.allowed == hours(6.75 + 3 * 7.75)


def test_rule_1_an_old_message_counts_from_when_it_was_marked() -> None:
    marked = then(Asked, "2026-03-02 09:00", message_at=at("2026-02-20 09:00"))
    assert now([marked], "2026-03-02 10:00").started_at == at("2026-03-02 09:00")


def test_a_referral_has_no_clock() -> None:
    referral = then(Asked, "2026-03-02 09:00", task="invoicing", side=Side.PARTNER)
    assert now([referral], "2026-03-09 09:00") == Figures()
    assert first_response_due([referral], AGREEMENT) is None
    assert next_moment([referral], AGREEMENT) is None


def test_i_still_need_help_starts_the_clock_then() -> None:
    referral = then(Asked, "2026-03-02 09:00", task="invoicing", side=Side.PARTNER)
    log = [referral, then(NeedsHelp, "2026-03-03 10:00", by=KARI)]
    assert first(log, "2026-03-03 11:00").due == at("2026-03-03 14:00")


def test_an_unsure_question_counts_from_the_start() -> None:
    unsure = then(
        Asked, "2026-03-02 09:00", task=None, side=Side.UNSPECIFIED, choices=("vat", "payments")
    )
    assert first([unsure], "2026-03-02 09:05").due == at("2026-03-02 13:00")
    chosen = then(Chosen, "2026-03-02 09:05", task="vat")
    assert first([unsure, chosen], "2026-03-02 09:10").due == at("2026-03-02 13:00")
    guess = then(Asked, "2026-03-02 09:00", side=Side.PARTNER, choices=("invoicing", "vat"))
    assert first([guess], "2026-03-02 09:05").due == at("2026-03-02 13:00")
    partners = then(Chosen, "2026-03-02 09:05", task="invoicing", side=Side.PARTNER)
    assert now([unsure, partners], "2026-03-02 09:10") == Figures()


def test_choosing_the_partner_s_task_after_we_were_late_does_not_undo_it() -> None:
    log = [ASKED, then(Chosen, "2026-03-02 14:00", task="invoicing", side=Side.PARTNER)]
    late = first(log, "2026-03-09 09:00")
    assert (late.is_breached, late.used) == (True, hours(5))


# What stops it


@pytest.mark.parametrize("kind", [Answered, AskedBack])
def test_rule_3_a_visible_word_from_a_person_stops_first_response(kind: type[Event]) -> None:
    log = [ASKED, then(kind, "2026-03-02 12:00")]
    answered = first(log, "2026-03-09 12:00")
    assert (answered.end, answered.used) == (at("2026-03-02 12:00"), hours(3))
    assert not answered.is_breached


@pytest.mark.parametrize(
    "silence",
    [
        then(Taken, "2026-03-02 10:00"),
        then(HandedOver, "2026-03-02 10:00", to=KARI),
        then(WaitsForThirdParty, "2026-03-02 10:00"),
        then(AskerWrote, "2026-03-02 10:00"),
        then(Resolved, "2026-03-02 10:00"),
        then(Answered, "2026-03-02 10:00", by=None),
    ],
    ids=lambda event: event.kind,
)
def test_rule_3_anything_else_does_not(silence: Event) -> None:
    quiet = first([ASKED, silence], "2026-03-02 14:00")
    assert quiet.end is None
    assert quiet.is_breached


def test_rule_3_a_message_the_platform_refused_never_counted() -> None:
    log = [ASKED, then(Answered, "2026-03-02 12:00")]
    assert first(log, "2026-03-02 12:30").end
    refused = then(NotDelivered, "2026-03-02 12:30", message="answer")
    assert first([*log, refused], "2026-03-02 12:30").end is None


@pytest.mark.parametrize(("seconds", "counts"), [(60, False), (61, True)])
def test_rule_3_a_message_deleted_within_a_minute_never_counted(
    seconds: int, *, counts: bool
) -> None:
    gone = then(Deleted, "2026-03-02 12:00", message="answer")
    gone = replace(gone, at=gone.at + timedelta(seconds=seconds))
    answered = first([ASKED, then(Answered, "2026-03-02 12:00"), gone], "2026-03-02 12:30")
    assert bool(answered.end) is counts


def test_rule_12_an_answer_after_closing_is_late_if_closing_was_the_limit() -> None:
    asked = then(Asked, "2026-03-02 11:45")
    in_time = first([asked, then(Answered, "2026-03-02 15:45")], "2026-03-03 09:00")
    late = first([asked, then(Answered, "2026-03-02 15:46")], "2026-03-03 09:00")
    assert (in_time.used, in_time.is_breached) == (hours(4), False)
    assert (late.used, late.is_breached) == (hours(4), True)


# Next response


def test_rule_4_several_questions_before_one_answer_are_one_stretch() -> None:
    log = [
        ASKED,
        then(AskerWrote, "2026-03-02 09:30"),
        then(Answered, "2026-03-02 10:00"),
        then(AskerWrote, "2026-03-02 11:00", message="second"),
        then(AskerWrote, "2026-03-02 12:00", message="third"),
        then(Answered, "2026-03-02 13:00", message="answer 2"),
        then(AskerWrote, "2026-03-02 14:00", message="fourth"),
    ]
    told = now(log, "2026-03-02 15:00")
    assert [(talk.start, talk.end, talk.used) for talk in told.next_responses] == [
        (at("2026-03-02 11:00"), at("2026-03-02 13:00"), hours(2)),
        (at("2026-03-02 14:00"), None, hours(1)),
    ]
    assert told.next_response == told.next_responses[-1]
    assert told.next_responses[-1].due == at("2026-03-03 14:15")


def test_rule_4_thanks_start_nothing() -> None:
    log = [
        ASKED,
        then(Answered, "2026-03-02 10:00"),
        then(AskerWrote, "2026-03-02 11:00", is_thanks=True),
    ]
    assert now(log, "2026-03-02 15:00").next_responses == ()


def test_resolving_ends_the_wait_for_the_next_response() -> None:
    log = [
        ASKED,
        then(Answered, "2026-03-02 10:00"),
        then(AskerWrote, "2026-03-02 11:00"),
        then(Resolved, "2026-03-02 12:00"),
    ]
    told = now(log, "2026-03-09 12:00")
    assert [talk.end for talk in told.next_responses] == [at("2026-03-02 12:00")]
    assert told.next_response is None


def test_what_is_written_on_a_resolved_ticket_is_owed_an_answer_once_it_is_reopened() -> None:
    log = [
        ASKED,
        then(Answered, "2026-03-02 10:00"),
        then(Resolved, "2026-03-02 10:00"),
        then(AskerWrote, "2026-03-03 09:00"),
    ]
    assert now(log, "2026-03-09 12:00").next_responses == ()
    log.append(then(Reopened, "2026-03-03 09:00"))
    waiting = now(log, "2026-03-03 10:00").next_response
    assert waiting
    assert (waiting.start, waiting.used) == (at("2026-03-03 09:00"), hours(1))


def test_what_was_written_on_a_resolved_ticket_waits_from_the_reopening() -> None:
    log = [
        ASKED,
        then(Answered, "2026-03-02 10:00"),
        then(Resolved, "2026-03-02 10:00"),
        then(AskerWrote, "2026-03-03 09:00"),
    ]
    reopened = now([*log, then(Reopened, "2026-03-05 09:00")], "2026-03-05 10:00").next_response
    assert reopened
    assert reopened.start == at("2026-03-05 09:00")
    answered = then(Answered, "2026-03-05 09:00", message="answer 2")
    assert now([*log, answered], "2026-03-05 10:00").next_responses == ()


def test_first_response_is_never_paused() -> None:
    log = [ASKED, then(WaitsForThirdParty, "2026-03-02 09:30")]
    assert first(log, "2026-03-02 13:01").is_breached


def test_withdrawing_ends_everything() -> None:
    log = [ASKED, then(Withdrawn, "2026-03-02 10:00", by=KARI)]
    told = now(log, "2026-03-20 10:00")
    assert told.ended_at == at("2026-03-02 10:00")
    assert told.first_response
    assert told.resolution
    assert (told.first_response.used, told.resolution.used) == (hours(1), hours(1))
    assert not told.first_response.is_breached
    assert next_moment(log, AGREEMENT) is None
    assert first_response_due(log, AGREEMENT) is None
