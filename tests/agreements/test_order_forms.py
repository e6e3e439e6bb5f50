"""Another cooperation adds a form of its own without code, and is told what is wrong with it."""

from pathlib import Path

import pytest

from bot.agreements import AgreementError, parse_agreement
from bot.agreements.book import AgreementBook
from bot.orders import parse_orders, read_orders
from bot.orders.advice import ADVICE, TABLES
from bot.orders.file import OrdersFile
from tests.agreements.small import SMALL, changed
from tests.agreements.test_command_line import run
from tests.helpdesk import TEAM, Helpdesk
from tests.office import HALD_WORDS, ORDERS

FORMS = """\
[[forms]]
id = "key-card"
task = "salaries"
title = { nb = "Adgangskort", nn = "Tilgangskort", en = "Key card" }
approver = "payroll"
own_approval = true

[[forms.fields]]
id = "kind"
kind = "choice"
label = { nb = "Hva?", nn = "Kva?", en = "What?" }
options = [
  { id = "new", nb = "Nytt", nn = "Nytt", en = "New" },
  { id = "lost", nb = "Mistet", nn = "Mist", en = "Lost" },
]

[[forms.fields]]
id = "floors"
kind = "number"
least = 1
most = 9
label = { nb = "Etasjer", nn = "Etasjar", en = "Floors" }
only_if = { field = "kind", is = ["new"] }

[[forms.fields]]
id = "room"
kind = "text"
pattern = "[A-Z][0-9]+"
pattern_help = { nb = "Skriv som A12.", nn = "Skriv som A12.", en = "Write it like A12." }
label = { nb = "Rom", nn = "Rom", en = "Room" }

[[forms.checklist]]
id = "printed"
nb = "Kortet er laget"
nn = "Kortet er laga"
en = "Card made"
"""

# what is written | what is written instead | the field | what is wrong | what to write
WRONG = [
    ('kind = "choice"', 'kind = "list"', "forms.key-card.fields.kind.kind", "input should be",
     '"choice"'),
    ('task = "salaries"', 'task = "salary"', "forms.key-card.task", 'no task "salary"', "salaries"),
    ('task = "salaries"', 'task = "hours"', "forms.key-card.task", "the host does not have",
     "that the host has"),
    ('approver = "payroll"', 'approver = "boss"', "forms.key-card.approver", 'no role "boss"',
     "[roles]"),
    ('approver = "payroll"\n', "", "forms.key-card.approver", "is missing", "a role from"),
    ('nn = "Tilgangskort", ', "", "forms.key-card.title.nn", "is missing", "in each language"),
    ("least = 1", "least = 10", "forms.key-card.fields.floors.most", "below least, 10",
     "not below least"),
    ("least = 1", 'least = "1"', "forms.key-card.fields.floors.least", "integer",
     "without quotes"),
    ('"[A-Z][0-9]+"', '"[A-Z"', "forms.key-card.fields.room.pattern", "not a regular expression",
     "the whole text matches"),
    ('pattern_help = { nb = "Skriv som A12.", nn = "Skriv som A12.", en = "Write it like A12." }\n',
     "", "forms.key-card.fields.room.pattern_help", "is missing", "what the pattern asks for"),
    ('kind = "text"\n', 'kind = "text"\nnot_past = true\n',
     "forms.key-card.fields.room.not_past", 'of the kind "text"', "on a date only"),
    ('is = ["new"]', 'is = ["old"]', "forms.key-card.fields.floors.only_if.is.1",
     'no option "old"', "one of new, lost"),
    ('field = "kind"', 'field = "room"', "forms.key-card.fields.floors.only_if.field",
     'no choice "room" above', "stands above"),
    ('id = "room"', 'id = "kind"', "forms.key-card.fields.kind.id", "second time", "another id"),
    ('id = "lost"', 'id = "new"', "forms.key-card.fields.kind.options.new.id", "second time",
     "another id"),
    ("most = 9", "most = 9\nmaximum = 9", "forms.key-card.fields.floors.maximum",
     "not a key that belongs", "one of id, kind"),
    ('kind = "choice"', 'kind = "choice"\nseveral = 3', "forms.key-card.fields.kind.several",
     "2 options to choose", "from 1 to 10"),
]  # fmt: skip


def complaints(source: str) -> tuple[str, ...]:
    with pytest.raises(AgreementError) as refused:
        parse_orders(source, "orders.toml", parse_agreement(SMALL, "small.toml"))
    return refused.value.complaints


@pytest.mark.parametrize(("written", "instead", "where", "wrong", "advice"), WRONG)
def test_a_mistake_is_told_with_file_line_field_and_what_to_write(
    written: str, instead: str, where: str, wrong: str, advice: str
) -> None:
    said = [one for one in complaints(changed(written, instead, FORMS)) if f": {where}: " in one]

    assert len(said) == 1, complaints(changed(written, instead, FORMS))
    assert said[0].startswith("orders.toml, line ")
    assert wrong in said[0]
    assert advice in said[0].split(" Write ")[1]


def test_the_line_is_the_one_that_is_wrong() -> None:
    [said] = complaints(changed("most = 9", "most = 0", FORMS))
    line = FORMS[: FORMS.index("most = 9")].count("\n") + 1
    assert said.startswith(f"orders.toml, line {line}: forms.key-card.fields.floors.most: ")


def test_what_is_not_toml_is_told_by_its_line() -> None:
    [said] = complaints(changed('kind = "choice"', "kind = choice", FORMS))
    assert said.startswith("orders.toml, line 10: this is not TOML")
    assert said.endswith("Write each form below [[forms]].")


def test_nesting_without_end_is_told_too() -> None:
    [said] = complaints(f"forms = {'[' * 100_000}")
    assert said.startswith("orders.toml, line 1: this is not TOML")


def test_there_is_advice_for_every_field() -> None:
    for table in (OrdersFile, *TABLES.values()):
        assert {field.alias or name for name, field in table.model_fields.items()} <= ADVICE.keys()


def test_the_check_reads_the_forms_beside_the_agreement(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, folder = tmp_path / "small.toml", tmp_path / "small"
    file.write_text(SMALL, "utf-8")
    folder.mkdir()
    (folder / "orders.toml").write_text(FORMS, "utf-8")
    assert run("check", str(file)) == 0
    assert "small/orders.toml can be used: 1 order forms, key-card." in capsys.readouterr().out

    (folder / "orders.toml").write_text(changed("most = 9", "most = 0", FORMS), "utf-8")
    assert run("check", str(file)) == 1
    said = capsys.readouterr().err
    assert said.startswith("small/orders.toml, line 21: forms.key-card.fields.floors.most: ")


def test_a_cooperation_without_the_file_has_no_forms(tmp_path: Path) -> None:
    assert read_orders(tmp_path, parse_agreement(SMALL, "small.toml")) == {}


def test_a_made_up_form_works_in_the_chat_without_code(helpdesk: Helpdesk) -> None:
    source = FORMS.replace("salaries", "general-support").replace('"payroll"', '"own-contact"')
    hald = parse_agreement(HALD_WORDS, "hald.toml")
    forms = {**ORDERS, **parse_orders(source, "orders.toml", hald)}
    helpdesk.opens()
    helpdesk.has("Turid", of="heroy", roles={"asker", "own-contact"})
    helpdesk.starts_again(AgreementBook([hald], forms))

    helpdesk.commands("Turid", "bestill", "adgangskort")
    helpdesk.fills_in("Turid", kind="new", floors="12", room="12")
    assert helpdesk.problems["Turid"] == {
        "floors": "Tallet kan være høyst 9.",
        "room": "Skriv som A12.",
    }
    helpdesk.fills_in("Turid", kind="new", floors="3", room="A12")
    helpdesk.presses("Turid", "order.approve")  # her own: this form allows it

    ticket = helpdesk.ticket()
    assert (ticket.task, ticket.municipality) == ("general-support", "heroy")
    assert ticket.question == "Adgangskort\nHva?: Nytt\nEtasjer: 3\nRom: A12"
    [step] = [b for b in helpdesk.card(TEAM).buttons() if b.action == "order.tick"]
    assert step.label == "☐ Kortet er laget"
    helpdesk.forgets()
