"""What people may write for a period, and which days that is."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.periods import Period, read_period, this_month

TODAY = date(2026, 3, 18)
OSLO = ZoneInfo("Europe/Oslo")


def days(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("2025-10", days("2025-10-01", "2025-10-31")),
        ("2026-3", days("2026-03-01", "2026-03-18")),
        ("2024-02", days("2024-02-01", "2024-02-29")),
        ("oktober", days("2025-10-01", "2025-10-31")),
        ("Oktober 2024", days("2024-10-01", "2024-10-31")),
        ("okt", days("2025-10-01", "2025-10-31")),
        ("mars", days("2026-03-01", "2026-03-18")),
        ("desember", days("2025-12-01", "2025-12-31")),
        ("december", days("2025-12-01", "2025-12-31")),
        ("may 2025", days("2025-05-01", "2025-05-31")),
        ("2025", days("2025-01-01", "2025-12-31")),
        ("2026", days("2026-01-01", "2026-03-18")),
        ("  I  ÅR ", days("2026-01-01", "2026-03-18")),
        ("this year", days("2026-01-01", "2026-03-18")),
        ("i fjor", days("2025-01-01", "2025-12-31")),
        ("siste 30 dager", days("2026-02-17", "2026-03-18")),
        ("siste 30 dagar", days("2026-02-17", "2026-03-18")),
        ("last 1 days", days("2026-03-18", "2026-03-18")),
        ("denne måneden", days("2026-03-01", "2026-03-18")),
        ("førre månad", days("2026-02-01", "2026-02-28")),
        ("2027-01", days("2027-01-01", "2027-01-31")),
    ],
)
def test_a_period_is_read_as_people_write_it(words: str, meant: Period) -> None:
    assert read_period(words, TODAY) == meant


@pytest.mark.parametrize(
    "words",
    [
        "",
        "snart",
        "ma",
        "oktoberfest",
        "2026-13",
        "2026-00",
        "0000-01",
        "1999",
        "2100-01",
        "siste 0 dager",
        "siste 9999 dager",
        "siste dager",
        "²⁰²⁶",
        "oktober 26",
        "2026-10-01",
    ],
)
def test_what_is_not_clear_is_not_guessed(words: str) -> None:
    assert read_period(words, TODAY) is None


@given(st.text(), st.dates(date(2001, 1, 1), date(2099, 1, 1)))
def test_any_text_gives_a_period_or_none(words: str, today: date) -> None:
    period = read_period(words, today)
    assert period is None or period.first <= period.last


def test_a_day_lasts_from_midnight_to_midnight_where_the_unit_is() -> None:
    start, end = days("2026-03-29", "2026-03-29").moments(OSLO)
    assert start == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert end == datetime(2026, 3, 29, 22, tzinfo=UTC)  # the day the clocks go forward: 23 hours


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)))
def test_months_leave_no_moment_between_them(today: date) -> None:
    before = read_period("forrige måned", today)
    assert before is not None
    assert before.moments(OSLO)[1] == this_month(today).moments(OSLO)[0]


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-03-31", "2026-01-01"), ("1999-12-31", "2000-01-31"), ("2099-01-01", "2100-01-01")],
)
def test_a_period_that_cannot_be_is_refused(first: str, last: str) -> None:
    with pytest.raises(ValueError, match="period"):
        days(first, last)
