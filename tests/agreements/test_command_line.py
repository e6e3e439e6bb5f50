"""`vertsdesk agreement`: what somebody at a terminal sees, and what a script is told."""

import argparse
from pathlib import Path

import pytest

from bot.agreements import HALD, read_agreement
from bot.cli import agreement
from tests.agreements.small import SMALL, changed


def run(*words: str) -> int:
    parser = argparse.ArgumentParser(prog="vertsdesk")
    agreement.add(parser.add_subparsers())
    parsed = parser.parse_args(["agreement", *words])
    return int(parsed.run(parsed))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    file = tmp_path / "small.toml"
    file.write_text(SMALL, "utf-8")
    return file


def test_a_good_file_is_said_to_be_good(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", str(small)) == 0
    said = capsys.readouterr()
    assert "small.toml can be used: Lønnssamarbeidet (ko), effective from 2027-01-01" in said.out
    assert said.err == ""


@pytest.mark.parametrize("part", [["check"], ["show"], ["diff", "hald"]])
def test_a_wrong_file_is_explained_on_stderr(
    part: list[str], small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small.write_text(changed('"4 h"', '"0 h"'), "utf-8")
    assert run(*part, str(small)) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("small.toml, line 24: targets.normal.first_response: a target of")


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", str(tmp_path / "none.toml")) == 1
    assert "No such file" in capsys.readouterr().err


def test_hald_is_shown_whole_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show") == 0
    shown = capsys.readouterr().out
    words = set(shown.replace(",", " ").split())
    hald = read_agreement(HALD)
    assert hald.tasks.keys() <= words
    for task in hald.tasks.values():
        assert set(task.name.replace(",", " ").split()) <= words
    assert hald.municipalities.keys() <= words
    assert hald.roles.keys() <= words
    assert "…" not in shown
    assert max(map(len, shown.splitlines())) <= agreement.PIPED_WIDTH


def test_what_looks_like_markup_is_shown_as_it_is(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small.write_text(changed("Timelister", "[red]Timelister[/red]"), "utf-8")
    assert run("show", str(small)) == 0
    assert "[red]Timelister[/red]" in capsys.readouterr().out


def test_two_files_that_mean_the_same(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    same = small.with_name("same.toml")
    same.write_text("# another comment\n" + SMALL, "utf-8")
    assert run("diff", str(small), str(same)) == 0
    assert capsys.readouterr().out == "Nothing differs.\n"


def test_two_versions_are_told_apart(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = small.with_name("new.toml")
    source = changed('side = "partner"', 'side = "host"')
    source = changed("2027-01-01", "2028-01-01", source)
    new.write_text(source + '[[tasks]]\nid = "travel"\nname = "Reise"\nside = "host"\n', "utf-8")
    assert run("diff", str(small), str(new)) == 1
    said = capsys.readouterr().out
    assert "agreement\n  ~ effective from: 2027-01-01 => 2028-01-01\n" in said
    assert "task hours\n  ~ side: partner => host\n" in said
    assert "task travel\n  + wording: Reise\n  + side: host\n" in said
