"""What people see in their own tab in Teams: each their own, once Microsoft says who they are."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from microsoft_teams.apps.auth import TokenValidator

from bot.cards.blocks import Buttons, Card, Text
from bot.conversation import Opened, Pressed
from bot.domain.people import Account, Place, Platform
from bot.platforms.door import Door
from bot.platforms.teams_app import Teams
from bot.platforms.teams_gate import BEARER, NO_TOKEN
from bot.platforms.teams_people import language_of
from bot.render.html import html
from bot.texts import texts

PATH, ABOUT_PATH = "/teams/tab", "/teams/about"
MINE = f"{PATH}/mine"
SCOPE = "access_as_user"  # what the app offers Teams, under «Expose an API» in Entra
QUEUE, FILTERS = "queue.show", ("municipality", "task")
HEADERS = {"Cache-Control": "no-store"}
THREADS = 2

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Tab:
    """Checks who looks, in threads of its own: the SDK fetches keys while its loop stands still."""

    teams: Teams
    door: Door
    clock: Callable[[], datetime]
    threads: Executor = field(default_factory=lambda: ThreadPoolExecutor(THREADS, "teams-tab"))
    validators: dict[str, TokenValidator] = field(default_factory=dict)

    def routes(self) -> APIRouter:
        routes = APIRouter()
        routes.add_api_route(MINE, self.mine, methods=["GET"], response_class=HTMLResponse)
        return routes

    async def mine(self, request: Request) -> Response:
        """Return the page of who asks, as Microsoft's token says; 401 without a good one."""
        told = request.headers.get("authorization", "")
        account = await self._who(told.removeprefix(BEARER)) if told.startswith(BEARER) else None
        if account is None:
            log.warning("teams.turned_away", status=NO_TOKEN, why="nobody vouches for who looks")
            return Response(status_code=NO_TOKEN)
        card = await self._page(account, request.query_params)
        return HTMLResponse(html(card, name="mine", level=2), headers=HEADERS)

    async def _page(self, account: Account, asked: Mapping[str, str]) -> Card:
        if not await self.door.knows(account):
            language = language_of(asked.get("locale", ""))
            return Card(title=texts(language)("teams.tab_stranger"))
        shown = await self.door(self._looked(account, asked))
        cards = [show.card for show in shown.cards]
        return _to_read(cards[0]) if cards else Card(title="–", body=(Text(text="–"),))

    def _looked(self, account: Account, asked: Mapping[str, str]) -> Opened | Pressed:
        """Read what *account* wants to see: their own page, or a part of the queue on it."""
        key, at = f"teams:{account.tenant}:tab:{uuid4()}", self.clock()
        place = Place(Platform.TEAMS, account.user)
        part = asked.get("part")
        if part is None:
            return Opened(key=key, account=account, at=at, place=place)
        fields = {name: asked[name] for name in FILTERS if name in asked}
        return Pressed(
            key=key, account=account, at=at, place=place, action=QUEUE, value=part, fields=fields
        )

    async def _who(self, token: str) -> Account | None:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.threads, self._checked, token)

    def _checked(self, token: str) -> Account | None:
        """Return whose *token* is; None unless Microsoft made it for us, in a tenant of ours."""
        for tenant in self.teams.tenants:
            try:
                proven = asyncio.run(self._validator(tenant).validate_token(token))
            except Exception as error:  # noqa: BLE001 - whatever is wrong with it, it is none
                log.info("teams.no_token", error=type(error).__name__)
                continue
            user, told = proven.get("oid"), proven.get("tid")
            if isinstance(user, str) and user and self.teams.tenant_of([str(told)]) == tenant:
                return Account(Platform.TEAMS, tenant, user)
        return None

    def _validator(self, tenant: str) -> TokenValidator:
        """Return what knows Microsoft's keys for *tenant*; it fetches them once in a while."""
        if tenant not in self.validators:
            app = self.teams.app
            made = TokenValidator.for_entra(app.id or "", tenant, scope=SCOPE, cloud=app.cloud)
            self.validators[tenant] = made
        return self.validators[tenant]


def _to_read(card: Card) -> Card:
    """Return *card* with the buttons alone that show another part of it.

    What is done is done in the chat.
    """
    read = tuple(block for block in card.body if not isinstance(block, Buttons) or _shows(block))
    return Card(title=card.title, body=read)


def _shows(row: Buttons) -> bool:
    return all(button.action == QUEUE for button in row.buttons)
