"""What happens when nobody answers: the ladder, step by step, in opening hours, each step once."""

from datetime import timedelta

import pytest

from bot.domain.people import Absence, PersonId
from tests.helpdesk import MONDAY_NINE, TEAM, VAT, Helpdesk

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
HALF = "HALD-2026-0001 · 50 % av tiden til første svar er brukt"
SOON = "HALD-2026-0001 · 75 % av tiden til første svar er brukt"
SOONER = "HALD-2026-0001 · 90 % av tiden til første svar er brukt"
LATE = "HALD-2026-0001 · Fristen for første svar er passert"
HOST = ("Kari", "Per", "Liv", "Randi", "Marit", "Geir")


@pytest.fixture
def staffed(helpdesk: Helpdesk) -> Helpdesk:
    """Ola in Herøy has asked Kari about VAT; Marit knows VAT, and Geir is above Randi, the lead."""
    helpdesk.opens()
    helpdesk.has("Geir", of="alstahaug", roles={"manager"})
    helpdesk.has("Bjørn", of="heroy", roles={"manager"})
    helpdesk.asks("Ola", VAT)
    helpdesk.has("Marit", of="alstahaug", roles={"host-team", "specialist-vat"})
    helpdesk.forgets()
    return helpdesk


def goes_away(helpdesk: Helpdesk, name: str, deputy: str | None = None) -> None:
    stands_in = PersonId(deputy) if deputy else None
    with helpdesk.desk.database.transaction() as store:
        away = Absence(MONDAY_NINE, MONDAY_NINE + 30 * DAY, stands_in)
        store.people.add_absence(PersonId(name), away)


def heard_by_host(helpdesk: Helpdesk) -> dict[str, list[str]]:
    heard = {name: helpdesk.hears(name) for name in HOST if name in helpdesk.homes}
    return {name: titles for name, titles in heard.items() if titles}


def passes_in_steps(helpdesk: Helpdesk, time: timedelta, step: timedelta = HOUR / 4) -> None:
    for _ in range(time // step):
        helpdesk.passes(step)


# The ladder


def test_each_step_goes_higher_up_and_comes_once(staffed: Helpdesk) -> None:
    heard = []
    for _ in range(6 * 10):
        staffed.passes(HOUR / 10)
        heard += [(staffed.now, *one) for one in heard_by_host(staffed).items()]

    start = staffed.ticket().asked_at
    at = {name: [(at - start, said) for at, who, said in heard if who == name] for name in HOST}
    assert at["Kari"] == [
        (2 * HOUR, [HALF]),
        (3 * HOUR, [SOON]),
        (3.6 * HOUR, [SOONER]),
        (4 * HOUR, [LATE]),
    ]
    assert at["Per"] == at["Randi"] == at["Kari"][1:]
    assert [since for since, _ in at["Liv"]] == [since for since, _ in at["Per"]]  # in nynorsk
    assert at["Marit"] == at["Kari"][2:]
    assert at["Geir"] == at["Kari"][3:]
    assert staffed.hears("Ola") == staffed.hears("Bjørn") == staffed.hears(TEAM) == []


def test_the_log_knows_who_was_told_of_what(staffed: Helpdesk) -> None:
    passes_in_steps(staffed, 4 * HOUR)
    staffed.forgets()

    told = [(event.percent, set(event.to)) for event in staffed.log() if event.kind == "warned"]
    assert told == [
        (50, {"Kari"}),
        (75, {"Kari", "Per", "Liv", "Randi"}),
        (90, {"Kari", "Per", "Liv", "Randi", "Marit"}),
        (100, {"Kari", "Per", "Liv", "Randi", "Marit", "Geir"}),
    ]


def test_who_has_taken_it_is_warned_in_the_contact_s_place(staffed: Helpdesk) -> None:
    staffed.presses("Per", "ticket.take", on=TEAM)
    staffed.forgets()

    staffed.passes(2 * HOUR)

    assert heard_by_host(staffed) == {"Per": [HALF]}


def test_the_manager_reads_which_ticket_is_late_and_not_what_was_asked(staffed: Helpdesk) -> None:
    staffed.passes(4 * HOUR)

    [told] = staffed.reads("Geir")
    assert told.startswith(LATE)
    assert VAT not in told
    assert VAT in staffed.reads("Randi")[0]
    staffed.forgets()


# Who is away


def test_a_contact_who_is_away_is_followed_by_their_own_deputy(staffed: Helpdesk) -> None:
    goes_away(staffed, "Kari", deputy="Liv")

    staffed.passes(2 * HOUR)

    assert heard_by_host(staffed).keys() == {"Liv"}


def test_a_contact_who_is_away_without_one_is_followed_by_the_deputies(staffed: Helpdesk) -> None:
    goes_away(staffed, "Kari")

    staffed.passes(2 * HOUR)

    # Herøy's deputies are the other municipalities' contacts, and Randi is Alstahaug's.
    assert heard_by_host(staffed).keys() == {"Per", "Liv", "Randi"}


def test_the_next_in_line_gets_it_up_to_the_manager(staffed: Helpdesk) -> None:
    for name in ("Kari", "Per", "Liv", "Randi", "Marit"):
        goes_away(staffed, name)

    staffed.passes(2 * HOUR)

    assert heard_by_host(staffed) == {"Geir": [HALF]}


def test_nobody_at_all_is_an_alarm_to_the_lead_and_never_silence(staffed: Helpdesk) -> None:
    for name in ("Kari", "Per", "Liv", "Randi", "Marit", "Geir"):
        goes_away(staffed, name)

    staffed.passes(2 * HOUR)

    nobody = "HALD-2026-0001 · Ingen kan varsles om denne saken"
    assert heard_by_host(staffed) == {"Randi": [nobody], "Geir": [nobody]}


# What disarms a warning, and what arms it again


def test_an_answer_in_time_means_no_warning_until_the_time_to_solve_it_runs_out(
    asked: Helpdesk,
) -> None:
    asked.answers("Kari", "Innen 10. april.")
    asked.forgets()

    passes_in_steps(asked, 24 * HOUR)

    asked.nobody_heard_more()


def test_resolving_ends_every_warning(asked: Helpdesk) -> None:
    asked.answers("Kari", "Innen 10. april.")
    asked.presses("Kari", "ticket.resolve", on=TEAM)
    asked.forgets()

    passes_in_steps(asked, 10 * DAY, step=12 * HOUR)

    asked.nobody_heard_more()


def test_a_withdrawn_question_warns_nobody(asked: Helpdesk) -> None:
    asked.presses("Ola", "asker.withdraw")
    asked.forgets()

    asked.passes(6 * HOUR)

    asked.nobody_heard_more()


def test_the_time_to_solve_it_is_warned_about_too(asked: Helpdesk) -> None:
    asked.answers("Kari", "Jeg ser på det.")
    asked.forgets()

    heard = []
    for _ in range(4 * 24):
        asked.passes(HOUR)
        heard += asked.hears("Kari")

    about = "HALD-2026-0001 · {} % av tiden til løsning er brukt"
    late = "HALD-2026-0001 · Fristen for løsning er passert"
    assert heard == [about.format(50), about.format(75), about.format(90), late]
    asked.forgets()


def test_the_time_to_the_next_answer_is_warned_about_too(asked: Helpdesk) -> None:
    asked.answers("Kari", "Innen 10. april.")
    asked.replies("Ola", "Gjelder det også 6. termin?")
    asked.forgets()

    asked.passes(4 * HOUR)

    assert asked.hears("Kari") == ["HALD-2026-0001 · 50 % av tiden til neste svar er brukt"]


def test_while_the_municipality_has_to_answer_the_time_to_solve_it_warns_nobody(
    asked: Helpdesk,
) -> None:
    asked.presses("Kari", "ticket.ask_back", on=TEAM)
    asked.fills_in("Kari", text="Hvilken termin gjelder det?")
    asked.forgets()

    passes_in_steps(asked, 10 * DAY, step=12 * HOUR)

    asked.nobody_heard_more()


def test_when_they_have_answered_it_is_warned_about_again_from_where_it_stood(
    asked: Helpdesk,
) -> None:
    asked.presses("Kari", "ticket.ask_back", on=TEAM)
    asked.fills_in("Kari", text="Hvilken termin gjelder det?")
    passes_in_steps(asked, 7 * DAY, step=12 * HOUR)  # Monday at nine again
    asked.replies("Ola", "Første.")
    asked.answers("Kari", "Da ser jeg på det.")
    asked.forgets()

    heard = []
    for _ in range(2 * 24 * 4):
        asked.passes(HOUR / 4)
        heard += [(asked.now, title) for title in asked.hears("Kari")]

    # Three working days were 30 hours; half of them are used on Wednesday at 08:30.
    half = "HALD-2026-0001 · 50 % av tiden til løsning er brukt"
    assert heard == [(MONDAY_NINE + 9 * DAY - HOUR / 2, half)]
    asked.forgets()


def test_an_urgent_ticket_is_warned_about_by_its_own_target(asked: Helpdesk) -> None:
    asked.presses("Ola", "asker.urgent")
    asked.forgets()

    asked.passes(45 * MINUTE)

    assert asked.hears("Kari") == asked.hears("Randi") == [SOON]
    asked.forgets()


def test_a_later_target_warns_anew_and_going_up_again_tells_nobody_twice(asked: Helpdesk) -> None:
    asked.presses("Ola", "asker.urgent")
    asked.passes(45 * MINUTE)
    asked.presses("Ola", "asker.not_urgent")
    asked.forgets()

    passes_in_steps(asked, 75 * MINUTE)  # 11:00: half of four hours
    assert asked.hears("Kari") == [HALF]
    asked.forgets()

    asked.presses("Ola", "asker.urgent")  # an hour was over long ago
    asked.forgets()
    asked.passes(MINUTE)
    assert asked.hears("Kari") == [LATE]
    asked.forgets()

    passes_in_steps(asked, 4 * HOUR)
    assert [title for title in asked.hears("Kari") if "første svar" in title] == []
    asked.forgets()
