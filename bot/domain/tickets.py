"""Tickets: what a log adds up to. A ticket changes only by an event; bot.domain.moves says how."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from bot.domain.agreement import Priority, Side
from bot.domain.people import PersonId

TicketId = NewType("TicketId", UUID)


class Status(StrEnum):
    UNSURE = "unsure"  # the asker is choosing among likely tasks
    REFERRED = "referred"  # told that it is their own task, or a third party's
    OPEN = "open"  # with the host, taken by nobody
    TAKEN = "taken"
    WAITS_FOR_ASKER = "waits-for-asker"
    WAITS_FOR_THIRD_PARTY = "waits-for-third-party"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"
    DEFLECTED = "deflected"  # an earlier answer solved it
    MERGED = "merged"  # goes on in another ticket


WITH_HOST = frozenset(
    {Status.OPEN, Status.TAKEN, Status.WAITS_FOR_ASKER, Status.WAITS_FOR_THIRD_PARTY}
)
PAUSED = frozenset({Status.WAITS_FOR_ASKER, Status.WAITS_FOR_THIRD_PARTY})
UNFINISHED = WITH_HOST | {Status.UNSURE}


class SlotRole(StrEnum):
    """Whose standing card it is: the asker's, the host team's, or the contact's own."""

    ASKER = "asker"
    TEAM = "team"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Slot:
    """A ticket's standing card in one place. There is one contact's card for each *person*."""

    ticket: TicketId
    role: SlotRole
    person: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One question, as its log adds up. Times are in UTC."""

    id: TicketId
    number: str  # HALD-2026-0001
    cooperation: str
    municipality: str
    agreement: str  # the digest of the version it keeps
    asker: PersonId
    question: str
    asked_at: datetime
    task: str | None
    side: Side  # whose the task is by the agreement
    counted_as: Side  # where the work is counted: help with a partner's own task is unspecified
    choices: tuple[str, ...]
    status: Status
    priority: Priority = Priority.NORMAL
    contact: PersonId | None = None
    taken_by: PersonId | None = None
    resolved_at: datetime | None = None
    last_event_at: datetime | None = None

    @property
    def is_with_host(self) -> bool:
        return self.status in WITH_HOST

    @property
    def is_unfinished(self) -> bool:
        return self.status in UNFINISHED


HOSTS = frozenset({Side.HOST, Side.UNSPECIFIED})  # the sides whose tasks the host does
