"""One word to Slack, to hear whether it knows our bot token. For `vertsdesk doctor --online`."""

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.conversation import NotDelivered
from bot.platforms.slack_app import slack_client


async def greet_slack(token: str, api_url: str) -> str:
    """Return the workspace and the name that the bot has in it.

    :raises NotDelivered: Slack does not know the token, or cannot be reached
    """
    try:
        answer = await slack_client(token, api_url).auth_test()
    except SlackApiError as error:
        raise NotDelivered(str(error.response.get("error")), final=True) from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise NotDelivered(f"{type(error).__name__} at {api_url}") from error
    return f"{answer.get('user')} in {answer.get('team')}"
