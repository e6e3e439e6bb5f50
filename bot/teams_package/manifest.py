"""What Teams must let us do: every place, command and right we use, and no other."""

from typing import Any

from bot.platforms.commands import NAMES
from bot.texts import Texts

Manifest = dict[str, Any]

VERSION = "1.19"  # of Microsoft's schema
APP_VERSION = "1.0.0"
SCHEMAS = "https://developer.microsoft.com/en-us/json-schemas/teams"
SCHEMA = f"{SCHEMAS}/v{VERSION}/MicrosoftTeams.schema.json"
WORDS_SCHEMA = f"{SCHEMAS}/v{VERSION}/MicrosoftTeams.Localization.schema.json"

SCOPES = ("personal", "team", "groupChat")
RIGHTS = {  # the right, and where it holds
    "ChannelMessage.Read.Group": "Application",  # all that is written in a team's channels
}
TAB, TAB_PATH, CONFIGURED_PATH = "mine", "/teams/tab", "/teams/about"
ASK = "ask"
ASK_FROM = ("message", "compose", "commandBox")
COLOUR = "#12556B"
MOST_COMMANDS = 10


def manifest(app_id: str, host: str, say: Texts) -> Manifest:
    """Return the manifest of the app *app_id*, which is reached at *host*, with *say*'s words."""
    site = f"https://{host}"
    return {
        "$schema": SCHEMA,
        "manifestVersion": VERSION,
        "version": APP_VERSION,
        "id": app_id,
        "developer": _developer(site, say),
        "name": {"short": say("teams.name"), "full": say("teams.long_name")},
        "description": {"short": say("teams.short"), "full": say("teams.long")},
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": COLOUR,
        "bots": [_bot(app_id, say)],
        "composeExtensions": [_extension(app_id, say)],
        "staticTabs": _tabs(site, say),
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [host],
        "webApplicationInfo": {"id": app_id, "resource": resource(app_id, host)},
        "authorization": {"permissions": {"resourceSpecific": _rights()}},
    }


def resource(app_id: str, host: str) -> str:
    """Return the name under which Teams asks Microsoft who looks at the tab."""
    return f"api://{host}/botid-{app_id}"


def commands(say: Texts) -> list[dict[str, str]]:
    """Return what can be written to the bot, with words about each; Slack's words are the same."""
    ascii_names = [name for name in NAMES if name.isascii()][:MOST_COMMANDS]
    return [
        {"title": f"/{name}", "description": say(f"slack.command.{name}.about")}
        for name in ascii_names
    ]


def _developer(site: str, say: Texts) -> dict[str, str]:
    return {
        "name": say("teams.name"),
        "websiteUrl": site,
        "privacyUrl": f"{site}{CONFIGURED_PATH}",
        "termsOfUseUrl": f"{site}{CONFIGURED_PATH}",
    }


def _bot(app_id: str, say: Texts) -> Manifest:
    return {
        "botId": app_id,
        "scopes": list(SCOPES),
        "supportsFiles": True,
        "isNotificationOnly": False,
        "commandLists": [{"scopes": list(SCOPES), "commands": commands(say)}],
    }


def _extension(app_id: str, say: Texts) -> Manifest:
    ask = {
        "id": ASK,
        "type": "action",
        "title": say("teams.extension"),
        "description": say("teams.extension_about"),
        "context": list(ASK_FROM),
        "fetchTask": True,
    }
    return {"botId": app_id, "commands": [ask]}


def _tabs(site: str, say: Texts) -> list[dict[str, Any]]:
    mine = {
        "entityId": TAB,
        "name": say("teams.tab"),
        "contentUrl": f"{site}{TAB_PATH}?locale={{locale}}",  # Teams fills in the language
        "scopes": ["personal"],
    }
    return [{"entityId": "conversations", "scopes": ["personal"]}, mine]


def _rights() -> list[dict[str, str]]:
    return [{"name": name, "type": kind} for name, kind in RIGHTS.items()]
