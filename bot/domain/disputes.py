"""Disputes: «this is not our task». Each waits for a meeting, whose decision becomes a precedent.

Every member of the cooperation reads a precedent, so it knows of no ticket and no municipality.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from bot.domain import Refusal
from bot.domain.agreement import Clause, Side, Task
from bot.domain.people import PersonId
from bot.domain.tickets import TicketId

DisputeId = NewType("DisputeId", UUID)


class Verdict(StrEnum):
    """Whose the meeting finds the task to be. Unspecified: done all the same, and counted apart."""

    HOST = "host"
    PARTNER = "partner"
    UNSPECIFIED = "unspecified"


class AlreadyDisputed(Refusal):
    key = "dispute.already"


class AlreadySettled(Refusal):
    key = "dispute.settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedent:
    """What a meeting has decided of a task, or of one clause of it. *by* put the decision down."""

    task: str
    clause: Clause | None
    verdict: Verdict
    wording: str
    by: PersonId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """*side* is whose the task is by the agreement; *by_host*: the host's team disputes that."""

    id: DisputeId
    cooperation: str
    municipality: str
    ticket: TicketId
    number: str  # the ticket's
    task: str
    clause: Clause | None
    side: Side
    by: PersonId
    by_host: bool
    reason: str
    at: datetime
    verdict: Verdict | None = None
    wording: str = ""
    decided_by: PersonId | None = None
    decided_at: datetime | None = None

    def precedent(self) -> Precedent | None:
        """Return what others may read of it; None while it waits for its meeting."""
        if self.verdict is None or self.decided_by is None or self.decided_at is None:
            return None
        return Precedent(
            task=self.task,
            clause=self.clause,
            verdict=self.verdict,
            wording=self.wording,
            by=self.decided_by,
            at=self.decided_at,
        )


def bearing_on(task: Task | None, precedents: Iterable[Precedent]) -> tuple[Precedent, ...]:
    """Return those of *precedents* that are about *task*, or about a clause where it stands."""
    if task is None:
        return ()
    return tuple(
        one
        for one in precedents
        if (one.clause in task.clauses if one.clause else one.task == task.id)
    )


def settled(
    dispute: Dispute, verdict: Verdict, wording: str, by: PersonId, at: datetime
) -> Dispute:
    """Return *dispute* with the meeting's decision.

    :raises AlreadySettled: another decision has been put down
    """
    if dispute.verdict is not None:
        raise AlreadySettled
    return replace(dispute, verdict=verdict, wording=wording, decided_by=by, decided_at=at)
