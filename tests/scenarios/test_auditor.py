"""The auditor: a warning that should have gone out and did not is told to the lead, and mended."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from tests.helpdesk import VAT, Helpdesk

HOUR = timedelta(hours=1)
SECONDS = timedelta(seconds=20)  # between two rounds of the auditor
HALF = "HALD-2026-0001 · 50 % av tiden til første svar er brukt"
MISSED = "HALD-2026-0001 · Et varsel gikk ikke ut i tide"
SMOOTHLY: list[str] = []


def dropped(helpdesk: Helpdesk, number: str) -> None:
    """Let the sweep never look at the ticket again, behind the program's back."""
    with helpdesk.desk.database.transaction() as store:
        store.tickets.look_at(helpdesk.ticket(number).id, None)


def errors(helpdesk: Helpdesk, time: timedelta) -> list[str]:
    with capture_logs() as log:
        helpdesk.passes(time)
    return [line["event"] for line in log if line["log_level"] == "error"]


@pytest.fixture
def late(helpdesk: Helpdesk) -> Helpdesk:
    """Ola has asked on Monday at 15:00, so half of his four hours are over on Tuesday at 09:15."""
    helpdesk.opens()
    helpdesk.now = datetime(2026, 3, 2, 14, tzinfo=UTC)
    helpdesk.asks("Ola", VAT)
    helpdesk.forgets()
    return helpdesk


def test_a_dropped_warning_is_told_within_a_minute_of_its_moment_and_sent(late: Helpdesk) -> None:
    dropped(late, "HALD-2026-0001")
    late.passes(timedelta(hours=18, minutes=15))  # Tuesday 09:15:00
    late.passes(SECONDS)
    late.nobody_heard_more()

    assert errors(late, SECONDS) == ["warning.missed"]
    [told] = late.reads("Randi")
    moment = "50 % av tiden til første svar var brukt tirsdag 3. mars kl. 09.15."
    assert told.startswith(f"{MISSED} – {moment} Varselet skulle ha gått da.")

    assert errors(late, SECONDS / 2) == SMOOTHLY
    assert late.hears("Kari") == [HALF]


def test_what_fell_due_at_night_is_told_within_a_minute_of_opening(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.now = datetime(2026, 3, 2, 12, 45, tzinfo=UTC)  # 13:45: half is over at 15:45, closing
    helpdesk.asks("Ola", VAT)
    helpdesk.forgets()
    dropped(helpdesk, "HALD-2026-0001")
    helpdesk.passes(16 * HOUR)
    helpdesk.nobody_heard_more()

    helpdesk.now = datetime(2026, 3, 3, 7, tzinfo=UTC)  # 08:00, opening
    for _ in range(3):
        helpdesk.passes(SECONDS)

    assert helpdesk.hears("Randi") == [MISSED]
    helpdesk.passes(SECONDS)
    assert helpdesk.hears("Kari") == [HALF]


def test_the_lead_is_told_once_however_often_it_is_dropped_again(late: Helpdesk) -> None:
    late.passes(timedelta(hours=18))
    for _ in range(10):
        dropped(late, "HALD-2026-0001")
        late.now += timedelta(minutes=5)
        with late.desk.database.transaction() as store:
            store.tickets.look_at(late.ticket().id, late.now + HOUR)
        late.passes(timedelta())

    assert late.hears("Randi") == [MISSED]
    late.passes(SECONDS)
    assert late.hears("Kari") == [HALF]


def test_many_dropped_warnings_are_one_card(late: Helpdesk) -> None:
    for _ in range(4):
        late.asks("Ola", VAT)
    late.forgets()
    for number in range(1, 6):
        dropped(late, f"HALD-2026-000{number}")

    late.passes(timedelta(hours=18, minutes=16))

    assert late.hears("Randi") == ["5 varsler gikk ikke ut i tide"]
    late.passes(SECONDS)
    assert late.hears("Kari") == ["5 varsler om frister"]


def test_a_question_that_nobody_gave_to_the_contact_is_told_too(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.asks("Ola", "Hva gjør vi med dette?")
    assert helpdesk.ticket().status == "unsure"
    helpdesk.forgets()
    dropped(helpdesk, helpdesk.newest_number())

    helpdesk.passes(timedelta(minutes=11))

    assert helpdesk.hears("Randi") == [MISSED]
    helpdesk.passes(SECONDS)
    assert helpdesk.ticket().contact == "Kari"
    helpdesk.forgets()


def test_when_all_is_well_the_auditor_says_nothing(late: Helpdesk) -> None:
    for _ in range(24 * 4):
        assert errors(late, HOUR / 4) == SMOOTHLY
    assert MISSED not in late.hears("Randi")
    late.forgets()


def test_what_the_sweep_gets_to_in_time_is_no_alarm(late: Helpdesk) -> None:
    late.answers("Kari", "Innen 10. april.")
    late.passes(3 * 24 * HOUR)  # stopped meanwhile: the sweep comes by before the auditor

    assert MISSED not in late.hears("Randi")
    late.forgets()


def test_a_ticket_that_cannot_be_looked_at_holds_up_no_other(late: Helpdesk) -> None:
    late.asks("Nils", VAT)
    late.forgets()
    unreadable = replace(late.desk.agreements.newest, digest="unreadable")
    with late.desk.database.transaction() as store:
        store.agreements.keep(unreadable, "nothing that TOML knows", late.now)
        store.tickets._row(late.ticket("HALD-2026-0001").id).agreement = "unreadable"

    assert "ticket.not_watched" in errors(late, timedelta(hours=18, minutes=15))
    assert late.hears("Per") == [HALF.replace("0001", "0002")]
    late.forgets()


def test_a_chat_that_does_not_answer_is_told_in_the_log(late: Helpdesk) -> None:
    late.passes(timedelta(hours=18))
    for chat in late.chats.values():
        chat.broken = True
    late.passes(timedelta(minutes=15))  # Kari's warning is written, and cannot be sent
    assert errors(late, SECONDS) == SMOOTHLY
    assert errors(late, SECONDS) == ["warnings.stuck"]
    assert errors(late, timedelta(minutes=5)) == ["warnings.stuck", "letters.stuck"]
    late.forgets()


def test_the_lead_is_told_of_a_warning_that_was_refused(late: Helpdesk) -> None:
    late.chat_of("Kari").refuses["Kari"] = "account_inactive"

    assert errors(late, timedelta(hours=18, minutes=15)) == ["warning.refused"]
    late.delivers()

    [told] = late.reads("Randi")
    chat = late.pair.team.capitalize()
    assert told.startswith(f"Et varsel til Kari kom ikke fram – {chat} tok ikke imot den: account")


def test_when_the_lead_cannot_be_reached_either_the_log_has_to_do(late: Helpdesk) -> None:
    for name in ("Kari", "Randi"):
        late.chat_of(name).refuses[name] = "account_inactive"

    late.passes(timedelta(hours=18, minutes=15))
    assert "warning.refused" in errors(late, HOUR)
    late.forgets()
