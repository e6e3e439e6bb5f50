"""The way in from Teams: an event is completed with who somebody is, and handed in at the door."""

from collections.abc import Awaitable
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.conversation import Marked, Shown, Submitted
from bot.platforms.door import Door
from bot.platforms.teams_app import Teams
from bot.platforms.teams_events import Heard
from bot.platforms.teams_payloads import Activity
from bot.platforms.teams_people import Enquiries

T = TypeVar("T")


class NotStored(Exception):
    """What came in could not be handled and committed; it must come again."""


async def stored(call: Awaitable[T]) -> T:
    """Wait for *call*, which stores something or looks it up.

    :raises NotStored: nothing has happened
    """
    try:
        return await call
    except Exception as error:
        raise NotStored(type(error).__name__) from error


@dataclass(frozen=True, slots=True)
class Inside:
    teams: Teams
    door: Door

    async def __call__(
        self, event: Heard | Marked | Submitted, activity: Activity, tenant: str
    ) -> Shown:
        """Let the desk handle *event*, after asking who it is from if the desk does not know.

        :raises NotStored: nothing has happened
        """
        ask, knows = Enquiries(self.teams), self.door.knows
        if not await stored(knows(event.account)):
            event = replace(event, profile=await ask.profile(activity, tenant))
        if isinstance(event, Marked) and event.author and not await stored(knows(event.author)):
            about = await ask.profile_of(event.author.user, "", activity, tenant)
            event = replace(event, author_profile=about)
        return await stored(self.door(event))
