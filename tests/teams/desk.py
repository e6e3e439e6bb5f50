"""Our side of Teams up to the door, and whoever is behind it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI

from bot.pages import teams_tab as pages
from bot.platforms.door import Door
from bot.platforms.door import Inside as Behind
from bot.platforms.teams_app import Teams
from bot.platforms.teams_door import PATH, teams_routes
from bot.platforms.teams_gate import Gate
from bot.platforms.teams_inside import Inside
from bot.platforms.teams_links import link_to_bot
from bot.platforms.teams_listener import TeamsListener
from bot.platforms.teams_memory import Memory
from bot.platforms.teams_sender import TeamsSender
from bot.platforms.teams_tab import Tab
from storage.database import Database
from tests.helpdesk import MONDAY_NINE
from tests.teams.activities import CLIENT, TENANT
from tests.teams.pretend import SERVICE, PretendTeams, bot_in, pretend_teams, token


def memory_in(database: Database) -> Memory:
    ids = (UUID(int=n) for n in count(1))
    return Memory(database, lambda: MONDAY_NINE, lambda: next(ids))


@dataclass
class TeamsDesk:
    teams: PretendTeams
    bot: Teams
    listener: TeamsListener
    web: FastAPI
    client: httpx.AsyncClient

    async def hears(self, activity: dict[str, Any], bearer: str | None = None) -> httpx.Response:
        """Let Teams tell of *activity*, signed. Its service is the pretend one."""
        if activity.get("serviceUrl") == SERVICE:
            activity = activity | {"serviceUrl": self.teams.url}
        headers = {"Authorization": f"Bearer {bearer or self.token()}"}
        return await self.client.post(PATH, json=activity, headers=headers)

    def token(self, **claims: Any) -> str:
        """Return a token as Teams has it, but for *claims*."""
        return token(**{"serviceurl": self.teams.url} | claims)

    async def has_shown(self) -> None:
        await self.listener.later.done()


@asynccontextmanager
async def teams_desk(
    inside: Callable[[Teams], Behind], database: Database, tenants: tuple[str, ...] = (TENANT,)
) -> AsyncIterator[TeamsDesk]:
    """Open the door. *inside* tells who is behind it, when the bot is known."""
    async with pretend_teams() as pretend, bot_in(pretend, tenants) as teams:
        door, memory, gate = Door(inside(teams)), memory_in(database), Gate(teams)
        sender = TeamsSender(teams, memory)
        listener = TeamsListener(teams, Inside(teams, door), sender, memory, lambda: MONDAY_NINE)
        web = FastAPI()
        web.include_router(teams_routes(gate, listener))
        web.include_router(Tab(teams, door, lambda: MONDAY_NINE).routes())
        pages.serve(web, link_to_bot(CLIENT))
        await gate.open()
        wire = httpx.ASGITransport(web)
        async with httpx.AsyncClient(transport=wire, base_url="http://desk") as client:
            yield TeamsDesk(pretend, teams, listener, web, client)
        door.close()
