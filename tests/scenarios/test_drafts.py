"""Answering well: ready answers, drafts that colleagues see, and one who answers at a time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.cards.blocks import Card, Input, Quote, Select
from bot.domain.answers import Settled
from bot.domain.events import Answered
from bot.domain.people import Language
from bot.domain.tickets import Status
from schedules.let_go import let_go
from tests.helpdesk import TEAM, VAT, Helpdesk

MINUTE = timedelta(minutes=1)
READY = "Frist for momskompensasjon"
OVER = "Dette utkastet er sendt eller endret. Se det nyeste i saken."


def form(helpdesk: Helpdesk, name: str) -> dict[str, Input | Select]:
    """Return the fields of the form that *name* has before them."""
    body = helpdesk.shown[name].card.body
    return {block.name: block for block in body if isinstance(block, Input | Select)}


def chooses(helpdesk: Helpdesk, name: str, ready: str) -> None:
    helpdesk.presses(name, "ticket.answer", on=TEAM)
    helpdesk.fills_in(name, ready=ready, text="")


def writes_draft(helpdesk: Helpdesk, name: str, text: str) -> None:
    helpdesk.presses(name, "ticket.answer", on=TEAM)
    helpdesk.fills_in(name, text=text, how="draft")


def words(card: Card) -> str:
    return "\n".join(block.text for block in card.body if isinstance(block, Quote))


def test_ready_answers_for_the_task_are_offered_and_those_for_every_task(asked: Helpdesk) -> None:
    asked.presses("Kari", "ticket.answer", on=TEAM)

    labels = [option.label for option in form(asked, "Kari")["ready"].options]
    assert labels == ["Ingen, jeg skriver selv", READY, "Vi ser på det"]


def test_a_ready_answer_is_seen_as_a_draft_before_it_is_sent(asked: Helpdesk) -> None:
    chooses(asked, "Kari", "vat-deadline")

    [card] = asked.cards_heard(TEAM)
    assert card.title == "HALD-2026-0001 · Kari har skrevet et utkast"
    assert words(card).startswith("Hei Ola!\n\nKravet for Herøy sendes samlet")
    assert words(card).endswith("Hilsen Kari")
    assert asked.hears("Ola") == []
    assert asked.ticket().status is Status.OPEN

    asked.presses("Kari", "ticket.draft.send", on=TEAM)

    [read] = asked.reads("Ola")
    assert read.startswith("Kari svarer – Hei Ola!")
    assert asked.facts("Ola")["Første svar gitt"]
    asked.forgets()


@pytest.mark.parametrize(
    ("language", "begins"),
    [(Language.NN, "Hei Eli!\n\nVi har byrja på"), (Language.EN, "Hello Eli")],
)
def test_a_ready_answer_is_in_the_askers_language_with_every_gap_filled(
    helpdesk: Helpdesk, language: Language, begins: str
) -> None:
    helpdesk.opens()
    helpdesk.has("Eli", of="leirfjord", language=language)
    helpdesk.asks("Eli", VAT)
    helpdesk.forgets()

    chooses(helpdesk, "Liv", "looking-into-it")

    [card] = helpdesk.cards_heard(TEAM)
    assert words(card).startswith(begins)
    assert "HALD-2026-0001 (Merverdiavgift)" in words(card)
    assert not set("{}") & set(words(card))


def test_what_is_wrong_with_the_form_is_said_and_nothing_is_lost(asked: Helpdesk) -> None:
    asked.presses("Kari", "ticket.answer", on=TEAM)

    asked.fills_in("Kari", ready="vat-deadline", text="Og dessuten …")
    assert asked.problems["Kari"] == {
        "ready": "Velg et ferdig svar eller skriv selv, ikke begge deler."
    }
    asked.fills_in("Kari", ready="no-such-answer", text="")
    assert asked.problems["Kari"] == {"ready": "Velg en av mulighetene."}
    asked.fills_in("Kari", ready="none", text=" ")
    assert asked.problems["Kari"] == {"text": "Dette må fylles ut."}
    assert asked.hears("Ola") == asked.hears(TEAM) == []


def test_a_draft_is_seen_by_colleagues_and_never_by_the_asker(asked: Helpdesk) -> None:
    writes_draft(asked, "Kari", "Jeg tror det er 10. april")

    assert asked.facts(TEAM)["Utkast til svar"] == "Skrevet av Kari, ikke sendt"
    asked.presses("Per", "ticket.draft", on=TEAM)
    [mine] = asked.cards_heard("Per")
    assert words(mine) == "Jeg tror det er 10. april"
    assert asked.hears("Ola") == []
    assert "10. april" not in asked.card("Ola").model_dump_json()
    assert "10. april" not in str(asked.log())
    asked.forgets()


def test_a_colleague_goes_on_with_a_draft_and_sends_it_as_their_own(asked: Helpdesk) -> None:
    writes_draft(asked, "Kari", "Jeg tror det er 10. april")
    asked.presses("Per", "ticket.draft.edit", on=TEAM)
    assert form(asked, "Per")["text"].value == "Jeg tror det er 10. april"

    asked.fills_in("Per", text="Det er 10. april.")

    assert asked.reads("Ola") == ["Per svarer – Det er 10. april."]
    assert asked.ticket().taken_by == "Per"
    assert "Utkast til svar" not in asked.facts(TEAM)
    asked.forgets()


def test_the_clock_runs_until_a_draft_is_sent(asked: Helpdesk) -> None:
    writes_draft(asked, "Kari", "Innen 10. april.")
    assert "Første svar innen" in asked.facts("Ola")

    asked.now += 30 * MINUTE
    asked.presses("Kari", "ticket.draft.send", on=TEAM)

    assert asked.facts("Ola")["Første svar gitt"] == "mandag 2. mars kl. 09.30"
    [answer] = [event for event in asked.log() if isinstance(event, Answered)]
    assert (answer.by, answer.at) == ("Kari", asked.now)
    asked.forgets()


def test_old_words_are_not_sent_when_there_are_newer(asked: Helpdesk) -> None:
    writes_draft(asked, "Kari", "Første forsøk")
    old = asked.button(TEAM, "ticket.draft.send")
    writes_draft(asked, "Kari", "Andre forsøk")

    asked.press("Kari", old, channel=TEAM)

    assert asked.hears("Kari") == [OVER]
    assert asked.hears("Ola") == []
    asked.presses("Kari", "ticket.draft.send", on=TEAM)
    assert asked.reads("Ola") == ["Kari svarer – Andre forsøk"]
    asked.forgets()


def test_a_draft_is_sent_once(asked: Helpdesk) -> None:
    writes_draft(asked, "Kari", "Innen 10. april.")
    button = asked.button(TEAM, "ticket.draft.send")

    asked.press("Kari", button, channel=TEAM)
    asked.press("Per", button, channel=TEAM)

    assert asked.hears("Ola") == ["Kari svarer"]
    assert asked.hears("Per") == [OVER]
    asked.forgets()


def test_what_has_a_draft_is_not_resolved_in_silence(asked: Helpdesk) -> None:
    asked.answers("Kari", "Vent litt.")
    writes_draft(asked, "Kari", "Innen 10. april.")
    asked.forgets()

    asked.presses("Kari", "ticket.resolve", on=TEAM)
    assert asked.hears("Kari") == [
        "Det ligger et utkast som ikke er sendt. Send det eller slett det først."
    ]
    asked.presses("Kari", "ticket.draft.drop", on=TEAM)
    assert asked.hears(TEAM) == ["Kari slettet utkastet"]
    asked.presses("Kari", "ticket.resolve", on=TEAM)

    assert asked.ticket().status is Status.RESOLVED
    asked.forgets()


def test_a_draft_on_a_withdrawn_question_goes_nowhere(asked: Helpdesk) -> None:
    writes_draft(asked, "Kari", "Innen 10. april.")
    button = asked.button(TEAM, "ticket.draft.send")
    asked.presses("Ola", "asker.withdraw")
    asked.forgets()

    asked.press("Kari", button, channel=TEAM)

    assert asked.hears("Kari") == ["Spørsmålet er trukket tilbake."]
    assert asked.hears("Ola") == []


def test_while_somebody_answers_nobody_else_does(asked: Helpdesk) -> None:
    asked.presses("Kari", "ticket.answer", on=TEAM)
    assert asked.facts(TEAM)["Svarer nå"] == "Kari, til kl. 09.10"
    assert "Svarer nå" not in asked.facts("Ola")

    asked.presses("Per", "ticket.answer", on=TEAM)
    assert asked.hears("Per") == ["Kari svarer på denne nå (til kl. 09.10)."]
    assert "Per" not in asked.shown

    asked.fills_in("Kari", text="Innen 10. april.")
    assert "Svarer nå" not in asked.facts(TEAM)
    asked.presses("Per", "ticket.answer", on=TEAM)
    assert "Per" in asked.shown
    asked.forgets()


def test_who_does_not_answer_keeps_others_from_it_for_ten_minutes(asked: Helpdesk) -> None:
    asked.presses("Kari", "ticket.answer", on=TEAM)
    asked.now += 9 * MINUTE
    let_go(asked.desk)
    asked.delivers()
    assert asked.facts(TEAM)["Svarer nå"] == "Kari, til kl. 09.10"

    asked.now += MINUTE
    let_go(asked.desk)
    let_go(asked.desk)
    asked.delivers()
    assert "Svarer nå" not in asked.facts(TEAM)
    asked.presses("Per", "ticket.answer", on=TEAM)
    assert asked.facts(TEAM)["Svarer nå"] == "Per, til kl. 09.20"


def test_who_was_too_slow_keeps_the_words_and_is_told_who_answers(asked: Helpdesk) -> None:
    asked.presses("Kari", "ticket.answer", on=TEAM)
    asked.now += 11 * MINUTE
    asked.presses("Per", "ticket.answer", on=TEAM)

    asked.fills_in("Kari", text="Innen 10. april.")

    assert asked.problems["Kari"] == {"text": "Per svarer på denne nå (til kl. 09.21)."}
    assert asked.hears("Ola") == []


def test_opening_the_form_again_gives_more_time(asked: Helpdesk) -> None:
    asked.presses("Kari", "ticket.answer", on=TEAM)
    asked.now += 8 * MINUTE
    asked.presses("Kari", "ticket.answer", on=TEAM)

    assert asked.facts(TEAM)["Svarer nå"] == "Kari, til kl. 09.18"


@pytest.mark.parametrize(("municipality", "sees"), [("heroy", True), ("donna", False)])
def test_earlier_answers_are_shown_if_the_askers_municipality_may_read_them(
    asked: Helpdesk, municipality: str, *, sees: bool
) -> None:
    asked.answers("Kari", "Innen 10. april, sier Skatteetaten.")
    asked.presses("Kari", "ticket.resolve", on=TEAM)
    earlier = Settled(VAT, "Innen 10. april, sier Skatteetaten.")
    with asked.desk.database.transaction() as store:
        store.similar.keep(asked.ticket(), earlier, asked.now)
    asked.has("Anne", of=municipality)
    asked.asks("Anne", "Når må momskompensasjonen for 1. termin være sendt?")
    asked.forgets()

    asked.presses("Per", "ticket.answer", on=TEAM)

    assert ("sier Skatteetaten" in asked.shown["Per"].card.model_dump_json()) is sees


@pytest.mark.parametrize("action", ["ticket.draft", "ticket.draft.send", "ticket.draft.edit"])
def test_no_asker_and_no_neighbour_comes_near_a_draft(asked: Helpdesk, action: str) -> None:
    writes_draft(asked, "Kari", "Hemmelig utkast")
    asked.forgets()
    button = asked.button(TEAM, "ticket.draft.send")

    for name in ("Ola", "Nils"):
        asked.press(name, button.model_copy(update={"action": action}))
        assert "Hemmelig" not in " ".join(asked.reads(name))
        assert name not in asked.shown


def test_a_draft_written_twice_by_the_same_event_is_one(asked: Helpdesk) -> None:
    asked.presses("Kari", "ticket.answer", on=TEAM)
    pressed = asked.pressed("Kari", asked.shown["Kari"].card.buttons()[0], channel=TEAM)
    sent = replace(pressed, fields={"text": "Utkast", "how": "draft"})

    for _ in range(3):
        asked.happens(sent)

    assert asked.hears(TEAM) == ["HALD-2026-0001 · Kari har skrevet et utkast"]
