"""A month: how it is written, when it is over, and when managers are told of it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.months import Month, read_month, to_be_told
from bot.domain.periods import Period
from tests.stories import AGREEMENT

OSLO = ZoneInfo("Europe/Oslo")


def test_a_month_is_its_own_days_and_ends_at_local_midnight() -> None:
    october = read_month("2026-10")
    assert october.period == Period(date(2026, 10, 1), date(2026, 10, 31))
    assert october.began_at(OSLO) == datetime(2026, 9, 30, 22, tzinfo=UTC)
    assert october.ended_at(OSLO) == datetime(2026, 10, 31, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("month", "first"),
    [("2026-10", date(2025, 11, 1)), ("2026-12", date(2026, 1, 1)), ("2026-01", date(2025, 2, 1))],
)
def test_the_year_until_a_month_is_twelve_months(month: str, first: date) -> None:
    year = read_month(month).year_until
    assert (year.first, year.last) == (first, read_month(month).period.last)


def test_the_first_month_there_is_has_no_year_before_it() -> None:
    assert Month(2000, 1).year_until.first == date(2000, 1, 1)


@pytest.mark.parametrize(
    "words", ["2026-13", "2026-00", "2026-1", "oktober", "1999-12", "2100-01", "２０２６-10", ""]
)
def test_what_is_no_month_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="month"):
        read_month(words)


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2026, 11, 2), None),  # Monday, the first working day
        (date(2026, 11, 3), "2026-10"),
        (date(2026, 11, 30), "2026-10"),  # late is better than never
        (date(2026, 5, 4), None),  # 1 May is a Friday and a holiday
        (date(2026, 5, 5), "2026-04"),
        (date(2027, 1, 4), None),
        (date(2027, 1, 5), "2026-12"),
    ],
)
def test_managers_are_told_from_the_second_working_day_on(today: date, told: str | None) -> None:
    month = to_be_told(today, AGREEMENT.calendar)
    assert (str(month) if month else None) == told
