"""Names in Slack that never change: a person's, a place's, a message's."""

from bot.domain.people import Account, Place, Platform

SLACKBOT = "USLACKBOT"
FOREIGN = "T"  # how a workspace's id begins; an organisation's own says nothing of where one works


def account(user: str, workspace: str, own: str | None = None) -> Account:
    """Return who *user* is: of the workspace we are in, or of their *own*, if they are visiting."""
    tenant = own if own and own.startswith(FOREIGN) else workspace
    return Account(Platform.SLACK, tenant, user)


def place(channel: str, thread: str | None = None) -> Place:
    """Return a conversation, or a thread in it. A user's id is their conversation with us."""
    return Place(Platform.SLACK, channel, thread)


def message_key(workspace: str, channel: str, ts: str) -> str:
    """Return the message's own name: its events have many ids, and an edit has the same name."""
    return f"slack:{workspace}:{channel}:{ts}"
