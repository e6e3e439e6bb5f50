"""The settled rules of the clock, fourteen and fifteen: as people at the desk live through them."""

import pytest

from bot.cards.blocks import Select, Table
from bot.cli.clock_why import answer
from bot.domain.events import Figure
from bot.domain.tickets import Status
from tests.domain.oracle import at
from tests.helpdesk import MONDAY_NINE, TEAM, VAT, Helpdesk
from tests.scenarios.clock import (
    HOUR,
    MINUTE,
    answers,
    chooses,
    figures_of,
    waits_for_asker,
)

PAYMENT = "Når kjøres utbetalingene denne uka?"


@pytest.fixture
def at_easter(helpdesk: Helpdesk) -> Helpdesk:
    """Ola asked an hour before Easter began; on Tuesday Kari waited an hour for his answer."""
    helpdesk.opens()
    helpdesk.now = at("2026-04-01 11:00")  # the Wednesday before, open until noon
    helpdesk.asks("Ola", VAT)
    helpdesk.now = at("2026-04-07 09:00")
    waits_for_asker(helpdesk)
    helpdesk.now += HOUR
    helpdesk.replies("Ola", "Første termin.")
    helpdesk.forgets()
    return helpdesk


def test_rule_14_every_interval_is_told_with_its_reason_alike_to_both_sides(
    at_easter: Helpdesk,
) -> None:
    at_easter.presses("Ola", "ticket.why")
    at_easter.presses("Kari", "ticket.why", on=TEAM)

    shown = at_easter.shown["Ola"].card
    assert shown.body == at_easter.shown["Kari"].card.body
    assert "Løsning: 3 arbeidsdager. Avtalen av 1. januar 2026, Regnskap, punkt 5." in shown.plain()
    first, _, resolution = [block.rows for block in shown.body if isinstance(block, Table)]
    assert first[0] == ("onsdag 1. april kl. 11.00", "onsdag 1. april kl. 12.00", "1 t", "åpent")
    assert [row[2:] for row in first[1:]] == [
        ("–", "stengt"),
        ("–", "skjærtorsdag"),
        ("–", "langfredag"),
        ("–", "helg"),
        ("–", "første påskedag"),
        ("–", "andre påskedag"),
        ("–", "stengt"),
        ("1 t", "åpent"),
    ]
    pause = ("–", "venter på kommunen, satt av Kari")
    assert ("tirsdag 7. april kl. 09.00", "tirsdag 7. april kl. 10.00", *pause) in resolution


def test_rule_14_what_counts_adds_up_without_a_gap(at_easter: Helpdesk) -> None:
    book, number = at_easter.desk.agreements, at_easter.newest_number()

    told = answer(at_easter.desk.database, book, number, list(Figure), at_easter.now)

    assert [each.figure for each in told.explanations] == list(Figure)
    assert [each.counted for each in told.explanations] == [
        2 * HOUR,  # until the question back
        8 * HOUR,  # the answer to Ola's reply is still owed
        HOUR + 3 * (7 * HOUR + 45 * MINUTE),  # what is left of the first day, and three more
    ]
    for each in told.explanations:
        ends = [each.start, *(line.end for line in each.lines)]
        assert [line.start for line in each.lines] == ends[:-1]
        assert ends[-1] == (each.end or each.due)


@pytest.fixture
def two_asked(asked: Helpdesk) -> Helpdesk:
    """Anne, of the same municipality as Ola, asks an hour after him."""
    asked.has("Anne", of="heroy")
    asked.now += HOUR
    asked.asks("Anne", VAT)
    asked.forgets()
    return asked


@pytest.mark.parametrize(("one", "other"), [(1, 2), (2, 1)])
def test_rule_15_of_two_merged_tickets_the_oldest_start_wins(
    two_asked: Helpdesk, one: int, other: int
) -> None:
    chooses(two_asked, "ticket.merge", f"HALD-2026-000{one}")
    two_asked.fills_in("Kari", number=f"HALD-2026-000{other}")

    goes_on = f"HALD-2026-000{other}"
    assert two_asked.ticket(f"HALD-2026-000{one}").status is Status.MERGED
    first = figures_of(two_asked, goes_on).first_response
    assert first
    assert (first.start, first.due) == (MONDAY_NINE, MONDAY_NINE + 4 * HOUR)
    told = (
        f"Kari har slått sammen HALD-2026-000{one} og {goes_on}. Svarene kommer her og gjelder beg"
        "ge."
    )
    for side in ("Ola", "Anne", TEAM):
        assert told in two_asked.hears(side), side
    two_asked.forgets()


@pytest.mark.parametrize(("one", "other"), [(1, 2), (2, 1)])
def test_rule_15_both_askers_get_the_answer_and_can_go_on(
    two_asked: Helpdesk, one: int, other: int
) -> None:
    chooses(two_asked, "ticket.merge", f"HALD-2026-000{one}")
    two_asked.fills_in("Kari", number=f"HALD-2026-000{other}")
    two_asked.forgets()

    goes_on = f"HALD-2026-000{other}"
    answers(two_asked, goes_on)
    for asker, number in (("Ola", "HALD-2026-0001"), ("Anne", "HALD-2026-0002")):
        assert two_asked.reads(asker) == ["Kari svarer – Innen 10. april."], asker
        assert goes_on in two_asked.opens_page(asker).plain()
        two_asked.replies(asker, "Gjelder det også kirken?", number=number)
    replies = [e for e in two_asked.log(goes_on) if e.kind == "asker_wrote"]
    assert {event.by for event in replies} == {"Ola", "Anne"}
    two_asked.forgets()


def test_rule_15_tickets_of_two_municipalities_are_linked_and_never_merged(
    asked: Helpdesk,
) -> None:
    asked.asks("Nils", VAT)
    asked.forgets()
    before = figures_of(asked, "HALD-2026-0001"), figures_of(asked, "HALD-2026-0002")

    chooses(asked, "ticket.merge", "HALD-2026-0001")
    asked.fills_in("Kari", number="HALD-2026-0002")
    assert asked.problems["Kari"]["number"].startswith("Saken hører til en annen kommune.")
    chooses(asked, "ticket.link", "HALD-2026-0001")
    asked.fills_in("Kari", number="HALD-2026-0002")

    assert asked.facts(TEAM, "HALD-2026-0001")["Hører sammen med"] == "HALD-2026-0002"
    assert before == (figures_of(asked, "HALD-2026-0001"), figures_of(asked, "HALD-2026-0002"))
    assert asked.hears("Ola") == asked.hears("Nils") == []
    asked.forgets()


def test_rule_15_a_message_split_off_is_counted_from_when_it_was_written(asked: Helpdesk) -> None:
    asked.answers("Kari", "Innen 10. april.")
    asked.now += HOUR  # 10:00
    asked.replies("Ola", PAYMENT)
    asked.now += 2 * HOUR
    asked.forgets()

    chooses(asked, "ticket.split")
    [choice] = [block for block in asked.shown["Kari"].card.body if isinstance(block, Select)][:1]
    asked.fills_in("Kari", message=choice.options[0].value, task="payments")

    new = figures_of(asked, "HALD-2026-0002").first_response
    assert new
    assert (new.start, new.due) == (MONDAY_NINE + HOUR, MONDAY_NINE + 5 * HOUR)
    assert figures_of(asked, "HALD-2026-0001").next_responses == ()
    told = "Kari har gjort denne meldingen til en egen sak, HALD-2026-0002"
    assert told in asked.hears("Ola")
    assert told in asked.hears(TEAM)
    asked.forgets()
