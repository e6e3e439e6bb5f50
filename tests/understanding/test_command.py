"""`vertsdesk understand`, as somebody at a terminal meets it."""

import csv
import re
from pathlib import Path

from tests.terminal import vertsdesk

ASKED = """id,text,municipality
7,Når må mva-kompensasjonen for 1. termin være sendt?,heroy
3,PC-en min får ikke kontakt med skriveren,donna
9,"Takk for hjelpa, ha ei fin helg!",heroy
5,"Haster! Må betales i dag, kontoen er 8601 11 17947",heroy
1,"Hvem fører bilag 10417 om? Og når kommer finansrapporten?",heroy
"""
LABELLED = """id,text,task,acceptable
a,Når må mva-kompensasjonen for 1. termin være sendt?,vat,
b,PC-en min får ikke kontakt med skriveren,it-support,
c,Skriveren på rådhuset er tom for papir og nekter,vat,it-support;payments
"""


def test_messages_are_answered_in_the_order_they_stand_in(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(ASKED, "utf-8")

    done = vertsdesk("understand", "in.csv", "--out", "out.csv", folder=tmp_path)

    assert done.returncode == 0, done.stderr
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        vat, pc, thanks, urgent, two = csv.DictReader(file)
    assert [row["id"] for row in (vat, pc, thanks, urgent, two)] == ["7", "3", "9", "5", "1"]
    assert (vat["decision"], vat["task"], vat["side"]) == ("answer", "vat", "host")
    assert (pc["decision"], pc["task"], pc["side"]) == ("answer", "it-support", "external")
    assert (thanks["decision"], thanks["task"], thanks["confidence"]) == ("none", "", "")
    assert (urgent["urgent"], urgent["personal_data"]) == ("1", "1")
    assert (vat["urgent"], vat["personal_data"], vat["second_task"]) == ("0", "0", "")
    assert {two["task"], two["second_task"]} == {"annual-accounts", "finance-report"}
    assert 0.5 < float(vat["confidence"]) <= 1


def test_labelled_messages_are_scored_and_the_worst_pairs_are_named(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(LABELLED, "utf-8")

    done = vertsdesk("understand", "in.csv", folder=tmp_path)

    assert done.returncode == 0, done.stderr
    assert re.search(r"all +3 +66\.7% +100\.0%", done.stdout)
    assert "turned away wrongly: 0 of 2" in done.stdout


def test_what_was_learnt_from_is_said_and_can_be_left_out_of_the_learning(tmp_path: Path) -> None:
    text = "Ka gjør vi når en har fått namsmannen på døra førr gammel husleie?"
    (tmp_path / "in.csv").write_text(f"id,text,task\nC001,{text},debt-collection\n", "utf-8")
    (tmp_path / "tags.csv").write_text("id,voice,language\nC001,caretaker,dialect\n", "utf-8")

    seen = vertsdesk("understand", "in.csv", folder=tmp_path)
    assert "note: 1 of these were learnt from" in seen.stderr

    fair = vertsdesk("understand", "in.csv", "--held-out", "--tags", "tags.csv", folder=tmp_path)
    assert "learnt from" not in fair.stderr
    assert "caretaker, dialect" in fair.stdout


def test_which_words_decided_is_shown(tmp_path: Path) -> None:
    done = vertsdesk("understand", "--explain", "Kem tar purringa på husleie?", folder=tmp_path)
    assert "decision: answer" in done.stdout
    assert "first-reminder" in done.stdout
    assert "puringa" in done.stdout  # as it is read: folded


def test_a_file_that_cannot_be_used_is_refused_with_what_to_write(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text\nhei\n", "utf-8")
    (tmp_path / "b.csv").write_text("id,text,task\n1,hei,vatt\n", "utf-8")
    (tmp_path / "c.csv").write_text("id,text\n1,hei\n1,hallo\n", "utf-8")
    (tmp_path / "d.csv").write_bytes("id,text\n1,æ\n".encode("cp1252"))

    for name, complaint in (
        ("a.csv", "a.csv, line 1: add the column id"),
        ("b.csv", "message 1: vatt is no task of hald"),
        ("c.csv", "c.csv: each id must stand once"),
        ("d.csv", "d.csv: save it as UTF-8"),
        ("none.csv", "No such file"),
    ):
        done = vertsdesk("understand", name, folder=tmp_path)
        assert (done.returncode, done.stdout) == (1, "")
        assert complaint in done.stderr
        assert "Traceback" not in done.stderr


def test_one_thing_is_asked_for_at_a_time(tmp_path: Path) -> None:
    assert vertsdesk("understand", folder=tmp_path).returncode == 2
    assert vertsdesk("understand", "a.csv", "--writers", folder=tmp_path).returncode == 2
    assert vertsdesk("understand", "--explain", "", "--learn", folder=tmp_path).returncode == 2
