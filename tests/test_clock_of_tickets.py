"""`vertsdesk clock why`, `clock rebuild` and `agreement close`, against tickets that are kept."""

import json
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.agreements import AgreementBook
from bot.cli.clock_why import answer
from bot.cli.closing import CannotClose, Closed, close
from bot.cli.recount import mend, recount
from bot.domain.events import Figure
from bot.domain.rebuild import Difference
from storage.database import Database
from storage.engines import migration_engine
from tests import terminal
from tests.helpdesk import AGREEMENT, MONDAY_NINE, TEAM, VAT, Helpdesk

HOUR = timedelta(hours=1)
TUESDAY = date(2026, 3, 3)

Vertsdesk = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def asked(helpdesk: Helpdesk) -> Helpdesk:
    """A helpdesk where Ola asked at two on Monday: four hours of work go into Tuesday."""
    helpdesk.opens()
    helpdesk.passes(5 * HOUR)
    helpdesk.asks("Ola", VAT)
    helpdesk.forgets()
    return helpdesk


@pytest.fixture
def vertsdesk(database_url: str, tmp_path: Path) -> Vertsdesk:
    return partial(terminal.vertsdesk, folder=tmp_path, DATABASE_URL=database_url)


def book() -> AgreementBook:
    return AgreementBook([AGREEMENT])


def differences(database: Database) -> list[Difference]:
    return [each for ticket in recount(database, book()) for each in ticket.differences]


def test_what_is_kept_is_what_the_log_adds_up_to(asked: Helpdesk, database: Database) -> None:
    asked.presses("Kari", "ticket.take", on=TEAM)
    asked.answers("Kari", "Innen 10. april.")
    asked.replies("Ola", "Gjelder det også kirken?")
    asked.passes(20 * HOUR)
    asked.forgets()

    assert differences(database) == []


def test_a_figure_somebody_tampered_with_is_found_and_named(
    asked: Helpdesk, database: Database
) -> None:
    ticket = asked.ticket()
    with database.transaction() as store:
        kept = store.figures.of(ticket.id)
        assert kept
        store.figures.put(ticket.id, kept.replace("2026-03-03T09:15", "2026-03-05T09:15"))

    assert differences(database) == [
        Difference(
            ticket=ticket.number,
            field="first_response.due",
            stored='"2026-03-05T09:15:00+00:00"',
            rebuilt='"2026-03-03T09:15:00+00:00"',
        )
    ]
    mend(database, book(), ticket.id)
    assert differences(database) == []


def test_a_ticket_that_is_not_what_its_log_says_is_found_too(
    asked: Helpdesk, database: Database, database_url: str
) -> None:
    asked.presses("Kari", "ticket.take", on=TEAM)
    asked.forgets()
    engine = migration_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE ticket SET taken_by = NULL"))
    engine.dispose()

    [found] = differences(database)
    assert (found.field, found.stored, found.rebuilt) == ("ticket.taken_by", "None", "Kari")
    mend(database, book(), asked.ticket().id)
    assert asked.ticket().taken_by == "Kari"


def test_a_ticket_from_before_figures_were_kept_gets_them(
    asked: Helpdesk, database: Database, database_url: str
) -> None:
    engine = migration_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM figure"))
    engine.dispose()

    [found] = differences(database)
    assert (found.field, found.stored) == ("figures", "nothing")
    mend(database, book(), asked.ticket().id)
    assert differences(database) == []


def test_the_command_says_what_differs_and_mends_it(
    asked: Helpdesk, database: Database, vertsdesk: Vertsdesk
) -> None:
    number = asked.ticket().number
    sound = vertsdesk("clock", "rebuild")
    assert (sound.returncode, sound.stderr) == (0, "")
    assert sound.stdout == "1 tickets counted again: 0 differences\n"

    with database.transaction() as store:
        kept = store.figures.of(asked.ticket().id) or ""
        wrong = kept.replace('"breached":false', '"breached":true', 1)
        store.figures.put(asked.ticket().id, wrong)
    told = vertsdesk("clock", "rebuild", "--ticket", number.lower(), "--json")
    assert told.returncode == 1
    [found] = json.loads(told.stdout)["differences"]
    assert (found["ticket"], found["stored"], found["rebuilt"]) == (number, "true", "false")
    assert found["field"].endswith(".breached")
    assert number in vertsdesk("clock", "rebuild").stdout

    mended = vertsdesk("clock", "rebuild", "--write")
    assert mended.returncode == 0
    assert "1 differences in 1 tickets, 1 mended" in mended.stdout
    assert vertsdesk("clock", "rebuild").returncode == 0


@pytest.mark.parametrize("command", [("rebuild", "--ticket"), ("why",)])
def test_a_ticket_that_nobody_knows_is_said_to_be_so(
    command: tuple[str, ...], vertsdesk: Vertsdesk
) -> None:
    told = vertsdesk("clock", *command, "HALD-1999-0001")
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == 'no ticket is called "HALD-1999-0001"; write one such as HALD-2026-0001\n'


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "nb",
            [
                "Første svar",
                "stengt",
                "åpent",
                "Avtalen av 1. januar 2026",
                "Purregebyr AS",
                "Kari",
            ],
        ),
        (
            "nn",
            ["Første svar", "stengt", "ope", "Avtalen av 1. januar 2026", "Purregebyr AS", "Kari"],
        ),
        ("en", ["First answer", "closed", "open", "agreement of 1 January 2026", "Purregebyr AS"]),
    ],
)
def test_why_tells_what_the_chat_tells(
    language: str, words: list[str], asked: Helpdesk, vertsdesk: Vertsdesk
) -> None:
    asked.presses("Kari", "ticket.third_party", on=TEAM)
    asked.fills_in("Kari", text="Purregebyr AS")
    asked.forgets()

    told = vertsdesk("clock", "why", asked.ticket().number, "--language", language)
    assert (told.returncode, told.stderr) == (0, "")
    assert [word for word in words if word not in told.stdout] == []


def test_why_can_be_read_by_another_program(asked: Helpdesk, vertsdesk: Vertsdesk) -> None:
    number = asked.ticket().number
    told = vertsdesk("clock", "why", number, "--figure", "first_response", "--json")
    answered = json.loads(told.stdout)
    assert (answered["ticket"], answered["version"]) == (number, "2026-01-01")
    [deadline] = answered["deadlines"]
    assert deadline["due"] == "2026-03-03T09:15:00+00:00"
    assert deadline["counted_seconds"] == deadline["allowed_seconds"] == 4 * 60 * 60
    assert deadline["clauses"]


def test_a_day_closed_while_still_to_come_moves_the_deadline_and_its_cards(
    asked: Helpdesk, database: Database
) -> None:
    number, before = asked.ticket().number, asked.facts("Ola")
    assert close(database, book(), TUESDAY, "Planleggingsdag", asked.now) == Closed(
        is_new=True, moved=1
    )
    asked.delivers()

    told = answer(database, book(), number, [Figure.FIRST_RESPONSE], asked.now).explanations
    assert told[0].due == MONDAY_NINE + timedelta(days=2, hours=1, minutes=15)
    assert "Planleggingsdag" in {line.name for line in told[0].lines}
    after = asked.facts("Ola")
    moved = {name for name in before if before[name] != after[name]}
    assert "onsdag 4. mars kl. 10.15" in " ".join(after[name] for name in moved)
    assert differences(database) == []


def test_nobody_is_warned_on_the_day_that_was_closed(asked: Helpdesk, database: Database) -> None:
    close(database, book(), TUESDAY, "Planleggingsdag", asked.now)
    for _ in range(20):  # until ten on Tuesday
        asked.passes(HOUR)
    assert [said for who in ("Kari", "Randi") for said in asked.hears(who)] == []

    asked.passes(26 * HOUR)  # until noon on Wednesday
    assert asked.hears("Kari")
    assert asked.hears("Randi")
    asked.forgets()
    assert differences(database) == []


def test_a_question_asked_after_the_day_was_told_knows_it(
    asked: Helpdesk, database: Database
) -> None:
    close(database, book(), TUESDAY, "Planleggingsdag", asked.now)
    number = asked.asks("Nils", VAT)
    asked.forgets()
    told = answer(database, book(), number, [Figure.FIRST_RESPONSE], asked.now).explanations
    assert told[0].due == MONDAY_NINE + timedelta(days=2, hours=1, minutes=15)
    assert differences(database) == []


def test_saying_it_again_changes_nothing(asked: Helpdesk, database: Database) -> None:
    close(database, book(), TUESDAY, "Planleggingsdag", asked.now)
    assert close(database, book(), TUESDAY, "Noe annet", asked.now) == Closed(is_new=False, moved=0)
    with database.reading() as store:
        [day] = store.closing_days.of("hald")
    assert (day.day, day.reason, day.added_at) == (TUESDAY, "Planleggingsdag", asked.now)


@pytest.mark.parametrize(
    ("day", "reason", "why"),
    [
        ("2026-03-02", "Brann", "never changes"),  # today
        ("2026-02-27", "Brann", "never changes"),
        ("2026-03-07", "Brann", "closed on 2026-03-07 already"),  # a Saturday
        ("2026-03-04", "", "a reason is needed"),
    ],
)
def test_a_day_that_cannot_be_closed_is_refused(
    day: str, reason: str, why: str, database: Database
) -> None:
    with pytest.raises(CannotClose, match=why):
        close(database, book(), date.fromisoformat(day), reason, MONDAY_NINE)


def test_the_command_to_close_a_day_says_how_many_deadlines_moved(
    asked: Helpdesk, vertsdesk: Vertsdesk
) -> None:
    told = vertsdesk("agreement", "close", "2049-03-03", "--reason", "Planleggingsdag")
    assert told.stdout == "Closed on 2049-03-03. 0 tickets have new deadlines.\n"
    again = vertsdesk("agreement", "close", "2049-03-03", "--reason", "Planleggingsdag")
    assert "as was known already" in again.stdout
    for wrong in ("3. mars", "2026-03-03"):
        refused = vertsdesk("agreement", "close", wrong, "--reason", "Planleggingsdag")
        assert (refused.returncode, refused.stdout) == (1, "")
        assert wrong in refused.stderr
