"""What people press, send in and open in Slack reaches the desk."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.cards.blocks import Button, Buttons, Card, Input, Text
from bot.conversation import (
    Commanded,
    Opened,
    Pressed,
    Show,
    Shown,
    Submitted,
)
from bot.domain.people import Place, Platform
from bot.platforms.slack_app import slack_client
from bot.platforms.slack_sender import SlackSender
from tests.slack import TOKEN, no_pictures
from tests.slack_desk import OLA, OPEN, TS, SlackDesk, slack_desk


@pytest.fixture
async def here() -> AsyncIterator[SlackDesk]:
    async with slack_desk() as here:
        yield here


async def test_a_command_is_private_wherever_it_is_given(here: SlackDesk) -> None:
    answer = await here.people.command("U0OLA", "/spor", "Hva er fristen &amp; satsen?")
    assert (answer.status_code, answer.text) == (200, "")
    event = here.last
    assert isinstance(event, Commanded)
    assert (event.command, event.text) == ("spor", "Hva er fristen & satsen?")
    assert (event.account, event.place) == (OLA, Place(Platform.SLACK, "U0OLA"))
    assert abs((datetime.now(UTC) - event.at).total_seconds()) < 10


async def test_a_command_may_speak_of_a_payload(here: SlackDesk) -> None:
    await here.people.command("U0OLA", "/spor", "Hva er payload?")
    assert isinstance(here.last, Commanded)
    assert here.last.text == "Hva er payload?"


FORM = Card(
    title="Svar",
    body=(
        Input(name="text", label="Svar"),
        Buttons(
            buttons=(
                Button(label="Mva", action="asker.choose", value="7:vat"),
                Button(label="Lån", action="asker.choose", value="7:loans"),
                Button(label="Send", action="ticket.answer.send", value="7", style="primary"),
            )
        ),
    ),
)


async def test_a_press_brings_what_was_written_in_the_card(here: SlackDesk) -> None:
    sender = SlackSender(slack_client(TOKEN, here.slack.address), no_pictures)
    sent = await sender.send(Place(Platform.SLACK, OPEN, TS), FORM, None)
    [message] = here.slack.posted
    await here.people.press("U0OLA", message, "ticket.answer.send", fields={"text": "Fredag"})
    event = here.last
    assert isinstance(event, Pressed)
    assert (event.action, event.value, event.fields) == (
        "ticket.answer.send",
        "7",
        {"text": "Fredag"},
    )
    assert (event.place, event.card) == (Place(Platform.SLACK, OPEN, TS), sent.message)


async def test_two_buttons_that_do_the_same_are_told_apart(here: SlackDesk) -> None:
    sender = SlackSender(slack_client(TOKEN, here.slack.address), no_pictures)
    sent = await sender.send(Place(Platform.SLACK, "U0OLA"), FORM, None)
    [message] = here.slack.messages("U0OLA")
    await here.people.press("U0OLA", message, "asker.choose", value="7:loans")
    event = here.last
    assert isinstance(event, Pressed)
    assert (event.action, event.value) == ("asker.choose", "7:loans")
    assert event.place == Place(Platform.SLACK, "D0OLA", sent.message)


async def test_a_form_in_a_window_is_sent_in(here: SlackDesk) -> None:
    here.desk.shown = Shown(cards=(Show(card=FORM, trigger="1.2.3"),))
    await here.people.command("U0OLA", "/spor")
    await here.slack.hears("views.open")
    here.desk.shown = Shown()
    [view] = here.slack.windows
    answer = await here.people.submit("U0OLA", view, {"text": "Hei & hå"})
    assert (answer.status_code, answer.text) == (200, "")
    event = here.last
    assert isinstance(event, Submitted)
    assert (event.action, event.value, event.fields) == (
        "ticket.answer.send",
        "7",
        {"text": "Hei & hå"},
    )


async def test_a_form_with_errors_stays_open_and_can_be_sent_in_again(here: SlackDesk) -> None:
    here.desk.shown = Shown(cards=(Show(card=FORM, trigger="1.2.3"),))
    await here.people.command("U0OLA", "/spor")
    await here.slack.hears("views.open")
    here.desk.shown = Shown(errors={"text": "Skriv noe", "who": "Velg noen"})
    [view] = here.slack.windows
    answer = await here.people.submit("U0OLA", view, {"text": ""})
    assert answer.json() == {"response_action": "errors", "errors": {"text": "Velg noen"}}
    await here.people.submit("U0OLA", view, {"text": "Nå"})
    _, first, second = here.desk.events
    assert first.key != second.key


async def test_a_window_that_comes_too_late_becomes_a_message(here: SlackDesk) -> None:
    here.slack.fails("views.open", "expired_trigger_id")
    here.desk.shown = Shown(cards=(Show(card=FORM, trigger="1.2.3"),))
    await here.people.command("U0OLA", "/spor")
    await here.slack.hears("chat.postMessage")
    [message] = here.slack.messages("U0OLA")
    assert message.button("ticket.answer.send")["value"] == "7"


async def test_somebody_who_opens_their_page_is_shown_it(here: SlackDesk) -> None:
    here.desk.shown = Shown(
        cards=(Show(card=Card(title="Mine spørsmål", body=(Text(text="Ingen."),))),)
    )
    await here.people.home("U0OLA")
    await here.slack.hears("views.publish")
    assert isinstance(here.last, Opened)
    assert here.last.place == Place(Platform.SLACK, "D0OLA")
    assert here.slack.homes["U0OLA"]["blocks"][0]["text"]["text"] == "Mine spørsmål"


async def test_the_other_tab_is_no_page(here: SlackDesk) -> None:
    await here.people.home("U0OLA", tab="messages")
    assert here.desk.events == []


async def test_the_bell_rings_after_every_event(here: SlackDesk) -> None:
    assert not here.door.bell.is_set()
    await here.people.dm("U0OLA", "Hei")
    assert here.door.bell.is_set()
