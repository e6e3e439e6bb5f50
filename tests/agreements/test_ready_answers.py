"""Ready answers are data in the agreement's folder; what is wrong in them is told by line."""

import argparse
from pathlib import Path

import pytest

from bot.agreements import HALD, AgreementError
from bot.agreements.ready_answers import parse_answers, read_answers
from bot.cli import agreement
from bot.domain.people import Language
from bot.domain.ready_answers import wrong_gaps
from tests.agreements.small import SMALL
from tests.stories import AGREEMENT

GOOD = """\
[[answers]]
id = "deadline"
tasks = ["vat"]
title = { nb = "Frist", nn = "Frist", en = "Deadline" }
[answers.text]
nb = "Hei {navn}, innen {frist}."
nn = "Hei {navn}, innan {frist}."
en = "Hello {navn}, by {frist}."
"""


def checked(file: Path) -> int:
    parser = argparse.ArgumentParser()
    agreement.add(parser.add_subparsers())
    parsed = parser.parse_args(["agreement", "check", str(file)])
    return int(parsed.run(parsed))


def complaint(source: str) -> str:
    with pytest.raises(AgreementError) as wrong:
        parse_answers(source, "hald/answers.toml", AGREEMENT.tasks)
    return str(wrong.value)


def test_what_comes_along_is_written_in_every_language_for_tasks_that_there_are() -> None:
    found = read_answers(HALD.with_suffix(""), AGREEMENT.tasks)
    assert len(found) >= 4
    for answer in found:
        assert set(answer.title) == set(answer.text) == set(Language)
        assert [wrong_gaps(text) for text in answer.text.values()] == [[]] * 3
        assert len(set(answer.text.values())) == 3


def test_a_good_file_is_read() -> None:
    [answer] = parse_answers(GOOD, "answers.toml", AGREEMENT.tasks)
    assert (answer.id, answer.tasks) == ("deadline", {"vat"})
    assert answer.text[Language.NN] == "Hei {navn}, innan {frist}."


def test_a_folder_without_the_file_has_no_ready_answers(tmp_path: Path) -> None:
    assert read_answers(tmp_path, AGREEMENT.tasks) == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('{frist}."\nnn', '{dato}."\nnn', "line 6: answers.deadline.text.nb: {dato} is no gap"),
        ('["vat"]', '["moms"]', 'line 3: answers.deadline.tasks.1: there is no "moms"'),
        ('en = "Hello {navn}, by {frist}."\n', "", "line 5: answers.deadline.text.en: is missing"),
        ('id = "deadline"', 'id = "Frist!"', "line 2: answers.Frist!.id: "),
        ("title", "titel", "line 4: answers.deadline.titel: is not a key that belongs here"),
        ("[[answers]]", "[[answers]", "line 1: this is not TOML"),
        ('nb = "Hei {navn}', 'nb = "Hei {navn', "line 6: answers.deadline.text.nb: { is no gap"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_what_to_write(
    old: str, new: str, told: str
) -> None:
    assert old in GOOD
    said = complaint(GOOD.replace(old, new, 1))
    assert f"hald/answers.toml, {told}" in said
    assert "Write " in said


def test_the_same_id_twice_is_refused() -> None:
    assert '"deadline" stands here for the second time' in complaint(GOOD + GOOD)


def test_the_check_of_an_agreement_reads_its_ready_answers_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "lonn.toml"
    file.write_text(SMALL, "utf-8")
    folder = tmp_path / "lonn"
    folder.mkdir()
    (folder / "answers.toml").write_text(GOOD.replace('"vat"', '"salaries"'), "utf-8")
    assert checked(file) == 0
    assert "lonn/answers.toml can be used: 1 ready answers." in capsys.readouterr().out

    (folder / "answers.toml").write_text(GOOD, "utf-8")
    assert checked(file) == 1
    assert "lonn/answers.toml, line 3:" in capsys.readouterr().err
