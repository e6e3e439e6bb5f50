"""The chats that the settings name: how each is written to, and how each is let in.

Their SDKs are loaded only when they are needed; the demo starts without them.
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI

from bot.clock import wall_clock
from bot.conversation import Sender
from bot.domain.people import Platform
from bot.platforms.door import Door
from bot.settings import Settings

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

    def sender(self) -> Sender:
        from bot.platforms.slack_sender import SlackSender  # noqa: PLC0415

        return SlackSender(self._client())

    def opened(self, web: FastAPI, door: Door) -> Opened:
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
    """Teams, in one tenant."""

    teams: Any
    platform: Platform = field(default=Platform.TEAMS)

    @classmethod
    def of(cls, client_id: str, client_secret: str, tenant_id: str) -> "TeamsChat":
        from bot.platforms.teams_app import teams_app  # noqa: PLC0415

        return cls(teams_app(client_id, client_secret, tenant_id))

    def sender(self) -> Sender:
        from bot.platforms.teams_sender import TeamsSender  # noqa: PLC0415

        return TeamsSender(self.teams)

    def opened(self, web: FastAPI, door: Door) -> Opened:
        from bot.platforms import teams_door, teams_listener  # noqa: PLC0415

        listener = teams_listener.TeamsListener(self.teams, door, self.sender(), wall_clock)
        web.include_router(teams_door.teams_routes(self.teams, listener))
        return Opened(
            starting=(lambda: teams_door.open_door(self.teams),), ending=(self.teams.close,)
        )


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
