"""Every few seconds: look at the tickets whose moment has come, and only at those.

A question whose asker has not chosen a task goes to the main contact. What uses up its time is
warned about, step by step, in opening hours; what falls due at night waits for opening. One ticket
that cannot be looked at holds up no other: it is tried again in a minute, and the auditor tells.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from traceback import format_tb

import structlog

from bot.case import Case
from bot.casework import next_moment, record, redrawn, route_to_contact
from bot.conversation import Desk, Outgoing, frozen_agreement
from bot.domain.agreement import Side
from bot.domain.events import Chosen
from bot.domain.people import Person, PersonId
from bot.domain.ranks import Reachable
from bot.domain.tickets import Status, Ticket
from bot.ladder import Notice, letters, warn
from bot.post import post
from storage.database import Store

AT_A_TIME = 100  # tickets in one transaction; a burst is one digest for as many
TRIED_AGAIN_AFTER = timedelta(minutes=1)

log = structlog.get_logger()


def ticket_watch(desk: Desk) -> None:
    """Look until nothing is due any more."""
    now = desk.clock()
    while _some_looked_at(desk, now) == AT_A_TIME:
        pass


@dataclass(frozen=True, slots=True)
class _Round:
    """One transaction's share of the sweep. The directory is read once in it."""

    desk: Desk
    store: Store
    now: datetime
    people: Mapping[PersonId, Person]
    reachable: Reachable

    def case(self, ticket: Ticket) -> Case:
        agreement = frozen_agreement(ticket, self.desk.agreements, self.store)
        return Case(ticket, agreement, self.store, self.now, self.people, self.desk.team)


def _some_looked_at(desk: Desk, now: datetime) -> int:
    """Look at some tickets and return how many they were."""
    with desk.database.transaction() as store:
        due = store.tickets.to_look_at(now, AT_A_TIME)
        if due:
            people = store.people.directory()
            reached = {who: people[who] for who in store.people.accounts()}
            this = _Round(desk, store, now, people, reached)
            notices = [notice for ticket in due for notice in _looked_at(ticket, this)]
            post(letters(notices), store, now)
    return len(due)


def _looked_at(ticket: Ticket, this: _Round) -> list[Notice]:
    """Look at one ticket; what goes wrong with it is undone, and told."""
    try:
        with this.store.savepoint():
            return _done_with(this.case(ticket), this)
    except Exception as bug:  # noqa: BLE001 - one bad ticket must not silence all others
        told = {"error": type(bug).__name__, "where": "".join(format_tb(bug.__traceback__))}
    log.error("ticket.not_watched", ticket=ticket.number, **told)
    this.store.tickets.look_at(ticket.id, this.now + TRIED_AGAIN_AFTER)
    return []


def _done_with(case: Case, this: _Round) -> list[Notice]:
    if case.ticket.status is Status.UNSURE:
        post(_given_to_contact(case), this.store, this.now)
        return []
    calendar = case.agreement.calendar
    if calendar.is_open(case.now):
        case.store.tickets.look_at(case.ticket.id, next_moment(case))
        return warn(case, this.reachable)
    moment = next_moment(case)
    opening = calendar.opens_after(case.now)
    case.store.tickets.look_at(case.ticket.id, moment and max(moment, opening))
    return []


def _given_to_contact(case: Case) -> list[Outgoing]:
    """Nobody chose: let the main contact see what it is, as if it were «something else»."""
    chosen = Chosen(at=case.now, received_at=case.now, task=None, side=Side.UNSPECIFIED)
    case, said = route_to_contact(record(case, chosen))
    return [*said, *redrawn(case)]
