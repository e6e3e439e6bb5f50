"""What the reader makes of any text at all, and what it may and may not guess."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.agreement import Side, Task
from bot.domain.understanding import Talk
from bot.understanding import BadKnowledge, learn
from bot.understanding.decision import SURE, SURE_ENOUGH_TO_REFER
from bot.understanding.knowledge import read
from tests.understanding.measure import HALD, TASKS, staff

UNDERSTAND = learn(HALD, TASKS)
AGAIN = learn(HALD, {task: TASKS[task] for task in sorted(TASKS, reverse=True)})

words_of_ours = st.sampled_from(["mva", "faktura", "purring", "takk", "hei", "<@U1>", ":+1:", "𝟛"])
anything = st.text() | st.lists(words_of_ours | st.text(max_size=5)).map(" ".join)


@given(anything)
def test_any_text_gets_a_valid_answer(text: str) -> None:
    understanding = UNDERSTAND(text)
    confidences = [guess.confidence for guess in understanding.guesses]
    assert len(confidences) <= 3
    assert {guess.task for guess in understanding.guesses} <= set(TASKS)
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 <= confidence <= 1 for confidence in confidences)
    assert math.fsum(confidences) <= 1 + 1e-9
    assert understanding.talk is Talk.QUESTION or not understanding.guesses
    if understanding.is_sure:
        assert confidences[0] >= SURE


@given(anything)
def test_the_same_text_is_understood_the_same_way_every_time(text: str) -> None:
    assert UNDERSTAND(text) == UNDERSTAND(text) == AGAIN(text)


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("Hvordan fører vi merverdiavgift på utleie?", "vat"),
        ("Korleis fører vi meirverdiavgift på utleige?", "vat"),
        ("Kæm purre på kundan som ikkje har betalt? Purredato?", "first-reminder"),
        ("MVA-KOMPENSASJON FOR TERMIN 3", "vat"),
        ("skriveren virker ikke, får ikke logga inn på pc-en", "it-support"),
        ("The printer and my password do not work", "it-support"),
        ("når kommer årsregnskapet fra revisjonen", "annual-accounts"),
        ("na\u030ar kommer a\u030arsregnskapet fra revisjonen", "annual-accounts"),  # macOS
        ("når kjem årsrekneskapen frå revisjonen", "annual-accounts"),
        ("saka gikk til Intrum og inkasso", "debt-collection"),
    ],
)
def test_one_question_is_the_same_in_every_spelling(text: str, task: str) -> None:
    assert UNDERSTAND(text).task == task


def test_what_nobody_sees_changes_nothing() -> None:
    hidden = "\u202e<@U7> mer\u200bverdi\u00adavgift\x07 på utleie, *komp*? :moneybag:"
    assert UNDERSTAND(hidden) == UNDERSTAND("merverdiavgift på utleie, komp?")


def test_nothing_is_guessed_from_words_nobody_knows() -> None:
    understanding = UNDERSTAND("您好")
    assert (understanding.talk, understanding.guesses) == (Talk.QUESTION, ())
    assert understanding.task is None


def only(*ids: str) -> dict[str, Task]:
    return {task: TASKS[task] for task in ids}


def task(name: str, side: str) -> Task:
    return Task(id=name, name=name, side=Side(side))


def test_only_the_agreements_own_tasks_are_guessed() -> None:
    understand = learn(HALD, only("vat", "payments"))
    for example in staff():
        assert {g.task for g in understand(example.text).guesses} <= {"vat", "payments"}


def test_a_question_about_a_task_outside_the_agreement_is_not_surely_ours() -> None:
    text = "Skriveren virker ikke og jeg får ikke logget inn på pc-en"
    assert UNDERSTAND(text).task == "it-support"
    assert learn(HALD, only(*TASKS.keys() - {"it-support"}))(text).task is None


def test_an_agreement_without_tasks_guesses_none() -> None:
    assert learn(HALD, {})("Hvordan fører vi mva?").guesses == ()


def test_a_long_text_is_judged_by_its_beginning() -> None:
    asked = "Hvordan fører vi merverdiavgift på utleie? " * 30
    assert UNDERSTAND(asked + "inkasso " * 4000) == UNDERSTAND(asked)
    assert UNDERSTAND("— " * 20_000 + asked) == UNDERSTAND(asked)


def knowledge(folder: Path) -> Path:
    """Two tasks alike in everything but whose they are."""
    examples = [f"{fruit} {number},{fruit}s," for fruit in ("apple", "pear") for number in "abc"]
    write(folder, "task,term,note\napples,eple,\npears,pære,\n", examples)
    return folder


def write(folder: Path, terms: str, examples: list[str]) -> None:
    (folder / "terms.csv").write_text(terms, "utf-8")
    (folder / "examples").mkdir()
    lines = "\n".join(["text,task,acceptable", *examples]) + "\n"
    (folder / "examples" / "anna.csv").write_text(lines, "utf-8")


@pytest.mark.parametrize("careful", ["partner", "external", "none"])
def test_turning_somebody_away_takes_more_certainty_than_helping(
    tmp_path: Path, careful: str
) -> None:
    fruit = {"apples": task("apples", "host"), "pears": task("pears", careful)}
    understand = learn(knowledge(tmp_path), fruit)
    between = [understand("apple " * n + "pear " * m) for n in range(1, 9) for m in range(1, 9)]
    for understanding in between:
        best = understanding.guesses[0]
        needed = SURE if best.task == "apples" else SURE_ENOUGH_TO_REFER
        assert understanding.is_sure is (best.confidence >= needed)
    assert {understanding.task for understanding in between} == {"apples", "pears", None}


def test_a_file_saved_by_a_norwegian_spreadsheet_is_read_the_same(tmp_path: Path) -> None:
    (tmp_path / "terms.csv").write_text("\ufefftask;term;note\r\nvat;mva, komp;\r\n", "utf-8")
    row = '"Mva, hva med den; og komp?";vat;"payments; invoicing"'
    heading = "\ufefftext;task;acceptable"
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "kari.csv").write_text(f"{heading}\r\n{row}\r\n", "utf-8")
    known = read(tmp_path)
    assert known.terms[0].term == "mva, komp"
    assert known.examples[0].text == "Mva, hva med den; og komp?"
    assert known.examples[0].acceptable == ("payments", "invoicing")
    assert known.examples[0].writer == "kari"


@pytest.mark.parametrize(
    ("terms", "example", "complaint"),
    [
        ("task,note\nvat,\n", "a,vat,", "terms.csv, line 1: add the column term"),
        ("", "a,vat,", "terms.csv, line 1: add the column task, term, note"),
        ("task,term,note\nvat,,\n", "a,vat,", "terms.csv, line 2: write the term"),
        ("task,term,note\n", "a,,", "anna.csv, line 2: write the task"),
        ("task,term,note\n", ",vat,", "anna.csv, line 2: write the text"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line_and_what_to_write(
    tmp_path: Path, terms: str, example: str, complaint: str
) -> None:
    write(tmp_path, terms, [example])
    with pytest.raises(BadKnowledge) as refused:
        learn(tmp_path, only("vat"))
    assert str(refused.value).startswith(complaint)


def test_a_file_in_an_old_encoding_is_refused_with_how_to_save_it(tmp_path: Path) -> None:
    write(tmp_path, "", [])
    (tmp_path / "terms.csv").write_bytes("task,term,note\nvat,æøå,\n".encode("cp1252"))
    with pytest.raises(BadKnowledge, match="UTF-8"):
        learn(tmp_path, only("vat"))


def test_a_folder_without_any_writer_is_refused(tmp_path: Path) -> None:
    (tmp_path / "terms.csv").write_text("task,term,note\nvat,mva,\n", "utf-8")
    with pytest.raises(FileNotFoundError, match="examples"):
        learn(tmp_path, only("vat"))


def test_knowing_nothing_is_allowed_and_guesses_nothing(tmp_path: Path) -> None:
    write(tmp_path, "task,term,note\n", [])
    assert learn(tmp_path, only("vat"))("mva?").guesses == ()
