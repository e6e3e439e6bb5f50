"""A question that was answered before: its asker is offered the answer, and loses nothing."""

import pytest

from bot.cards.blocks import Card, Quote
from bot.domain.tickets import Status
from tests.helpdesk import INVOICE, TEAM, VAT, Helpdesk
from tests.scenarios.clock import HOUR, answers, figures_of

AGAIN = "Når skal mva-kompensasjonen for 1. termin sendes?"
ANSWER = "Hei Ola, Herøy må sende den innen 10. april."
GENERAL = "Den må sendes innen 10. april."
OLD_BUTTON = "Denne knappen virker ikke lenger. Bruk det nyeste kortet."


@pytest.fixture
def answered(asked: Helpdesk) -> Helpdesk:
    """Ola's question about VAT has been answered, and is resolved."""
    asked.answers("Kari", ANSWER)
    asked.presses("Kari", "ticket.resolve", on=TEAM)
    asked.has("Anna", of="heroy")
    asked.forgets()
    return asked


def quotes(card: Card) -> list[str]:
    return [block.text for block in card.body if isinstance(block, Quote)]


def shares(desk: Helpdesk, answer: str = GENERAL) -> None:
    desk.presses("Kari", "ticket.share", on=TEAM)
    desk.fills_in("Kari", question=VAT, answer=answer)


def test_a_colleague_who_asks_the_same_is_shown_the_answer_at_once(answered: Helpdesk) -> None:
    answered.asks("Anna", AGAIN)

    card = answered.card("Anna")
    assert quotes(card) == [AGAIN, VAT, ANSWER]
    assert "Dette har vi svart på før" in [b.text for b in card.body if b.kind == "heading"]
    assert [b.label for b in card.buttons()][-2:] == [
        "Dette løste det",
        "Jeg trenger fortsatt hjelp",
    ]
    answered.forgets()


def test_the_ticket_goes_the_way_it_would_have_gone_from_the_first_moment(
    answered: Helpdesk,
) -> None:
    answered.asks("Anna", AGAIN)

    ticket = answered.ticket()
    assert (ticket.status, ticket.contact) == (Status.OPEN, "Kari")
    assert answered.facts("Anna")["Første svar innen"] == "mandag 2. mars kl. 13.00"
    assert f"{ticket.number} · Herøy: Merverdiavgift" in answered.hears(TEAM)
    answered.forgets()


def test_this_solved_it_ends_the_ticket_and_everybody_sees_why(answered: Helpdesk) -> None:
    number = answered.asks("Anna", AGAIN)
    answered.forgets()

    answered.presses("Anna", "asker.solved")

    assert answered.ticket().status is Status.DEFLECTED
    told = "Anna fikk løst det med et tidligere svar"
    assert answered.hears(TEAM) == answered.hears("Kari") == [told]
    card = answered.card("Anna")
    assert card.title == f"{number} · Løst med et tidligere svar"
    assert quotes(card) == [AGAIN, VAT, ANSWER]
    assert [button.action for button in card.buttons()] == ["asker.reopen"]
    deflected = answered.log()[-1]
    assert (deflected.kind, deflected.ticket) == (
        "deflected",
        answered.ticket("HALD-2026-0001").id,
    )


def test_what_was_solved_so_is_counted_apart_and_warned_of_to_nobody(answered: Helpdesk) -> None:
    answered.asks("Anna", AGAIN)
    answered.presses("Anna", "asker.solved")
    answered.forgets()

    answered.passes(6 * HOUR)
    answered.commands("Randi", "sla")

    facts = {
        fact.name: fact.value
        for card in answered.cards_heard("Randi")
        for block in card.body
        if block.kind == "facts"
        for fact in block.facts
    }
    assert (facts["Spurt"], facts["Besvart"], facts["Løst med et tidligere svar"]) == (
        "2",
        "1",
        "1",
    )


@pytest.mark.parametrize("how", ["the button", "a word in the thread"])
def test_it_can_be_opened_again_and_has_the_time_that_was_left(
    answered: Helpdesk, how: str
) -> None:
    answered.asks("Anna", AGAIN)
    answered.presses("Anna", "asker.solved")
    answered.passes(HOUR)

    if how == "the button":
        answered.presses("Anna", "asker.reopen")
    else:
        answered.replies("Anna", "Det gjaldt visst 2. termin likevel.")

    assert answered.ticket().status is Status.OPEN
    assert answered.facts("Anna")["Første svar innen"] == "mandag 2. mars kl. 14.00"
    assert quotes(answered.card("Anna")) == [AGAIN]
    answered.answers("Kari", "Den er 10. juni.")
    assert figures_of(answered).first_response.end == answered.now
    answered.forgets()


def test_i_still_need_help_loses_nothing(answered: Helpdesk) -> None:
    number = answered.asks("Anna", AGAIN)
    answered.passes(HOUR)
    due = answered.facts("Anna")["Første svar innen"]
    answered.forgets()

    answered.presses("Anna", "asker.still_help")

    assert answered.hears(TEAM) == ["Anna har lest et tidligere svar og trenger fortsatt hjelp"]
    assert answered.facts("Anna")["Første svar innen"] == due
    assert quotes(answered.card("Anna")) == [AGAIN]
    answers(answered, number)
    assert answered.facts("Anna")["Første svar gitt"] == "mandag 2. mars kl. 10.00"
    answered.forgets()


def test_the_offer_is_gone_when_somebody_has_answered(answered: Helpdesk) -> None:
    number = answered.asks("Anna", AGAIN)
    solved = answered.button("Anna", "asker.solved")
    answers(answered, number)
    answered.forgets()

    answered.press("Anna", solved)

    assert quotes(answered.card("Anna")) == [AGAIN]
    assert answered.hears("Anna") == [OLD_BUTTON]
    assert answered.ticket().status is Status.TAKEN


def test_a_neighbour_is_not_shown_it(answered: Helpdesk) -> None:
    answered.asks("Nils", AGAIN)

    assert quotes(answered.card("Nils")) == [AGAIN]
    assert "asker.solved" not in answered.actions("Nils")
    answered.forgets()


def test_what_may_be_reused_is_shown_without_whose_it_was(answered: Helpdesk) -> None:
    answered.presses("Kari", "ticket.share", on=TEAM)
    form = answered.shown["Kari"].card
    assert form.title == "Kan svaret på HALD-2026-0001 gjenbrukes?"
    assert [block.value for block in form.body if block.kind == "input"] == [
        VAT,
        "Hei …, … må sende den innen 10. april.",
    ]
    answered.fills_in("Kari", question=VAT, answer=GENERAL)
    assert answered.hears(TEAM) == ["Kari har sagt at svaret kan gjenbrukes i alle kommunene"]

    answered.asks("Nils", AGAIN)

    card = answered.card("Nils")
    assert quotes(card) == [AGAIN, VAT, GENERAL]
    words = card.model_dump_json()
    assert [w for w in ("Ola", "Herøy", "HALD-2026-0001") if w in words] == []
    answered.presses("Nils", "asker.solved")
    assert answered.ticket().status is Status.DEFLECTED
    answered.forgets()


def test_words_that_give_somebody_away_are_not_shared(answered: Helpdesk) -> None:
    shares(answered, "Ola i Herøy: se HALD-2026-0001.")

    wrong = "Dette røper hvem som spurte: Ola, Herøy, HALD-2026-0001. Ta det ut."
    assert answered.problems["Kari"] == {"answer": wrong}
    answered.fills_in("Kari", question=VAT, answer=" ")
    assert answered.problems["Kari"] == {"answer": "Dette må fylles ut."}
    answered.asks("Nils", AGAIN)
    assert quotes(answered.card("Nils")) == [AGAIN]
    answered.forgets()


def test_sharing_can_be_taken_back_and_then_nobody_else_reads_it(answered: Helpdesk) -> None:
    shares(answered)
    answered.asks("Nils", AGAIN)
    offered = answered.button("Nils", "asker.urgent")
    answered.forgets()

    [unshare] = [
        b for b in answered.card(TEAM, "HALD-2026-0001").buttons() if b.action == "ticket.unshare"
    ]
    answered.press("Kari", unshare, channel=TEAM)

    taken_back = "Kari har tatt svaret ut av gjenbruk. Nå er det bare kommunens eget."
    assert answered.hears(TEAM) == [taken_back]
    answered.press("Nils", offered)
    assert quotes(answered.card("Nils")) == [AGAIN]
    answered.asks("Eli", AGAIN)
    assert quotes(answered.card("Eli")) == [AGAIN]
    answered.forgets()


def test_what_is_opened_again_answers_nobody_until_it_is_resolved_anew(
    answered: Helpdesk,
) -> None:
    answered.presses("Ola", "asker.reopen")
    answered.asks("Anna", AGAIN)
    assert quotes(answered.card("Anna")) == [AGAIN]

    answers(answered, "HALD-2026-0001")
    [resolve] = [
        b for b in answered.card(TEAM, "HALD-2026-0001").buttons() if b.action == "ticket.resolve"
    ]
    answered.press("Kari", resolve, channel=TEAM)
    answered.asks("Anna", AGAIN)

    assert quotes(answered.card("Anna", "HALD-2026-0003"))[1:] == [
        VAT,
        f"{ANSWER}\n\nInnen 10. april.",
    ]
    answered.forgets()


def test_a_partners_own_task_is_offered_the_answer_and_help(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.asks("Ola", INVOICE)
    helpdesk.presses("Ola", "asker.need_help")
    helpdesk.answers("Kari", "Velg «Krediter».")
    helpdesk.presses("Kari", "ticket.resolve", on=TEAM)
    helpdesk.has("Anna", of="heroy")

    helpdesk.asks("Anna", INVOICE)
    actions = helpdesk.actions("Anna")
    assert actions.count("asker.need_help") == actions.count("asker.solved") == 1
    assert "asker.still_help" not in actions
    helpdesk.presses("Anna", "asker.solved")
    assert helpdesk.ticket().status is Status.DEFLECTED
    helpdesk.presses("Anna", "asker.reopen")
    assert helpdesk.ticket().status is Status.REFERRED

    helpdesk.presses("Anna", "asker.need_help")

    assert helpdesk.ticket().status is Status.OPEN
    helpdesk.forgets()


def test_an_offer_to_one_municipality_cannot_be_taken_by_another(answered: Helpdesk) -> None:
    answered.asks("Anna", AGAIN)
    solved = answered.button("Anna", "asker.solved")
    answered.forgets()

    answered.press("Nils", solved)

    assert answered.hears("Nils") == ["Denne saken finnes ikke, eller du har ikke tilgang til den."]
    assert answered.ticket().status is Status.OPEN


def test_what_has_no_answer_cannot_be_shared(asked: Helpdesk) -> None:
    button = asked.button(TEAM, "ticket.answer")

    for action in ("ticket.share", "ticket.share.send", "ticket.unshare"):
        asked.press("Kari", button.model_copy(update={"action": action}), channel=TEAM)

    assert asked.hears("Kari") == [OLD_BUTTON] * 3


def test_an_answer_taken_back_answers_nobody(asked: Helpdesk) -> None:
    thread = asked.slot_place(None, "asker").thread
    asked.says("Kari", ANSWER, channel="Ola", thread=thread, message="answer")
    asked.presses("Kari", "ticket.resolve", on=TEAM)
    asked.deletes("Kari", "answer")

    asked.has("Anna", of="heroy")
    asked.asks("Anna", AGAIN)

    assert quotes(asked.card("Anna")) == [AGAIN]
    asked.forgets()
