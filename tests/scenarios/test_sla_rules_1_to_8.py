"""The settled rules of the clock, one to eight: each as people at the desk live through it."""

from datetime import UTC, datetime

from bot.domain.events import Asked
from bot.domain.tickets import Status
from tests.helpdesk import MONDAY_NINE, TEAM, VAT, Helpdesk
from tests.scenarios.clock import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    figures_of,
    is_resolved,
    waits_for_asker,
    waits_for_bank,
)


def test_rule_01_the_clock_starts_when_the_emoji_was_put_on(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    written = helpdesk.now - 3 * DAY

    helpdesk.marks("Ola", "Ola", VAT, written=written)

    [asked, *_] = helpdesk.log()
    assert isinstance(asked, Asked)
    assert (asked.at, asked.message_at) == (MONDAY_NINE, written)
    assert helpdesk.facts("Ola")["Første svar innen"] == "mandag 2. mars kl. 13.00"
    helpdesk.forgets()


def test_rule_01_a_call_keeps_its_own_time_and_who_logged_it_and_when(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.now += 5 * HOUR
    helpdesk.commands("Per", "telefon")

    helpdesk.fills_in("Per", who="Ola", when="2026-03-02 10:00", text=VAT)

    [asked, *_] = helpdesk.log()
    assert isinstance(asked, Asked)
    assert (asked.at, asked.received_at) == (MONDAY_NINE + HOUR, MONDAY_NINE + 5 * HOUR)
    assert (asked.by, asked.marked_by, asked.via) == ("Ola", "Per", "phone")
    assert helpdesk.facts("Ola")["Første svar innen"].startswith("mandag 2. mars kl. 14.00")
    assert helpdesk.hears("Ola") == ["HALD-2026-0001 · Vi har fått spørsmålet ditt"]
    helpdesk.forgets()


def test_rule_02_the_platforms_time_counts_and_ours_is_kept_beside_it(helpdesk: Helpdesk) -> None:
    helpdesk.opens()

    helpdesk.says("Ola", VAT, at=MONDAY_NINE - 2 * MINUTE)

    [asked, *_] = helpdesk.log()
    assert (asked.at, asked.received_at) == (MONDAY_NINE - 2 * MINUTE, MONDAY_NINE)
    assert helpdesk.facts("Ola")["Første svar innen"] == "mandag 2. mars kl. 12.58"
    helpdesk.forgets()


def test_rule_03_what_is_no_answer_stops_no_first_response(asked: Helpdesk) -> None:
    asked.now += MINUTE
    asked.presses("Kari", "ticket.take", on=TEAM)
    asked.replies("Kari", "Han spør hver termin", below="team")
    asked.replies("Kari", "Husk kirken", below="contact")
    asked.reacts("Kari", "eyes")
    asked.replies("Ola", "Det haster litt")
    asked.presses("Kari", "ticket.urgent", on=TEAM)
    thread = asked.slot_place(None, "asker").thread
    asked.says("Nils", "Jeg vet svaret", channel="Ola", thread=thread)

    first = figures_of(asked).first_response
    assert first
    assert first.end is None

    asked.now += MINUTE
    asked.answers("Liv", "Innan 10. april.")  # a colleague of the contact's
    first = figures_of(asked).first_response
    assert first
    assert first.used == 2 * MINUTE
    asked.forgets()


def test_rule_03_a_refused_answer_and_one_taken_back_at_once_never_counted(asked: Helpdesk) -> None:
    taken_back = asked.replies("Kari", "Innen i fjor")
    asked.now += 60 * SECOND
    asked.deletes("Kari", taken_back)
    asked.chat_of("Ola").refuses["Ola"] = "account_inactive"
    asked.answers("Kari", "Innen 10. april.")
    asked.passes(MINUTE)
    assert asked.facts(TEAM)["Første svar innen"] == "mandag 2. mars kl. 13.00"

    asked.chat_of("Ola").refuses.clear()
    kept = asked.replies("Kari", "Innen 10. april.")
    asked.now += 61 * SECOND
    asked.deletes("Kari", kept)

    assert asked.facts(TEAM)["Første svar gitt"] == "mandag 2. mars kl. 09.02"
    asked.forgets()


def test_rule_04_questions_before_one_answer_are_one_stretch_and_takk_is_none(
    asked: Helpdesk,
) -> None:
    asked.answers("Kari", "Innen 10. april.")
    asked.replies("Ola", "Takk!")
    assert figures_of(asked).next_responses == ()

    for question in ("Gjelder det kirken?", "Og havna?"):
        asked.passes(HOUR)
        asked.replies("Ola", question)
    asked.passes(HOUR)
    asked.answers("Kari", "Ja, begge.")

    [exchange] = figures_of(asked).next_responses
    assert (exchange.start, exchange.used) == (MONDAY_NINE + HOUR, 2 * HOUR)

    asked.presses("Kari", "ticket.resolve", on=TEAM)
    asked.replies("Ola", "Tusen takk!")
    assert asked.ticket().status is Status.RESOLVED
    asked.forgets()


def test_rule_05_each_pause_adds_exactly_its_own_working_time(asked: Helpdesk) -> None:
    waits_for_asker(asked)
    asked.now += HOUR
    waits_for_bank(asked)  # another wait within the first
    asked.now += HOUR
    asked.presses("Kari", "ticket.go_on", on=TEAM)
    asked.now += HOUR  # 12.00
    waits_for_asker(asked)  # twice in the same minute
    asked.replies("Ola", "Første.")
    waits_for_asker(asked)
    asked.now += DAY  # over the night: 3 h 45 min, and 4 h
    asked.presses("Kari", "ticket.resolve", on=TEAM)  # paused until the end

    now = figures_of(asked)
    assert now.resolution
    assert now.resolution.used == HOUR
    assert now.waited_for_third_party == HOUR
    assert now.waited_for_asker == HOUR + 7 * HOUR + 45 * MINUTE
    asked.forgets()


def test_rule_06_nothing_is_broken_in_a_pause_and_any_reply_ends_it(asked: Helpdesk) -> None:
    asked.has("Anne", of="heroy")
    asked.answers("Kari", "Jeg ser på det.")
    ways = {
        "a message": lambda: asked.replies("Ola", "Første termin."),
        "an edit": lambda: asked.edits("Ola", edited, "Første termin, mente jeg"),
        "an emoji": lambda: asked.reacts("Ola", "+1"),
        "a colleague": lambda: asked.says(
            "Anne", "Første termin", channel="Ola", thread=thread, to_us=False
        ),
    }
    edited = asked.replies("Ola", "Gjelder det kirken?")
    thread = asked.slot_place(None, "asker").thread
    for way, reply in ways.items():
        waits_for_asker(asked)
        asked.passes(7 * DAY)
        resolution = figures_of(asked).resolution
        assert resolution, way
        assert not resolution.is_breached, way
        reply()
        assert asked.ticket().status is Status.TAKEN, way
    asked.forgets()


def test_rule_07_within_ten_working_days_the_same_ticket_goes_on(asked: Helpdesk) -> None:
    is_resolved(asked)
    asked.now += 2 * HOUR

    asked.replies("Ola", "Men hva med kirken?")

    assert len(asked.tickets()) == 1
    asked.now += HOUR
    resolution = figures_of(asked).resolution
    assert resolution
    assert resolution.used == HOUR  # the two hours that it lay resolved are left out
    assert asked.facts("Ola")["Løst innen"] == "fredag 6. mars kl. 10.00"
    asked.forgets()


def test_rule_07_later_it_is_a_new_ticket_that_names_the_old_one(asked: Helpdesk) -> None:
    is_resolved(asked)
    asked.now = datetime(2026, 3, 16, 14, 45, tzinfo=UTC)  # closing time on the tenth day
    before, asked.now = asked.now, asked.now + MINUTE

    asked.replies("Ola", VAT)

    assert [ticket.number for ticket in asked.tickets()] == ["HALD-2026-0001", "HALD-2026-0002"]
    [new, *_] = asked.log("HALD-2026-0002")
    assert isinstance(new, Asked)
    assert new.follows == "HALD-2026-0001"
    assert new.at > before
    asked.forgets()


def test_rule_08_up_and_down_and_up_buys_no_time_and_both_are_told(asked: Helpdesk) -> None:
    asked.now += 30 * MINUTE
    asked.presses("Kari", "ticket.urgent", on=TEAM)
    assert asked.facts("Ola")["Første svar innen"] == "mandag 2. mars kl. 10.00"
    told = ["Kari har merket saken som haster. Nye frister står på kortet."]
    assert asked.hears("Ola") == asked.hears(TEAM) == told
    asked.presses("Ola", "asker.not_urgent")
    asked.presses("Kari", "ticket.urgent", on=TEAM)
    assert asked.facts("Ola")["Første svar innen"] == "mandag 2. mars kl. 10.00"

    asked.passes(HOUR)
    asked.presses("Kari", "ticket.not_urgent", on=TEAM)

    first = figures_of(asked).first_response  # broken it was, and broken it stays
    assert first
    assert first.is_breached
    asked.forgets()


def test_rule_08_a_changed_task_takes_its_targets_from_the_same_start(asked: Helpdesk) -> None:
    asked.passes(HOUR)
    asked.presses("Kari", "ticket.change_task", on=TEAM)
    asked.fills_in("Kari", task="system-users")

    assert asked.facts("Ola")["Løst innen"] == "onsdag 4. mars kl. 15.45"  # two days, not three
    assert asked.hears("Ola") == [
        "Kari endret oppgaven til: Registrerer nye brukere i systemmodulene"
    ]
    asked.forgets()


def test_rule_08_a_target_set_by_hand_is_not_overridden_silently(asked: Helpdesk) -> None:
    asked.presses("Kari", "ticket.more", on=TEAM)
    asked.presses("Kari", "ticket.set_target")
    asked.fills_in("Kari", figure="first_response", due="2026-03-02 15:00", reason="Møte")
    asked.forgets()

    asked.presses("Ola", "asker.urgent")

    assert asked.facts("Ola")["Første svar innen"] == "mandag 2. mars kl. 15.00"
    kept = "Fristen for første svar er satt for hånd og gjelder fortsatt: mandag 2. mars kl. 15.00"
    assert kept in asked.hears("Ola")
    assert kept in asked.hears(TEAM)
    asked.forgets()
