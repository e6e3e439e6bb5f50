"""`vertsdesk cover` at a terminal: the heat map, the gaps and the single points."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.people import Absence, Person, PersonId
from storage.database import Database
from tests.terminal import vertsdesk

KARI = Person(
    id=PersonId("kari"),
    name="Kari Nordnes",
    email="kari@alstahaug.example",
    municipality="alstahaug",
    roles=frozenset({"host-team", "contact-heroy"}),
    absences=(Absence(datetime(2027, 7, 4, 22, tzinfo=UTC), datetime(2027, 7, 9, 22, tzinfo=UTC)),),
)
RANDI = replace(
    KARI,
    id=PersonId("randi"),
    name="Randi Sandnes",
    email="randi@alstahaug.example",
    roles=frozenset({"host-team", "lead"}),
)


@pytest.fixture
def settings(empty_sqlite: str) -> dict[str, str]:
    database = Database(empty_sqlite)
    with database.transaction() as store:
        for person in (KARI, RANDI):
            store.people.introduce(person)
    database.close()
    return {"DATABASE_URL": empty_sqlite}


def test_a_week_with_nobody_is_told_and_the_exit_status_says_so(
    settings: dict[str, str], tmp_path: Path
) -> None:
    words = ["cover", "--from", "2027-06-28", "--weeks", "3", "--municipality", "Herøy", "--json"]
    ran = vertsdesk(*words, folder=tmp_path, **settings)

    told = json.loads(ran.stdout)
    assert ran.returncode == 1
    assert len(told["days"]) == 15
    gaps = [hole for hole in told["gaps"] if not hole["own"]]
    spans = {(gap["from"], gap["to"], gap["working_days"]) for gap in gaps}
    assert spans == {("2027-07-05", "2027-07-09", 5)}
    assert {hole["municipality"] for hole in told["gaps"]} == {"heroy"}


def test_people_read_it_as_a_table_by_week(settings: dict[str, str], tmp_path: Path) -> None:
    ran = vertsdesk("cover", "--from", "2027-06-28", "--weeks", "3", folder=tmp_path, **settings)

    assert ran.stderr == ""
    assert "26" in ran.stdout
    assert "Gaps: nobody" in ran.stdout
    assert "2027-07-05" in ran.stdout


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--from", "sommer"], '"sommer" is not a date; write 2026-01-31'),
        (["--weeks", "0"], "write 1 week or more"),
        (["--from", "2199-01-01"], "write 1 week or more, from a day not after"),
        (["--municipality", "Bodø"], '"Bodø" is no member'),
    ],
)
def test_what_cannot_be_answered_is_explained(
    words: list[str], why: str, settings: dict[str, str], tmp_path: Path
) -> None:
    ran = vertsdesk("cover", *words, folder=tmp_path, **settings)

    assert ran.returncode == 1
    assert why in ran.stderr
    assert ran.stdout == ""
