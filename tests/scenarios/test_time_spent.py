"""The team puts down the time a ticket took, with one press; it is the unit's, nobody's own."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.agreements import AgreementBook, parse_agreement
from bot.cards.blocks import Card, Table
from bot.domain.time_spent import TimeSpent
from tests.helpdesk import TEAM, Helpdesk
from tests.office import HALD_WORDS


@pytest.fixture
def solved(asked: Helpdesk) -> Helpdesk:
    asked.answers("Kari", "Innen 10. april.")
    asked.presses("Kari", "ticket.resolve", on=TEAM)
    asked.forgets()
    return asked


def chips(helpdesk: Helpdesk) -> list[str]:
    buttons = helpdesk.card(TEAM).buttons()
    return [button.label for button in buttons if button.action == "ticket.time"]


def tables(card: Card) -> dict[str, dict[str, tuple[str, ...]]]:
    found = [block for block in card.body if isinstance(block, Table)]
    return {table.title: {row[0]: row[1:] for row in table.rows} for table in found}


def test_the_chips_come_when_it_is_resolved_and_go_when_one_is_pressed(solved: Helpdesk) -> None:
    assert chips(solved) == ["Tok 5 min", "Tok 15 min", "Tok 30 min", "Tok 1 t"]

    solved.presses("Per", "ticket.time", on=TEAM, task=":15")

    assert chips(solved) == []
    assert solved.facts(TEAM)["Tid brukt"] == "15 min"
    [event] = [event for event in solved.log() if isinstance(event, TimeSpent)]
    assert (event.minutes, event.by) == (15, None)


def test_the_asker_sees_neither_chips_nor_time(solved: Helpdesk) -> None:
    solved.presses("Kari", "ticket.time", on=TEAM, task=":30")

    assert "Tid brukt" not in solved.facts("Ola")
    assert "ticket.time" not in solved.actions("Ola")
    assert solved.hears("Ola") == []


def test_while_it_is_open_there_are_no_chips(asked: Helpdesk) -> None:
    assert chips(asked) == []


def test_of_two_who_press_at_once_one_is_counted(solved: Helpdesk) -> None:
    button = solved.button(TEAM, "ticket.time", task=":60")
    presses = [solved.pressed(name, button, channel=TEAM) for name in ("Kari", "Per")]

    with ThreadPoolExecutor(2) as hands:
        list(hands.map(solved.dispatch, presses))
    solved.delivers()

    assert solved.facts(TEAM)["Tid brukt"] == "1 t"
    told = [title for name in ("Kari", "Per") for title in solved.hears(name)]
    assert told == ["Tiden er allerede ført."]


def test_what_is_opened_again_is_put_down_once_more(solved: Helpdesk) -> None:
    solved.presses("Kari", "ticket.time", on=TEAM, task=":5")
    solved.presses("Kari", "ticket.reopen", on=TEAM)
    assert chips(solved) == []
    solved.presses("Kari", "ticket.resolve", on=TEAM)

    solved.presses("Kari", "ticket.time", on=TEAM, task=":30")

    assert solved.facts(TEAM)["Tid brukt"] == "35 min"
    solved.forgets()


@pytest.mark.parametrize("minutes", ["", "7", "-5", "999999"])
def test_other_lengths_than_the_chips_are_refused(solved: Helpdesk, minutes: str) -> None:
    button = solved.button(TEAM, "ticket.time", task=":15")
    odd = button.model_copy(update={"value": f"{solved.ticket().id}:{minutes}"})

    solved.press("Kari", odd)

    assert solved.hears("Kari") == ["Denne knappen virker ikke lenger. Bruk det nyeste kortet."]
    assert "Tid brukt" not in solved.facts(TEAM)


def test_an_asker_and_a_neighbour_put_nothing_down(solved: Helpdesk) -> None:
    button = solved.button(TEAM, "ticket.time", task=":15")

    solved.press("Ola", button)
    solved.press("Nils", button)

    assert solved.hears("Ola") == ["Bare teamet i vertskommunen kan gjøre dette."]
    assert solved.hears("Nils") == ["Denne saken finnes ikke, eller du har ikke tilgang til den."]
    assert "Tid brukt" not in solved.facts(TEAM)


def test_it_is_summed_per_municipality_and_per_side_and_names_nobody(solved: Helpdesk) -> None:
    solved.presses("Kari", "ticket.time", on=TEAM, task=":30")

    solved.commands("Randi", "sla")

    [card] = solved.cards_heard("Randi")
    found = tables(card)
    assert found["Tid brukt, per kommune"]["Herøy"] == ("1", "30 min")
    assert found["Tid brukt, per kommune"]["Dønna"] == ("0", "0 min")
    assert found["Tid brukt, etter hvem oppgaven er talt på"]["Vertskommunen"] == ("1", "30 min")
    assert found["Tid brukt, etter hvem oppgaven er talt på"]["I alt"] == ("1", "30 min")
    for name in ("Kari", "Per", "Liv", "Randi", "Ola"):
        assert name not in card.model_dump_json()


def test_a_partner_reads_its_own_time_alone(solved: Helpdesk) -> None:
    solved.presses("Kari", "ticket.time", on=TEAM, task=":30")

    for name, titles in (("Ola", 2), ("Nils", 0)):
        solved.commands(name, "sla")
        [card] = solved.cards_heard(name)
        assert sum(title.startswith("Tid brukt") for title in tables(card)) == titles


def test_an_agreement_that_does_not_want_it_has_no_chips(helpdesk: Helpdesk) -> None:
    words = HALD_WORDS.replace("time_spent = true", "time_spent = false")
    version = parse_agreement(words, "hald.toml")
    helpdesk.opens()
    with helpdesk.desk.database.transaction() as store:
        store.agreements.keep(version, words, helpdesk.now)
    helpdesk.starts_again(AgreementBook([version]))
    helpdesk.asks("Ola", "Når må mva-kompensasjonen for 1. termin være sendt?")
    helpdesk.answers("Kari", "Innen 10. april.")
    helpdesk.presses("Kari", "ticket.resolve", on=TEAM)

    assert chips(helpdesk) == []
    helpdesk.forgets()
