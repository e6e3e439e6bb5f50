"""Our side of Slack: one client, and an app that answers 200 only when we have committed."""

import logging

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack_ourselves import Ourselves

TIMEOUT = 10  # seconds: less than a letter's lease


def slack_client(token: str, api_url: str) -> AsyncWebClient:
    """Return the client. It tries nothing twice: the outbox does, and a listener cannot wait.

    *api_url*: Slack's, ending in ``/api/``, or a pretend one.
    """
    return AsyncWebClient(token, base_url=api_url, timeout=TIMEOUT, retry_handlers=[])


def slack_app(client: AsyncWebClient, signing_secret: str) -> AsyncApp:
    """Return an app that listens to nothing yet. It checks every request's signature and age."""
    ourselves = Ourselves(client)

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        # We know our token; Bolt would otherwise ask Slack about it (auth.test) at every request.
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_token=client.token,
            bot_user_id=await ourselves.user(),
            url=await ourselves.site(),
        )

    return AsyncApp(
        client=client,
        signing_secret=signing_secret,
        authorize=authorize,
        process_before_response=True,  # else Bolt says 200 first, and a crash loses the message
        logger=_quiet(),
    )


def _quiet() -> logging.Logger:
    """Return a logger for Bolt, which at lower levels would log what people write."""
    logger = logging.getLogger("slack_bolt.ours")
    logger.setLevel(logging.ERROR)
    return logger
