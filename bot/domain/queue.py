"""The queue: which tickets somebody of the host's team sees, in which part, in which order.

Pure: told the tickets with their next deadlines, who looks, and what day it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.by_hand import running_now
from bot.domain.people import Person, PersonId
from bot.domain.sla import Figures
from bot.domain.tickets import PAUSED, Ticket


class Part(StrEnum):
    ALL = "all"
    MINE = "mine"  # taken by me; or given to me, and taken by nobody
    FREE = "free"  # taken by nobody
    WAITING = "waiting"  # for the asker or a third party
    TODAY = "today"  # due today, or past due


@dataclass(frozen=True, slots=True)
class Entry:
    """A ticket with the host, and its next deadline, in UTC. None while nothing runs."""

    ticket: Ticket
    due: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Who looks, and when: on the local date *day* in *zone*."""

    who: PersonId
    day: date
    zone: ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants to see of the queue; None is every municipality, or every task."""

    part: Part = Part.ALL
    municipality: str | None = None
    task: str | None = None


def next_due(now: Figures) -> datetime | None:
    """Return the earliest deadline that still runs or has passed without what it was for."""
    return min((each.due for each in running_now(now).values() if each.due), default=None)


def holder(ticket: Ticket) -> PersonId | None:
    """Return who has the ticket: who took it, or else whom it was given to."""
    return ticket.taken_by or ticket.contact


def in_order(entries: Iterable[Entry]) -> Sequence[Entry]:
    """Return *entries*, what is due next first, and last what has no deadline, by its age."""

    def place(entry: Entry) -> tuple[bool, datetime, str]:
        return entry.due is None, entry.due or entry.ticket.asked_at, entry.ticket.number

    return sorted(entries, key=place)


def wanted(entries: Iterable[Entry], what: Wanted, look: Look) -> Sequence[Entry]:
    """Return those of *entries* that are *what* is wanted, by deadline."""
    return in_order(entry for entry in _narrowed(entries, what) if is_in(entry, what.part, look))


def counts(entries: Iterable[Entry], what: Wanted, look: Look) -> Mapping[Part, int]:
    """Return how many each part holds of the municipality and the task that are wanted."""
    narrowed = _narrowed(entries, what)
    return {part: sum(is_in(entry, part, look) for entry in narrowed) for part in Part}


def is_in(entry: Entry, part: Part, look: Look) -> bool:
    ticket = entry.ticket
    match part:
        case Part.ALL:
            return True
        case Part.MINE:
            return holder(ticket) == look.who
        case Part.FREE:
            return ticket.taken_by is None
        case Part.WAITING:
            return ticket.status in PAUSED
        case Part.TODAY:
            return entry.due is not None and entry.due.astimezone(look.zone).date() <= look.day


def uncovered(
    entries: Iterable[Entry], people: Mapping[PersonId, Person], now: datetime
) -> Sequence[Entry]:
    """Return what nobody has, or only somebody who is away or no longer of the team."""

    def is_covered(entry: Entry) -> bool:
        person = people.get(holder(entry.ticket) or PersonId(""))
        return person is not None and person.is_host_team and not person.absence_at(now)

    return in_order(entry for entry in entries if not is_covered(entry))


def _narrowed(entries: Iterable[Entry], what: Wanted) -> list[Entry]:
    return [
        entry
        for entry in entries
        if what.municipality in {None, entry.ticket.municipality}
        and what.task in {None, entry.ticket.task}
    ]
