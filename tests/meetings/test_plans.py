"""When a series is held: rules that cannot be are explained, and no meeting falls on a holiday."""

from datetime import date, time, timedelta

import pytest

from bot.agreements.recurrence import days_of
from bot.domain.meeting_plans import OnClosedDay, Schedule, planned
from tests.agreements.small import SMALL, changed, complaints_about
from tests.office import AGREEMENT

PURPOSE = 'purpose = ["Budsjett"]\n'
HELD = 'starts = 2027-02-02\nat = "09:00"\nlength = "60 min"\n'


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("every tuesday", "has EVERY TUESDAY, which no meeting needs"),
        ("FREQ=DAILY", "does not say FREQ=WEEKLY, MONTHLY, YEARLY"),
        ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "a day that no month has"),
        ("FREQ=MONTHLY;BYMONTH=4,6;BYMONTHDAY=31", "a day that no month has"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "a day that no month has"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "a day that no month has"),
        ("FREQ=MONTHLY;BYDAY=1XX", "is not a rule of RFC 5545"),
        ("FREQ=MONTHLY;INTERVAL=0;BYDAY=TU", "has an INTERVAL that is none"),
        ("FREQ=WEEKLY;BYHOUR=9", "has BYHOUR, which no meeting needs"),
        ("FREQ=WEEKLY;BYDAY=WE;UNTIL=20260101", "gives no day at all"),
        ("FREQ=WEEKLY;BYDAY=WE", "gives 2027-02-03 first"),
    ],
)
def test_a_recurrence_that_cannot_be_is_explained_with_its_line(rule: str, wrong: str) -> None:
    words = changed(PURPOSE, f'{PURPOSE}recurrence = "{rule}"\n{HELD}')
    [said] = complaints_about(words)

    line = words[: words.index("recurrence = ")].count("\n") + 1
    at_start = "first" in wrong
    assert said.startswith(f"spoilt.toml, line {line + at_start}: meetings.yearly.")
    assert wrong in said
    assert ("RFC 5545, such as" in said) or at_start


def test_a_rule_without_its_time_is_asked_for_it() -> None:
    said = complaints_about(changed(PURPOSE, f'{PURPOSE}recurrence = "FREQ=WEEKLY;BYDAY=TU"\n'))

    assert {one.partition("meetings.yearly.")[2].partition(":")[0] for one in said} == {
        "starts",
        "at",
        "length",
    }
    assert "recurrence" not in SMALL


def held(rule: str, first: date, on_closed_day: OnClosedDay) -> list[date]:
    """Return the local dates in 2026 on which a series with *rule* is held."""
    schedule = Schedule(
        recurrence=rule,
        first=first,
        at=time(9),
        length=timedelta(hours=1),
        on_closed_day=on_closed_day,
    )
    days = days_of(schedule, date(2026, 1, 1), date(2026, 12, 31))
    calendar = AGREEMENT.calendar
    return [calendar.local_date(one.starts_at) for one in planned(days, schedule, (), calendar)]


THURSDAYS = ("FREQ=WEEKLY;BYDAY=TH", date(2026, 1, 1))


def test_a_meeting_on_a_holiday_moves_to_the_next_working_day() -> None:
    days = held(*THURSDAYS, OnClosedDay.MOVE)

    assert date(2026, 1, 2) in days  # New Year's Day was the Thursday
    assert date(2026, 4, 7) in days  # Maundy Thursday: after Easter
    assert date(2026, 5, 15) in days  # Ascension Day
    assert len(days) == 53
    assert all(AGREEMENT.calendar.is_working_day(day) for day in days)


def test_or_is_left_out_where_the_file_says_so() -> None:
    days = held(*THURSDAYS, OnClosedDay.SKIP)

    assert len(days) == 50  # three Thursdays of 2026 are holidays
    assert {day.weekday() for day in days} == {3}


def test_two_meetings_of_a_series_never_share_a_day() -> None:
    days = held("FREQ=WEEKLY;BYDAY=TH,FR", date(2026, 1, 1), OnClosedDay.MOVE)

    assert len(days) == len(set(days))
    assert date(2026, 1, 2) in days
