"""What a ticket's log has of an answer, what an offer of one does to the clock, what gives away."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain import events
from bot.domain.answers import Settled, giveaways, settled, standing_offer, without_giveaways
from bot.domain.deflection import Deflected, NotEnough, Offered
from bot.domain.escalation import armed
from bot.domain.events import Event, Figure
from bot.domain.sla import figures
from bot.domain.statistics import statistics
from tests.stories import AGREEMENT, ASKER, CONTACT, MONDAY_NINE, Story, answered

HOUR = timedelta(hours=1)
SOURCE = Story().id


def offered(at: datetime) -> Event:
    return Offered(at=at, received_at=at, answer=1, ticket=SOURCE)


def solved(at: datetime) -> Event:
    return Deflected(at=at, received_at=at, by=ASKER, answer=1, ticket=SOURCE)


def reopened(at: datetime) -> Event:
    return events.Reopened(at=at, received_at=at, by=ASKER)


def wrote(message: str, text: str) -> events.Answered:
    when = MONDAY_NINE + HOUR
    return events.Answered(at=when, received_at=when, by=CONTACT, message=message, text=text)


def about(kind: type[Event], **more: str) -> Event:
    when = MONDAY_NINE + 2 * HOUR
    return kind(at=when, received_at=when, by=CONTACT, **more)


def test_an_answer_is_what_was_asked_and_every_word_of_the_team() -> None:
    log = [*Story().log(), wrote("a", "Innen 10. april."), wrote("b", "Og 10. juni.")]
    assert settled(log) == Settled("Hvordan fører vi dette?", "Innen 10. april.\n\nOg 10. juni.")


def test_what_was_edited_stands_as_it_was_edited() -> None:
    story = Story()
    edits = [
        about(events.Edited, message=f"asked-{story.id}", text="Hvordan føres dette?"),
        about(events.Edited, message="a", text="Innen 11. april."),
    ]
    log = [*story.log(), wrote("a", "Innen 10. april."), *edits]
    assert settled(log) == Settled("Hvordan føres dette?", "Innen 11. april.")


def test_words_that_are_gone_are_no_answer() -> None:
    story = Story()
    answer = wrote("a", "Innen 10. april.")
    assert settled(story.log()) is None
    assert settled([*story.log(), answer, about(events.NotDelivered, message="a")]) is None
    assert settled([*story.log(), answer, about(events.Deleted, message="a")]) is None
    asked_is_gone = about(events.Deleted, message=f"asked-{story.id}")
    assert settled([*story.log(), answer, asked_is_gone]) is None
    assert settled([*story.log(), replace(answer, by=None)]) is None


def test_an_offer_stands_until_somebody_has_said_more() -> None:
    offer = offered(MONDAY_NINE)
    declined = NotEnough(at=MONDAY_NINE, received_at=MONDAY_NINE, by=ASKER, answer=1)
    assert standing_offer([offer]) == standing_offer([offer, solved(MONDAY_NINE)]) == offer
    assert standing_offer([]) is None
    for later in (declined, wrote("a", "Slik."), about(events.NeedsHelp), reopened(MONDAY_NINE)):
        assert standing_offer([offer, later]) is None


def test_being_offered_an_answer_delays_nothing() -> None:
    with_offer = Story(then=((0, offered),))
    at = MONDAY_NINE + HOUR
    assert figures(with_offer.log(), AGREEMENT, at) == figures(Story().log(), AGREEMENT, at)
    assert armed(with_offer.log(), AGREEMENT) == armed(Story().log(), AGREEMENT)


def test_what_an_earlier_answer_solved_is_late_for_nobody() -> None:
    log = Story(then=((30, solved),)).log()
    now = figures(log, AGREEMENT, MONDAY_NINE + timedelta(days=30))
    assert now.first_response
    assert now.resolution
    assert (now.first_response.is_breached, now.first_response.due) == (False, None)
    assert now.resolution.end == MONDAY_NINE + timedelta(minutes=30)
    assert armed(log, AGREEMENT) == []


def test_opened_again_it_has_the_time_that_was_left() -> None:
    plain = figures(Story().log(), AGREEMENT, MONDAY_NINE)
    log = Story(then=((30, solved), (90, reopened))).log()

    now = figures(log, AGREEMENT, MONDAY_NINE + 2 * HOUR)

    assert plain.first_response
    assert now.first_response
    assert now.first_response.due == plain.first_response.due + HOUR
    assert now.first_response.used == HOUR
    by_figure = {step.figure for step in armed(log, AGREEMENT)}
    assert by_figure == {Figure.FIRST_RESPONSE, Figure.RESOLUTION}
    halfway = next(s for s in armed(log, AGREEMENT) if s.figure is Figure.FIRST_RESPONSE)
    assert now.first_response.allowed
    assert halfway.at == MONDAY_NINE + HOUR + now.first_response.allowed / 2


def test_a_deadline_that_was_broken_stays_broken() -> None:
    late = 6 * 60
    for then in (((late, solved),), ((late, solved), (late + 10, reopened))):
        now = figures(Story(then=then).log(), AGREEMENT, MONDAY_NINE + 7 * HOUR)
        assert now.first_response
        assert now.first_response.is_breached


def test_it_is_counted_apart() -> None:
    now = MONDAY_NINE + 3 * HOUR
    told = [Story(then=((30, solved),)), Story(then=((30, answered),)), Story()]
    total = statistics(story.case(now) for story in told).total
    assert (total.asked, total.deflected, total.apart, total.left_late) == (3, 1, 1, 0)
    first = total.first_response
    assert (first.reached, first.not_yet_due, first.overdue) == (1, 1, 0)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hei Ola, dette gjelder alle.", ("Ola",)),
        ("Herøys frist er HALD-2026-0012", ("Herøys", "HALD-2026-0012")),
        ("ola og OLA", ("ola", "OLA")),
        ("Kolahalvøya og solaer", ()),
        ("Vik er en vik", ("Vik", "vik")),
    ],
)
def test_names_and_numbers_give_away_whose_it_was(text: str, told: tuple[str, ...]) -> None:
    names = ["Herøy", "Ola Vik"]
    assert giveaways(text, names, "HALD") == told
    assert giveaways(without_giveaways(text, names, "HALD"), names, "HALD") == ()
