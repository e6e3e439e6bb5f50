"""`vertsdesk report` as somebody at a terminal meets it, and the pack for a control committee."""

import zipfile
from argparse import ArgumentParser
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from bot.cli.report import add
from bot.domain.people import Language
from bot.reports.pack import CONTENTS, as_zip, packed, reported_on
from storage.database import Database
from tests.reports.office import MARCH, report
from tests.stories import AGREEMENT
from tests.terminal import vertsdesk


def at_once(*words: str) -> int:
    """Run the command here, for what never comes as far as the settings."""
    parser = ArgumentParser()
    add(parser.add_subparsers())
    parsed = parser.parse_args(["report", *words])
    return int(parsed.run(parsed))


def test_a_report_is_made_and_found_to_be_the_same(
    desk: Database, empty_sqlite: str, tmp_path: Path
) -> None:
    wanted = ("--month", "2026-03", "--municipality", "Dønna", "--out", "march.csv")
    made = vertsdesk("report", *wanted, folder=tmp_path, DATABASE_URL=empty_sqlite)
    assert (made.returncode, made.stderr) == (0, "")
    assert report(desk).seal(Language.NB).fingerprint in made.stdout
    assert [file.name for file in tmp_path.iterdir()] == ["march.csv"]

    found = vertsdesk("report", "verify", "march.csv", folder=tmp_path, DATABASE_URL=empty_sqlite)
    assert found.returncode == 0
    assert found.stdout.startswith("Same")


def test_a_municipality_that_is_unknown_is_told(
    desk: Database, empty_sqlite: str, tmp_path: Path
) -> None:
    wanted = ("--month", "2026-03", "--municipality", "Bodø", "--out", "march.csv")
    failed = vertsdesk("report", *wanted, folder=tmp_path, DATABASE_URL=empty_sqlite)
    assert failed.returncode == 1
    assert '"Bodø" is no member' in failed.stderr
    assert "Write one of Alstahaug, Herøy, Dønna, Leirfjord" in failed.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--month", "2026-13", "--out", "a.pdf"), "there is no month 2026-13"),
        (("--month", "oktober", "--out", "a.pdf"), "write 2026-10"),
        (("--month", "2026-03", "--out", "a.doc"), "ends in none of pdf, xlsx, csv, json"),
        (("--month", "2026-03"), "--out"),
        (("--out", "a.pdf"), "--month"),
        (("--month", "2026-03", "--out", "a.pdf", "--as-of", "2026-03-09"), "no time zone"),
        (("--month", "2026-03", "--out", "a.pdf", "--as-of", "soon"), "is not a time"),
        (("--month", "2026-03", "--out", "a.pdf", "--pack", "b.zip"), "not allowed"),
    ],
)
def test_what_cannot_be_meant_is_told_before_anything_is_made(
    words: tuple[str, ...], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        at_once(*words)
    assert ended.value.code == 2
    assert why in capsys.readouterr().err


def test_the_pack_has_every_report_and_the_hash_of_each_file(desk: Database) -> None:
    whose = reported_on(AGREEMENT, MARCH)
    assert whose == [None, *AGREEMENT.municipalities]
    files = dict(packed((report(desk, each) for each in whose[:2]), Language.NB))
    contents = files[CONTENTS].decode()
    assert len(files) == 2 * 4 + 1
    for name, content in files.items():
        assert name == CONTENTS or f"{sha256(content).hexdigest()}  {name}" in contents
    assert report(desk, None).seal(Language.NB).fingerprint in contents

    together = as_zip(files)
    assert together == as_zip(files)
    with zipfile.ZipFile(BytesIO(together)) as opened:
        assert {name: opened.read(name) for name in opened.namelist()} == files
