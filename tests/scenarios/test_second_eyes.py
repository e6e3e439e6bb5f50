"""What the agreement marks as risky is looked over by a colleague before it goes out."""

from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest

from bot.agreements import HALD, AgreementBook, parse_agreement, read_source
from bot.agreements.ready_answers import read_answers
from bot.cards.blocks import Card, Quote
from bot.domain.events import Answered
from bot.domain.review import Approved, ReviewAsked, SentBack
from bot.domain.tickets import Status
from tests.helpdesk import TEAM, VAT, Helpdesk

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
ASKS = "HALD-2026-0001 · Kari ber en kollega se over svaret"
BANK = "Når er bankavstemmingen klar?"


@pytest.fixture
def risky(helpdesk: Helpdesk) -> Helpdesk:
    """The agreement as it comes: VAT needs two. Ola in Herøy has asked of it; Kari has it."""
    words = read_source(HALD)
    version = parse_agreement(words, HALD.name)
    helpdesk.opens()
    with helpdesk.desk.database.transaction() as store:
        store.agreements.keep(version, words, helpdesk.now)
    answers = read_answers(HALD.with_suffix(""), version.tasks)
    helpdesk.starts_again(AgreementBook([version], answers=answers))
    helpdesk.asks("Ola", VAT)
    helpdesk.forgets()
    return helpdesk


def words(card: Card) -> list[str]:
    return [block.text for block in card.body if isinstance(block, Quote)]


def kinds(helpdesk: Helpdesk) -> list[str]:
    seen = (ReviewAsked, SentBack, Approved, Answered)
    return [event.kind for event in helpdesk.log() if isinstance(event, seen)]


def test_the_form_says_that_a_colleague_must_approve(risky: Helpdesk) -> None:
    risky.presses("Kari", "ticket.answer", on=TEAM)

    options = [b for b in risky.shown["Kari"].card.body if b.kind == "select" and b.name == "how"]
    assert [option.label for option in options[0].options] == [
        "Be en kollega godkjenne",
        "Legg det som utkast for teamet",
    ]


def test_an_answer_waits_for_a_colleague_who_is_asked_directly(risky: Helpdesk) -> None:
    risky.answers("Kari", "Innen 10. april.")

    assert risky.hears(TEAM) == [ASKS]
    assert risky.hears("Per") == [ASKS]  # the first deputy of Herøy's contact
    assert risky.hears("Ola") == risky.hears("Liv") == []
    assert risky.facts(TEAM)["Utkast til svar"] == "Skrevet av Kari, venter på godkjenning"
    assert risky.ticket().status is Status.OPEN
    assert kinds(risky) == ["review_asked"]


def test_only_when_it_is_sent_the_first_answer_is_given(risky: Helpdesk) -> None:
    risky.answers("Kari", "Innen 10. april.")
    assert "Første svar innen" in risky.facts("Ola")
    risky.now += 45 * MINUTE
    risky.forgets()

    risky.presses("Per", "ticket.draft.approve", on=TEAM)

    assert risky.reads("Ola") == ["Kari svarer – Innen 10. april."]
    assert risky.hears(TEAM) == ["Per godkjente svaret", "Kari svarte spørreren"]
    assert risky.facts("Ola")["Første svar gitt"] == "mandag 2. mars kl. 09.45"
    assert risky.ticket().taken_by == "Kari"
    assert kinds(risky) == ["review_asked", "approved", "answered"]
    by = {event.kind: event.by for event in risky.log()}
    assert (by["approved"], by["answered"]) == ("Per", "Kari")


def test_nobody_approves_their_own(risky: Helpdesk) -> None:
    risky.answers("Kari", "Innen 10. april.")
    risky.forgets()

    for action in ("ticket.draft.approve", "ticket.draft.back"):
        risky.presses("Kari", action, on=TEAM)

    assert risky.hears("Kari") == ["En kollega må godkjenne det du har skrevet selv."] * 2
    assert risky.hears("Ola") == []


def test_it_is_approved_from_the_colleagues_own_messages_too(risky: Helpdesk) -> None:
    risky.answers("Kari", "Innen 10. april.")
    risky.presses("Per", "ticket.draft.approve")

    assert risky.hears("Ola") == ["Kari svarer"]
    risky.forgets()


def test_it_comes_back_with_a_comment_and_goes_out_better(risky: Helpdesk) -> None:
    risky.answers("Kari", "Innen 10. mai.")
    risky.forgets()
    risky.presses("Per", "ticket.draft.back", on=TEAM)
    risky.fills_in("Per", text="Det er april, ikke mai")

    [direct] = risky.cards_heard("Kari")
    assert direct.title == "HALD-2026-0001 · Kari har fått utkastet tilbake"
    assert words(direct) == ["Innen 10. mai.", "Det er april, ikke mai"]
    assert risky.hears(TEAM) == [direct.title]
    assert risky.hears("Ola") == []

    risky.presses("Kari", "ticket.draft.edit", on=TEAM)
    risky.fills_in("Kari", text="Innen 10. april.")
    risky.presses("Per", "ticket.draft.approve", on=TEAM)

    assert risky.reads("Ola") == ["Kari svarer – Innen 10. april."]
    assert kinds(risky) == ["review_asked", "sent_back", "review_asked", "approved", "answered"]
    assert "mai" not in str(risky.log())
    risky.forgets()


def test_a_comment_is_needed_to_send_it_back(risky: Helpdesk) -> None:
    risky.answers("Kari", "Innen 10. mai.")
    risky.presses("Per", "ticket.draft.back", on=TEAM)
    risky.fills_in("Per", text=" ")

    assert risky.problems["Per"] == {"text": "Dette må fylles ut."}
    assert kinds(risky) == ["review_asked"]
    risky.forgets()


def test_the_old_words_cannot_be_approved_when_there_are_newer(risky: Helpdesk) -> None:
    risky.answers("Kari", "Innen 10. mai.")
    old = risky.button(TEAM, "ticket.draft.approve")
    risky.answers("Kari", "Innen 10. april.")
    risky.forgets()

    risky.press("Per", old, channel=TEAM)

    assert risky.hears("Per") == ["Dette utkastet er sendt eller endret. Se det nyeste i saken."]
    assert risky.hears("Ola") == []


def test_who_goes_on_with_anothers_words_needs_another_to_approve(risky: Helpdesk) -> None:
    risky.answers("Kari", "Innen 10. mai.")
    risky.presses("Per", "ticket.draft.edit", on=TEAM)
    risky.fills_in("Per", text="Innen 10. april.")
    risky.forgets()

    risky.presses("Per", "ticket.draft.approve", on=TEAM)
    assert risky.hears("Per") == ["En kollega må godkjenne det du har skrevet selv."]
    risky.presses("Kari", "ticket.draft.approve", on=TEAM)
    assert risky.reads("Ola") == ["Per svarer – Innen 10. april."]
    risky.forgets()


def test_the_answer_that_resolves_waits_too(risky: Helpdesk) -> None:
    risky.presses("Kari", "ticket.resolve", on=TEAM)
    risky.fills_in("Kari", text="Innen 10. april.")
    assert risky.ticket().status is Status.OPEN
    risky.forgets()

    risky.presses("Per", "ticket.draft.approve", on=TEAM)

    assert risky.hears("Ola") == ["Kari svarer", "Kari har løst saken"]
    assert risky.ticket().status is Status.RESOLVED
    risky.forgets()


def test_when_no_colleague_is_here_the_lead_is_told(risky: Helpdesk) -> None:
    away = (risky.now - DAY, risky.now + DAY)
    for name, role in (("Per", "contact-donna"), ("Liv", "contact-leirfjord"), ("Randi", "lead")):
        risky.has(name, of="alstahaug", roles={"host-team", role}, away=away)

    risky.answers("Kari", "Innen 10. april.")

    assert risky.hears("Randi") == [ASKS]
    assert risky.hears(TEAM) == [
        ASKS,
        "Ingen kollega er her nå til å godkjenne. Lederen har fått beskjed.",
    ]
    assert risky.hears("Per") == risky.hears("Liv") == []


def test_other_tasks_go_out_at_once(risky: Helpdesk) -> None:
    risky.asks("Ola", BANK)
    risky.forgets()
    risky.presses("Kari", "ticket.answer", on=TEAM)
    risky.fills_in("Kari", text="I morgen.")

    assert risky.hears("Ola") == ["Kari svarer"]
    risky.forgets()


def test_a_draft_that_became_risky_is_looked_over_all_the_same(risky: Helpdesk) -> None:
    risky.asks("Ola", BANK)
    risky.presses("Kari", "ticket.answer", on=TEAM)
    risky.fills_in("Kari", text="I morgen.", how="draft")
    risky.presses("Kari", "ticket.change_task", on=TEAM)
    risky.fills_in("Kari", task="payments")
    risky.forgets()

    risky.presses("Kari", "ticket.draft.send", on=TEAM)

    assert risky.hears("Ola") == []
    assert risky.hears(TEAM) == ["HALD-2026-0002 · Kari ber en kollega se over svaret"]
    risky.forgets()


def test_what_is_written_straight_into_the_askers_thread_is_noticed(risky: Helpdesk) -> None:
    risky.replies("Kari", "Innen 10. april.", below="asker")

    [note] = risky.hears(TEAM)
    assert "sees over av to" in note


DOES = ("answer", "draft", "resolve", "edit", "send", "approve", "back", "drop", "task", "wait")


@pytest.mark.parametrize("seed", range(12))
def test_whatever_the_team_does_no_words_reach_the_asker_unapproved(
    risky: Helpdesk, seed: int
) -> None:
    """Every text says who wrote it and is numbered; what Ola reads was approved by another."""
    chance = Random(seed)  # noqa: S311 a simulation
    for number in range(25):
        name, what = chance.choice(("Kari", "Per", "Liv")), chance.choice(DOES)
        _does(risky, name, what, f"hemmelig-{number}")
        assert _reads_of(risky) <= _approved(risky)
    assert "hemmelig" not in risky.card("Ola").model_dump_json()
    risky.forgets()


def _does(helpdesk: Helpdesk, name: str, what: str, text: str) -> None:
    helpdesk.now += MINUTE * 3
    actions = {"answer": "answer", "draft": "answer", "back": "draft.back", "task": "change_task"}
    action = f"ticket.{actions.get(what, what if what == 'resolve' else f'draft.{what}')}"
    helpdesk.shown.pop(name, None)
    found = [
        button
        for card in helpdesk.chats[helpdesk.homes[name]].cards[TEAM].values()
        for button in card.buttons()
        if button.action == action
    ]
    if what == "wait" or not found:
        return
    helpdesk.press(name, found[-1], channel=TEAM)
    if name in helpdesk.shown:
        task = {"task": "vat" if "1" in text else "payments"}
        fields = task if what == "task" else {"text": text}
        helpdesk.fills_in(name, **fields, **({"how": "draft"} if what == "draft" else {}))


def _reads_of(helpdesk: Helpdesk) -> set[str]:
    cards = helpdesk.chat_of("Ola").cards["Ola"].values()
    return {text for card in cards for text in words(card) if text.startswith("hemmelig")}


def _approved(helpdesk: Helpdesk) -> set[str]:
    """Return the words of which the log says that another than their author approved them."""
    log = helpdesk.log()
    return {
        event.text
        for before, event in pairwise(log)
        if isinstance(event, Answered) and isinstance(before, Approved) and before.by != event.by
    }


def test_what_two_have_looked_at_is_not_changed_by_one(risky: Helpdesk) -> None:
    risky.answers("Kari", "Innen 10. april.")
    risky.presses("Per", "ticket.draft.approve")
    risky.forgets()

    risky.presses("Kari", "answer.correct", on=TEAM)
    assert risky.hears("Kari") == [
        "På denne oppgaven skal to se på det som går ut. Trekk svaret tilbake, eller svar på nytt."
    ]

    risky.presses("Kari", "answer.take_back", on=TEAM)
    assert risky.hears("Ola") == ["Kari trakk svaret tilbake"]
    risky.forgets()


def test_a_file_is_sent_by_another_than_who_shared_it(risky: Helpdesk) -> None:
    risky.replies("Kari", "Utkast", below="team", files=[("svar.pdf", b"%PDF")])
    risky.forgets()

    risky.presses("Kari", "file.send", on=TEAM)
    assert risky.hears("Kari") == ["En kollega må godkjenne det du har skrevet selv."]

    risky.presses("Per", "file.send", on=TEAM)
    risky.carries_files()
    assert risky.hears("Ola") == ["Per sender deg en fil"]
    risky.forgets()
