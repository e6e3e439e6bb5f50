"""Part of a year can have targets of its own. The day on which the clock starts decides."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.agreements import parse_agreement, parse_file
from bot.agreements.changes import changes
from bot.agreements.values import read_day_of_year, write_day_of_year
from bot.cards.why import why
from bot.domain.agreement import Agreement, Priority, Promise, WorkingDays, WorkingTime
from bot.domain.events import Answered, Asked, AskerWrote, Event, Figure, PriorityChanged
from bot.domain.explain import explain
from bot.domain.people import Language
from bot.domain.seasons import Season
from bot.domain.sla import Stretch, figures
from bot.texts import texts
from tests.agreements.small import SMALL, changed, complaints_about
from tests.agreements.test_closing_days import TICKET
from tests.agreements.test_command_line import run
from tests.domain.oracle import at
from tests.domain.story import then

URGENT = "[targets.urgent]\n"
WINTER = """\
[[targets.normal.seasons]]
from = "01-01"
to = "02-29"
resolution = "5 working days"

[[targets.normal.seasons]]
from = "12-20"
to = "12-31"
first_response = "8 h"
next_response = "2 working days"

[[targets.urgent.seasons]]
from = "12-20"
to = "01-10"
first_response = "3 h"

"""
SEASONAL = changed(URGENT, WINTER + URGENT)
AGREEMENT = parse_agreement(SEASONAL, "small.toml")


def season(start: str, end: str, promise: str = 'resolution = "9 h"', name: str = "normal") -> str:
    """Return the small agreement with one more season."""
    table = f'[[targets.{name}.seasons]]\nfrom = "{start}"\nto = "{end}"\n{promise}\n\n'
    return changed(URGENT, table + URGENT, SEASONAL)


def resolution(day: date, agreement: Agreement = AGREEMENT) -> Promise | None:
    return agreement.targets_for("salaries", Priority.NORMAL, day).resolution


def stretch(log: list[Event], now: str, figure: Figure = Figure.RESOLUTION) -> Stretch:
    told = figures(log, AGREEMENT, at(now))
    found = {
        Figure.FIRST_RESPONSE: told.first_response,
        Figure.NEXT_RESPONSE: told.next_responses[-1] if told.next_responses else None,
        Figure.RESOLUTION: told.resolution,
    }[figure]
    assert found
    return found


@pytest.mark.parametrize(
    ("day", "promise"),
    [
        (date(2026, 12, 31), None),
        (date(2027, 1, 1), WorkingDays(5)),
        (date(2027, 2, 28), WorkingDays(5)),
        (date(2028, 2, 29), WorkingDays(5)),
        (date(2027, 3, 1), None),
    ],
)
def test_a_season_has_its_first_day_and_its_last(day: date, promise: Promise | None) -> None:
    assert resolution(day) == promise


@pytest.mark.parametrize("day", [date(2026, 12, 20), date(2026, 12, 31), date(2027, 1, 10)])
def test_a_season_may_run_over_new_year(day: date) -> None:
    inside = AGREEMENT.targets_for("salaries", Priority.URGENT, day)
    assert inside.first_response == WorkingTime(timedelta(hours=3))


@pytest.mark.parametrize("day", [date(2026, 12, 19), date(2027, 1, 11), date(2027, 7, 1)])
def test_outside_its_season_a_target_is_the_usual_one(day: date) -> None:
    outside = AGREEMENT.targets_for("salaries", Priority.URGENT, day)
    assert outside.first_response == WorkingTime(timedelta(minutes=90))


def test_what_a_season_leaves_out_stays_as_it_is() -> None:
    january = AGREEMENT.targets_for("salaries", Priority.NORMAL, date(2027, 1, 4))
    assert january.first_response == WorkingTime(timedelta(hours=4))
    assert january.season == Season((1, 1), (2, 29))


def test_until_the_28th_leaves_the_leap_day_out() -> None:
    agreement = parse_agreement(changed('"02-29"', '"02-28"', SEASONAL), "small.toml")
    assert resolution(date(2027, 2, 28), agreement) == WorkingDays(5)
    assert resolution(date(2028, 2, 29), agreement) is None


def test_the_year_turns_at_midnight_where_people_live() -> None:
    before = stretch([then(Asked, "2026-12-31 23:59", task="salaries")], "2027-01-04 09:00")
    after = stretch([then(Asked, "2027-01-01 00:00", task="salaries")], "2027-01-04 09:00")
    assert (before.promise, after.promise) == (None, WorkingDays(5))
    assert after.due == at("2027-01-08 15:45")


def test_a_ticket_keeps_the_season_in_which_it_was_asked() -> None:
    asked = then(Asked, "2027-02-26 15:00", task="salaries")
    assert stretch([asked], "2027-03-10 09:00").promise == WorkingDays(5)
    assert stretch([asked], "2027-03-10 09:00").is_breached


def test_a_new_priority_is_judged_by_the_season_in_which_the_ticket_was_asked() -> None:
    log = [
        then(Asked, "2027-01-08 15:00", task="salaries"),
        then(PriorityChanged, "2027-01-11 08:30", priority=Priority.URGENT),
    ]
    first = stretch(log, "2027-01-11 09:00", Figure.FIRST_RESPONSE)
    assert (first.promise, first.due) == (WorkingTime(timedelta(hours=3)), at("2027-01-11 10:15"))


def test_so_is_an_answer_that_is_waited_for_later() -> None:
    log = [
        then(Asked, "2026-12-30 09:00", task="salaries"),
        then(Answered, "2026-12-30 10:00"),
        then(AskerWrote, "2027-03-01 10:00"),
    ]
    following = stretch(log, "2027-03-01 11:00", Figure.NEXT_RESPONSE)
    assert (following.promise, following.due) == (WorkingDays(2), at("2027-03-03 15:45"))


def test_an_explanation_names_the_season_of_what_it_changed_and_of_nothing_else() -> None:
    log = [then(Asked, "2027-01-04 09:00", task="salaries")]
    told = {figure: explain(log, AGREEMENT, at("2027-01-04 10:00"), figure) for figure in Figure}
    seasons = {figure: each.season for figure, each in told.items() if each}
    assert seasons == {
        Figure.FIRST_RESPONSE: None,
        Figure.RESOLUTION: Season((1, 1), (2, 29)),
    }


# Writing it down


@pytest.mark.parametrize(
    ("start", "end", "tie"),
    [
        ("02-29", "03-15", "02-29"),
        ("12-31", "01-02", "01-01"),
        ("06-01", "12-20", "12-20"),
        ("11-01", "10-31", "01-01"),
    ],
)
def test_seasons_that_share_a_day_tie_and_are_refused(start: str, end: str, tie: str) -> None:
    source = season(start, end)
    line = source[: source.index('"9 h"')].count("\n") - 1  # where the season says from when
    said = complaints_about(source)
    assert said[0].startswith(
        f"spoilt.toml, line {line}: targets.normal.seasons.3.from: {tie} is in another season"
    )
    assert said[0].endswith("so they tie. Write seasons that share no day.")


def test_seasons_may_meet_and_those_of_other_targets_may_cross() -> None:
    parse_agreement(season("03-01", "12-19"), "small.toml")
    parse_agreement(season("01-11", "06-30", name="urgent"), "small.toml")


@pytest.mark.parametrize(
    ("written", "instead", "field", "advice"),
    [
        ('from = "01-01"', 'from = "13-01"', "from", "Write a month and a day in quotes"),
        ('to = "02-29"', 'to = "02-30"', "to", "the end of February."),
        ('to = "02-29"', "to = 2027-02-28", "to", "the end of February."),
        ('from = "01-01"', 'form = "01-01"', "form", "Write from."),
        ('resolution = "5 working days"', 'resolution = "0 h"', "resolution", '"90 min"'),
        ('resolution = "5 working days"', "", "", "Write at least one of first_response"),
    ],
)
def test_a_mistake_in_a_season_is_explained(
    written: str, instead: str, field: str, advice: str
) -> None:
    said = complaints_about(changed(written, instead, SEASONAL))
    where = ".".join(filter(None, ["targets.normal.seasons.1", field]))
    assert [advice in each for each in said if each.split(": ")[1] == where] == [True]


def test_every_day_of_the_year_is_read_as_it_was_written() -> None:
    days = [datetime(2024, 1, 1) + timedelta(days=n) for n in range(366)]  # noqa: DTZ001 days only
    written = [f"{day:%m-%d}" for day in days]
    assert [write_day_of_year(read_day_of_year(day)) for day in written] == written


def test_the_difference_between_two_versions_knows_seasons() -> None:
    old, new = parse_file(SMALL, "old.toml"), parse_file(SEASONAL, "new.toml")
    told = {(change.subject, change.field, change.after) for change in changes(old, new)}
    assert told == {
        ("targets normal", "resolution from 01-01 to 02-29", "5 working days"),
        ("targets normal", "first response from 12-20 to 12-31", "8 h"),
        ("targets normal", "next response from 12-20 to 12-31", "2 working days"),
        ("targets urgent", "first response from 12-20 to 01-10", "3 h"),
    }


def test_seasons_are_shown_below_the_targets_that_they_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "small.toml"
    file.write_text(SEASONAL, "utf-8")
    assert run("check", str(file)) == 0
    assert run("show", str(file)) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "normal, from 01-01 to 02-29 as usual as usual 5 working days" in lines
    assert "urgent, from 12-20 to 01-10 3 h as usual as usual" in lines


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (Language.NB, "Slik er det for saker fra 1. januar til 29. februar."),
        (Language.NN, "Slik er det for saker frå 1. januar til 29. februar."),
        (Language.EN, "This is how it is for tickets from 1 January to 29 February."),
    ],
)
def test_why_tells_people_of_the_season(language: Language, sentence: str) -> None:
    log = [then(Asked, "2027-01-04 09:00", task="salaries")]
    found = explain(log, AGREEMENT, at("2027-01-04 10:00"), Figure.RESOLUTION)
    assert found
    assert sentence in why(TICKET, [found], {}, AGREEMENT, texts(language)).plain()
