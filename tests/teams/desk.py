"""Our side of Teams up to the door, and whoever is behind it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from fastapi import FastAPI

from bot.platforms.door import Door, Inside
from bot.platforms.teams_app import Teams
from bot.platforms.teams_door import PATH, open_door, teams_routes
from bot.platforms.teams_listener import TeamsListener
from bot.platforms.teams_sender import TeamsSender
from tests.helpdesk import MONDAY_NINE
from tests.teams.pretend import PretendTeams, bot_in, pretend_teams, token


@dataclass
class TeamsDesk:
    teams: PretendTeams
    listener: TeamsListener
    client: httpx.AsyncClient

    async def hears(self, activity: dict[str, Any], bearer: str | None = None) -> httpx.Response:
        """Let Teams tell of *activity*, signed."""
        headers = {"Authorization": f"Bearer {bearer or token()}"}
        return await self.client.post(PATH, json=activity, headers=headers)

    async def has_shown(self) -> None:
        for task in tuple(self.listener.showing):
            await task


@asynccontextmanager
async def teams_desk(inside: Callable[[Teams], Inside]) -> AsyncIterator[TeamsDesk]:
    """Open the door. *inside* tells who is behind it, when the bot is known."""
    async with pretend_teams() as pretend, bot_in(pretend) as teams:
        door = Door(inside(teams))
        listener = TeamsListener(teams, door, TeamsSender(teams), lambda: MONDAY_NINE)
        web = FastAPI()
        web.include_router(teams_routes(teams, listener))
        await open_door(teams)
        wire = httpx.ASGITransport(web)
        async with httpx.AsyncClient(transport=wire, base_url="http://desk") as client:
            yield TeamsDesk(pretend, listener, client)
        door.close()
