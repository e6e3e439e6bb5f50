"""`vertsdesk people …` as the office uses it: look first, then apply; all of a file or nothing."""

import io
import json
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from bot.agreements import HALD, read_agreement
from bot.cli import people
from bot.domain.people import Account, Person, Platform, Role
from storage.database import Database
from tests.terminal import vertsdesk

AGREEMENT = read_agreement(HALD)
JULY_SECOND = datetime(2026, 7, 2, 10, tzinfo=UTC)
FILE = """name;email;municipality;roles;language;slack
Kari Nordnes;kari@alstahaug.example;Alstahaug;host-team,contact-heroy;nb;T1AB/UKARI
Per Tindvik;per@alstahaug.example;Alstahaug;host-team;nb;
Ola Husvær;ola@heroy.example;Herøy;asker;nn;
"""


class Desk:
    """The commands, and what they say. *now* is what the clock on the wall shows."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.file = folder / "people.csv"
        self.commands = ArgumentParser()
        people.add(self.commands.add_subparsers())
        self.now = JULY_SECOND

    def does(self, *words: str) -> tuple[int, str]:
        """Run `people` with *words*; return the exit status and what was written."""
        read = self.commands.parse_args(["people", *words])
        console = Console(file=io.StringIO(), width=200, highlight=False)
        office = people.Office(AGREEMENT, self.database, console, self.now)
        [work] = read.run.args
        status = work(read, office)
        return status, console.file.getvalue()

    def brings_in(self, content: str, *words: str) -> tuple[int, str]:
        self.file.write_text(content, "utf-8")
        return self.does("import", str(self.file), *words)

    def person(self, email: str) -> Person:
        with self.database.reading() as store:
            found = store.people.by_email(email)
        assert found
        return found

    def names(self) -> list[str]:
        with self.database.reading() as store:
            return [person.name for person in store.people.everybody()]


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return Desk(database, tmp_path)


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    """A desk that has the three of FILE."""
    assert desk.brings_in(FILE, "--apply")[0] == 0
    return desk


def test_a_dry_run_shows_what_would_change_and_changes_nothing(desk: Desk) -> None:
    status, told = desk.brings_in(FILE)
    assert status == 0
    assert "Kari Nordnes" in told
    assert "It would be 3 new, 0 changed, 0 unchanged." in told
    assert "add --apply" in told
    assert desk.names() == []


def test_applied_it_is_in_the_directory(desk: Desk) -> None:
    status, told = desk.brings_in(FILE, "--apply")
    assert (status, desk.names()) == (0, ["Kari Nordnes", "Ola Husvær", "Per Tindvik"])
    assert "Done: 3 new, 0 changed, 0 unchanged." in told
    kari = desk.person("kari@alstahaug.example")
    assert kari.roles == {"host-team", "contact-heroy"}
    with desk.database.reading() as store:
        assert store.people.by_account(Account(Platform.SLACK, "T1AB", "UKARI")) == kari


def test_the_same_file_again_changes_nothing(staffed: Desk) -> None:
    before = staffed.person("ola@heroy.example")
    assert "0 new, 0 changed, 3 unchanged" in staffed.brings_in(FILE, "--apply")[1]
    assert staffed.person("ola@heroy.example") == before


def test_a_changed_line_changes_that_person_and_keeps_who_they_are(staffed: Desk) -> None:
    before = staffed.person("ola@heroy.example")
    staffed.does("absent", "ola@heroy.example", "2026-08-01", "2026-08-02")
    changed = "navn,e-post,kommune,roller\nOla Vik,OLA@heroy.example,donna,manager\n"
    status, told = staffed.brings_in(changed, "--apply")
    assert status == 0
    assert "name: Ola Husvær → Ola Vik; municipality: heroy → donna; roles: asker → manager" in told
    ola = staffed.person("ola@heroy.example")
    assert (ola.id, ola.name, ola.roles) == (before.id, "Ola Vik", {"manager"})
    assert ola.language == before.language
    assert len(ola.absences) == 1
    assert len(staffed.names()) == 3


def test_a_file_without_roles_takes_none_away(staffed: Desk) -> None:
    staffed.brings_in("name,email,municipality\nKari,kari@alstahaug.example,Alstahaug\n", "--apply")
    kari = staffed.person("kari@alstahaug.example")
    assert (kari.name, kari.is_host_team) == ("Kari", True)


def test_one_bad_row_and_nothing_is_brought_in(desk: Desk) -> None:
    bad = FILE + "Emma;emma@donna.example;Vega;boss;;\n"
    status, told = desk.brings_in(bad, "--apply")
    assert status == 1
    vega, boss, last = told.splitlines()
    assert vega.startswith('people.csv, line 5, municipality: "Vega" is no member of HALD')
    assert vega.endswith("Write one of Alstahaug, Herøy, Dønna, Leirfjord.")
    assert boss.startswith('people.csv, line 5, roles: "boss" is no role. Write one of admin, app')
    assert last == "2 faults: nothing was changed."
    assert desk.names() == []


def test_an_account_does_not_move_from_one_person_to_another_by_a_file(staffed: Desk) -> None:
    moved = FILE.replace("asker;nn;", "asker;nn;T1AB/UKARI").replace("nb;T1AB/UKARI", "nb;")
    status, told = staffed.brings_in(moved, "--apply")
    assert status == 1
    assert "line 4, slack: UKARI is linked to somebody else. Check whose it is" in told
    with staffed.database.reading() as store:
        owner = store.people.by_account(Account(Platform.SLACK, "T1AB", "UKARI"))
    assert owner == staffed.person("kari@alstahaug.example")


def test_an_account_may_be_added_later(staffed: Desk) -> None:
    status, told = staffed.brings_in(FILE.replace("asker;nn;", "asker;nn;T1AB/UOLA"), "--apply")
    assert status == 0
    assert "slack: UOLA" in told
    assert "0 new, 1 changed, 2 unchanged" in told
    ola = staffed.person("ola@heroy.example")
    with staffed.database.reading() as store:
        assert store.people.by_account(Account(Platform.SLACK, "T1AB", "UOLA")) == ola


def test_a_name_cannot_draw_on_the_terminal(desk: Desk) -> None:
    told = desk.brings_in(FILE.replace("Ola Husvær", "[red]Ola[/red]"))[1]
    assert "[red]Ola[/red]" in told


def test_the_list_shows_everybody_and_who_is_away(staffed: Desk) -> None:
    staffed.does("absent", "Kari", "2026-07-01", "2026-07-03", "--deputy", "per tindvik")
    told = staffed.does("list")[1]
    [kari] = [line for line in told.splitlines() if "Kari Nordnes" in line]
    [per] = [line for line in told.splitlines() if "Per Tindvik" in line]
    assert kari.split()[-2:] == ["slack", "2026-07-03"]
    assert per.split()[-1] == "nb"
    assert "3 people." in told


def test_an_absence_that_leaves_something_with_nobody_is_told_here_and_to_the_lead(
    staffed: Desk,
) -> None:
    lead = "Randi Solvang;randi@alstahaug.example;Alstahaug;host-team,lead;nb;T1AB/URANDI\n"
    staffed.brings_in(FILE + lead, "--apply")
    both = ("2026-08-03", "2026-08-05")
    assert "leaves something with nobody" not in staffed.does("absent", "randi", *both)[1]
    assert letters(staffed) == 0
    told = staffed.does("absent", "kari@alstahaug.example", *both)[1]

    assert "It leaves something with nobody: vertsdesk cover --from 2026-08-03" in told
    assert letters(staffed) == 1


def letters(staffed: Desk) -> int:
    """Return how many letters wait to be sent."""
    with staffed.database.reading() as store:
        return store.outbox.waiting(staffed.now)


@pytest.mark.parametrize("which", ["heroy", "Herøy"])
def test_the_list_of_one_municipality_is_its_own_people(staffed: Desk, which: str) -> None:
    told = staffed.does("list", "--municipality", which)[1]
    assert "Ola Husvær" in told
    assert "Kari" not in told


def test_the_list_is_json_for_another_program(staffed: Desk) -> None:
    staffed.does("absent", "Kari", "2026-07-01", "2026-07-03", "--deputy", "Per")
    per = staffed.person("per@alstahaug.example")
    told = json.loads(staffed.does("list", "--json")[1])
    assert [one["name"] for one in told] == ["Kari Nordnes", "Ola Husvær", "Per Tindvik"]
    kari = told[0]
    assert kari["accounts"] == [{"platform": "slack", "tenant": "T1AB", "user": "UKARI"}]
    assert kari["away_until"] == "2026-07-03T22:00:00+00:00"
    absence = {"from": "2026-06-30T22:00:00+00:00", "to": "2026-07-03T22:00:00+00:00"}
    assert kari["absences"] == [absence | {"deputy": per.id}]
    assert told[1]["away_until"] is None
    assert told[1]["roles"] == [Role.ASKER]


def test_an_absence_is_kept_with_its_deputy(staffed: Desk) -> None:
    status, told = staffed.does("absent", "Kari", "2026-07-01", "2026-07-03", "--deputy", "Per")
    assert status == 0
    assert told == (
        "Kari Nordnes is away 2026-07-01 to 2026-07-03 (Europe/Oslo); Per Tindvik steps in.\n"
    )
    [absence] = staffed.person("kari@alstahaug.example").absences
    assert absence.deputy == staffed.person("per@alstahaug.example").id


def test_a_refused_absence_is_not_kept(staffed: Desk) -> None:
    with pytest.raises(people.CannotBeAway, match="not in the host team"):
        staffed.does("absent", "Kari", "2026-07-01", "2026-07-03", "--deputy", "Ola")
    with pytest.raises(people.WhoIsThat, match="nobody is called"):
        staffed.does("absent", "Kari", "2026-07-01", "2026-07-03", "--deputy", "Nobody")
    assert staffed.person("kari@alstahaug.example").absences == ()


def test_whoever_comes_back_early_is_here(staffed: Desk) -> None:
    staffed.does("absent", "Kari", "2026-07-01", "2026-07-10")
    told = staffed.does("back", "Kari")[1]
    assert told == "Kari Nordnes is not away 2026-07-01 to 2026-07-10 any more.\n"
    kari = staffed.person("kari@alstahaug.example")
    assert kari.absence_at(JULY_SECOND) is None


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("DATABASE_URL", "sqlite:///nowhere.db", "the database is not ready: run `vertsdesk mig"),
        ("DATABASE_URL", "oracle://x", "VERTSDESK_DATABASE_URL is no address of a database; write"),
        (
            "DATABASE_URL",
            "postgresql://127.0.0.1:1/x",
            "the database cannot be used: run `vertsdesk doc",
        ),
        ("AGREEMENT", "nowhere.toml", "nowhere.toml: No such file or directory. Write the name"),
        ("PORT", "high", "a setting is wrong: run `vertsdesk doctor` to see which"),
    ],
)
def test_an_installation_that_is_not_ready_is_told_so(
    tmp_path: Path, setting: str, value: str, told: str
) -> None:
    ended = vertsdesk("people", "list", folder=tmp_path, **{setting: value})
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith(told)
    assert list(tmp_path.iterdir()) == []
