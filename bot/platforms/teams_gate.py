"""Who may come in from Teams: what Microsoft vouches for, of our tenants, and nothing else."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field

import structlog
from microsoft_teams.api import InvokeResponse
from microsoft_teams.api.auth.json_web_token import JsonWebToken
from microsoft_teams.apps.events import ActivityEvent
from microsoft_teams.apps.http import HttpRequest

from bot.platforms.teams_app import Teams

OK, NO_TOKEN, NOT_OURS = 200, 401, 403
BEARER = "Bearer "
THREADS = 2

Body = dict[str, object]

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Gate:
    """Lets the SDK check tokens, in threads of its own, and then looks at what it does not.

    It fetches Microsoft's keys while its loop stands still; ours may not.
    """

    teams: Teams
    threads: Executor = field(default_factory=lambda: ThreadPoolExecutor(THREADS, "teams-gate"))

    async def open(self) -> None:
        """Let the SDK learn whose tokens to believe. It asks nobody before the first comes."""
        await self.teams.app.initialize()
        self.teams.app.server.on_request = self._let_in

    async def status(self, request: HttpRequest) -> int:
        """Return 200 when *request* may come in; else what to answer, with a line in the log."""
        loop = asyncio.get_running_loop()
        status = await loop.run_in_executor(self.threads, self._by_token, request)
        if status != OK:
            return _turned_away(status, "Microsoft does not vouch for it")
        if not self.teams.is_service(request["body"].get("serviceUrl")):
            return _turned_away(NOT_OURS, "it names no service of Teams")
        if self.teams.tenant_of(tenants(request["body"])) is None:
            return _turned_away(NOT_OURS, "another tenant")
        return OK

    def _by_token(self, request: HttpRequest) -> int:
        return asyncio.run(self.teams.app.server.handle_request(request))["status"]

    async def _let_in(self, event: ActivityEvent) -> InvokeResponse[None]:
        """Take tokens of the bots' own service alone: the SDK knows others, for agents."""
        token, issuer = event.token, self.teams.app.cloud.token_issuer
        is_from_teams = isinstance(token, JsonWebToken) and token.issuer == issuer
        return InvokeResponse[None](status=OK if is_from_teams else NOT_OURS)


def tenants(body: Body) -> Iterator[str]:
    """Return every tenant that an activity says it is from."""
    channel_data = body.get("channelData")
    told = channel_data.get("tenant") if isinstance(channel_data, dict) else None
    conversation = body.get("conversation")
    for where, name in ((told, "id"), (conversation, "tenantId")):
        tenant = where.get(name) if isinstance(where, dict) else None
        if isinstance(tenant, str) and tenant:
            yield tenant


def _turned_away(status: int, why: str) -> int:
    log.warning("teams.turned_away", status=status, why=why)
    return status
