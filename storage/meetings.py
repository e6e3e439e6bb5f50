"""Meetings: what is planned and changed, which notices have been given, and who comes."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bot.domain.meeting_plans import SeriesChange
from bot.domain.meetings import Answer, Meeting, MeetingId, NoSuchMeeting, Reply
from bot.domain.people import PersonId
from storage.meeting_models import (
    MeetingChangeRow,
    MeetingGuestRow,
    MeetingNoticeRow,
    MeetingRow,
)
from storage.once import first

MINUTE = timedelta(minutes=1)


class Meetings:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._locks = not session.info.get("is_reading")  # who only looks cannot lock

    def add(self, meeting: Meeting) -> bool:
        """Keep a meeting that is planned; return False if its day in the series is taken."""
        return first(self._session, MeetingRow, **_columns(meeting))

    def change(self, meeting: Meeting) -> None:
        """Keep *meeting*, which :meth:`get` gave, as it is now."""
        row = self._session.get_one(MeetingRow, meeting.id)
        for name, value in _columns(meeting).items():
            setattr(row, name, value)
        self._session.flush()

    def get(self, meeting_id: MeetingId) -> Meeting:
        """Return the meeting, and keep others from changing it until we are done.

        :raises NoSuchMeeting: there is none
        """
        found = select(MeetingRow).where(MeetingRow.id == meeting_id)
        if self._locks:
            found = found.with_for_update().execution_options(populate_existing=True)
        row = self._session.scalars(found).first()
        if row is None:
            raise NoSuchMeeting
        return _meeting(row)

    def between(
        self, cooperation: str, start: datetime, end: datetime | None = None
    ) -> Sequence[Meeting]:
        """Return what is not over at *start* and begins before *end*, cancelled ones too."""
        found = _of(cooperation).where(MeetingRow.ends_at > start)
        if end is not None:
            found = found.where(MeetingRow.starts_at < end)
        return self._all(found)

    def to_tell(self, cooperation: str, now: datetime) -> Sequence[Meeting]:
        """Return what is still to come and has changed since everybody was told."""
        changed = MeetingRow.told < MeetingRow.sequence
        return self._all(_of(cooperation).where(changed, MeetingRow.ends_at > now))

    def before(self, meeting: Meeting) -> Meeting | None:
        """Return the meeting of the same series that was held before this one."""
        series = _series(meeting.cooperation, meeting.series, meeting.municipality)
        found = series.where(
            MeetingRow.starts_at < meeting.starts_at, MeetingRow.is_cancelled.is_(False)
        )
        row = self._session.scalars(found.order_by(MeetingRow.starts_at.desc()).limit(1)).first()
        return _meeting(row) if row else None

    def next_of(
        self, cooperation: str, series: str, municipality: str | None, now: datetime
    ) -> Meeting | None:
        """Return the series' next meeting whose agenda is still open."""
        found = _series(cooperation, series, municipality).where(
            MeetingRow.starts_at > now,
            MeetingRow.is_cancelled.is_(False),
            MeetingRow.agenda_sent_at.is_(None),
        )
        row = self._session.scalars(found.order_by(MeetingRow.starts_at).limit(1)).first()
        return _meeting(row) if row else None

    def first_notice(self, meeting: Meeting, days: int) -> bool:
        """Claim the notice of so many *days* before; return False if it has been given."""
        return first(
            self._session, MeetingNoticeRow, meeting_id=meeting.id, round=meeting.round, days=days
        )

    def noticed(self, meeting: Meeting) -> set[int]:
        """Return which notices, by their days, have been given of the time it has now."""
        found = select(MeetingNoticeRow.days).where(
            MeetingNoticeRow.meeting_id == meeting.id, MeetingNoticeRow.round == meeting.round
        )
        return set(self._session.scalars(found))

    def invite(self, meeting: Meeting, who: PersonId) -> bool:
        """Put down that *who* has been told of the meeting; return whether that is new."""
        values: dict[str, Any] = {"answer": None, "sequence": None, "at": None}
        return first(self._session, MeetingGuestRow, meeting_id=meeting.id, person_id=who, **values)

    def reply(self, meeting: Meeting, reply: Reply) -> None:
        """Keep the latest answer of somebody, who is invited if they were not."""
        self.invite(meeting, reply.person)
        row = self._session.get_one(MeetingGuestRow, (meeting.id, reply.person))
        row.answer, row.sequence, row.at = reply.answer, reply.sequence, reply.at
        self._session.flush()

    def invited(self, meeting: Meeting) -> set[PersonId]:
        found = select(MeetingGuestRow.person_id).where(MeetingGuestRow.meeting_id == meeting.id)
        return {PersonId(who) for who in self._session.scalars(found)}

    def replies(self, meeting: Meeting) -> Mapping[PersonId, Reply]:
        """Return the answers to the meeting as it is now; one to an earlier time counts no more."""
        found = select(MeetingGuestRow).where(
            MeetingGuestRow.meeting_id == meeting.id, MeetingGuestRow.sequence == meeting.sequence
        )
        return {
            PersonId(row.person_id): Reply(
                person=PersonId(row.person_id),
                answer=Answer(row.answer),
                sequence=meeting.sequence,
                at=row.at,
            )
            for row in self._session.scalars(found)
            if row.answer and row.at
        }

    def change_rest(self, cooperation: str, change: SeriesChange) -> None:
        """Keep a change of the rest of a series."""
        values = asdict(change) | {
            "cooperation": cooperation,
            "municipality": change.municipality or "",
            "at": f"{change.at:%H:%M}" if change.at else None,
            "minutes": change.length // MINUTE if change.length else None,
        }
        del values["length"]
        self._session.add(MeetingChangeRow(**values))
        self._session.flush()

    def changes(self, cooperation: str) -> Sequence[SeriesChange]:
        """Return what has been changed of the rest of each series, the oldest first."""
        found = select(MeetingChangeRow).where(MeetingChangeRow.cooperation == cooperation)
        return [_change(row) for row in self._session.scalars(found.order_by("number"))]

    def _all(self, found: Select[MeetingRow]) -> Sequence[Meeting]:
        ordered = found.order_by(MeetingRow.starts_at, MeetingRow.municipality, MeetingRow.id)
        return [_meeting(row) for row in self._session.scalars(ordered)]


def _of(cooperation: str) -> Select[MeetingRow]:
    return select(MeetingRow).where(MeetingRow.cooperation == cooperation)


def _series(cooperation: str, series: str, municipality: str | None) -> Select[MeetingRow]:
    return _of(cooperation).where(
        MeetingRow.series == series, MeetingRow.municipality == (municipality or "")
    )


def _columns(meeting: Meeting) -> dict[str, Any]:
    return asdict(meeting) | {"municipality": meeting.municipality or ""}


def _meeting(row: MeetingRow) -> Meeting:
    return Meeting(
        id=MeetingId(row.id),
        cooperation=row.cooperation,
        series=row.series,
        municipality=row.municipality or None,
        day=row.day,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=row.place,
        video=row.video,
        is_cancelled=row.is_cancelled,
        reason=row.reason,
        sequence=row.sequence,
        told=row.told,
        round=row.round,
        is_by_hand=row.is_by_hand,
        agenda_sent_at=row.agenda_sent_at,
        minutes_sent_at=row.minutes_sent_at,
    )


def _change(row: MeetingChangeRow) -> SeriesChange:
    return SeriesChange(
        series=row.series,
        municipality=row.municipality or None,
        from_day=row.from_day,
        shift=row.shift,
        at=time.fromisoformat(row.at) if row.at else None,
        length=row.minutes * MINUTE if row.minutes is not None else None,
        is_cancelled=row.is_cancelled,
        reason=row.reason,
        by=PersonId(row.by) if row.by else None,
        made_at=row.made_at,
    )
