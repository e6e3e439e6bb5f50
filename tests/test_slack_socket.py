"""Where Slack cannot call us, we call Slack: the same events come through a socket."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from bot.conversation import Commanded, Said
from bot.platforms.door import Door
from bot.platforms.slack_app import slack_app, slack_client
from bot.platforms.slack_door import socket_mode
from bot.platforms.slack_listener import listen
from tests.recorder import Recorder
from tests.slack import APP_TOKEN, SECRET, TEAM, TOKEN, PretendSlack
from tests.slack_desk import NOON

MESSAGE = {
    "type": "event_callback",
    "team_id": TEAM,
    "event": {
        "type": "message",
        "channel_type": "im",
        "channel": "D0OLA",
        "user": "U0OLA",
        "text": "Hei",
        "ts": "1772438400.000100",
    },
}
COMMAND = {
    "command": "/spor",
    "text": "Når?",
    "team_id": TEAM,
    "user_id": "U0OLA",
    "trigger_id": "1.2.3",
}


@pytest.fixture
async def slack() -> AsyncIterator[PretendSlack]:
    async with PretendSlack() as slack:
        yield slack


@pytest.fixture
async def desk(slack: PretendSlack) -> AsyncIterator[Recorder]:
    desk = Recorder()
    door = Door(desk)
    app = slack_app(slack_client(TOKEN, slack.address), SECRET)
    listen(app, door, clock=lambda: NOON)
    listening = asyncio.create_task(socket_mode(app, APP_TOKEN))
    yield desk
    listening.cancel()
    with suppress(asyncio.CancelledError):
        await listening
    door.close()


async def test_a_question_comes_through_the_socket(slack: PretendSlack, desk: Recorder) -> None:
    await slack.tells("events_api", MESSAGE)
    [event] = desk.events
    assert isinstance(event, Said)
    assert event.text == "Hei"


async def test_a_command_without_a_time_has_ours(slack: PretendSlack, desk: Recorder) -> None:
    await slack.tells("slash_commands", COMMAND)
    [event] = desk.events
    assert isinstance(event, Commanded)
    assert event.at == NOON


async def test_what_is_not_stored_is_not_acknowledged(slack: PretendSlack, desk: Recorder) -> None:
    desk.is_broken = True
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5):
            await slack.tells("events_api", MESSAGE)
    desk.is_broken = False
    await slack.tells("events_api", MESSAGE)
    assert len(desk.events) == 1
