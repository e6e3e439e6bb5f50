"""Planning: what the series' rules say becomes meetings, and follows when the rules change."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.agreements.recurrence import days_of
from bot.domain.agreement import Agreement, MeetingSeries
from bot.domain.attendance import places
from bot.domain.meeting_plans import Planned, planned
from bot.domain.meetings import Meeting, MeetingId, as_planned
from storage.database import Store

AHEAD = timedelta(days=370)
BEHIND = timedelta(days=31)  # a meeting moved forward to these days belongs to an earlier one


def plan(agreement: Agreement, store: Store, now: datetime, new_id: Callable[[], UUID]) -> None:
    """Plan a year ahead. What is planned follows the rule, unless somebody has moved it by hand.

    Repeating it changes nothing. What has begun is left as it was.
    """
    for series in agreement.meetings.values():
        for municipality in places(series, agreement):
            _Planner(series, municipality, agreement, store, now).plan(new_id)


@dataclass(frozen=True, slots=True)
class _Planner:
    """One series: of one municipality, or of all."""

    series: MeetingSeries
    municipality: str | None
    agreement: Agreement
    store: Store
    now: datetime

    def plan(self, new_id: Callable[[], UUID]) -> None:
        kept = {
            meeting.day: meeting
            for meeting in self.store.meetings.between(self.agreement.id, self.now - BEHIND)
            if (meeting.series, meeting.municipality) == (self.series.id, self.municipality)
        }
        for wanted in self._plans():
            meeting = kept.pop(wanted.day, None)
            if wanted.starts_at <= self.now:
                continue
            if meeting is None:
                self._add(wanted, new_id)
            elif meeting.starts_at > self.now:
                self._follow(meeting, wanted)
        for meeting in kept.values():
            self._end(meeting)

    def _plans(self) -> list[Planned]:
        if self.series.schedule is None:
            return []
        mine = [
            change
            for change in self.store.meetings.changes(self.agreement.id)
            if (change.series, change.municipality) == (self.series.id, self.municipality)
        ]
        calendar = self.agreement.calendar
        ends = calendar.local_date(calendar.laid_out.closes)
        last = min(calendar.local_date(self.now + AHEAD), ends)
        days = days_of(self.series.schedule, calendar.local_date(self.now - BEHIND), last)
        return planned(days, self.series.schedule, mine, calendar)

    def _add(self, wanted: Planned, new_id: Callable[[], UUID]) -> None:
        member = self.agreement.municipalities.get(self.municipality or "")
        held = self.agreement.calendar.local_date(wanted.starts_at)
        if wanted.is_cancelled or (member and member.starts and member.starts > held):
            return  # or it has not joined yet
        meeting = Meeting(
            id=MeetingId(new_id()),
            cooperation=self.agreement.id,
            series=self.series.id,
            municipality=self.municipality,
            day=wanted.day,
            starts_at=wanted.starts_at,
            ends_at=wanted.ends_at,
            place=self.series.place,
            video=self.series.video,
        )
        self.store.meetings.add(meeting)

    def _follow(self, meeting: Meeting, wanted: Planned) -> None:
        if as_planned(meeting, wanted, self.series) != meeting:
            held = self.store.meetings.get(meeting.id)
            self.store.meetings.change(as_planned(held, wanted, self.series))

    def _end(self, meeting: Meeting) -> None:
        """Cancel what the rule does not give any more, unless somebody has moved it by hand."""
        today = self.agreement.calendar.local_date(self.now)
        is_ours = meeting.starts_at > self.now and meeting.day > today
        if not is_ours or meeting.is_cancelled or meeting.is_by_hand:
            return
        held = self.store.meetings.get(meeting.id)
        if not held.is_cancelled:
            self.store.meetings.change(held.cancelled(""))
