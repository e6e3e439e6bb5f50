"""A municipality orders something of the host: a form, an approver, a ticket and a checklist."""

from datetime import timedelta

import pytest

from bot.domain.orders import OrderStatus, StepKind
from bot.domain.people import Language
from bot.domain.tickets import Status
from tests.helpdesk import MONDAY_NINE, TEAM, Helpdesk
from tests.orders.ordering import NEW_USER, approved, orders, places, steps

HIDDEN = "Denne saken finnes ikke, eller du har ikke tilgang til den."
NUMBER = "HALD-B-2026-0001"


@pytest.fixture
def desk(helpdesk: Helpdesk) -> Helpdesk:
    """Anita approves for Herøy; Ola orders."""
    helpdesk.opens()
    helpdesk.has("Anita", of="heroy", roles={"asker", "approver"})
    return helpdesk


def test_what_can_be_ordered_is_shown_and_a_form_opens(desk: Helpdesk) -> None:
    desk.commands("Ola", "bestill")

    [menu] = desk.cards_heard("Ola")
    assert menu.title == "Bestill hos vertskommunen"
    assert [b.label for b in menu.buttons()] == [
        "Bruker og tilgang",
        "Konteringsdimensjon eller kode",
    ]
    desk.presses("Ola", "order.open", task="dimensions-codes")
    assert desk.shown["Ola"].card.title == "Konteringsdimensjon eller kode"


def test_a_form_opens_at_once_when_its_name_is_written(desk: Helpdesk) -> None:
    desk.commands("Ola", "bestill", "bruker")

    assert desk.shown["Ola"].card.title == "Bruker og tilgang"
    assert "Anita får den til godkjenning." in desk.shown["Ola"].card.plain()


def test_the_button_on_ones_own_page_leads_there_too(desk: Helpdesk) -> None:
    desk.opens_page("Eli")
    [order] = [b for b in desk.shown["Eli"].card.buttons() if b.action == "order.menu"]

    desk.press("Eli", order)

    assert desk.hears("Eli") == ["Tinging hos vertskommunen"]


def test_an_order_waits_for_the_approver_and_no_ticket_is_opened(desk: Helpdesk) -> None:
    places(desk, "Ola")

    assert desk.hears("Ola") == [f"{NUMBER} · Venter på godkjenning"]
    [card] = desk.cards_heard("Anita")
    assert card.title == f"{NUMBER} · Skal dette bestilles?"
    assert "Solveig Strand" in card.model_dump_json()
    assert "Regnskap, Rapporter" in card.model_dump_json()
    assert desk.tickets() == []
    assert desk.hears(TEAM) == desk.hears("Kari") == []


def test_what_is_wrong_with_a_form_is_said_in_the_readers_language(desk: Helpdesk) -> None:
    desk.has("Una", of="heroy", language=Language.NN)
    wrong = {**NEW_USER, "person": "Solveig", "email": "solveig", "start": "1.3.2026"}

    places(desk, "Una", wrong)

    assert desk.problems["Una"] == {
        "person": "Skriv fullt namn, både førenamn og etternamn.",
        "email": "Skriv ei e-postadresse, til dømes namn@kommune.no.",
        "start": "Vel i dag eller ein dag fram i tid.",
    }
    assert orders(desk) == []


def test_an_approved_order_becomes_the_hosts_and_its_clock_begins_then(desk: Helpdesk) -> None:
    places(desk, "Ola")
    desk.forgets()
    desk.passes(timedelta(hours=3))

    desk.presses("Anita", "order.approve")

    ticket = desk.ticket()
    assert (ticket.task, ticket.asker, ticket.municipality) == ("system-users", "Ola", "heroy")
    assert ticket.asked_at == MONDAY_NINE + timedelta(hours=3)
    assert "Hvem? (fullt navn): Solveig Strand" in ticket.question
    assert desk.hears("Anita") == [f"{NUMBER} · Godkjent av Anita"]
    receipt, godkjent = desk.hears("Ola")
    assert "Vi har fått spørsmålet ditt" in receipt
    assert godkjent == f"{NUMBER} · Godkjent av Anita"
    assert desk.facts("Ola")["Løst innen"] == "onsdag 4. mars kl. 15.45"
    assert desk.facts(TEAM)["Bestilling"].startswith(f"{NUMBER}, godkjent av Anita")
    desk.forgets()


def test_a_no_needs_a_reason_and_the_asker_reads_it(desk: Helpdesk) -> None:
    places(desk, "Ola")
    desk.forgets()

    desk.presses("Anita", "order.decline")
    desk.fills_in("Anita", reason=" ")
    assert desk.problems["Anita"] == {"reason": "Dette må fylles ut."}
    desk.fills_in("Anita", reason="Hun begynner ikke likevel.")

    words = desk.reads("Ola")
    assert words == [f"{NUMBER} · Ikke godkjent av Anita – Hun begynner ikke likevel."]
    assert desk.hears("Anita") == [f"{NUMBER} · Ikke godkjent av Anita"]
    assert desk.tickets() == []


def test_nobody_approves_their_own_order(desk: Helpdesk) -> None:
    desk.has("Turid", of="heroy", roles={"asker", "approver"})
    places(desk, "Anita")
    assert desk.hears("Anita") == [f"{NUMBER} · Venter på godkjenning"]

    desk.press("Anita", desk.button("Turid", "order.approve"))

    assert desk.hears("Anita") == ["Du kan ikke godkjenne din egen bestilling."]
    assert orders(desk)[0].status is OrderStatus.WAITS
    assert desk.hears("Turid") == [f"{NUMBER} · Skal dette bestilles?"]


def test_the_asker_chooses_among_several_who_can_approve(desk: Helpdesk) -> None:
    desk.has("Turid", of="heroy", roles={"asker", "approver"})

    places(desk, "Ola", {**NEW_USER, "_approver": "Turid"})

    assert desk.hears("Turid") == [f"{NUMBER} · Skal dette bestilles?"]
    assert desk.hears("Anita") == []
    desk.forgets()


def test_who_decides_second_is_told_that_it_is_done(desk: Helpdesk) -> None:
    places(desk, "Ola")
    yes, back = desk.button("Anita", "order.approve"), desk.button("Ola", "order.withdraw")
    desk.press("Anita", yes)
    desk.forgets()

    desk.press("Anita", yes)
    desk.press("Ola", back)

    assert desk.hears("Anita") == desk.hears("Ola") == ["Bestillingen er allerede avgjort."]
    assert len(desk.tickets()) == 1


def test_the_asker_takes_an_order_back(desk: Helpdesk) -> None:
    places(desk, "Ola")
    desk.forgets()

    desk.presses("Ola", "order.withdraw")

    told = [f"{NUMBER} · Trukket tilbake av Ola"]
    assert desk.hears("Ola") == desk.hears("Anita") == told
    assert orders(desk)[0].status is OrderStatus.WITHDRAWN


def test_neighbours_and_colleagues_cannot_approve_and_learn_nothing(desk: Helpdesk) -> None:
    desk.has("Arne", of="donna", roles={"asker", "approver"})
    desk.has("Una", of="heroy")
    places(desk, "Ola")
    desk.forgets()
    button = desk.button("Anita", "order.approve")

    for action in ("order.approve", "order.decline", "order.withdraw", "order.show", "order.tick"):
        desk.press("Arne", button.model_copy(update={"action": action}))
    for action in ("order.approve", "order.decline", "order.withdraw", "order.show"):
        desk.press("Una", button.model_copy(update={"action": action}))
    desk.commands("Arne", "bestill")

    assert desk.hears("Una") == [HIDDEN] * 4
    *refused, _ = desk.cards_heard("Arne")
    assert [card.title for card in refused] == [HIDDEN] * 5
    seen = "".join(card.model_dump_json() for card in desk.chat_of("Arne").cards["Arne"].values())
    assert NUMBER not in seen
    assert orders(desk)[0].status is OrderStatus.WAITS


def test_the_team_ticks_off_what_it_has_done_and_both_sides_hear_of_the_last(
    desk: Helpdesk,
) -> None:
    approved(desk)
    labels = [b.label for b in desk.card(TEAM).buttons() if b.action == "order.tick"]
    assert labels == [
        "☐ Bruker registrert i modulene",
        "☐ Roller og rettigheter satt",
        "☐ Personen har fått beskjed",
    ]

    for step in ("registered", "roles-set", "roles-set", "told"):
        desk.presses("Kari", "order.tick", on=TEAM, task=step)
    assert desk.hears("Ola") == desk.hears("Anita") == []
    desk.presses("Per", "order.tick", on=TEAM, task="roles-set")

    done = [f"{NUMBER} · Bestillingen er utført"]
    assert desk.hears("Ola") == desk.hears("Anita") == done
    ticks = [b.label for b in desk.card(TEAM).buttons() if b.action == "order.tick"]
    assert all(label.startswith("☑") for label in ticks)
    assert [step.by for step in steps(desk) if step.kind is StepKind.TICKED][-1] == "Per"


def test_only_the_team_ticks(desk: Helpdesk) -> None:
    approved(desk)
    button = desk.button(TEAM, "order.tick")

    desk.press("Ola", button)
    desk.press("Nils", button)

    assert desk.hears("Ola") == ["Bare teamet i vertskommunen kan gjøre dette."]
    assert desk.hears("Nils") == [HIDDEN]
    assert orders(desk)[0].ticked == frozenset()


def test_a_question_that_has_a_form_waits_while_the_order_waits(desk: Helpdesk) -> None:
    desk.asks("Ola", "Kan dere opprette en ny bruker i økonomisystemet?")
    assert desk.ticket().task == "system-users"
    desk.forgets()

    desk.presses("Ola", "order.open")
    desk.fills_in("Ola", **NEW_USER)

    assert desk.ticket().status is Status.WAITS_FOR_THIRD_PARTY
    assert desk.ticket().taken_by is None
    waits = "Ola har fylt ut HALD-B-2026-0001. Den venter på godkjenning i kommunen."
    assert desk.hears(TEAM) == [waits]
    assert "order.open" not in desk.actions("Ola")
    desk.passes(timedelta(hours=2))
    desk.presses("Anita", "order.approve")

    assert len(desk.tickets()) == 1
    assert desk.ticket().status is Status.OPEN
    assert desk.hears(TEAM) == ["HALD-B-2026-0001 er avgjort: godkjent"]
    assert [b for b in desk.card(TEAM).buttons() if b.action == "order.tick"]
    desk.presses("Ola", "ticket.why")
    why = desk.shown["Ola"].card.model_dump_json()
    assert "venter på godkjenning i kommunen, satt av Vertsdesk" in why
    desk.forgets()


def test_a_question_goes_on_when_its_order_comes_to_nothing(desk: Helpdesk) -> None:
    desk.asks("Ola", "Kan dere opprette en ny bruker i økonomisystemet?")
    desk.presses("Ola", "order.open")
    desk.fills_in("Ola", **NEW_USER)

    desk.presses("Ola", "order.withdraw")

    assert desk.ticket().status is Status.OPEN
    assert "order.open" in desk.actions("Ola")
    desk.forgets()


def test_what_has_been_resolved_meanwhile_becomes_a_ticket_of_its_own(desk: Helpdesk) -> None:
    first = desk.asks("Ola", "Kan dere opprette en ny bruker i økonomisystemet?")
    desk.presses("Ola", "order.open")
    desk.fills_in("Ola", **NEW_USER)
    desk.presses("Kari", "ticket.resolve", on=TEAM)
    desk.fills_in("Kari", text="Send en bestilling, så ordner vi det.")

    desk.presses("Anita", "order.approve")

    assert desk.newest_number() != first
    assert desk.ticket(first).status is Status.RESOLVED
    assert desk.facts(TEAM)["Hører sammen med"] == first
    desk.forgets()


def test_an_approver_finds_what_waits_and_the_asker_what_became_of_it(desk: Helpdesk) -> None:
    places(desk, "Ola")
    desk.forgets()

    desk.commands("Anita", "bestill")
    desk.presses("Anita", "order.show")
    assert desk.hears("Anita")[-1] == f"{NUMBER} · Skal dette bestilles?"
    desk.presses("Anita", "order.approve")
    desk.forgets()
    desk.commands("Ola", "bestill")

    assert f"{NUMBER} · Bruker og tilgang: godkjent" in desk.reads("Ola")[0]
