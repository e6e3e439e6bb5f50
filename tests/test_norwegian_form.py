"""Dates, times and numbers are written as in Norway, in every language and in one place."""

import ast
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import Language
from bot.texts import OSLO, texts

ROOT = Path(__file__).parent.parent
SHOWS = [
    file
    for folder in ("bot/cards", "bot/texts", "handlers", "schedules")
    for file in sorted((ROOT / folder).rglob("*.py"))
]


@pytest.mark.parametrize(
    ("number", "written"),
    [(0, "0"), (999, "999"), (1000, "1 000"), (13_217, "13 217"), (1_234_567, "1 234 567")],
)
@pytest.mark.parametrize("language", list(Language))
def test_thousands_stand_apart(language: Language, number: int, written: str) -> None:
    assert texts(language).number(number) == written.replace(" ", "\N{NO-BREAK SPACE}")


@given(number=st.integers(-(10**12), 10**12))
def test_no_digit_is_lost(number: int) -> None:
    assert int(texts(Language.NB).number(number).replace("\N{NO-BREAK SPACE}", "")) == number


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        (Language.NB, "5. mars 2026", "torsdag 5. mars kl. 08.05"),
        (Language.NN, "5. mars 2026", "torsdag 5. mars kl. 08.05"),
        (Language.EN, "5 March 2026", "Thursday 5 March at 08:05"),
    ],
)
def test_the_day_comes_first_and_the_clock_has_24_hours(
    language: Language, day: str, moment: str
) -> None:
    say = texts(language)
    assert say.date(date(2026, 3, 5)) == day
    assert say.moment(datetime(2026, 3, 5, 7, 5, tzinfo=UTC)) == moment


@given(moment=st.datetimes(timezones=st.just(UTC), min_value=datetime(2000, 1, 1)))  # noqa: DTZ001
def test_every_moment_is_told_in_the_cooperations_own_time(moment: datetime) -> None:
    told = texts(Language.NB).moment(moment)
    local = moment.astimezone(OSLO)
    assert told.endswith(f" kl. {local:%H.%M}")
    assert f" {local.day}. " in told


@pytest.mark.parametrize(
    ("language", "written"), [("nb", "1 200 t 5 min"), ("nn", "1 200 t 5 min")]
)
def test_long_times_are_numbers_like_others(language: str, written: str) -> None:
    told = texts(Language(language)).duration(timedelta(hours=1200, minutes=5))
    assert told == written.replace("1 200", "1\N{NO-BREAK SPACE}200")


def test_a_time_of_day_has_two_digits_each() -> None:
    assert texts(Language.NB).clock(time(8, 5)) == "08.05"


@pytest.mark.parametrize("file", SHOWS, ids=lambda file: str(file.relative_to(ROOT)))
def test_only_the_texts_write_dates_and_numbers(file: Path) -> None:
    """A date written by Python itself is a machine's, and a float has a point in it."""
    found = [
        node.lineno
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if (isinstance(node, ast.Attribute) and node.attr in {"isoformat", "strftime", "ctime"})
        or (isinstance(node, ast.FormattedValue) and _writes(node.format_spec))
    ]
    assert found == [] or file.relative_to(ROOT).as_posix() == "bot/texts/__init__.py"


def _writes(spec: ast.expr | None) -> bool:
    written = ast.unparse(spec) if spec else ""
    return "%" in written or "," in written or ".1f" in written
