"""Activities as Teams sends them: the shapes of Microsoft's own samples, with our people."""

from typing import Any

TENANT = "72f988bf-0000-4000-8000-2d7cd011db47"
CLIENT = "aaaaaaaa-0000-4000-8000-000000000001"
BOT = f"28:{CLIENT}"
OLA = "29:1Ola-herøy"
OLA_ID = "11111111-2222-4333-8444-555555555555"
OWN = "a:1pL6i0oY3C0K8oAj8"  # Ola's conversation with the bot
CHANNEL = "19:97b1ec61f45f@thread.tacv2"
ROOT = "1481567603816"
MENTION = "<at>Vertsdesk</at>"

Payload = dict[str, Any]


def message(text: str, **more: Any) -> Payload:
    """Ola writes to the bot alone."""
    return {
        "type": "message",
        "id": "1485983408511",
        "timestamp": "2026-03-02T08:00:01.294Z",
        "localTimestamp": "2026-03-02T09:00:01.294+01:00",
        "serviceUrl": "https://smba.trafficmanager.net/emea/",
        "channelId": "msteams",
        "from": {"id": OLA, "name": "Ola Nordmann", "aadObjectId": OLA_ID},
        "conversation": {"conversationType": "personal", "tenantId": TENANT, "id": OWN},
        "recipient": {"id": BOT, "name": "Vertsdesk"},
        "entities": [
            {
                "locale": "nb-NO",
                "country": "NO",
                "platform": "Windows",
                "timezone": "Europe/Oslo",
                "type": "clientInfo",
            }
        ],
        "channelData": {"tenant": {"id": TENANT}},
        "textFormat": "plain",
        "locale": "nb-NO",
        "text": text,
    } | more


def in_channel(text: str, **more: Any) -> Payload:
    """Ola writes in a channel, with a mention of the bot."""
    conversation = {
        "isGroup": True,
        "conversationType": "channel",
        "tenantId": TENANT,
        "id": f"{CHANNEL};messageid={ROOT}",
    }
    mention = {"type": "mention", "mentioned": {"id": BOT, "name": "Vertsdesk"}, "text": MENTION}
    html = {"contentType": "text/html", "content": f"<div>{text}</div>"}
    channel_data = {
        "teamsChannelId": CHANNEL,
        "teamsTeamId": CHANNEL,
        "channel": {"id": CHANNEL},
        "team": {"id": CHANNEL},
        "tenant": {"id": TENANT},
    }
    here = {"conversation": conversation, "attachments": [html], "channelData": channel_data}
    return message(text, **here | {"entities": [mention]} | more)


def press(action: str, value: str, *, card: str = "1485983500000", **fields: str) -> Payload:
    """Ola presses a button on a card in his own conversation."""
    pressed = message("", id="f:622749630322482883", replyToId=card)
    pressed |= {"type": "invoke", "name": "adaptiveCard/action"}
    data = {"action": action, "value": value, **fields}
    execute = {"type": "Action.Execute", "id": "", "verb": action, "data": data}
    return pressed | {"value": {"action": execute, "trigger": "manual"}}
