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

    async def profile(self, activity: Activity, tenant: str) -> Profile:
        """Ask who did *activity*, in *tenant*."""
        somebody = activity.from_
        return await self.profile_of(somebody.id, somebody.name, activity, tenant)

    async def profile_of(self, user: str, called: str, activity: Activity, tenant: str) -> Profile:
        """Ask who *user* is, whom *activity* calls *called*.

        Without an answer the e-mail is unknown; nobody is guessed.
        """
        member = await self._member(activity, user)
        name = member.name if member and member.name else called
        return Profile(
            name=written(name),
            email=written(member.email or "") if member else "",
            language=language_of(activity.locale),
            is_guest=bool(member and _is_guest(member, tenant)),
        )

    async def _member(self, activity: Activity, user: str) -> TeamsChannelAccount | None:
        conversation = activity.conversation.channel
        try:
            async with asyncio.timeout(PATIENCE):
                conversations = await self.teams.conversations(activity.service_url)
                return await conversations.members_client.get_by_id(conversation, user)
        except UNREACHABLE as error:
            log.warning("teams.no_answer", what="profile", error=type(error).__name__)
            return None


def language_of(locale: str) -> Language:
    """Return the language somebody chose in Teams.

    Who reads Teams in English has not asked for English: often the office chose it.
    """
    return Language.NN if locale.lower().startswith("nn") else Language.NB


def _is_guest(member: TeamsChannelAccount, tenant: str) -> bool:
    """Tell whether *member* was let in from outside: a guest, or in a shared channel."""
    home = member.tenant_id
    is_elsewhere = bool(home) and str(home).lower() != tenant.lower()
    is_marked = "#ext#" in (member.user_principal_name or "").lower()
    return is_elsewhere or is_marked or (member.user_role or "").lower() == "guest"
