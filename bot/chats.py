"""The chats that the settings name: how each is written to, and how each is let in.

Their SDKs are loaded only when they are needed; the demo starts without them.
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from fastapi import FastAPI

from bot.clock import wall_clock
from bot.conversation import Sender
from bot.domain.people import Platform
from bot.platforms.door import Door
from bot.settings import Settings
from storage.database import Database

Draw = Callable[[str], bytes | None]  # the picture that lies at an address of ours
Step = Callable[[], Coroutine[None, None, None]]


@dataclass(frozen=True, slots=True)
class Opened:
    """A door: what to do before anybody is heard, what to run beside it, and what to do last."""

    starting: tuple[Step, ...] = ()
    running: tuple[Step, ...] = ()
    ending: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class SlackChat:
    """Slack, by HTTP where there is a signing secret, by a socket where there is an app token."""

    settings: Settings
    platform: Platform = Platform.SLACK

    def sender(self, database: Database, draw: Draw) -> Sender:
        from bot.platforms.slack_sender import SlackSender  # noqa: PLC0415

        return SlackSender(self._client(), draw)

    def opened(self, web: FastAPI, door: Door, database: Database) -> Opened:
        from bot.platforms import slack_app, slack_door, slack_listener  # noqa: PLC0415

        secret, app_token = self.settings.slack_signing_secret, self.settings.slack_app_token
        app = slack_app.slack_app(self._client(), secret.get_secret_value() if secret else "")
        slack_listener.listen(app, door, wall_clock)
        if secret:
            web.include_router(slack_door.slack_routes(app))
        if app_token is None:
            return Opened()
        token = app_token.get_secret_value()
        return Opened(running=(lambda: slack_door.socket_mode(app, token),))

    def _client(self) -> Any:
        from bot.platforms.slack_app import slack_client  # noqa: PLC0415

        token = self.settings.slack_bot_token
        return slack_client(token.get_secret_value() if token else "", self.settings.slack_api_url)


@dataclass(frozen=True, slots=True)
class TeamsChat:
    """Teams, in one tenant or several."""

    teams: Any
    platform: Platform = field(default=Platform.TEAMS)

    @classmethod
    def of(cls, client_id: str, client_secret: str, tenant_id: str) -> "TeamsChat":
        from bot.platforms.teams_app import teams_app  # noqa: PLC0415

        return cls(teams_app(client_id, client_secret, tenant_id))

    def sender(self, database: Database, draw: Draw) -> Sender:
        sender: Sender = self._sender(self._memory(database))
        return sender

    def opened(self, web: FastAPI, door: Door, database: Database) -> Opened:
        from bot.pages import teams_tab as pages  # noqa: PLC0415
        from bot.platforms import (  # noqa: PLC0415
            teams_door,
            teams_gate,
            teams_inside,
            teams_links,
            teams_listener,
            teams_tab,
        )

        memory, gate = self._memory(database), teams_gate.Gate(self.teams)
        inside = teams_inside.Inside(self.teams, door)
        sender = self._sender(memory)
        listener = teams_listener.TeamsListener(self.teams, inside, sender, memory, wall_clock)
        web.include_router(teams_door.teams_routes(gate, listener))
        web.include_router(teams_tab.Tab(self.teams, door, wall_clock).routes())
        pages.serve(web, teams_links.link_to_bot(self.teams.app.id or ""))
        return Opened(starting=(gate.open,), ending=(self.teams.close,))

    def _sender(self, memory: Any) -> Any:
        from bot.platforms.teams_sender import TeamsSender  # noqa: PLC0415

        return TeamsSender(self.teams, memory)

    def _memory(self, database: Database) -> Any:
        from bot.platforms.teams_memory import Memory  # noqa: PLC0415

        return Memory(database, wall_clock, uuid4)


Chat = SlackChat | TeamsChat


def chats(settings: Settings) -> list[Chat]:
    """Return the chats that *settings* have all that is needed for."""
    found: list[Chat] = []
    if settings.slack_bot_token:
        found.append(SlackChat(settings))
    secret = settings.teams_client_secret
    if settings.teams_client_id and secret and settings.teams_tenant_id:
        tenant = settings.teams_tenant_id
        found.append(TeamsChat.of(settings.teams_client_id, secret.get_secret_value(), tenant))
    return found
