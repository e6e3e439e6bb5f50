"""Agendas: what people want taken up, and the points as the caller placed, struck or sent them."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from bot.domain.agenda import Kind, Point, Wish, WishId
from bot.domain.meetings import Meeting, MeetingId
from bot.domain.people import PersonId
from bot.domain.tickets import TicketId
from storage.meeting_models import MeetingPointRow, MeetingWishRow
from storage.once import insert, table_of


class Agendas:
    def __init__(self, session: Session) -> None:
        self._session = session

    def wish(self, wish: Wish) -> bool:
        """Keep *wish* for the series' next meeting; return False if its ticket waits for it."""
        if wish.ticket is not None:
            waits = _waiting(wish.cooperation, wish.series, wish.municipality)
            if self._session.scalars(waits.where(MeetingWishRow.ticket_id == wish.ticket)).first():
                return False
        self._session.add(
            MeetingWishRow(
                id=wish.id,
                cooperation=wish.cooperation,
                series=wish.series,
                municipality=wish.municipality or "",
                text=wish.text,
                by=wish.by,
                at=wish.at,
                ticket_id=wish.ticket,
                number=wish.number,
                lifted_from=wish.lifted_from,
                taken_in=wish.taken_in,
            )
        )
        self._session.flush()
        return True

    def wishes(self, meeting: Meeting) -> Sequence[Wish]:
        """Return what waits for the meeting's series, the oldest first."""
        return self.waiting(meeting.cooperation, meeting.series, meeting.municipality)

    def waiting(
        self, cooperation: str, series: str, municipality: str | None = None
    ) -> Sequence[Wish]:
        """Return what waits for the next meeting of *series*, the oldest first."""
        waits = _waiting(cooperation, series, municipality)
        ordered = waits.order_by(MeetingWishRow.at, MeetingWishRow.id)
        return [_wish(row) for row in self._session.scalars(ordered)]

    def take(self, wishes: Iterable[Wish], meeting: Meeting) -> None:
        """Put down that *wishes* are on the agenda of *meeting*, and wait no more."""
        ids = [wish.id for wish in wishes]
        taken = update(MeetingWishRow).where(MeetingWishRow.id.in_(ids))
        self._session.execute(taken.values(taken_in=meeting.id))

    def points(self, meeting: Meeting) -> Sequence[Point]:
        """Return the points that are kept: all, once the agenda has been sent."""
        found = select(MeetingPointRow).where(MeetingPointRow.meeting_id == meeting.id)
        ordered = found.order_by(MeetingPointRow.place, MeetingPointRow.key)
        fresh = ordered.execution_options(populate_existing=True)
        return [_point(row) for row in self._session.scalars(fresh)]

    def keep(self, meeting: Meeting, points: Iterable[Point]) -> None:
        """Keep *points* of the meeting as they are now."""
        for point in points:
            values: dict[str, Any] = {
                "kind": point.kind,
                "filled": dict(point.values),
                "text": point.text,
                "by": point.by,
                "place": point.place,
                "is_struck": point.is_struck,
            }
            kept = insert(self._session, table_of(MeetingPointRow)).values(
                meeting_id=meeting.id, key=point.key, **values
            )
            again = kept.on_conflict_do_update(index_elements=["meeting_id", "key"], set_=values)
            self._session.execute(again)


def _waiting(cooperation: str, series: str, municipality: str | None) -> Select[MeetingWishRow]:
    return select(MeetingWishRow).where(
        MeetingWishRow.cooperation == cooperation,
        MeetingWishRow.series == series,
        MeetingWishRow.municipality == (municipality or ""),
        MeetingWishRow.taken_in.is_(None),
    )


def _wish(row: MeetingWishRow) -> Wish:
    return Wish(
        id=WishId(row.id),
        cooperation=row.cooperation,
        series=row.series,
        municipality=row.municipality or None,
        text=row.text,
        by=PersonId(row.by),
        at=row.at,
        ticket=TicketId(row.ticket_id) if row.ticket_id else None,
        number=row.number,
        lifted_from=MeetingId(row.lifted_from) if row.lifted_from else None,
        taken_in=MeetingId(row.taken_in) if row.taken_in else None,
    )


def _point(row: MeetingPointRow) -> Point:
    return Point(
        key=row.key,
        kind=Kind(row.kind),
        values=row.filled,
        text=row.text,
        by=PersonId(row.by) if row.by else None,
        place=row.place,
        is_struck=row.is_struck,
    )
