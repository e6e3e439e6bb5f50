"""`vertsdesk agreement close`: the unit closes on a day to come, and open deadlines move."""

import sys
from argparse import Namespace
from dataclasses import dataclass
from datetime import date, datetime

from bot.agreements.book import AgreementBook
from bot.case import Case
from bot.casework import next_moment, redrawn
from bot.cli.answers import refusing
from bot.cli.asked import day_asked
from bot.cli.installation import opened
from bot.clock import wall_clock
from bot.conversation import frozen_agreement
from bot.domain.tally import tally
from bot.domain.tickets import TicketId
from bot.post import post
from storage.database import Database


class CannotClose(Exception):
    """The day cannot be a closing day. Says why."""


@dataclass(frozen=True, slots=True)
class Closed:
    """What came of it: whether it was new, and how many tickets have figures that moved."""

    is_new: bool
    moved: int


def close(database: Database, book: AgreementBook, day: date, reason: str, now: datetime) -> Closed:
    """Let the unit be closed on *day*, a local date, and move what hangs on it.

    :raises CannotClose: the day is not still to come, or the unit is closed on it anyway
    """
    agreement = book.newest
    calendar = agreement.calendar
    if not reason:
        raise CannotClose("a reason is needed: both sides read it beside the deadlines that move")
    if day <= calendar.local_date(now):
        raise CannotClose(f"{day} is not still to come, and the past never changes")
    if not calendar.is_working_day(day):
        raise CannotClose(f"the unit is closed on {day} already, or its calendar ends before it")
    with database.transaction() as store:
        is_new = store.closing_days.add(agreement.id, day, reason, now)
    # The day holds from here on; each ticket is brought after it in a transaction of its own.
    moved = [ticket for ticket in _touched(database, book) if _move(database, book, ticket, now)]
    return Closed(is_new, len(moved))


def _touched(database: Database, book: AgreementBook) -> list[TicketId]:
    """Return the tickets whose figures, or next moment, may hang on the day."""
    with database.reading() as store:
        return [
            ticket.id
            for ticket, log, stored in store.tickets.with_figures()
            if ticket.is_unfinished or stored != tally(log, frozen_agreement(ticket, book, store))
        ]


def _move(database: Database, book: AgreementBook, ticket_id: TicketId, now: datetime) -> bool:
    """Count the ticket anew; return whether a figure has moved. Its standing cards say so."""
    with database.transaction() as store:
        ticket = store.tickets.get(ticket_id)
        agreement, before = frozen_agreement(ticket, book, store), store.figures.of(ticket_id)
        case = Case(ticket, agreement, store, now, store.people.directory(), None)
        store.figures.keep(ticket, store.tickets.log(ticket_id), agreement)
        store.tickets.look_at(ticket_id, next_moment(case))
        has_moved = store.figures.of(ticket_id) != before
        if has_moved:
            post(redrawn(case), store, now)
        return has_moved


@refusing(CannotClose)
def run(words: Namespace) -> int:
    day = day_asked(words.day)
    with opened() as (database, book):
        closed = close(database, book, day, words.reason.strip(), wall_clock())
    known = "" if closed.is_new else ", as was known already"
    sys.stdout.write(f"Closed on {day}{known}. {closed.moved} tickets have new deadlines.\n")
    return 0
