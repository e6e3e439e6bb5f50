"""Minutes: decisions, and actions until they are done."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.meetings import Meeting, MeetingId
from bot.domain.minutes import Action, ActionId, Decision, DecisionId, NoChange, NoSuchAction
from bot.domain.people import PersonId
from storage.meeting_models import MeetingActionRow, MeetingDecisionRow, MeetingRow


class Minutes:
    def __init__(self, session: Session) -> None:
        self._session = session

    def next_number(self, meeting: Meeting) -> int:
        """Return the number of the meeting's next decision. Who calls this holds the meeting."""
        found = select(func.max(MeetingDecisionRow.number)).where(
            MeetingDecisionRow.meeting_id == meeting.id
        )
        return (self._session.scalars(found).one() or 0) + 1

    def decide(self, decision: Decision) -> None:
        self._session.merge(MeetingDecisionRow(**_renamed(asdict(decision))))
        self._session.flush()

    def decisions(self, meeting: Meeting) -> Sequence[Decision]:
        found = select(MeetingDecisionRow).where(MeetingDecisionRow.meeting_id == meeting.id)
        ordered = found.order_by(MeetingDecisionRow.number)
        return [_decision(row) for row in self._session.scalars(ordered)]

    def decision(self, decision_id: DecisionId) -> Decision:
        """Return the decision.

        :raises NoChange: there is none
        """
        row = self._session.get(MeetingDecisionRow, decision_id)
        if row is None:
            raise NoChange
        return _decision(row)

    def changing(self, cooperation: str) -> Sequence[Decision]:
        """Return every decision that changes the agreement, the oldest first."""
        found = (
            select(MeetingDecisionRow)
            .join(MeetingRow, MeetingRow.id == MeetingDecisionRow.meeting_id)
            .where(
                MeetingRow.cooperation == cooperation,
                MeetingDecisionRow.changes_agreement.is_(True),
            )
            .order_by(MeetingDecisionRow.at, MeetingDecisionRow.number)
        )
        return [_decision(row) for row in self._session.scalars(found)]

    def act(self, action: Action) -> None:
        """Keep *action*, new or as it is now."""
        values = _renamed(asdict(action)) | {"municipality": action.municipality or ""}
        self._session.merge(MeetingActionRow(**values))
        self._session.flush()

    def action(self, action_id: ActionId) -> Action:
        """Return the action, and keep others from changing it until we are done.

        :raises NoSuchAction: there is none
        """
        found = select(MeetingActionRow).where(MeetingActionRow.id == action_id)
        held = found.with_for_update().execution_options(populate_existing=True)
        row = self._session.scalars(held).first()
        if row is None:
            raise NoSuchAction
        return _action(row)

    def left(self, meeting: Meeting) -> Sequence[Action]:
        """Return what is not done of the series that *meeting* belongs to, what is due first."""
        found = select(MeetingActionRow).where(
            MeetingActionRow.cooperation == meeting.cooperation,
            MeetingActionRow.series == meeting.series,
            MeetingActionRow.municipality == (meeting.municipality or ""),
            MeetingActionRow.done_at.is_(None),
        )
        ordered = found.order_by(MeetingActionRow.due, MeetingActionRow.id)
        return [_action(row) for row in self._session.scalars(ordered)]

    def not_done(self, cooperation: str) -> Sequence[Action]:
        """Return everything that is still to do, what is due first."""
        found = select(MeetingActionRow).where(
            MeetingActionRow.cooperation == cooperation, MeetingActionRow.done_at.is_(None)
        )
        ordered = found.order_by(MeetingActionRow.due, MeetingActionRow.id)
        return [_action(row) for row in self._session.scalars(ordered)]

    def actions(self, meeting: Meeting) -> Sequence[Action]:
        """Return what was put down in *meeting*, done or not."""
        found = select(MeetingActionRow).where(MeetingActionRow.meeting_id == meeting.id)
        ordered = found.order_by(MeetingActionRow.due, MeetingActionRow.id)
        return [_action(row) for row in self._session.scalars(ordered)]


def _renamed(values: dict[str, Any]) -> dict[str, Any]:
    values["meeting_id"] = values.pop("meeting")
    return values


def _decision(row: MeetingDecisionRow) -> Decision:
    return Decision(
        id=DecisionId(row.id),
        meeting=MeetingId(row.meeting_id),
        number=row.number,
        text=row.text,
        by=PersonId(row.by),
        at=row.at,
        changes_agreement=row.changes_agreement,
        version=row.version,
        effective_from=row.effective_from,
    )


def _action(row: MeetingActionRow) -> Action:
    return Action(
        id=ActionId(row.id),
        meeting=MeetingId(row.meeting_id),
        cooperation=row.cooperation,
        series=row.series,
        municipality=row.municipality or None,
        text=row.text,
        owner=PersonId(row.owner),
        due=row.due,
        by=PersonId(row.by),
        at=row.at,
        done_at=row.done_at,
        done_by=PersonId(row.done_by) if row.done_by else None,
    )
