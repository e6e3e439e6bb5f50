"""Days of every year, as an owner writes them, and where they go when they are closed."""

from dataclasses import replace
from datetime import date

import pytest

from bot.agreements.book import AgreementBook
from bot.domain.calendar import BeyondCalendar
from bot.domain.year_rules import DayRule
from bot.domain.year_wheel import (
    LATE,
    NoSuchDeadline,
    occurrences,
    read_term,
    reminder_day,
    step_due,
)
from bot.year import parse_year
from bot.year.file import read_rule
from tests.office import AGREEMENT, YEAR

CALENDAR = AGREEMENT.calendar
ONE = """\
[[deadlines]]
id = "report"
task = "annual-report"
name = { nb = "Rapport", nn = "Rapport", en = "Report" }
basis = "local"
source = "reglementet"
due = ["01-01"]
closed_day = "next"
remind = [2]
"""


def dues(source: str, first: date, last: date, member: str = "heroy") -> list[date]:
    wheel = parse_year(source, "year.toml", AGREEMENT)
    agreement = AgreementBook([AGREEMENT], year=wheel).newest
    return [one.due for one in occurrences(agreement, first, last, member)]


@pytest.mark.parametrize(
    ("written", "year", "day"),
    [
        ("02-22", 2026, date(2026, 2, 22)),
        ("02-29", 2026, date(2026, 2, 28)),
        ("02-29", 2028, date(2028, 2, 29)),
        ("last day of 02", 2028, date(2028, 2, 29)),
        ("last day of 12", 2026, date(2026, 12, 31)),
        ("last working day of 05", 2026, date(2026, 5, 29)),  # the 30th is a Saturday
        ("last working day of 03", 2024, date(2024, 3, 27)),  # Easter ends the month
        ("working day 1 of 01", 2026, date(2026, 1, 2)),
        ("working day 1 of 05", 2026, date(2026, 5, 4)),
        ("working day 5 of 01", 2026, date(2026, 1, 8)),
    ],
)
def test_a_rule_names_a_day_of_each_year(written: str, year: int, day: date) -> None:
    assert read_rule(written).on(year, CALENDAR) == day


@pytest.mark.parametrize(
    ("closed_day", "due"),
    [("keep", date(2027, 1, 1)), ("next", date(2027, 1, 4)), ("previous", date(2026, 12, 31))],
)
def test_a_closed_day_goes_where_the_file_says_over_the_turn_of_the_year_too(
    closed_day: str, due: date
) -> None:
    source = ONE.replace('"next"', f'"{closed_day}"')
    assert dues(source, date(2026, 12, 1), date(2027, 2, 1)) == [due]
    assert dues(source, due, due) == [due]


def test_reminders_count_working_days() -> None:
    good_friday_passed = date(2026, 4, 10)
    assert reminder_day(good_friday_passed, 3, CALENDAR) == date(2026, 4, 7)
    assert reminder_day(good_friday_passed, 4, CALENDAR) == date(2026, 4, 1)
    assert reminder_day(date(2026, 2, 22), 0, CALENDAR) == date(2026, 2, 20)
    assert reminder_day(date(2026, 2, 22), 1, CALENDAR) == date(2026, 2, 20)


def test_only_the_newest_reminder_is_due_and_none_twice() -> None:
    agreement = AgreementBook([AGREEMENT], year=YEAR).newest
    vat = occurrences(agreement, date(2026, 2, 10), date(2026, 2, 10), "donna")[0]

    def step(told: int | None, day: int) -> int | None:
        return step_due(vat, told, date(2026, 2, day), CALENDAR)

    assert step_due(vat, None, date(2026, 1, 26), CALENDAR) is None
    assert [step(None, 3), step(10, 3), step(10, 5), step(None, 9)] == [10, None, 3, 1]
    assert [step(1, 10), step(1, 11), step(LATE, 12)] == [None, LATE, None]


def test_a_municipality_has_days_of_its_own_and_a_deadline_may_be_for_some_alone() -> None:
    own = ONE + '[deadlines.local]\ndonna = ["03-02", "last working day of 03"]\n'
    year = date(2026, 1, 1), date(2026, 12, 31)
    assert dues(own, *year, "donna") == [date(2026, 3, 2), date(2026, 3, 31)]
    assert dues(own, *year, "heroy") == [date(2026, 1, 2)]
    some = ONE + 'municipalities = ["leirfjord"]\n'
    assert dues(some, *year, "heroy") == []
    assert dues(some, *year, "leirfjord") == [date(2026, 1, 2)]


def test_a_member_has_no_deadlines_before_it_is_served() -> None:
    late = replace(AGREEMENT.municipalities["donna"], starts=date(2026, 9, 1))
    members = {**AGREEMENT.municipalities, "donna": late}
    agreement = AgreementBook([replace(AGREEMENT, municipalities=members)], year=YEAR).newest
    found = occurrences(agreement, date(2026, 1, 1), date(2026, 12, 31), "donna")
    assert found[0].due >= date(2026, 9, 1)
    assert len(found) < len(occurrences(agreement, date(2026, 1, 1), date(2026, 12, 31), "heroy"))


def test_the_law_is_in_halds_own_file() -> None:
    agreement = AgreementBook([AGREEMENT], year=YEAR).newest
    found = occurrences(agreement, date(2029, 1, 1), date(2029, 12, 31), "alstahaug")
    vat = [one.due for one in found if one.deadline.id == "vat-compensation"]
    assert [(day.month, day.day) for day in vat] == [
        (2, 9), (4, 10), (6, 8), (8, 31), (10, 10), (12, 10),
    ]  # fmt: skip
    by_law = {one.deadline.id: one.due for one in found if one.deadline.basis == "statutory"}
    assert by_law["annual-accounts"] == date(2029, 2, 22)
    assert by_law["annual-report"] == date(2029, 3, 28)  # the 31st is the Saturday of Easter
    assert by_law["budget"] == date(2029, 12, 31)


def test_what_names_no_deadline_is_refused_and_the_calendar_never_guesses() -> None:
    for value in ("", "a:b", "a:b:year:c", "a:b:2026:c:d"):
        with pytest.raises(NoSuchDeadline):
            read_term(value)
    with pytest.raises(BeyondCalendar):
        DayRule("last working day of 01", 1, None, is_working=True).on(2150, CALENDAR)
