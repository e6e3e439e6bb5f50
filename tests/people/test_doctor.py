"""`vertsdesk doctor` on whole installations: a good one, and each that is broken somewhere."""

import io
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pydantic import SecretStr
from rich.console import Console

from bot.checkup import Finding, Level
from bot.cli.doctor import draw, examined
from bot.domain.people import Account, Person, PersonId, Platform
from bot.settings import Settings
from storage.database import Database
from tests.terminal import vertsdesk

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOWHERE = "sqlite:///nowhere/desk.db"
TOKEN = "xoxb-0123456789-abcdef"


def settings(url: str, **more: object) -> Settings:
    given = {
        "database_url": url,
        "slack_bot_token": SecretStr(TOKEN),
        "slack_signing_secret": SecretStr("0123456789abcdef" * 2),
        "team_channel": "C0123456789",
        **more,
    }
    return Settings(_env_file=None, **given)


def found(installation: Settings, *, online: bool = False, **environment: str) -> list[Finding]:
    return list(examined(installation, environment, now=NOW, online=online))


def about(findings: list[Finding], what: str) -> Finding:
    [one] = [finding for finding in findings if finding.about == what]
    return one


class PretendSlack(BaseHTTPRequestHandler):
    """Knows TOKEN, and nobody else."""

    def do_POST(self) -> None:
        is_known = self.headers["Authorization"] == f"Bearer {TOKEN}"
        known = {"ok": True, "user": "vertsdesk", "team": "HALD"}
        answer = json.dumps(known if is_known else {"ok": False, "error": "invalid_auth"}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the base class's name
        """Keep quiet."""


@contextmanager
def pretend_slack() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), PretendSlack)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/api/"
    server.shutdown()
    server.server_close()


def test_a_new_installation_is_told_to_bring_people_in(database_url: str) -> None:
    findings = found(settings(database_url))
    assert about(findings, "database").level is Level.OK
    people = about(findings, "people")
    assert (people.level, people.says) == (
        Level.ERROR,
        "nobody is in the directory, so nobody can answer",
    )
    assert people.mend.endswith("`vertsdesk people import FILE`")


def test_with_people_their_roles_accounts_and_cover_are_looked_at(
    database_url: str, database: Database
) -> None:
    roles = frozenset({"host-team", "lead", "contact-heroy"})
    lead = Person(id=PersonId("1"), name="Randi Solvang", municipality="alstahaug", roles=roles)
    with database.transaction() as store:
        store.people.introduce(lead)
        store.people.link(lead.id, Account(Platform.SLACK, "T", "U"), "U")
    findings = found(settings(database_url))
    assert about(findings, "people").says == "1 are in the directory"
    assert about(findings, "accounts").says == "everybody can be reached"
    assert "nobody has the role contact-donna" in {finding.says for finding in findings}
    assert "every task rests on Randi Solvang alone" in {
        one.says for one in findings if one.about == "cover: Herøy"
    }
    assert "Herøy: nobody can approve «User and access», «Accounting dimension or code»" in {
        one.says for one in findings if one.about == "orders"
    }


def test_a_database_without_tables_is_to_be_migrated(tmp_path: Path) -> None:
    (tmp_path / "desk.db").touch()
    one = about(found(settings(f"sqlite:///{tmp_path}/desk.db")), "database")
    assert (one.level, one.mend) == (Level.ERROR, "Run `vertsdesk migrate`")


def test_a_look_does_not_make_a_database(tmp_path: Path) -> None:
    one = about(found(settings(f"sqlite:///{tmp_path}/desk.db")), "database")
    assert (one.level, one.says) == (Level.ERROR, "the file is not there yet")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "desk.db").write_text("this is a shopping list, and not a database at all\n" * 40)
    one = about(found(settings(f"sqlite:///{tmp_path}/desk.db")), "database")
    assert (one.level, one.says) == (
        Level.ERROR,
        "it cannot be reached: file is not a database",
    )


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    one = about(found(settings("postgresql://desk:hunter2@127.0.0.1:1/desk")), "database")
    assert one.level is Level.ERROR
    assert one.says.startswith("it cannot be reached: connection")
    assert "hunter2" not in one.says


@pytest.mark.parametrize(
    "url", ["", "desk.db", "sqlite://", "mysql://h/d", "postgresql://u:hunter2:x/d"]
)
def test_an_address_that_is_none_is_told_how_to_be_one(url: str) -> None:
    one = about(found(settings(url)), "database")
    assert (one.level, one.says) == (
        Level.ERROR,
        "VERTSDESK_DATABASE_URL is no address of a database",
    )


def test_an_agreement_that_cannot_be_read_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text('id = "ours"\nname =\n')
    one = about(found(settings(NOWHERE, agreement=file)), "agreement")
    assert one.level is Level.ERROR
    assert "ours.toml, line 2" in one.says


def test_a_setting_with_a_slip_of_the_pen_is_noticed() -> None:
    given = {"VERTSDESK_SLACK_BOT_TOKN": "x", "VERTSDESK_PORT": "1", "HOME": "/"}
    one = about(found(settings(NOWHERE), **given), "settings")
    assert (one.level, one.says) == (
        Level.WARNING,
        "VERTSDESK_SLACK_BOT_TOKN is no setting",
    )


def test_slack_is_asked_only_when_told_to() -> None:
    with pretend_slack() as url:
        here = settings(NOWHERE, slack_api_url=url)
        assert [one for one in found(here) if one.about == "Slack"] == []
        assert about(found(here, online=True), "Slack").says == "it knows us as vertsdesk in HALD"


def test_a_token_that_slack_does_not_know_is_an_error() -> None:
    with pretend_slack() as url:
        other = SecretStr("xoxb-9876543210-abcdef")
        here = settings(NOWHERE, slack_api_url=url, slack_bot_token=other)
        one = about(found(here, online=True), "Slack")
    assert (one.level, one.says) == (
        Level.ERROR,
        "it did not answer as it should: invalid_auth",
    )


def test_a_slack_that_cannot_be_reached_is_an_error() -> None:
    here = settings(NOWHERE, slack_api_url="http://127.0.0.1:1/api/")
    one = about(found(here, online=True), "Slack")
    assert one.level is Level.ERROR
    assert "it did not answer as it should: Client" in one.says


def test_the_findings_are_one_table_and_a_count() -> None:
    paper = io.StringIO()
    findings = [
        Finding(Level.OK, "this", "it is well"),
        Finding(Level.ERROR, "that", "it is [bold]broken[/bold]", "Mend it"),
    ]
    draw(findings, Console(file=paper, width=120))
    told = paper.getvalue()
    assert "it is [bold]broken[/bold]" in told
    assert "1 ok, 0 warnings, 1 errors." in told


@pytest.mark.parametrize(
    ("more", "status", "told"),
    [
        ({}, 1, "the file is not there yet"),
        ({"PORT": "high"}, 1, "VERTSDESK_PORT: Input should be a valid integer"),
    ],
)
def test_the_command_ends_with_1_when_something_is_wrong(
    tmp_path: Path, more: dict[str, str], status: int, told: str
) -> None:
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path}/desk.db", **more}
    ended = vertsdesk("doctor", folder=tmp_path, **settings)
    assert (ended.returncode, ended.stderr) == (status, "")
    assert told in ended.stdout
