"""Our side of Slack up to the door, with a desk behind it that only remembers what came in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
from fastapi import FastAPI

from bot.conversation import Inbound
from bot.domain.people import Account, Platform
from bot.platforms.door import Door
from bot.platforms.slack_app import slack_app, slack_client
from bot.platforms.slack_door import slack_routes
from bot.platforms.slack_listener import listen
from tests.recorder import Recorder
from tests.slack import SECRET, TEAM, TOKEN, PretendSlack, SignedSlack

NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)
OLA = Account(Platform.SLACK, TEAM, "U0OLA")
KARI = Account(Platform.SLACK, TEAM, "U0KARI")
OPEN = "C0OPEN"
TS = "1772438400.000100"  # what Slack calls a message sent then
AT = datetime(2026, 3, 2, 8, 0, 0, 100, tzinfo=UTC)
NAME = f"slack:{TEAM}:{OPEN}:{TS}"


@dataclass
class SlackDesk:
    slack: PretendSlack
    desk: Recorder
    people: SignedSlack
    door: Door

    @property
    def last(self) -> Inbound:
        return self.desk.events[-1]


@asynccontextmanager
async def slack_desk() -> AsyncIterator[SlackDesk]:
    async with PretendSlack() as slack:
        desk = Recorder()
        door = Door(desk)
        app = slack_app(slack_client(TOKEN, slack.address), SECRET)
        listen(app, door, clock=lambda: NOON)
        web = FastAPI()
        web.include_router(slack_routes(app))
        wire = httpx.ASGITransport(web)
        async with httpx.AsyncClient(transport=wire, base_url="http://desk") as client:
            yield SlackDesk(slack, desk, SignedSlack(client), door)
        door.close()
