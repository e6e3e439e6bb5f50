"""Are the chats' tokens there, and do they look like what they should be? Nothing shows a token."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.checkup.findings import Finding, error, ok, warning

BOT_TOKEN = re.compile(r"xoxb-[A-Za-z0-9-]{10,}")
APP_TOKEN = re.compile(r"xapp-[A-Za-z0-9-]{10,}")
SIGNING_SECRET = re.compile(r"[0-9a-f]{32}")
CHANNEL = re.compile(r"[CG][A-Z0-9]{8,}")
GUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
GUIDS = {  # a tenant may be several, with commas between
    "VERTSDESK_TEAMS_CLIENT_ID": re.compile(GUID),
    "VERTSDESK_TEAMS_TENANT_ID": re.compile(rf"\s*{GUID}(\s*,\s*{GUID})*\s*"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chats:
    """The settings that connect the desk with its chats, as they were given."""

    slack_bot_token: str | None = None
    slack_app_token: str | None = None
    slack_signing_secret: str | None = None
    team_channel: str | None = None
    teams_client_id: str | None = None
    teams_client_secret: str | None = None
    teams_tenant_id: str | None = None

    @property
    def has_slack(self) -> bool:
        given = (self.slack_bot_token, self.slack_app_token, self.slack_signing_secret)
        return any(given)

    @property
    def has_teams(self) -> bool:
        return any((self.teams_client_id, self.teams_client_secret, self.teams_tenant_id))


def check_chats(chats: Chats) -> Iterator[Finding]:
    """Yield what there is to say of Slack and of Teams."""
    if not chats.has_slack and not chats.has_teams:
        yield warning(
            "chats",
            "neither Slack nor Teams is connected, so only `vertsdesk demo` has a chat",
            "Set VERTSDESK_SLACK_BOT_TOKEN and the others that the README lists",
        )
    if chats.has_slack:
        yield from _slack(chats)
    if chats.has_teams:
        yield from _teams(chats)


def _slack(chats: Chats) -> Iterator[Finding]:
    if chats.slack_bot_token is None:
        mend = "Set VERTSDESK_SLACK_BOT_TOKEN to the one under OAuth & Permissions"
        yield error("Slack", "there is no bot token", mend)
    else:
        yield _shape(
            "Slack's bot token",
            BOT_TOKEN.fullmatch(chats.slack_bot_token),
            "VERTSDESK_SLACK_BOT_TOKEN to the one under OAuth & Permissions; it begins with xoxb-",
        )
    if chats.slack_app_token is None and chats.slack_signing_secret is None:
        yield error(
            "Slack",
            "there is neither a signing secret nor an app token, so nothing can come in",
            "Set VERTSDESK_SLACK_SIGNING_SECRET (HTTP) or VERTSDESK_SLACK_APP_TOKEN (Socket Mode)",
        )
    if chats.slack_app_token is not None:
        yield _shape(
            "Slack's app token",
            APP_TOKEN.fullmatch(chats.slack_app_token),
            "VERTSDESK_SLACK_APP_TOKEN to the app-level token; it begins with xapp-",
        )
    if chats.slack_signing_secret is not None:
        yield _shape(
            "Slack's signing secret",
            SIGNING_SECRET.fullmatch(chats.slack_signing_secret),
            "VERTSDESK_SLACK_SIGNING_SECRET to the one under Basic Information: 32 signs, 0-9 a-f",
        )
    yield _team_channel(chats.team_channel)


def _team_channel(channel: str | None) -> Finding:
    if channel is None:
        return error(
            "team channel",
            "the host team has no channel, so nobody sees the tickets that come in",
            "Invite the bot to the team's channel, and set VERTSDESK_TEAM_CHANNEL to its id",
        )
    mend = "VERTSDESK_TEAM_CHANNEL to the channel's id, such as C0123456789, and not to its name"
    return _shape("team channel", CHANNEL.fullmatch(channel), mend)


def _teams(chats: Chats) -> Iterator[Finding]:
    given = {
        "VERTSDESK_TEAMS_CLIENT_ID": chats.teams_client_id,
        "VERTSDESK_TEAMS_CLIENT_SECRET": chats.teams_client_secret,
        "VERTSDESK_TEAMS_TENANT_ID": chats.teams_tenant_id,
    }
    missing = [name for name, value in given.items() if not value]
    if missing:
        yield error("Teams", "it is set up only in part", f"Set {' and '.join(missing)} as well")
    for name, shape in GUIDS.items():
        value = given[name]
        if value:
            mend = f"{name} to the id that Entra shows: 8-4-4-4-12 signs, 0-9 a-f"
            yield _shape(f"Teams: {name}", shape.fullmatch(value), mend)


def _shape(about: str, found: re.Match[str] | None, mend: str) -> Finding:
    if found:
        return ok(about, "it is there, and looks right")
    return error(about, "it is set to something that cannot be right", f"Set {mend}")
