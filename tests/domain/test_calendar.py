"""The calendar against its oracle, and against days that a person can check."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.agreements import HALD, read_agreement
from bot.domain.calendar import BeyondCalendar, Calendar, Window
from tests.domain import oracle
from tests.domain.moments import A_WHILE, DAYS, MOMENTS, SPANS, SPECIAL, TO_THE_SECOND, WORK
from tests.domain.oracle import OSLO, SECOND, at

CALENDAR = read_agreement(HALD).calendar
HOUR = timedelta(hours=1)
NOTHING = timedelta(0)


@given(MOMENTS, SPANS)
def test_it_counts_what_the_oracle_counts(start: datetime, span: timedelta) -> None:
    assert CALENDAR.elapsed(start, start + span) == oracle.elapsed(start, start + span)


@given(MOMENTS, WORK)
def test_it_is_due_when_the_oracle_says(start: datetime, work: timedelta) -> None:
    assert CALENDAR.due(start, work) == oracle.due(start, work)


@given(TO_THE_SECOND, A_WHILE)
def test_it_counts_to_the_second(start: datetime, span: timedelta) -> None:
    walked = oracle.elapsed(start, start + span, step=SECOND)
    assert CALENDAR.elapsed(start, start + span) == walked


@given(MOMENTS, DAYS)
def test_working_days_close_when_the_oracle_says(start: datetime, days: int) -> None:
    assert CALENDAR.closing_of_working_day(start, days) == oracle.closing_of_working_day(
        start, days
    )


@given(MOMENTS, st.times().map(lambda clock: clock.replace(microsecond=0)), DAYS)
def test_a_time_on_a_working_day_is_kept_inside_it(start: datetime, clock: time, days: int) -> None:
    assert CALENDAR.at_on_working_day(start, clock, days) == oracle.at_on_working_day(
        start, clock, days
    )


@given(MOMENTS)
def test_it_opens_when_the_oracle_says(moment: datetime) -> None:
    opens = CALENDAR.opens_after(moment)
    assert CALENDAR.is_open(moment) == oracle.is_open(moment) == (opens == moment)
    assert opens == oracle.due(moment, oracle.MINUTE) - oracle.MINUTE


@given(TO_THE_SECOND, WORK)
def test_due_and_elapsed_are_each_other_s_opposite(start: datetime, work: timedelta) -> None:
    assert CALENDAR.elapsed(start, CALENDAR.due(start, work)) == work


@given(TO_THE_SECOND, SPANS, SPANS)
def test_time_adds_up(start: datetime, first: timedelta, second: timedelta) -> None:
    middle, end = start + first, start + first + second
    parts = CALENDAR.elapsed(start, middle) + CALENDAR.elapsed(middle, end)
    assert CALENDAR.elapsed(start, end) == parts


@given(TO_THE_SECOND, SPANS, WORK, WORK)
def test_who_asks_later_or_more_never_has_it_earlier(
    start: datetime, span: timedelta, work: timedelta, more: timedelta
) -> None:
    assert CALENDAR.due(start, work) <= CALENDAR.due(start + span, work)
    assert CALENDAR.due(start, work) < CALENDAR.due(start, work + more)


@given(TO_THE_SECOND, WORK)
def test_it_is_due_in_open_time_or_at_closing(start: datetime, work: timedelta) -> None:
    assert CALENDAR.is_open(CALENDAR.due(start, work) - timedelta(microseconds=1))


@given(TO_THE_SECOND, SPANS)
def test_spans_cover_every_moment_once(start: datetime, span: timedelta) -> None:
    spans = list(CALENDAR.spans(start, start + span))
    edges = [start, *(span.end for span in spans)] if spans else [start + span]
    assert [span.start for span in spans] == edges[:-1]
    assert edges[-1] == start + span
    counted = (span.end - span.start for span in spans if span.is_open)
    assert sum(counted, NOTHING) == CALENDAR.elapsed(start, start + span)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        pytest.param("2026-03-02 09:00", "2026-03-02 13:00", id="same day"),
        pytest.param("2026-03-02 14:45", "2026-03-03 11:00", id="over night"),
        pytest.param("2026-03-02 11:45", "2026-03-02 15:45", id="rule 12: due at closing"),
        pytest.param("2026-03-02 05:00", "2026-03-02 12:00", id="asked before opening"),
        pytest.param("2026-03-27 14:45", "2026-03-30 11:00", id="clocks go forward"),
        pytest.param("2026-10-23 14:45", "2026-10-26 11:00", id="clocks go back"),
        pytest.param("2028-02-28 14:45", "2028-02-29 11:00", id="into a leap day"),
        pytest.param("2028-02-29 14:45", "2028-03-01 11:00", id="out of a leap day"),
        pytest.param("2026-03-31 15:45", "2026-04-01 12:00", id="half day before Easter"),
        pytest.param("2026-04-01 11:10", "2026-04-07 11:10", id="over Easter"),
        pytest.param("2025-05-14 12:00", "2025-05-15 08:15", id="into summer hours"),
        pytest.param("2025-05-15 12:00", "2025-05-16 09:00", id="in summer hours"),
        pytest.param("2026-09-14 12:00", "2026-09-15 09:00", id="last summer day"),
        pytest.param("2026-09-15 12:00", "2026-09-16 08:15", id="out of summer hours"),
        pytest.param("2026-12-23 15:45", "2026-12-24 12:00", id="Christmas Eve is half a day"),
        pytest.param("2026-12-24 11:00", "2026-12-28 11:00", id="over Christmas"),
        pytest.param("2026-12-31 11:00", "2027-01-04 11:00", id="over New Year"),
    ],
)
def test_four_working_hours_later(asked: str, due: str) -> None:
    assert CALENDAR.due(at(asked), 4 * HOUR) == at(due)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        pytest.param("2026-03-02 09:00", "2026-03-05 15:45", id="the day of asking is not one"),
        pytest.param("2026-03-07 09:00", "2026-03-11 15:45", id="asked on a Saturday"),
        pytest.param("2026-03-31 09:00", "2026-04-08 15:45", id="over Easter"),
        pytest.param("2026-12-23 23:59", "2026-12-29 15:45", id="half days are working days"),
        pytest.param("2026-05-12 09:00", "2026-05-18 15:00", id="Ascension Day, into summer hours"),
    ],
)
def test_three_working_days_later(asked: str, due: str) -> None:
    assert CALENDAR.closing_of_working_day(at(asked), 3) == at(due)


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_a_night_shift_lasts_as_long_as_it_lasts_when_the_clocks_change(day: str) -> None:
    shift = Window(at(f"{day} 00:00"), at(f"{day} 08:00"))
    nights = Calendar.of(OSLO, [shift])
    hours = 7 if day.endswith("29") else 9
    assert nights.elapsed(shift.opens, shift.closes) == hours * HOUR
    assert nights.due(shift.opens, 3 * HOUR) == shift.opens + 3 * HOUR


def test_the_hour_that_comes_twice_is_two_hours() -> None:
    shift = Window(at("2026-10-25 00:00"), at("2026-10-25 08:00"))
    nights = Calendar.of(OSLO, [shift])
    first = datetime(2026, 10, 25, 2, 30, tzinfo=OSLO, fold=0)
    second = first.replace(fold=1)
    assert nights.elapsed(first, second) == HOUR
    assert nights.due(first, HOUR) == second.astimezone(UTC)
    assert [(s.start, s.end) for s in nights.spans(first, second)] == [
        (first.astimezone(UTC), second.astimezone(UTC))
    ]


def test_the_same_moment_counts_the_same_in_any_zone() -> None:
    start, end = at("2026-03-02 09:00"), at("2026-03-04 12:00")
    tokyo = ZoneInfo("Asia/Tokyo")
    assert CALENDAR.elapsed(start.astimezone(tokyo), end) == CALENDAR.elapsed(start, end)


def test_nothing_has_been_worked_backwards() -> None:
    assert CALENDAR.elapsed(at("2026-03-02 12:00"), at("2026-03-02 09:00")) == NOTHING


def test_lunch_is_closed_and_a_working_saturday_is_open() -> None:
    saturday = [
        Window(at("2026-03-07 08:00"), at("2026-03-07 11:30")),
        Window(at("2026-03-07 12:00"), at("2026-03-07 14:00")),
    ]
    calendar = Calendar.of(OSLO, saturday)
    assert calendar.due(at("2026-03-07 11:00"), HOUR) == at("2026-03-07 12:30")
    assert not calendar.is_open(at("2026-03-07 11:30"))
    assert calendar.opens_after(at("2026-03-07 11:45")) == at("2026-03-07 12:00")
    assert calendar.closing_of_working_day(at("2026-03-06 09:00"), 1) == at("2026-03-07 14:00")
    assert calendar.at_on_working_day(at("2026-03-06 09:00"), time(11, 45), 1) == at(
        "2026-03-07 11:30"
    )
    assert [span.hours for span in calendar.spans(saturday[0].opens, saturday[1].closes)] == [
        "open",
        "night",
        "open",
    ]


def test_closed_time_reads_as_people_speak_of_it() -> None:
    easter = CALENDAR.spans(at("2026-03-31 09:00"), at("2026-04-10 16:00"))
    assert [(span.hours.value, span.name) for span in easter] == [
        ("open", None),
        ("night", None),
        ("open", None),
        ("night", None),
        ("holiday", "Skjærtorsdag"),
        ("holiday", "Langfredag"),
        ("weekend", None),
        ("holiday", "Første påskedag"),
        ("holiday", "Andre påskedag"),
        ("night", None),
        ("open", None),
        ("night", None),
        ("open", None),
        ("night", None),
        ("open", None),
        ("night", None),
        ("open", None),
        ("night", None),
    ]


def test_friday_evening_and_monday_morning_belong_to_the_weekend() -> None:
    weekend = list(CALENDAR.spans(at("2026-03-06 15:45"), at("2026-03-09 08:00")))
    assert [(span.start, span.end, span.hours.value) for span in weekend] == [
        (at("2026-03-06 15:45"), at("2026-03-09 08:00"), "weekend")
    ]


def test_an_ordinary_day_kept_closed_is_no_weekend() -> None:
    monday, friday = (
        Window(at(f"2026-03-{day} 08:00"), at(f"2026-03-{day} 15:45")) for day in ("02", "06")
    )
    closed = Calendar.of(OSLO, [monday, friday]).spans(monday.closes, friday.opens)
    assert [span.hours.value for span in closed] == ["night", "closed", "night"]


def test_it_never_guesses_beyond_what_was_laid_out() -> None:
    first, last = datetime(2019, 12, 31, 22, tzinfo=UTC), datetime(2075, 12, 30, tzinfo=UTC)
    with pytest.raises(BeyondCalendar, match="from 2020-01-01 until 2076-01-01"):
        CALENDAR.elapsed(first, last)
    with pytest.raises(BeyondCalendar):
        CALENDAR.due(last, 100 * HOUR)
    with pytest.raises(BeyondCalendar):
        CALENDAR.closing_of_working_day(last, 3)
    with pytest.raises(BeyondCalendar):
        CALENDAR.opens_after(at("2075-12-31 12:00"))
    with pytest.raises(BeyondCalendar):
        list(CALENDAR.spans(last, last + timedelta(days=9)))


def test_it_is_laid_out_to_the_edge_of_its_years() -> None:
    assert CALENDAR.due(at("2020-01-01 00:00"), HOUR) == at("2020-01-02 09:00")
    assert CALENDAR.elapsed(at("2075-12-31 11:00"), at("2075-12-31 23:59")) == HOUR
    assert CALENDAR.elapsed(at("2075-12-31 11:00"), CALENDAR.laid_out.closes) == HOUR
    year = Calendar.of(OSLO, [Window(SPECIAL[0], SPECIAL[1])])
    assert year.local_date(year.closing_of_working_day(at("2026-01-01 00:00"), 1)) == date(
        2026, 10, 24
    )


@pytest.mark.parametrize("work", [NOTHING, -HOUR])
def test_no_time_at_all_is_no_target(work: timedelta) -> None:
    with pytest.raises(ValueError, match="no time at all"):
        CALENDAR.due(SPECIAL[0], work)


def test_there_is_no_working_day_number_nought() -> None:
    with pytest.raises(ValueError, match="from 1"):
        CALENDAR.closing_of_working_day(SPECIAL[0], 0)


@pytest.mark.parametrize("windows", [[], [Window(SPECIAL[0], SPECIAL[0])]])
def test_a_calendar_that_never_opens_is_refused(windows: list[Window]) -> None:
    with pytest.raises(ValueError, match="opens"):
        Calendar.of(OSLO, windows)


def test_windows_that_overlap_are_refused() -> None:
    morning = Window(at("2026-03-02 08:00"), at("2026-03-02 12:00"))
    noon = Window(at("2026-03-02 11:00"), at("2026-03-02 13:00"))
    with pytest.raises(ValueError, match="overlap"):
        Calendar.of(OSLO, [morning, noon])
