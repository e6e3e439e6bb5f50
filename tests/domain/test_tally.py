"""The tally: the same log gives the same bytes, and every figure of the agreement is in it."""

import json

from bot.agreements import HALD, read_agreement
from bot.domain.agreement import Side
from bot.domain.events import (
    Answered,
    Asked,
    AskedBack,
    AskerWrote,
    Event,
    Reopened,
    Resolved,
    Taken,
    WaitsForThirdParty,
    WentOn,
)
from bot.domain.tally import tally, unfold
from tests.domain.story import then

AGREEMENT = read_agreement(HALD)
A_LIFE = [
    then(Asked, "2026-03-02 09:00"),
    then(Answered, "2026-03-02 10:00"),
    then(AskerWrote, "2026-03-02 11:00"),
    then(AskedBack, "2026-03-02 11:30", message="back"),
    then(AskerWrote, "2026-03-02 13:30", message="more"),
    then(WaitsForThirdParty, "2026-03-02 14:00"),
    then(WentOn, "2026-03-02 15:00"),
    then(Resolved, "2026-03-03 09:00"),
    then(Reopened, "2026-03-04 09:00"),
    then(Resolved, "2026-03-04 10:00"),
]


def test_every_figure_of_the_agreement_is_in_it() -> None:
    assert unfold(tally(A_LIFE, AGREEMENT)) == {
        "started_at": '"2026-03-02T08:00:00+00:00"',
        "ended_at": "null",
        "first_response.due": '"2026-03-02T12:00:00+00:00"',
        "first_response.ended": '"2026-03-02T09:00:00+00:00"',
        "first_response.used_seconds": "3600",
        "first_response.breached": "false",
        "next_responses.count": "2",
        "next_responses.breached": "0",
        "next_responses.longest_seconds": str(195 * 60),
        "first_resolution.due": '"2026-03-06T10:00:00+00:00"',
        "first_resolution.ended": '"2026-03-03T08:00:00+00:00"',
        "first_resolution.used_seconds": str(285 * 60),
        "first_resolution.breached": "false",
        "total_resolution.due": '"2026-03-09T10:00:00+00:00"',
        "total_resolution.ended": '"2026-03-04T09:00:00+00:00"',
        "total_resolution.used_seconds": str(345 * 60),
        "total_resolution.breached": "false",
        "waited_for_asker_seconds": "7200",
        "waited_for_third_party_seconds": "3600",
    }


def test_what_is_open_is_counted_up_to_the_last_event() -> None:
    log: list[Event] = [then(Asked, "2026-03-02 09:00"), then(Taken, "2026-03-02 09:20")]
    told = json.loads(tally(log, AGREEMENT))
    assert told["first_response"]["used_seconds"] == 20 * 60
    assert told["first_response"]["ended"] is None


def test_the_order_in_which_it_was_heard_of_is_of_no_weight() -> None:
    late_news = [A_LIFE[0], A_LIFE[2], A_LIFE[1], *A_LIFE[3:]]
    assert tally(late_news, AGREEMENT) == tally(A_LIFE, AGREEMENT)


def test_a_referral_has_no_figures() -> None:
    referral = then(Asked, "2026-03-02 09:00", task="invoicing", side=Side.PARTNER)
    told = json.loads(tally([referral], AGREEMENT))
    assert told["started_at"] is told["first_response"] is told["total_resolution"] is None
