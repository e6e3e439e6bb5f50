"""`vertsdesk clock`, as a person checks it: one question by hand, or a whole file."""

import json
from argparse import ArgumentParser
from pathlib import Path

import pytest

from bot.agreements import HALD
from bot.cli import clock


def vertsdesk(*words: object) -> int:
    parser = ArgumentParser()
    clock.add(parser.add_subparsers())
    told = parser.parse_args([str(word) for word in words])
    return told.run(told)


def refused(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    assert vertsdesk(*words) == 1
    said = capsys.readouterr()
    assert said.out == ""
    return said.err


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "in.csv"


def test_a_deadline_over_easter(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--agreement", "hald", "--from", "2026-04-01T11:10", "--work", "4h")
    assert vertsdesk("clock", "due", *words) == 0
    assert capsys.readouterr().out.splitlines() == [
        "2026-04-07T09:10:00+00:00",
        "Tue 2026-04-07 11:10:00 in Europe/Oslo",
    ]


@pytest.mark.parametrize(
    ("work", "due"),
    [
        ("90m", "2026-03-02T09:30:00+00:00"),
        ("90 min", "2026-03-02T09:30:00+00:00"),
        ("1h30m", "2026-03-02T09:30:00+00:00"),
        ("6h45m", "2026-03-02T14:45:00+00:00"),
        ("1d", "2026-03-03T14:45:00+00:00"),
        ("3d", "2026-03-05T14:45:00+00:00"),
    ],
)
def test_work_is_hours_minutes_or_working_days(
    work: str, due: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--from", "2026-03-02T09:00+01:00", "--work", work, "--json")
    assert vertsdesk("clock", "due", "--agreement", HALD, *words) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["due"], told["agreement"], told["version"]) == (due, "hald", "2026-01-01")


@pytest.mark.parametrize("work", ["0h", "0d", "", "h", "4", "-4h", "1.5h", "4h 3d", "١h", "9" * 9])
def test_other_words_for_work_are_refused(work: str, capsys: pytest.CaptureFixture[str]) -> None:
    with_table = ("--from", "2026-03-02T09:00", f"--work={work or ' '}")
    assert "write 4h, 90m, 1h30m or 3d" in refused(capsys, "clock", "due", *with_table)


def test_it_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("clock", "due", "--from", "2026-04-01T11:10", "--work", "4h", "--explain")
    assert vertsdesk(*words) == 0
    lines = capsys.readouterr().out.splitlines()[2:]
    assert len(lines) == 9
    assert lines[0].split() == (
        ["Wed", "2026-04-01", "11:10:00", "Wed", "2026-04-01", "12:00:00", "0:50:00", "open"]
    )
    assert lines[2].endswith("-  Skjærtorsdag")
    assert vertsdesk(*words, "--json") == 0
    told = json.loads(capsys.readouterr().out)["lines"]
    assert [line["counted"] for line in told] == [True, *[False] * 7, True]
    assert told[2]["name"] == "Skjærtorsdag"


def test_working_time_between_two_moments(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("clock", "elapsed", "--from", "2026-04-01T11:10", "--to", "2026-04-07T11:10")
    assert vertsdesk(*words) == 0
    assert capsys.readouterr().out == "14400 seconds of working time (4:00:00)\n"
    assert vertsdesk(*words, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["seconds"] == 14400
    assert told["from"] == "2026-04-01T09:10:00+00:00"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("2026-03-29T02:30", "does not exist"),
        ("2026-10-25T02:30", "comes twice"),
        ("yesterday", "is not a time"),
        ("0001-01-01T00:00+10:00", "is not a time"),
        ("2019-06-01T12:00", "laid out from 2020-01-01"),
        ("2080-06-01T12:00", "until 2076-01-01"),
    ],
)
def test_a_time_that_cannot_be_counted_from_is_refused(
    written: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert why in refused(capsys, "clock", "due", "--from", written, "--work", "4h")


def test_an_agreement_nobody_has_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--agreement", "atlantis", "--from", "2026-03-02T09:00", "--work", "4h")
    assert 'no agreement "atlantis": write hald' in refused(capsys, "clock", "due", *words)


def test_a_file_that_is_no_agreement_is_refused(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table.write_text("id = 1\n")
    words = ("--agreement", table, "--from", "2026-03-02T09:00", "--work", "4h")
    assert "in.csv" in refused(capsys, "clock", "due", *words)


@pytest.mark.parametrize(
    "words",
    [
        ("due",),
        ("due", "--from", "2026-03-02T09:00"),
        ("due", "--batch", "in.csv"),
        ("due", "--from", "2026-03-02T09:00", "--work", "4h", "--out", "out.csv"),
        ("due", "--batch", "in.csv", "--out", "out.csv", "--work", "4h"),
        ("due", "--batch", "in.csv", "--out", "out.csv", "--explain"),
        ("elapsed", "--from", "2026-03-02T09:00"),
    ],
)
def test_half_a_question_is_misuse(words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit, match="2"):
        vertsdesk("clock", *words)


def test_a_file_of_questions_gets_a_file_of_answers(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table.write_text(
        "\ufeffid,note,from,work\n"
        "a,x,2026-04-01T11:10:00+02:00,4h\n"
        "\n"
        '"b, too",x,2026-03-02T08:00:00Z, 3d\n'
    )
    out = table.with_name("out.csv")
    assert vertsdesk("clock", "due", "--batch", table, "--out", out, "--json") == 0
    assert out.read_text() == (
        'id,due\na,2026-04-07T09:10:00+00:00\n"b, too",2026-03-05T14:45:00+00:00\n'
    )
    assert json.loads(capsys.readouterr().out)["rows"] == 2
    assert sorted(table.parent.iterdir()) == [table, out]


def test_a_file_of_spans_gets_whole_seconds(table: Path) -> None:
    table.write_text(
        "id,from,to\n"
        "a,2026-04-01T11:10:00+02:00,2026-04-07T11:10:00.900+02:00\n"
        "b,2026-04-07T11:10:00+02:00,2026-04-01T11:10:00+02:00\n"
    )
    out = table.with_name("out.csv")
    assert vertsdesk("clock", "elapsed", "--batch", table, "--out", out) == 0
    assert out.read_text() == "id,seconds\na,14400\nb,0\n"


def test_with_one_bad_row_nothing_is_written_and_every_bad_row_is_named(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = table.with_name("out.csv")
    out.write_text("what stood here before\n")
    table.write_text(
        "id,from,work\n"
        "a,2026-04-01T11:10:00+02:00,4h\n"
        "b,2026-04-01T11:10:00,4h\n"
        "c,2026-04-01T11:10:00+02:00\n"
        ",2026-04-01T11:10:00+02:00,4h\n"
        "e,2085-04-01T11:10:00+02:00,4h\n"
        "f,2026-13-01T11:10:00+02:00,4h\n"
    )
    said = refused(capsys, "clock", "due", "--batch", table, "--out", out).splitlines()
    assert [line.split(": ")[0] for line in said[:-1]] == [
        f"in.csv, line {number}" for number in (3, 4, 5, 6, 7)
    ]
    assert "has no offset" in said[0]
    assert said[-1] == "5 bad rows; nothing was written"
    assert out.read_text() == "what stood here before\n"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no column id or from or work"),
        (b"id;from;work\n", "with commas between"),
        (b"id,from,work\n\xff\xfe,x,4h\n", "not CSV in UTF-8"),
    ],
)
def test_a_file_that_is_no_table_is_refused(
    content: bytes, why: str, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table.write_bytes(content)
    out = table.with_name("out.csv")
    assert why in refused(capsys, "clock", "due", "--batch", table, "--out", out)
    assert not out.exists()


def test_a_file_that_is_not_there_is_refused(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--batch", table, "--out", table.with_name("out.csv"))
    assert "No such file" in refused(capsys, "clock", "due", *words)
