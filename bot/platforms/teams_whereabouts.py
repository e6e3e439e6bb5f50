"""Where Teams can be written to from now on, and where the app was taken away: said in passing."""

from collections.abc import Iterator

from bot.platforms.teams_payloads import Activity
from storage.teams import TeamsAddress

CLOSED = {"channelDeleted", "teamArchived", "teamDeleted", "teamHardDeleted"}


def whereabouts(activity: Activity, tenant: str) -> Iterator[tuple[str, TeamsAddress]]:
    """Yield what *activity* tells of its conversation and, where they are alone, of who did it."""
    reached = TeamsAddress(tenant, activity.service_url, is_gone=_is_gone(activity))
    yield activity.conversation.channel, reached
    if activity.from_.is_bot:
        return
    if activity.conversation.is_direct or not reached.is_gone:
        yield activity.from_.user, reached


def _is_gone(activity: Activity) -> bool:
    """Tell whether the bot cannot write there any more."""
    match activity.type:
        case "installationUpdate":
            return activity.action.startswith("remove")
        case "conversationUpdate":
            left = any(one.id == activity.bot for one in activity.members_removed if one.id)
            return left or activity.channel_data.event_type in CLOSED
    return False
