"""The agenda of a meeting: what it is built from, and how the caller orders and strikes it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from bot.domain import Refusal
from bot.domain.meetings import MeetingId
from bot.domain.people import PersonId
from bot.domain.tickets import TicketId

WishId = NewType("WishId", UUID)


class Kind(StrEnum):
    """What a point is about. They stand in this order until the caller says otherwise."""

    ACTION = "action"  # left from last time
    DECISION = "decision"  # to change the agreement, and no version carries it out yet
    BREACH = "breach"
    NEAR = "near"  # nearly a breach
    OPEN = "open"
    DISPUTE = "dispute"
    REPEATED = "repeated"  # asked again and again
    UNSPECIFIED = "unspecified"  # done without standing in the agreement
    DEADLINE = "deadline"  # of the year, still to come or late
    LIFTED = "lifted"  # from a meeting below
    WISH = "wish"


class AgendaSent(Refusal):
    """The agenda has been sent, and builds itself no more."""

    key = "agenda.is_sent"


class NamesATicket(Refusal):
    """Others would read the number of a ticket that is not theirs."""

    key = "agenda.names_a_ticket"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point. *key* names it, also when it is built again; *values* fill its text's gaps.

    Values are words that need no translation: numbers, names, moments in ISO. *text* is what a
    person wrote.
    """

    key: str
    kind: Kind
    values: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    by: PersonId | None = None
    place: int | None = None  # where the caller put it
    is_struck: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants taken up, in the next meeting of a series. *taken_in* is where it was.

    *lifted_from*: the meeting that sent it upwards.
    """

    id: WishId
    cooperation: str
    series: str
    municipality: str | None
    text: str
    by: PersonId
    at: datetime
    ticket: TicketId | None = None
    number: str = ""  # the ticket's
    lifted_from: MeetingId | None = None
    taken_in: MeetingId | None = None

    def point(self) -> Point:
        kind = Kind.LIFTED if self.lifted_from else Kind.WISH
        return Point(
            key=f"wish:{self.id}",
            kind=kind,
            values={"number": self.number},
            text=self.text,
            by=self.by,
        )


def built(found: Iterable[Point], kept: Sequence[Point]) -> list[Point]:
    """Return the points *found* now, placed and struck as the caller has *kept* them."""
    told = {point.key: point for point in kept}
    points = [
        replace(point, place=told[point.key].place, is_struck=told[point.key].is_struck)
        if point.key in told
        else point
        for point in found
    ]
    return ordered(points)


def ordered(points: Iterable[Point]) -> list[Point]:
    """Return *points* as they are to be read: those the caller placed first, then kind by kind."""
    kinds = list(Kind)
    return sorted(
        points,
        key=lambda point: (point.place is None, point.place or 0, kinds.index(point.kind)),
    )


def placed_first(point: Point, points: Sequence[Point]) -> Point:
    """Return *point* so that it stands before all the others."""
    lowest = min((one.place for one in points if one.place is not None), default=1)
    return replace(point, place=min(lowest, 1) - 1)
