"""Opening hours become the windows in which time is counted, on the strangest of days too."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.agreements import parse_agreement
from bot.domain.calendar import Calendar
from tests.agreements.small import SMALL, changed

OSLO = ZoneInfo("Europe/Oslo")


def calendar_of(*rules: str) -> Calendar:
    hours = ", ".join(f"'{rule}'" for rule in rules)
    source = changed('["Mo-Fr 08:00-11:30,12:00-15:45"]', f"[{hours}]")
    return parse_agreement(source, "small.toml").calendar


def worked(calendar: Calendar, start: datetime, days: int = 1) -> timedelta:
    """Return the working time from *start* until the same local time some days later."""
    return calendar.elapsed(start, start + timedelta(days=days))


def local(*day_and_time: int) -> datetime:
    year, month, day, hour, minute = (*day_and_time, 0, 0)[:5]
    return datetime(year, month, day, hour, minute, tzinfo=OSLO)


def test_lunch_is_not_counted() -> None:
    calendar = parse_agreement(SMALL, "small.toml").calendar
    assert worked(calendar, local(2026, 3, 2, 11)) == timedelta(hours=7, minutes=15)
    assert not calendar.is_open(local(2026, 3, 2, 11, 45))


def test_an_afternoon_added_to_one_day_of_the_week() -> None:
    calendar = calendar_of("Mo-Fr 08:00-12:00, We 13:00-16:00")
    assert worked(calendar, local(2026, 3, 3)) == timedelta(hours=4)
    assert worked(calendar, local(2026, 3, 4)) == timedelta(hours=7)


def test_summer_hours_are_shorter_from_their_first_day_to_their_last() -> None:
    calendar = calendar_of("Mo-Fr 08:00-15:45", "May 15-Sep 14 Mo-Fr 08:00-15:00")
    days = [local(2026, 5, 13), local(2026, 5, 15), local(2026, 9, 14), local(2026, 9, 15)]
    assert [worked(calendar, day) for day in days] == [
        timedelta(hours=7, minutes=45),
        timedelta(hours=7),
        timedelta(hours=7),
        timedelta(hours=7, minutes=45),
    ]


def test_a_season_of_hours_may_run_over_new_year() -> None:
    calendar = calendar_of("Mo-Fr 08:00-16:00", "Dec 28-Jan 8 Mo-Fr 10:00-14:00")
    assert worked(calendar, local(2026, 12, 28)) == timedelta(hours=4)
    assert worked(calendar, local(2027, 1, 8)) == timedelta(hours=4)
    assert worked(calendar, local(2027, 1, 11)) == timedelta(hours=8)


def test_half_days_end_at_noon_and_are_working_days() -> None:
    calendar = calendar_of(
        "Mo-Fr 08:00-16:00", "Dec 24 Mo-Fr 08:00-12:00", "easter -4 days 08:00-12:00"
    )
    assert worked(calendar, local(2026, 12, 24)) == timedelta(hours=4)
    assert worked(calendar, local(2026, 4, 1)) == timedelta(hours=4)
    closes = calendar.closing_of_working_day(local(2026, 12, 23, 9), 1)
    assert closes == local(2026, 12, 24, 12)


def test_lunch_summer_a_half_day_closing_and_a_saturday_in_one_calendar() -> None:
    calendar = calendar_of(
        "Mo-Fr 08:00-11:30,12:00-15:45",
        "Jun 15-Aug 15 Mo-Fr 09:00-11:30,12:00-14:00",
        "Dec 22 Mo-Fr 08:00-12:00",
        'Dec 23-Jan 3 off "jul"',
        "2027 Jan 9 10:00-12:00",
    )
    asked = local(2026, 12, 22, 11)  # a Tuesday; one hour is left, then Monday 4 January
    assert calendar.due(asked, timedelta(hours=5)) == local(2027, 1, 4, 12, 30)
    friday = local(2027, 1, 8, 15)
    assert calendar.due(friday, timedelta(hours=3)) == local(2027, 1, 11, 8, 15)
    assert calendar.closing_of_working_day(friday, 1) == local(2027, 1, 9, 12)
    assert worked(calendar, local(2026, 7, 1)) == timedelta(hours=4, minutes=30)


def test_closed_across_new_year() -> None:
    calendar = calendar_of("Mo-Fr 08:00-16:00", 'Dec 23-Jan 4 off "jul"')
    assert worked(calendar, local(2026, 12, 23), 13) == timedelta(0)
    assert worked(calendar, local(2027, 1, 5)) == timedelta(hours=8)


def test_one_working_saturday() -> None:
    calendar = calendar_of("Mo-Fr 08:00-16:00", "2027 Jan 9 10:00-12:00")
    assert worked(calendar, local(2027, 1, 9)) == timedelta(hours=2)
    assert worked(calendar, local(2027, 1, 16)) == timedelta(0)


def test_a_night_duty_ends_at_midnight_before_a_holiday() -> None:
    calendar = calendar_of("Mo-Su 22:00-06:00")
    assert worked(calendar, local(2026, 3, 2, 12)) == timedelta(hours=8)
    assert worked(calendar, local(2026, 4, 30, 12)) == timedelta(hours=2)  # before 1 May
    assert worked(calendar, local(2026, 5, 1)) == timedelta(0)


def test_always_open_but_for_holidays() -> None:
    calendar = calendar_of("24/7")
    assert worked(calendar, local(2026, 3, 2), 7) == timedelta(days=7)
    assert worked(calendar, local(2026, 12, 24), 3) == timedelta(days=1)


@pytest.mark.parametrize(
    ("rule", "sunday", "hours"),
    [
        ("Mo-Su 00:00-06:00", local(2026, 3, 29), 5),  # an hour is missing
        ("Mo-Su 00:00-06:00", local(2026, 10, 25), 7),  # an hour comes twice
        ("Mo-Su 02:15-02:45", local(2026, 3, 29), 0),  # the whole window is missing
        ("Mo-Su 02:30-04:00", local(2026, 3, 29), 1),  # it opens at the shift
        ("Mo-Su 01:00-02:30", local(2026, 3, 29), 1),  # it closes at the shift
        ("Mo-Su 02:15-02:45", local(2026, 10, 25), 0.5),  # once, though the hour comes twice
        ("Mo-Su 08:00-16:00", local(2026, 3, 29), 8),
    ],
)
def test_the_clocks_are_put_forward_and_back(rule: str, sunday: datetime, hours: float) -> None:
    assert worked(calendar_of(rule), sunday) == timedelta(hours=hours)


def test_a_comment_in_a_rule_may_say_anything() -> None:
    calendar = calendar_of('Mo-Fr 08:00-16:00 "PH unknown, 10:00+"')
    assert worked(calendar, local(2026, 3, 2)) == timedelta(hours=8)


def test_the_year_turns_where_people_live_and_not_in_greenwich() -> None:
    calendar = calendar_of("24/7")
    assert calendar.is_open(local(2026, 1, 2))
    assert calendar.local_date(local(2028, 12, 31, 23, 30)).year == 2028
    assert calendar.is_open(local(2028, 12, 31, 23, 59))
