"""Links that open something in Teams itself, for whoever may read it there."""

import json
from urllib.parse import quote, urlencode

from bot.platforms.teams_payloads import Activity

TEAMS = "https://teams.microsoft.com/l"
IN_CHAT = json.dumps({"contextType": "chat"})
SHARED = "19:"  # how the id begins of a conversation in which others read too
CHANNELS = ("@thread.tacv2", "@thread.skype")  # how it ends where there are threads


def link_to(activity: Activity, tenant: str) -> str:
    """Return the link to a message."""
    conversation, team = activity.conversation, activity.channel_data.team.aad_group_id
    return _link(conversation.channel, activity.id, tenant, conversation.root, team)


def link_to_ours(channel: str, message: str, tenant: str, thread: str | None) -> str | None:
    """Return the link to what we have written; none in somebody's own conversation with us.

    That has another name in Teams than the one by which we are told of it.
    """
    if not channel.startswith(SHARED):
        return None
    root = (thread or message) if channel.endswith(CHANNELS) else None
    return _link(channel, message, tenant, root)


def link_to_bot(client_id: str) -> str:
    """Return the link to a person's own conversation with the bot."""
    return f"{TEAMS}/chat/0/0?{urlencode({'users': f'28:{client_id}'})}"


def given(link: str | None) -> str | None:
    """Return a link that Teams has given us, if it leads anywhere."""
    return link if link and link.startswith("https://") else None


def _link(
    channel: str, message: str, tenant: str, root: str | None, team: str | None = None
) -> str:
    where = f"{TEAMS}/message/{quote(channel, safe='')}/{quote(message, safe='')}"
    if root is None:
        return f"{where}?{urlencode({'tenantId': tenant, 'context': IN_CHAT})}"
    told = {"tenantId": tenant, "parentMessageId": root}
    return f"{where}?{urlencode(told | ({'groupId': team} if team else {}))}"
