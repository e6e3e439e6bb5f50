"""`vertsdesk what-if` at a terminal: a period replayed under a file still to be voted on."""

import json
from pathlib import Path

import pytest

from bot.agreements import HALD, read_source
from storage.database import Database
from tests.stories import Story, answered, resolved
from tests.terminal import vertsdesk

MARCH = ("--from", "2026-03-01", "--to", "2026-03-31")


@pytest.fixture
def settings(empty_sqlite: str) -> dict[str, str]:
    """Herøy and Dønna have each asked three times in March, answered after one hour to three."""
    database = Database(empty_sqlite)
    with database.transaction() as store:
        for town in ("heroy", "donna"):
            for hours in (1, 2, 3):
                then = ((60 * hours, answered), (60 * hours + 30, resolved))
                Story(municipality=town, then=then).is_stored(store)
    database.close()
    return {"DATABASE_URL": empty_sqlite}


def proposal(folder: Path, *changes: tuple[str, str]) -> str:
    words = read_source(HALD)
    for old, new in changes:
        assert old in words
        words = words.replace(old, new, 1)
    file = folder / "new.toml"
    file.write_text(words, "utf-8")
    return str(file)


def test_a_shorter_target_is_shown_before_and_after(
    settings: dict[str, str], tmp_path: Path
) -> None:
    file = proposal(tmp_path, ('first_response = "4 h"', 'first_response = "2 h"'))
    words = ("what-if", "--agreement", file, *MARCH)
    told = json.loads(vertsdesk(*words, "--json", folder=tmp_path, **settings).stdout)

    assert told["tickets"] == 6
    assert told["before"]["total"]["first_response"]["in_time"] == 6
    assert told["after"]["total"]["first_response"]["in_time"] == 4
    assert told["after"]["total"]["first_response"]["p95_seconds"] == 3 * 3600
    assert told["after"]["load"] == told["before"]["load"] == {"specialist-vat": 6}
    drawn = vertsdesk(*words, "--municipality", "Herøy", folder=tmp_path, **settings)
    assert drawn.returncode == 0
    assert "Past the deadline" not in drawn.stdout
    assert "The first answer, past the deadline" in drawn.stdout
    assert "3 of 3 (100%)" in drawn.stdout.replace(" %", "%")
    assert "2 of 3 (66%)" in drawn.stdout.replace(" %", "%")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (('id = "hald"', 'id = "other"'), 'it is the agreement of "other"'),
        (('first_response = "4 h"', 'first_response = "4 x"'), "new.toml, line"),
    ],
)
def test_a_file_that_cannot_be_used_is_explained(
    change: tuple[str, str], why: str, settings: dict[str, str], tmp_path: Path
) -> None:
    file = proposal(tmp_path, change)
    ran = vertsdesk("what-if", "--agreement", file, *MARCH, folder=tmp_path, **settings)

    assert (ran.returncode, ran.stdout) == (1, "")
    assert why in ran.stderr


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--from", "2019-12-01", "--to", "2020-01-31"), "set years in [calendar]"),
        ((*MARCH, "--municipality", "Bodø"), '"Bodø" is no member'),
        (("--from", "2026-03-31", "--to", "2026-03-01"), "the period ends (2026-03-01) before"),
        (("--from", "mars", "--to", "2026-03-01"), '"mars" is not a date'),
    ],
)
def test_a_period_that_cannot_be_replayed_is_explained(
    words: tuple[str, ...], why: str, settings: dict[str, str], tmp_path: Path
) -> None:
    ran = vertsdesk("what-if", "--agreement", "hald", *words, folder=tmp_path, **settings)

    assert ran.returncode != 0
    assert ran.stdout == ""
    assert why in ran.stderr
