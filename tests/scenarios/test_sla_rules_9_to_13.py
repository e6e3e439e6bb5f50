"""The settled rules of the clock, nine to thirteen: each as people at the desk live through it."""

import re
from datetime import date
from pathlib import Path

import pytest

from bot.agreements import AgreementError, read_agreement
from bot.cli.closing import CannotClose, close
from tests.agreements.test_command_line import run
from tests.domain.oracle import at
from tests.helpdesk import INVOICE, MONDAY_NINE, TEAM, VAT, Helpdesk
from tests.scenarios.clock import (
    DAY,
    HOUR,
    HOURS,
    SECOND,
    answers,
    figures_of,
    hald_with,
    is_resolved,
    starts_with,
    waits_for_bank,
)

NORMAL = '[targets.normal]\nfirst_response = "4 h"\n'
FIRST, RESOLVED = "Første svar innen", "Løst innen"
PAYMENT = "Når kjøres utbetalingene denne uka?"


def test_rule_09_a_partners_task_that_proves_the_hosts_is_counted_from_the_question(
    helpdesk: Helpdesk,
) -> None:
    helpdesk.opens()
    helpdesk.asks("Ola", INVOICE)
    assert figures_of(helpdesk).started_at is None
    helpdesk.now += HOUR

    helpdesk.presses("Ola", "asker.need_help")
    assert figures_of(helpdesk).started_at == MONDAY_NINE + HOUR
    helpdesk.presses("Kari", "ticket.change_task", on=TEAM)
    helpdesk.fills_in("Kari", task="vat")

    assert helpdesk.ticket().side == "host"
    helpdesk.forgets()


def test_rule_09_a_hosts_task_that_proves_the_partners_ends_its_clock(asked: Helpdesk) -> None:
    asked.passes(2 * HOUR)
    asked.presses("Kari", "ticket.change_task", on=TEAM)
    asked.fills_in("Kari", task="invoicing")
    asked.passes(7 * DAY)

    now = figures_of(asked)
    assert now.first_response
    assert (now.ended_at, now.first_response.used) == (MONDAY_NINE + 2 * HOUR, 2 * HOUR)
    assert not now.first_response.is_breached
    asked.forgets()


def test_rule_10_a_new_version_begins_at_midnight_and_for_new_tickets_alone(
    asked: Helpdesk, tmp_path: Path
) -> None:
    shorter = {
        "effective_from = 2026-01-01": "effective_from = 2026-03-03",
        NORMAL: '[targets.normal]\nfirst_response = "2 h"\n',
        '[targets.order]\nfirst_response = "4 h"\nnext_response = "8 h"\nresolution = "2 w': (
            '[targets.order]\nfirst_response = "4 h"\nnext_response = "8 h"\nresolution = "4 w'
        ),
    }
    starts_with(asked, hald_with(tmp_path, shorter))
    asked.now = at("2026-03-03 00:00") - SECOND
    before = asked.asks("Nils", VAT)
    asked.now += SECOND
    after = asked.asks("Nils", VAT)

    assert asked.facts("Nils", before)[FIRST] == "tirsdag 3. mars kl. 12.00"
    assert asked.facts("Nils", after)[FIRST] == "tirsdag 3. mars kl. 10.00"
    is_an_order(asked, "HALD-2026-0001")
    assert asked.facts("Ola", "HALD-2026-0001")[RESOLVED] == "onsdag 4. mars kl. 15.45"
    is_an_order(asked, after)
    assert asked.facts("Nils", after)[RESOLVED] == "mandag 9. mars kl. 15.45"
    is_an_order(asked, before)
    assert asked.facts("Nils", before)[RESOLVED] == "onsdag 4. mars kl. 15.45"
    asked.forgets()


def is_an_order(desk: Helpdesk, number: str) -> None:
    [change] = [b for b in desk.card(TEAM, number).buttons() if b.action == "ticket.change_task"]
    desk.press("Kari", change, channel=TEAM)
    desk.fills_in("Kari", task="system-users")


def test_rule_10_a_day_closed_ahead_moves_what_is_open_and_nothing_that_is_past(
    asked: Helpdesk,
) -> None:
    asked.answers("Kari", "Jeg ser på det.")
    asked.now = at("2026-03-03 12:00")
    before, thursday = figures_of(asked), date(2026, 3, 5)
    assert before.resolution

    close(asked.desk.database, asked.desk.agreements, thursday, "Planleggingsdag", asked.now)
    asked.delivers()

    after = figures_of(asked)
    assert after.resolution
    assert after.first_response == before.first_response
    assert after.resolution.used == before.resolution.used
    assert asked.facts("Ola")[RESOLVED] == "fredag 6. mars kl. 15.45"  # it was Thursday
    with pytest.raises(CannotClose, match="the past never changes"):
        close(asked.desk.database, asked.desk.agreements, asked.now.date(), "Brann", asked.now)
    asked.forgets()


def test_rule_10_what_was_done_before_the_day_was_told_keeps_its_deadline(asked: Helpdesk) -> None:
    is_resolved(asked)
    was = figures_of(asked)

    close(asked.desk.database, asked.desk.agreements, date(2026, 3, 5), "Kurs", asked.now + HOUR)

    assert figures_of(asked) == was
    asked.forgets()


def test_rule_10_two_rules_that_both_match_are_refused_with_the_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    once_more = '[[contact_rules]]\nwho = "specialist-budget"\ntasks = ["vat"]\n\n[[meetings]]'
    file = hald_with(tmp_path, {"[[meetings]]": once_more})

    assert run("check", str(file)) == 1
    said = capsys.readouterr().err
    twice = 'contact_rules.6.tasks.1: two rules say who has "vat" for everybody, so they tie'
    assert re.match(rf"hald\.toml, line \d+: {re.escape(twice)}", said)


@pytest.mark.parametrize(
    ("promise", "due", "after_an_hour_at_the_bank"),
    [
        ("12 h", "tirsdag 3. mars kl. 13.15", "tirsdag 3. mars kl. 14.15"),
        ("90 min", "mandag 2. mars kl. 10.30", "mandag 2. mars kl. 11.30"),
        ("2 working days", "onsdag 4. mars kl. 15.45", "torsdag 5. mars kl. 09.00"),
        ("by 12:00 on working day 1", "tirsdag 3. mars kl. 12.00", "tirsdag 3. mars kl. 13.00"),
        ("by 08:00 on working day 5", "mandag 9. mars kl. 08.00", "mandag 9. mars kl. 09.00"),
    ],
)
def test_rule_11_a_target_is_time_or_days_or_a_time_on_a_day(
    helpdesk: Helpdesk, tmp_path: Path, promise: str, due: str, after_an_hour_at_the_bank: str
) -> None:
    helpdesk.opens()
    words = {'resolution = "3 working days"': f'resolution = "{promise}"'}
    starts_with(helpdesk, hald_with(tmp_path, words))

    helpdesk.asks("Ola", VAT)
    assert helpdesk.facts("Ola")[RESOLVED] == due
    waits_for_bank(helpdesk)
    helpdesk.now += HOUR
    helpdesk.presses("Kari", "ticket.go_on", on=TEAM)

    assert helpdesk.facts("Ola")[RESOLVED] == after_an_hour_at_the_bank
    helpdesk.forgets()


def test_rule_12_what_ends_at_closing_time_is_due_then_and_not_at_opening(
    helpdesk: Helpdesk,
) -> None:
    helpdesk.opens()
    helpdesk.now = at("2026-03-02 11:45")
    numbers = [helpdesk.asks(name, VAT) for name in ("Ola", "Nils")]
    for name, number in zip(("Ola", "Nils"), numbers, strict=True):
        assert helpdesk.facts(name, number)[FIRST] == "mandag 2. mars kl. 15.45"

    helpdesk.now = at("2026-03-02 15:45")
    answers(helpdesk, numbers[0])
    helpdesk.now += SECOND
    answers(helpdesk, numbers[1])

    in_time, late = (figures_of(helpdesk, number).first_response for number in numbers)
    assert in_time
    assert late
    assert (in_time.used, in_time.is_breached) == (4 * HOUR, False)
    assert (late.used, late.is_breached) == (4 * HOUR, True)
    helpdesk.forgets()


@pytest.mark.parametrize("hours", ["opening_hours = []\n", 'opening_hours = ["Mo-Fr off"]\n', ""])
def test_rule_13_a_calendar_that_never_opens_is_refused_and_no_ticket_is_touched(
    asked: Helpdesk, tmp_path: Path, hours: str
) -> None:
    before = figures_of(asked)
    file = hald_with(tmp_path, {HOURS: hours})

    with pytest.raises(AgreementError) as refused:
        starts_with(asked, file)

    [complaint] = refused.value.complaints
    assert "calendar.opening_hours" in complaint
    assert "Write rules in OpenStreetMap syntax" in complaint
    assert figures_of(asked) == before
    with pytest.raises(AgreementError):
        read_agreement(file)
