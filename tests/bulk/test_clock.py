"""The clock for many questions says what the plain one says, to the microsecond."""

from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.agreements import HALD, parse_agreement, read_agreement
from bot.bulk.clock import BulkClock, iso_format, lengths, micros
from bot.domain.calendar import BeyondCalendar, Calendar
from tests.agreements.small import SMALL
from tests.domain.moments import DAYS, MOMENTS, SPANS, WORK
from tests.domain.oracle import at

CALENDAR = read_agreement(HALD).calendar
HALD_CLOCK = BulkClock.of(CALENDAR)
WITH_LUNCH = parse_agreement(SMALL, "small.toml").calendar
LUNCH_CLOCK = BulkClock.of(WITH_LUNCH)
IN_SMALL = st.datetimes(datetime(2026, 1, 2), datetime(2028, 11, 1)).map(  # noqa: DTZ001 local
    lambda local: local.replace(tzinfo=WITH_LUNCH.zone)
)
CALENDARS = [
    pytest.param(CALENDAR, HALD_CLOCK, MOMENTS, id="hald"),
    pytest.param(WITH_LUNCH, LUNCH_CLOCK, IN_SMALL, id="with lunch"),
]
FRACTIONS = st.integers(0, 60_000_000).map(lambda number: timedelta(microseconds=number))
BEGINS, ENDS = CALENDAR.laid_out.opens, CALENDAR.laid_out.closes


@pytest.mark.parametrize(("calendar", "clock", "drawn"), CALENDARS)
@given(data=st.data())
def test_it_counts_as_the_plain_one_does(
    calendar: Calendar, clock: BulkClock, drawn: st.SearchStrategy[datetime], data: st.DataObject
) -> None:
    moments = st.builds(lambda moment, more: moment + more, drawn, FRACTIONS)
    cases = data.draw(st.lists(st.tuples(moments, SPANS | SPANS.map(lambda span: -span))))
    cases = [(start, min(start + span, calendar.laid_out.closes)) for start, span in cases]
    counted = clock.elapsed_many(
        micros([start for start, _ in cases]), micros([end for _, end in cases])
    )
    assert counted.tolist() == lengths([calendar.elapsed(*case) for case in cases]).tolist()


@pytest.mark.parametrize(("calendar", "clock", "drawn"), CALENDARS)
@given(data=st.data())
def test_it_is_due_when_the_plain_one_says(
    calendar: Calendar, clock: BulkClock, drawn: st.SearchStrategy[datetime], data: st.DataObject
) -> None:
    works = st.builds(lambda work, more: work + more, WORK, FRACTIONS)
    cases = data.draw(st.lists(st.tuples(drawn, works)))
    due = clock.due_many(
        micros([start for start, _ in cases]), lengths([work for _, work in cases])
    )
    assert iso_format(due) == [calendar.due(*case).isoformat() for case in cases]


@pytest.mark.parametrize(("calendar", "clock", "drawn"), CALENDARS)
@given(data=st.data())
def test_working_days_close_when_the_plain_one_says(
    calendar: Calendar, clock: BulkClock, drawn: st.SearchStrategy[datetime], data: st.DataObject
) -> None:
    cases = data.draw(st.lists(st.tuples(drawn, DAYS)))
    closings = clock.closings_many(
        micros([start for start, _ in cases]), np.array([n for _, n in cases], dtype=np.int64)
    )
    assert iso_format(closings) == [
        calendar.closing_of_working_day(*case).isoformat() for case in cases
    ]


def test_the_whole_of_the_calendar_is_counted_from_its_first_moment_to_its_last() -> None:
    whole = micros([BEGINS]), micros([ENDS])
    assert (
        HALD_CLOCK.elapsed_many(*whole).tolist()
        == lengths([CALENDAR.elapsed(BEGINS, ENDS)]).tolist()
    )


@pytest.mark.parametrize(
    "outside", [BEGINS - timedelta(microseconds=1), ENDS + timedelta(microseconds=1)]
)
def test_it_never_guesses_beyond_what_was_laid_out(outside: datetime) -> None:
    inside, moment = micros([at("2026-03-02 09:00")] * 2), micros([BEGINS, outside])
    with pytest.raises(BeyondCalendar):
        HALD_CLOCK.elapsed_many(inside, moment)
    with pytest.raises(BeyondCalendar):
        HALD_CLOCK.due_many(moment, lengths([timedelta(hours=1)] * 2))
    with pytest.raises(BeyondCalendar):
        HALD_CLOCK.closings_many(moment, np.array([1, 1]))


def test_work_and_days_that_the_calendar_has_no_room_for_are_refused() -> None:
    late = micros([at("2075-12-30 09:00")])
    with pytest.raises(BeyondCalendar, match="not that much working time"):
        HALD_CLOCK.due_many(late, lengths([timedelta(hours=100)]))
    with pytest.raises(BeyondCalendar, match="not that many working days"):
        HALD_CLOCK.closings_many(late, np.array([3]))


def test_no_time_at_all_and_day_number_nought_are_no_targets() -> None:
    start = micros([at("2026-03-02 09:00")])
    with pytest.raises(ValueError, match="no time at all"):
        HALD_CLOCK.due_many(start, np.array([0]))
    with pytest.raises(ValueError, match="from 1"):
        HALD_CLOCK.closings_many(start, np.array([0]))
