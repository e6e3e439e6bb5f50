"""Our side of Slack up to the door, with a desk behind it that only remembers what came in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx
from fastapi import FastAPI

from bot.conversation import Inbound, Shown
from bot.domain.people import Account
from bot.platforms.door import Door
from bot.platforms.slack_app import slack_app, slack_client
from bot.platforms.slack_door import slack_routes
from bot.platforms.slack_listener import listen
from tests.slack import SECRET, TOKEN, PretendSlack, SignedSlack

NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)


class DatabaseGone(Exception):
    pass


@dataclass
class Recorder:
    """What the dispatcher is to a door: it takes events, and says who is known."""

    events: list[Inbound] = field(default_factory=list)
    shown: Shown = field(default_factory=Shown)
    strangers: set[str] = field(default_factory=set)
    is_broken: bool = False

    def __call__(self, event: Inbound) -> Shown:
        if self.is_broken:
            raise DatabaseGone
        self.events.append(event)
        return self.shown

    def knows(self, account: Account) -> bool:
        return account.user not in self.strangers


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
