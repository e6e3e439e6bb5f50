"""Links that open something in Teams itself, for whoever may read it there."""

import json
from urllib.parse import quote, urlencode

from bot.platforms.teams_payloads import Activity

TEAMS = "https://teams.microsoft.com/l"
IN_CHAT = json.dumps({"contextType": "chat"})


def link_to(activity: Activity, tenant: str) -> str:
    """Return the link to a message."""
    conversation = activity.conversation
    where = f"{TEAMS}/message/{quote(conversation.channel, safe='')}/{quote(activity.id, safe='')}"
    if conversation.root is None:
        return f"{where}?{urlencode({'tenantId': tenant, 'context': IN_CHAT})}"
    told = {"tenantId": tenant, "parentMessageId": conversation.root}
    team = activity.channel_data.team.aad_group_id
    return f"{where}?{urlencode(told | ({'groupId': team} if team else {}))}"


def link_to_bot(client_id: str) -> str:
    """Return the link to a person's own conversation with the bot."""
    return f"{TEAMS}/chat/0/0?{urlencode({'users': f'28:{client_id}'})}"
