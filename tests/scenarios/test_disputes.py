"""«This is not our task»: a meeting decides it, nobody is left, and the decision is remembered."""

import pytest

from bot.domain.agreement import Clause, Side
from bot.domain.disputes import Dispute
from bot.domain.people import Language
from bot.domain.tickets import Status
from tests.helpdesk import INVOICE, LAPTOP, TEAM, VAT, Helpdesk

HIDDEN = "Denne saken finnes ikke, eller du har ikke tilgang til den."
REASON = "Kommunen fører dette selv etter rutinen fra i fjor."
WORDING = "Kompensasjonskrav er vertens, bilagene kommunens."
RULED = f"Vertskommunens oppgave. {WORDING} (2. mars 2026, ført inn av Randi)"


def team_disputes(desk: Helpdesk, meanwhile: str = "keep") -> None:
    desk.presses("Kari", "ticket.more", on=TEAM)
    desk.presses("Kari", "ticket.dispute")
    desk.fills_in("Kari", reason=REASON, meanwhile=meanwhile)


def settles(desk: Helpdesk, verdict: str = "host") -> None:
    desk.commands("Randi", "presedens")
    desk.presses("Randi", "dispute.settle")
    desk.fills_in("Randi", verdict=verdict, wording=WORDING)


def waiting(desk: Helpdesk, municipality: str | None = None) -> list[Dispute]:
    with desk.desk.database.reading() as store:
        return list(store.disputes.open(municipality))


def test_the_team_disputes_a_clause_and_goes_on_helping(asked: Helpdesk) -> None:
    team_disputes(asked)

    [dispute] = waiting(asked, "heroy")
    assert (dispute.task, dispute.clause) == ("vat", Clause("Regnskap", 5))
    assert (dispute.side, dispute.by_host, dispute.reason) == (Side.HOST, True, REASON)
    assert asked.ticket().status is Status.OPEN
    raised = "Kari mener dette ikke er deres oppgave. Det tas opp i neste oppfølgingsmøte."
    assert asked.hears("Ola") == asked.hears(TEAM) == [raised]
    asked.forgets()


def test_the_team_may_let_the_municipality_have_it_meanwhile(asked: Helpdesk) -> None:
    team_disputes(asked, "refer")

    assert asked.ticket().status is Status.REFERRED
    assert asked.actions("Ola") == ["asker.need_help", "asker.dispute", "agenda.take_up"]
    asked.presses("Ola", "asker.need_help")
    assert asked.ticket().status is Status.OPEN
    asked.forgets()


def test_a_dispute_needs_a_reason(asked: Helpdesk) -> None:
    asked.presses("Kari", "ticket.more", on=TEAM)
    asked.presses("Kari", "ticket.dispute")

    asked.fills_in("Kari", reason="  ")

    assert asked.problems["Kari"] == {"reason": "Dette må fylles ut."}
    assert waiting(asked) == []
    asked.forgets()


def test_one_ticket_has_one_dispute_at_a_time(asked: Helpdesk) -> None:
    team_disputes(asked)
    asked.forgets()

    team_disputes(asked)

    assert "Saken har allerede en uenighet som venter på et møte." in asked.hears("Kari")
    assert len(waiting(asked)) == 1


def test_the_municipality_disputes_a_referral_and_is_helped_meanwhile(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.asks("Ola", INVOICE)
    helpdesk.forgets()

    helpdesk.presses("Ola", "asker.dispute")
    helpdesk.fills_in("Ola", reason="Vi har aldri gjort dette.")

    [dispute] = waiting(helpdesk, "heroy")
    assert (dispute.task, dispute.side, dispute.by_host) == ("invoicing", Side.PARTNER, False)
    ticket = helpdesk.ticket()
    assert (ticket.status, ticket.counted_as) == (Status.OPEN, Side.UNSPECIFIED)
    assert "Vertskommunen hjelper deg i mellomtiden." in helpdesk.reads("Ola")[0]
    helpdesk.forgets()


def test_what_is_a_third_partys_is_no_clause_to_dispute(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.asks("Ola", LAPTOP)

    assert helpdesk.actions("Ola") == ["asker.need_help"]
    helpdesk.forgets()


def test_the_decision_is_shown_the_next_time_the_clause_is_used(asked: Helpdesk) -> None:
    team_disputes(asked)
    asked.forgets()

    settles(asked)

    told = "Randi har ført inn hva møtet bestemte om Merverdiavgift"
    assert asked.hears("Ola") == asked.hears(TEAM) == [told]
    assert waiting(asked) == []
    asked.asks("Nils", VAT)
    assert asked.facts("Nils")["Avklart i møte"] == RULED
    assert asked.facts(TEAM)["Avklart i møte"] == RULED
    asked.asks("Nils", "Når kjøres utbetalingene denne uka?")
    assert "Avklart i møte" not in asked.facts(TEAM)
    asked.forgets()


def test_a_precedent_is_read_in_ones_own_language(asked: Helpdesk) -> None:
    asked.has("Emma", of="donna", language=Language.EN)
    team_disputes(asked)
    settles(asked, "unspecified")
    asked.forgets()

    asked.asks("Emma", VAT)

    fact = asked.facts("Emma")["Settled in a meeting"]
    assert fact.startswith("Not specified in the agreement; the host helps.")
    asked.forgets()


def test_a_neighbour_reads_the_precedent_and_nothing_of_the_ticket(asked: Helpdesk) -> None:
    team_disputes(asked)
    asked.forgets()
    asked.commands("Nils", "presedens")
    assert "Ingen uenighet venter på et møte." in asked.reads("Nils")[0]
    asked.commands("Ola", "presedens")
    [own] = asked.cards_heard("Ola")
    assert REASON in own.plain()
    assert own.buttons() == ()

    settles(asked)
    asked.forgets()
    asked.commands("Nils", "presedens")

    [card] = asked.cards_heard("Nils")
    seen = card.model_dump_json()
    assert RULED in seen
    for secret in ("HALD-2026-0001", REASON, VAT, "Herøy", "Ola", "Kari"):
        assert secret not in seen


@pytest.mark.parametrize("name", ["Ola", "Nils"])
def test_only_the_team_puts_down_what_a_meeting_decided(asked: Helpdesk, name: str) -> None:
    team_disputes(asked)
    asked.commands("Randi", "presedens")
    asked.forgets()
    button = asked.button("Randi", "dispute.settle")

    asked.press(name, button)
    asked.press(name, button.model_copy(update={"action": "dispute.settle.send"}))

    assert asked.hears(name) == [HIDDEN] * 2
    assert len(waiting(asked)) == 1


def test_a_decision_is_put_down_once_and_needs_words(asked: Helpdesk) -> None:
    team_disputes(asked)
    asked.commands("Randi", "presedens")
    asked.presses("Randi", "dispute.settle")
    asked.fills_in("Randi", verdict="nobody", wording=" ")
    assert asked.problems["Randi"] == {
        "verdict": "Velg en av mulighetene.",
        "wording": "Dette må fylles ut.",
    }
    asked.fills_in("Randi", verdict="host", wording=WORDING)
    asked.forgets()

    asked.presses("Randi", "dispute.settle")
    asked.fills_in("Randi", verdict="partner", wording="Nei, likevel ikke.")

    assert asked.hears("Randi") == ["Uenigheten er allerede avgjort."]
    with asked.desk.database.reading() as store:
        assert [one.wording for one in store.disputes.precedents("hald")] == [WORDING]


@pytest.mark.parametrize(
    ("wording", "telling"),
    [
        ("Slik det ble gjort for Herøy i HALD-2026-0001.", "Herøy, HALD-2026-0001"),
        ("Olas bilag er kommunens eget.", "Olas"),
    ],
)
def test_a_decision_that_all_will_read_tells_of_nobody(
    asked: Helpdesk, wording: str, telling: str
) -> None:
    team_disputes(asked)
    asked.commands("Randi", "presedens")
    asked.presses("Randi", "dispute.settle")

    asked.fills_in("Randi", verdict="host", wording=wording)
    assert asked.problems["Randi"] == {
        "wording": f"Dette røper hvem som spurte: {telling}. Ta det ut."
    }
    assert len(waiting(asked)) == 1

    asked.fills_in("Randi", verdict="host", wording=f"{WORDING} Jf. kravet fra 13097248022.")
    asked.forgets()
    asked.asks("Nils", VAT)
    assert "13097248022" not in asked.facts("Nils")["Avklart i møte"]
    assert WORDING in asked.facts("Nils")["Avklart i møte"]
    asked.forgets()
