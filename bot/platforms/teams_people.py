"""What Teams can tell us when we ask: who somebody is."""

import asyncio
from dataclasses import dataclass

import httpx
import structlog
from microsoft_teams.api.models.account import TeamsChannelAccount

from bot.domain.people import Language, Profile
from bot.platforms.teams_app import Teams
from bot.platforms.teams_payloads import Activity
from bot.platforms.teams_text import written

log = structlog.get_logger()

PATIENCE = 3  # seconds: somebody waits for an answer, and Teams for ours
UNREACHABLE = (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError)  # a timeout is an OSError


@dataclass(frozen=True, slots=True)
class Enquiries:
    """Questions to Teams. None of them waits long."""

    teams: Teams

    async def profile(self, activity: Activity) -> Profile:
        """Ask who did *activity*. Without an answer the e-mail is unknown; nobody is guessed."""
        somebody = activity.from_
        member = await self._member(activity.conversation.channel, somebody.id)
        name = member.name if member and member.name else somebody.name
        return Profile(
            name=written(name),
            email=written(member.email or "") if member else "",
            language=_language(activity.locale),
            is_guest=bool(member and self._is_guest(member)),
        )

    async def _member(self, conversation: str, user: str) -> TeamsChannelAccount | None:
        try:
            async with asyncio.timeout(PATIENCE):
                conversations = await self.teams.conversations()
                return await conversations.members_client.get_by_id(conversation, user)
        except UNREACHABLE as error:
            log.warning("teams.no_answer", what="profile", error=type(error).__name__)
            return None

    def _is_guest(self, member: TeamsChannelAccount) -> bool:
        """Tell whether *member* was let in from outside: a guest, or in a shared channel."""
        home = member.tenant_id
        is_elsewhere = bool(home) and str(home).lower() != self.teams.tenant.lower()
        is_marked = "#ext#" in (member.user_principal_name or "").lower()
        return is_elsewhere or is_marked or (member.user_role or "").lower() == "guest"


def _language(locale: str) -> Language:
    """Return the language somebody chose in Teams.

    Who reads Teams in English has not asked for English: often the office chose it.
    """
    return Language.NN if locale.lower().startswith("nn") else Language.NB
