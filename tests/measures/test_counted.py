"""What one ticket counts for: once settled it never changes by itself, only by what is new."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.agreement import Side
from bot.domain.counted import count, known_at, log_digest
from bot.domain.events import Chosen, Event, TaskChanged
from bot.domain.measures import Age, age
from bot.domain.statistics import Outcome
from bot.domain.tickets import Ticket
from tests.measures.anything import LAST, reopened, tickets
from tests.stories import (
    AGREEMENT,
    ASKER,
    CONTACT,
    MONDAY_NINE,
    Story,
    answered,
    proved_to_be_own,
    replied,
    resolved,
)

Told = tuple[Ticket, tuple[Event, ...]]
HOUR = 60
MONTHS = st.timedeltas(timedelta(0), timedelta(days=400))
SINCE = st.timedeltas(timedelta(0), timedelta(days=30))


@settings(max_examples=150)
@given(tickets(), MONTHS)
def test_a_settled_ticket_counts_for_the_same_however_late_it_is_counted(
    told: Told, later: timedelta
) -> None:
    ticket, log = told
    at_once = count(ticket, log, AGREEMENT, log[-1].at)
    if at_once.final_at is not None:
        assert at_once.final_at == log[-1].received_at
        assert count(ticket, log, AGREEMENT, LAST + later) == at_once


@settings(max_examples=100)
@given(tickets(), SINCE)
def test_nothing_that_was_recorded_later_was_known(told: Told, since: timedelta) -> None:
    ticket, log = told
    then = MONDAY_NINE + since
    known = known_at(ticket, log, then)
    assert known
    known_ticket, known_log = known
    assert known_log == tuple(event for event in log if event.received_at <= then)
    assert known_at(known_ticket, known_log, LAST) == known
    assert known_ticket.last_event_at == known_log[-1].at


def test_a_question_that_was_put_down_afterwards_was_not_known_before() -> None:
    story = Story()
    asked, *_ = story.log()
    late = replace(asked, received_at=asked.at + timedelta(hours=3))
    assert known_at(story.ticket(), (late,), asked.at + timedelta(hours=2)) is None


@settings(max_examples=50)
@given(tickets())
def test_the_digest_hangs_on_what_counts_and_on_nobody_s_words_or_name(told: Told) -> None:
    ticket, log = told
    digest = log_digest(ticket.number, log)
    assert digest == log_digest(ticket.number, [reworded(event) for event in log])
    assert digest != log_digest("HALD-2026-0002", log)
    for place in range(len(log)):
        assert digest != log_digest(ticket.number, [*log[:place], *log[place + 1 :]])
        moved = replace(log[place], at=log[place].at + timedelta(seconds=1))
        assert digest != log_digest(ticket.number, [*log[:place], moved, *log[place + 1 :]])


def reworded(event: Event) -> Event:
    """Return *event* with other words in it, by somebody else: two accounts became one person's."""
    changed = {"by": event.by and "somebody-else", "text": "…", "reason": "…", "party": "Intrum"}
    names = {field.name for field in fields(event)}
    return replace(event, **{name: value for name, value in changed.items() if name in names})


def test_an_answer_by_the_bot_is_not_an_answer_by_a_person() -> None:
    answer = answered(MONDAY_NINE)
    bots = replace(answer, by=None)
    assert log_digest("HALD-2026-0001", [answer]) != log_digest("HALD-2026-0001", [bots])


def test_what_is_resolved_without_a_word_still_owes_an_answer_and_is_not_settled() -> None:
    story = Story(then=((HOUR, resolved),))
    found = count(story.ticket(), story.log(), AGREEMENT, MONDAY_NINE + timedelta(hours=2))
    assert (found.final_at, found.first_response.outcome) == (None, Outcome.NOT_YET_DUE)
    later = count(story.ticket(), story.log(), AGREEMENT, LAST)
    assert later.first_response.outcome is Outcome.OVERDUE


def test_the_next_answer_is_counted_once_for_a_ticket_by_what_went_worst() -> None:
    talks = (
        (1, answered),
        (HOUR, replied),
        (2 * HOUR, answered),  # an hour, in time
        (24 * HOUR, replied),
        (72 * HOUR, answered),  # late
    )
    story = Story(then=talks)
    found = count(story.ticket(), story.log(), AGREEMENT, LAST)
    assert found.next_response.outcome is Outcome.LATE
    assert found.next_response.used == timedelta(hours=15, minutes=30)  # two whole days
    quiet = Story(then=talks[:1])
    assert count(quiet.ticket(), quiet.log(), AGREEMENT, LAST).next_response.outcome is None


@pytest.mark.parametrize(
    ("then", "reopened_", "retasked"),
    [
        (((1, answered), (2, resolved)), False, False),
        (((1, answered), (2, resolved), (3, reopened)), True, False),
        (((1, proved_to_be_own),), False, True),
    ],
)
def test_what_was_opened_again_and_what_was_understood_wrongly(
    then: tuple, *, reopened_: bool, retasked: bool
) -> None:
    story = Story(then=then)
    found = count(story.ticket(), story.log(), AGREEMENT, LAST)
    assert (found.reopened, found.retasked) == (reopened_, retasked)


def test_the_task_that_the_asker_chose_is_not_a_wrong_one_put_right() -> None:
    story = Story(task=None, side=Side.UNSPECIFIED)
    asked, *_ = story.log()
    at = {"at": asked.at, "received_at": asked.at}
    unsure = replace(asked, choices=("vat", "payments"))
    chosen = Chosen(**at, by=ASKER, task="vat", side=Side.HOST)
    again = TaskChanged(**at, by=CONTACT, task="vat", side=Side.HOST)
    wrong = TaskChanged(**at, by=CONTACT, task="payments", side=Side.HOST)
    for log, retasked in (((unsure, chosen, again), False), ((unsure, chosen, wrong), True)):
        assert count(story.ticket(), log, AGREEMENT, LAST).retasked is retasked


@pytest.mark.parametrize(
    ("days", "band"),
    [(0, "0"), (1, "1-3"), (5, "4-5"), (7, "4-5"), (8, "6-10"), (27, "11-20"), (60, "21+")],
)
def test_how_long_it_has_been_open_is_told_in_working_days(days: int, band: str) -> None:
    found = age(AGREEMENT.calendar, MONDAY_NINE, MONDAY_NINE + timedelta(days=days))
    assert found == Age(band)
