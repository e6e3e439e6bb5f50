"""`vertsdesk stats` as somebody at a terminal meets it, and as another program reads it."""

import json
from argparse import ArgumentParser
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot.agreements import HALD, parse_agreement, read_source
from bot.agreements.book import AgreementBook
from bot.cli.answers import CannotAnswer
from bot.cli.stats import add, as_json, count, draw
from bot.domain.agreement import Side
from bot.domain.measures import By
from bot.domain.people import Language
from bot.domain.periods import Period
from bot.texts import texts
from storage.database import Database
from tests.stories import AGREEMENT, Story, answered, resolved, withdrawn
from tests.terminal import vertsdesk

MONDAY_NINE = datetime(2025, 3, 3, 8, tzinfo=UTC)  # 09:00 in Oslo, on a day long past
NOW = MONDAY_NINE + timedelta(hours=5)
DAY = Period(MONDAY_NINE.date(), MONDAY_NINE.date())
MARCH = ("--from", "2025-03-01", "--to", "2025-03-03")  # the last day counts


def stories() -> list[Story]:
    quick = [
        Story(asked_at=MONDAY_NINE, then=((minutes, answered), (60 + minutes, resolved)))
        for minutes in (10, 20, 30, 40, 50)
    ]
    return [
        *quick,
        Story(asked_at=MONDAY_NINE, municipality="donna"),
        Story(asked_at=MONDAY_NINE, municipality="donna", task="invoicing", side=Side.PARTNER),
        Story(asked_at=MONDAY_NINE, municipality="donna", then=((1, withdrawn),)),
    ]


@pytest.fixture
def march(database: Database) -> Database:
    """A database in which March 2025 is kept."""
    with database.transaction() as store:
        for story in stories():
            story.is_stored(store)
    return database


def at_once(*words: str) -> int:
    """Run the command here, for what never comes as far as the settings."""
    parser = ArgumentParser()
    add(parser.add_subparsers())
    parsed = parser.parse_args(["stats", *words])
    return int(parsed.run(parsed))


def test_another_program_reads_every_figure_in_seconds(march: Database) -> None:
    book = AgreementBook([AGREEMENT])
    told = json.loads(json.dumps(as_json(count(march, book, DAY, None, NOW), book)))
    assert told["period"] == "2025-03-03/2025-03-03"
    assert told["counted_at"] == "2025-03-03T13:00:00+00:00"
    assert told["agreement_versions"] == [
        {"version": AGREEMENT.version, "digest": AGREEMENT.digest}
    ]
    assert told["municipalities"]["heroy"]["first_response"] == {
        "answered": 5,
        "in_time": 5,
        "late": 0,
        "unpromised": 0,
        "overdue": 0,
        "not_yet_due": 0,
        "percent_in_time": 100,
        "median_seconds": 1800,
        "p90_seconds": 3000,
    }
    assert told["municipalities"]["donna"]["first_response"]["overdue"] == 1
    assert told["municipalities"]["donna"]["first_response"]["p90_seconds"] is None
    assert told["sides"]["partner"]["referred"]["own_task"] == 1
    assert told["total"]["withdrawn"] == 1
    assert list(told["municipalities"]) == list(AGREEMENT.municipalities)
    assert list(told["sides"]) == list(Side)


def test_somebody_reads_tables_with_every_row_on_one_line(march: Database) -> None:
    paper, counted = StringIO(), count(march, AgreementBook([AGREEMENT]), DAY, None, NOW)
    draw(counted, Console(file=paper, width=120), texts(Language.EN))
    lines = [" ".join(line.split()) for line in paper.getvalue().splitlines()]
    assert "Herøy 5 0 5 5 (100 %) 0 0 30 min 50 min" in lines
    assert "Dønna 3 2 0 0 (0 %) 1 0 – –" in lines
    assert "Total 8 2 5 5 (83 %) 1 0 30 min 5 h" in lines
    assert "by nearest rank" in paper.getvalue()


@pytest.mark.usefixtures("march")
def test_the_figures_come_out_of_the_database(database_url: str, tmp_path: Path) -> None:
    done = vertsdesk("stats", *MARCH, "--json", folder=tmp_path, DATABASE_URL=database_url)
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["total"]["asked"] == 8
    assert told["municipalities"]["heroy"]["resolution"]["median_seconds"] == 5400


def test_nobody_asked_and_that_is_said(sqlite_template: Path, tmp_path: Path) -> None:
    done = vertsdesk("stats", *MARCH, folder=tmp_path, DATABASE_URL=f"sqlite:///{sqlite_template}")
    assert done.returncode == 0
    assert "Nobody asked anything in this period." in done.stdout


@pytest.mark.parametrize("which", ["donna", "DØNNA"])
def test_one_municipality_is_counted_alone(march: Database, which: str) -> None:
    alone = count(march, AgreementBook([AGREEMENT]), DAY, which, NOW).measures
    assert list(alone.cuts[By.MUNICIPALITY]) == ["donna"]
    assert (alone.total.asked, alone.total.own_task, alone.total.withdrawn) == (3, 1, 1)


def test_an_unknown_municipality_is_answered_with_those_there_are(database: Database) -> None:
    with pytest.raises(CannotAnswer, match="Write one of Alstahaug, Herøy, Dønna, Leirfjord"):
        count(database, AgreementBook([AGREEMENT]), DAY, "vega", NOW)


def test_a_ticket_is_measured_by_the_version_it_keeps(march: Database) -> None:
    generous = read_source(HALD).replace('first_response = "4 h"', 'first_response = "9 h"')
    book = AgreementBook([parse_agreement(generous, "new.toml")])
    counted = count(march, book, DAY, None, NOW)
    assert counted.measures.total.first_response.overdue == 1
    [version] = json.loads(json.dumps(as_json(counted, book)))["agreement_versions"]
    assert version["digest"] == AGREEMENT.digest


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--from", "2025-03-31", "--to", "2025-03-01"), "before it begins"),
        (("--from", "2025-02-30", "--to", "2025-03-01"), "write 2026-01-31"),
        (("--from", "0001-01-01", "--to", "9999-12-31"), "between 2000-01-01"),
        (("--from", "2025-01-01"), "--to"),
    ],
    ids=["reversed", "no such day", "beyond", "no end"],
)
def test_dates_that_cannot_be_are_explained(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    with pytest.raises(SystemExit) as misused:
        at_once(*words)
    assert misused.value.code == 2
    assert told in capsys.readouterr().err


def test_the_help_says_how_each_figure_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        at_once("--help")
    told = capsys.readouterr().out
    for word in ("in time", "past due", "set apart", "nearest", "fewer than 5", "unspecified"):
        assert word in told


@pytest.mark.parametrize(
    ("url", "told"), [("sqlite:///new.db", "vertsdesk migrate"), ("mysql://here", "postgresql://")]
)
def test_a_database_that_cannot_be_read_is_explained(tmp_path: Path, url: str, told: str) -> None:
    done = vertsdesk("stats", *MARCH, folder=tmp_path, DATABASE_URL=url)
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr
