"""«Spør økonomi» on a message, or from where one is writing, opens a dialog and asks."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.conversation import Marked, Shown, Submitted
from bot.domain.events import Via
from bot.domain.people import Account, Place, Platform
from storage.database import Database
from tests.recorder import Recorder
from tests.teams.activities import CHANNEL, OLA, OLA_ID, ROOT, TENANT, in_channel, message
from tests.teams.card_rules import parts, words, wrong_with
from tests.teams.desk import TeamsDesk, teams_desk

KARI_ID = "99999999-2222-4333-8444-555555555555"


@pytest.fixture
def desk() -> Recorder:
    return Recorder()


@pytest.fixture
async def here(desk: Recorder, database: Database) -> AsyncIterator[TeamsDesk]:
    async with teams_desk(lambda _: desk, database) as here:
        yield here


def uses(step: str, *, on: dict[str, Any] | None = None, **data: str) -> dict[str, Any]:
    """Ola uses our action, on a message or not."""
    value: dict[str, Any] = {"commandId": "ask", "commandContext": "message" if on else "compose"}
    value |= {"messagePayload": on} if on else {}
    value |= {"data": data} if data else {}
    named = {"type": "invoke", "name": f"composeExtension/{step}", "value": value, "id": "f:1"}
    return in_channel("", entities=[]) | named


def written(by: str | None = KARI_ID, **more: Any) -> dict[str, Any]:
    """A message of somebody's, as Teams tells of it."""
    user = {"user": {"id": by, "displayName": "Kari"}} if by else {"application": {"id": "1"}}
    return {
        "id": "1481567603999",
        "replyToId": ROOT,
        "createdDateTime": "2026-03-02T07:55:00Z",
        "from": user,
        "body": {"contentType": "html", "content": "<p>Når er <b>fristen</b>?</p><p>1 &lt; 2</p>"},
        "linkToMessage": "https://teams.microsoft.com/l/message/1",
    } | more


def card(answer: dict[str, Any]) -> dict[str, Any]:
    assert answer["task"]["type"] == "continue"
    shown = answer["task"]["value"]["card"]["content"]
    assert wrong_with(shown) == []
    return shown


async def test_the_dialog_shows_the_message_that_will_be_asked_about(here: TeamsDesk) -> None:
    answer = await here.hears(uses("fetchTask", on=written()))
    shown = card(answer.json())
    assert "Når er fristen?\n1 < 2" in words(shown)
    assert [one["type"] for one in parts(shown) if one["type"].startswith("Action.")] == [
        "Action.Submit"
    ]


async def test_sent_it_is_its_writers_question_and_stands_where_it_stood(
    here: TeamsDesk, desk: Recorder
) -> None:
    answer = await here.hears(uses("submitAction", on=written(), action="ask.about"))
    assert answer.json()["task"]["type"] == "message"
    [event] = desk.events
    assert isinstance(event, Marked)
    assert event.account == Account(Platform.TEAMS, TENANT, OLA_ID)
    assert event.author == Account(Platform.TEAMS, TENANT, KARI_ID)
    assert event.place == Place(Platform.TEAMS, CHANNEL, ROOT)
    assert event.message == f"teams:{TENANT}:{CHANNEL}:1481567603999"
    assert (event.text, event.via) == ("Når er fristen?\n1 < 2", Via.SHORTCUT)
    assert event.at > event.message_at
    assert event.link == "https://teams.microsoft.com/l/message/1"


async def test_teams_is_asked_who_wrote_it_when_the_desk_does_not_know(
    here: TeamsDesk, desk: Recorder
) -> None:
    desk.strangers = {KARI_ID, OLA_ID}
    here.teams.members[KARI_ID] = {"name": "Kari", "email": "kari@heroy.example"}
    here.teams.members[OLA] = {"name": "Ola", "email": "ola@heroy.example"}
    await here.hears(uses("submitAction", on=written(), action="ask.about"))
    [event] = desk.events
    assert isinstance(event, Marked)
    assert event.profile
    assert event.profile.email == "ola@heroy.example"
    assert event.author_profile
    assert event.author_profile.email == "kari@heroy.example"


async def test_what_a_program_wrote_is_nobodys_but_who_asks(
    here: TeamsDesk, desk: Recorder
) -> None:
    await here.hears(uses("submitAction", on=written(None), action="ask.about"))
    [event] = desk.events
    assert isinstance(event, Marked)
    assert event.author is None


async def test_from_where_one_writes_a_form_is_opened_and_sent(
    here: TeamsDesk, desk: Recorder
) -> None:
    shown = card((await here.hears(uses("fetchTask"))).json())
    assert [one["id"] for one in parts(shown) if one["type"] == "Input.Text"] == ["text"]
    sent = uses("submitAction", action="ask.send", value="", text="Når er fristen?")
    assert (await here.hears(sent)).json()["task"]["type"] == "message"
    [event] = desk.events
    assert isinstance(event, Submitted)
    assert (event.action, event.fields) == ("ask.send", {"text": "Når er fristen?"})
    assert event.place == Place(Platform.TEAMS, OLA_ID)


async def test_a_form_with_something_missing_stays_open_and_says_what(
    here: TeamsDesk, desk: Recorder
) -> None:
    desk.shown = Shown(errors={"text": "Skriv hva du lurer på"})
    answer = await here.hears(uses("submitAction", action="ask.send", text=" "))
    assert "Skriv hva du lurer på" in words(card(answer.json()))


async def test_another_apps_action_is_not_ours(here: TeamsDesk, desk: Recorder) -> None:
    for step in ("fetchTask", "submitAction"):
        other = uses(step, on=written()) | {"value": {"commandId": "theirs"}}
        assert (await here.hears(other)).content == b""
    assert desk.events == []


async def test_in_the_language_that_teams_is_read_in(here: TeamsDesk) -> None:
    answer = await here.hears(uses("fetchTask", on=written()) | {"locale": "nn-NO"})
    assert answer.json()["task"]["value"]["title"] == "Spør økonomi om denne meldinga"
    assert message("x")["locale"] == "nb-NO"
