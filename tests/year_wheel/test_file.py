"""An owner edits the yearly wheel, and is told what is wrong by file, line, field and advice."""

from pathlib import Path

import pytest

from bot.agreements import AgreementError
from bot.year import parse_year, read_year
from bot.year.advice import ADVICE, TABLES
from bot.year.file import YearFile
from tests.agreements.small import SMALL, changed
from tests.agreements.test_command_line import run
from tests.office import AGREEMENT

WHEEL = """\
[[deadlines]]
id = "report"
task = "annual-report"
name = { nb = "Rapport", nn = "Rapport", en = "Report" }
basis = "local"
source = "reglementet"
due = ["05-31", "last working day of 09"]
closed_day = "previous"
remind = [10, 3]
municipalities = ["heroy"]

[deadlines.local]
donna = ["06-15"]
"""

# what is written | what is written instead | the field | what is wrong | what to write
WRONG = [
    ('"05-31"', '"02-30"', "due.1", "not a day of the year", "last working day of 12"),
    ('"05-31"', '"first day of 05"', "due.1", "not a day of the year", "working day 5 of 01"),
    ('"05-31"', "2026-05-31", "due.1", "not a day of the year", "02-22"),
    ('"05-31"', '"last working day of 09"', "due", "stands here twice", "one or more days"),
    ('due = ["05-31", "last working day of 09"]', "due = []", "due", "has nothing in it", "days"),
    ("[10, 3]", "[3, 10]", "remind", "do not fall", "the most first"),
    ("[10, 3]", "[10, -1]", "remind.2", "greater than or equal", "working days before"),
    ("[10, 3]", "[]", "remind", "has nothing in it", "working days before"),
    ('"previous"', '"before"', "closed_day", "input should be", '"previous"'),
    ('"local"', '"law"', "basis", "input should be", '"statutory" or "local"'),
    ('task = "annual-report"', 'task = "anual-report"', "task", "no task", "annual-report"),
    ('task = "annual-report"', 'task = "it-support"', "task", "neither side has", "the host's"),
    ('source = "reglementet"\n', "", "source", "is missing", "kommuneloven"),
    ('nn = "Rapport", ', "", "name.nn", "is missing", "in each language"),
    ('["heroy"]', '["hero"]', "municipalities.1", 'no municipality "hero"', "heroy"),
    ("donna = ", "dona = ", "local.dona", 'no municipality "dona"', "donna"),
    ('donna = ["06-15"]', 'donna = ["13-15"]', "local.donna.1", "not a day", "02-22"),
    ("remind = ", "remnd = 1\nremind = ", "remnd", "not a key that belongs", "remind"),
]  # fmt: skip


def complaints(source: str) -> tuple[str, ...]:
    with pytest.raises(AgreementError) as refused:
        parse_year(source, "year.toml", AGREEMENT)
    return refused.value.complaints


@pytest.mark.parametrize(("written", "instead", "field", "wrong", "advice"), WRONG)
def test_a_mistake_is_told_with_file_line_field_and_what_to_write(
    written: str, instead: str, field: str, wrong: str, advice: str
) -> None:
    source = changed(written, instead, WHEEL)
    said = [one for one in complaints(source) if f": deadlines.report.{field}: " in one]

    assert len(said) == 1, complaints(source)
    line = int(said[0].removeprefix("year.toml, line ").split(":")[0])
    near = source.splitlines()[line - 1]
    assert instead.split("\n", maxsplit=1)[0] in near or "is missing" in said[0]
    assert wrong in said[0]
    assert advice in said[0].split(" Write ")[1]


def test_an_id_stands_once() -> None:
    [said] = complaints(WHEEL + WHEEL)
    assert said.startswith("year.toml, line 15: deadlines.report.id: ")
    assert "second time" in said


def test_what_is_not_toml_is_told_by_its_line() -> None:
    [said] = complaints(changed('basis = "local"', "basis = local", WHEEL))
    assert said.startswith("year.toml, line 5: this is not TOML")
    assert said.endswith("Write each deadline below [[deadlines]].")


def test_there_is_advice_for_every_field() -> None:
    for table in (YearFile, *TABLES.values()):
        assert table.model_fields.keys() <= ADVICE.keys()


def test_the_check_reads_the_wheel_beside_the_agreement(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, folder = tmp_path / "small.toml", tmp_path / "small"
    file.write_text(SMALL, "utf-8")
    folder.mkdir()
    assert read_year(folder, AGREEMENT) == {}
    wheel = WHEEL.replace("annual-report", "salaries").split("municipalities")[0]
    (folder / "year.toml").write_text(wheel, "utf-8")
    assert run("check", str(file)) == 0
    assert "small/year.toml can be used: 1 deadlines, report." in capsys.readouterr().out

    (folder / "year.toml").write_text(changed("[10, 3]", "[3, 10]", wheel), "utf-8")
    assert run("check", str(file)) == 1
    assert capsys.readouterr().err.startswith("small/year.toml, line 9: deadlines.report.remind: ")
