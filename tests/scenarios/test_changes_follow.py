"""Who changes or deletes their words, changes what the other side reads; the log keeps it all."""

from datetime import timedelta

import pytest

from bot.cards.blocks import Card
from bot.domain.events import Answered, Edited
from bot.domain.tickets import Status
from tests.helpdesk import TEAM, Helpdesk

SECOND = timedelta(seconds=1)


def shown(desk: Helpdesk, name: str, words: str) -> list[Card]:
    """Return the cards that *name* sees now with *words* in them."""
    cards = desk.chat_of(name).cards[name].values()
    return [card for card in cards if words in card.model_dump_json()]


def test_what_the_asker_corrects_is_corrected_where_the_team_and_the_contact_read_it(
    asked: Helpdesk,
) -> None:
    message = asked.replies("Ola", "Gjelder det kirken?")

    asked.edits("Ola", message, "Gjelder det havna?")

    for name in (TEAM, "Kari"):
        assert shown(asked, name, "kirken") == []
        [card, *_] = shown(asked, name, "havna")
        assert card.plain() == "Ola i Herøy skrev – Gjelder det havna? – Rettet"
    assert asked.hears(TEAM) == ["Ola i Herøy skrev", "Ola i Herøy rettet en melding"]
    asked.forgets()


def test_what_the_asker_deletes_is_gone_there_too_and_kept_in_the_log(asked: Helpdesk) -> None:
    message = asked.replies("Ola", "Gjelder det kirken?")

    asked.deletes("Ola", message)

    for name in (TEAM, "Kari"):
        assert shown(asked, name, "kirken") == []
    assert "Gjelder det kirken?" in [getattr(event, "text", "") for event in asked.log()]
    asked.forgets()


def test_an_answer_that_is_corrected_is_corrected_before_the_asker(asked: Helpdesk) -> None:
    asked.answers("Kari", "Innen 10. april.")
    asked.presses("Per", "answer.correct", on=TEAM)
    asked.fills_in("Per", text="Innen 11. april.")

    assert shown(asked, "Ola", "10. april") == shown(asked, TEAM, "10. april") == []
    [card] = shown(asked, "Ola", "11. april")
    assert card.plain() == "Per svarer – Innen 11. april. – Rettet"
    assert asked.hears("Ola") == ["Kari svarer", "Per rettet svaret sitt"]
    said = [event.text for event in asked.log() if isinstance(event, Answered | Edited)]
    assert said == ["Innen 10. april.", "Innen 11. april."]
    asked.forgets()


def test_an_answer_can_be_corrected_again_and_not_be_emptied(asked: Helpdesk) -> None:
    asked.answers("Kari", "Innen 10. april.")
    for text in ("Innen 11. april.", "", "Innen 12. april."):
        asked.presses("Kari", "answer.correct", on=TEAM)
        asked.fills_in("Kari", text=text)

    assert [card.title for card in shown(asked, "Ola", "12. april")] == ["Kari svarer"]
    asked.forgets()


@pytest.mark.parametrize(("seconds", "counts"), [(60, False), (61, True)])
def test_an_answer_that_is_taken_back_is_gone_and_counts_if_it_stood_a_minute(
    asked: Helpdesk, seconds: int, *, counts: bool
) -> None:
    asked.answers("Kari", "Innen 10. april.")
    asked.now += seconds * SECOND

    asked.presses("Kari", "answer.take_back", on=TEAM)

    assert shown(asked, "Ola", "10. april") == shown(asked, TEAM, "10. april") == []
    assert asked.hears("Ola") == ["Kari svarer", "Kari trakk svaret tilbake"]
    assert ("Første svar gitt" in asked.facts("Ola")) is counts
    asked.forgets()


def test_what_was_taken_back_cannot_be_corrected(asked: Helpdesk) -> None:
    asked.answers("Kari", "Innen 10. april.")
    correct = asked.button(TEAM, "answer.correct")
    asked.presses("Kari", "answer.take_back", on=TEAM)
    asked.forgets()

    asked.press("Per", correct)

    assert asked.hears("Per") == ["Svaret er trukket tilbake."]


def test_an_asker_corrects_nobodys_answer(asked: Helpdesk) -> None:
    asked.answers("Kari", "Innen 10. april.")
    correct = asked.button(TEAM, "answer.correct")
    asked.forgets()

    asked.press("Ola", correct)
    asked.press("Ola", correct.model_copy(update={"action": "answer.take_back"}))

    assert asked.hears("Ola") == ["Bare teamet i vertskommunen kan gjøre dette."] * 2
    [card] = shown(asked, "Ola", "10. april")
    assert card.plain() == "Kari svarer – Innen 10. april."


def test_words_corrected_before_they_were_sent_arrive_corrected(asked: Helpdesk) -> None:
    chat = asked.chat_of(TEAM)
    chat.broken = True
    message = asked.replies("Ola", "Gjelder det kirken?")
    asked.edits("Ola", message, "Gjelder det havna?")
    chat.broken = False

    for _ in range(3):
        asked.passes(120 * SECOND)

    assert shown(asked, TEAM, "kirken") == []
    assert shown(asked, TEAM, "havna")
    asked.forgets()


def test_a_change_that_comes_when_one_is_waited_for_is_a_reply(asked: Helpdesk) -> None:
    message = asked.replies("Ola", "Gjelder det kirken?")
    asked.presses("Kari", "ticket.ask_back", on=TEAM)
    asked.fills_in("Kari", text="Hvilken termin?")

    asked.edits("Ola", message, "Gjelder det kirken i første termin?")

    assert asked.ticket().status is Status.TAKEN
    asked.forgets()
