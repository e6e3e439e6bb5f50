"""What a meeting comes to: decisions, and actions with an owner and a day."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NewType
from uuid import UUID

from bot.domain import Refusal
from bot.domain.meetings import MeetingId
from bot.domain.people import PersonId

DecisionId = NewType("DecisionId", UUID)
ActionId = NewType("ActionId", UUID)

REMINDED = timedelta(days=3)  # before its day


class NoSuchAction(Refusal):
    """There is none, or it is not the speaker's to see: nobody learns which."""

    key = "minutes.no_action"


class AlreadyDone(Refusal):
    key = "minutes.already_done"


class NoChange(Refusal):
    """The decision changes nothing in the agreement, or none of that number is known."""

    key = "minutes.no_change"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """*changes_agreement*: a version is to carry it out; *version* is that one's digest."""

    id: DecisionId
    meeting: MeetingId
    number: int  # within the meeting, from 1
    text: str
    by: PersonId
    at: datetime
    changes_agreement: bool = False
    version: str | None = None
    effective_from: date | None = None

    def carried_out(self, version: str, effective_from: date) -> "Decision":
        """Return the decision with the version of the agreement that carries it out.

        :raises NoChange: it changes nothing there
        """
        if not self.changes_agreement:
            raise NoChange
        return replace(self, version=version, effective_from=effective_from)


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What *owner* is to have done by *due*, a local date, whose end is the deadline."""

    id: ActionId
    meeting: MeetingId
    cooperation: str
    series: str
    municipality: str | None
    text: str
    owner: PersonId
    due: date
    by: PersonId
    at: datetime
    done_at: datetime | None = None
    done_by: PersonId | None = None

    def done(self, by: PersonId, at: datetime) -> "Action":
        """Return the action as done.

        :raises AlreadyDone: it was
        """
        if self.done_at:
            raise AlreadyDone
        return replace(self, done_at=at, done_by=by)


def reminder(action: Action, today: date) -> str | None:
    """Return which reminder of *action* holds on *today*: «soon», «late», or none."""
    if action.done_at:
        return None
    if today > action.due:
        return "late"
    return "soon" if action.due - today <= REMINDED else None
