"""The auditor asks what was ordered, who approved it, and what was done of it."""

import csv
import json
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.orders.audit import FORMULA, harmless
from tests.helpdesk import TEAM, Helpdesk
from tests.orders.ordering import NEW_USER, approved, places
from tests.terminal import vertsdesk

PERIOD = ("--from", "2026-03-01", "--to", "2026-03-31")


@pytest.fixture
def desk(helpdesk: Helpdesk) -> Helpdesk:
    """Herøy's order has been approved and done; Dønna's has been declined."""
    helpdesk.opens()
    helpdesk.has("Anita", of="heroy", roles={"asker", "approver"})
    helpdesk.has("Hilde", of="donna", roles={"asker", "approver"})
    approved(helpdesk)
    for step in ("registered", "roles-set", "told"):
        helpdesk.presses("Kari", "order.tick", on=TEAM, task=step)
    helpdesk.passes(timedelta(days=1))
    places(helpdesk, "Nils", {**NEW_USER, "notes": "=HYPERLINK(A1)"})
    helpdesk.presses("Hilde", "order.decline")
    helpdesk.fills_in("Hilde", reason="+47 er ikke vårt")
    helpdesk.forgets()
    return helpdesk


def test_everything_is_exported_with_every_step(
    desk: Helpdesk, database_url: str, tmp_path: Path
) -> None:
    said = vertsdesk("orders", "export", *PERIOD, folder=tmp_path, DATABASE_URL=database_url)

    assert said.returncode == 0, said.stderr
    first, second = json.loads(said.stdout)
    assert (first["number"], first["municipality"]) == ("HALD-B-2026-0001", "Herøy")
    assert (first["status"], first["done"]) == ("done", "3 of 3")
    assert first["decided_by"] == "Anita <anita@heroy.example>"
    assert first["done_by"] == "Kari <kari@alstahaug.example>"
    assert first["placed_at"] == "2026-03-02T09:00:00+01:00"
    kinds = [step["kind"] for step in first["steps"]]
    assert kinds == ["placed", "sent", "approved", "ticked", "ticked", "ticked"]
    assert (second["status"], second["reason"]) == ("declined", "+47 er ikke vårt")
    assert second["ticket"] == ""


def test_a_municipalitys_own_orders_alone(
    desk: Helpdesk, database_url: str, tmp_path: Path
) -> None:
    words = ("orders", "export", *PERIOD, "--municipality", "Dønna", "--json")
    said = vertsdesk(*words, folder=tmp_path, DATABASE_URL=database_url)

    assert [one["number"] for one in json.loads(said.stdout)] == ["HALD-B-2026-0002"]


def test_a_spreadsheet_runs_nothing_of_it(
    desk: Helpdesk, database_url: str, tmp_path: Path
) -> None:
    words = ("orders", "export", *PERIOD, "--csv", "orders.csv")
    said = vertsdesk(*words, folder=tmp_path, DATABASE_URL=database_url)

    assert said.stdout == "2 orders in orders.csv\n"
    text = (tmp_path / "orders.csv").read_text("utf-8-sig")
    _, second = csv.DictReader(text.splitlines(), delimiter=";")
    assert second["reason"] == "'+47 er ikke vårt"
    cells = [cell for row in csv.reader(text.splitlines(), delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell.startswith(FORMULA)]


def test_they_are_listed_as_a_table(desk: Helpdesk, database_url: str, tmp_path: Path) -> None:
    said = vertsdesk("orders", "list", *PERIOD, folder=tmp_path, DATABASE_URL=database_url)

    assert said.returncode == 0, said.stderr
    for words in ("HALD-B-2026-0001", "User and access", "declined", "HALD-2026-0001"):
        assert words in said.stdout


def test_a_municipality_that_is_not_there_is_explained(database_url: str, tmp_path: Path) -> None:
    words = ("orders", "list", *PERIOD, "--municipality", "oslo")
    said = vertsdesk(*words, folder=tmp_path, DATABASE_URL=database_url)

    assert said.returncode == 1
    assert "Write one of Alstahaug, Herøy, Dønna, Leirfjord" in said.stderr


def test_precedents_are_listed(
    asked_and_settled: Helpdesk, database_url: str, tmp_path: Path
) -> None:
    said = vertsdesk("precedents", "list", folder=tmp_path, DATABASE_URL=database_url)
    as_json = vertsdesk("precedents", "list", "--json", folder=tmp_path, DATABASE_URL=database_url)

    assert "Regnskap 5 | Merverdiavgift | host | Kravet er vertens. | 2026-03-02" in said.stdout
    told = json.loads(as_json.stdout)
    assert [one["verdict"] for one in told["precedents"]] == ["host"]
    assert [one["ticket"] for one in told["waiting"]] == ["HALD-2026-0002"]


@pytest.fixture
def asked_and_settled(helpdesk: Helpdesk) -> Helpdesk:
    """A dispute about VAT has been settled, and another one waits."""
    helpdesk.opens()
    for name in ("Ola", "Nils"):
        helpdesk.asks(name, "Når må mva-kompensasjonen for 1. termin være sendt?")
        [more] = [b for b in helpdesk.card(TEAM).buttons() if b.action == "ticket.more"]
        helpdesk.press("Kari", more, channel=TEAM)
        helpdesk.presses("Kari", "ticket.dispute")
        helpdesk.fills_in("Kari", reason="Uklart punkt", meanwhile="keep")
        if name == "Ola":
            helpdesk.commands("Randi", "presedens")
            helpdesk.presses("Randi", "dispute.settle")
            helpdesk.fills_in("Randi", verdict="host", wording="Kravet er vertens.")
    helpdesk.forgets()
    return helpdesk


@given(st.text(alphabet="=+-@\t\r\n '\"a1(＝＋－＠;", max_size=12))
def test_no_cell_begins_as_a_formula(cell: str) -> None:
    kept = harmless(cell)
    assert not kept.lstrip(" \n").startswith(FORMULA)
    assert kept.endswith(cell)
