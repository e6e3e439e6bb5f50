"""Three times a minute, in opening hours: find what should have gone out and did not.

It trusts the tickets' logs alone, not the moment that the sweep goes by. What is missed is told to
the lead, once, and to the log; and the sweep is told to look at the ticket now.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

import structlog

from bot.case import Case, case_at
from bot.conversation import Desk, frozen_agreement
from bot.domain.escalation import Missed, missed
from bot.domain.tickets import TicketId
from bot.ladder import WARNING, alarms
from bot.post import post
from storage.database import Store
from storage.tickets import NoSuchTicket

WARNED_WITHIN = timedelta(seconds=40)  # a warning that still waits then has not been sent
STUCK_AFTER = timedelta(minutes=5)  # and no more has any other letter

log = structlog.get_logger()


def auditor(desk: Desk) -> None:
    now = desk.clock()
    if not desk.agreements.current_at(now).calendar.is_open(now):
        return
    with desk.database.reading() as store:
        suspects = list(_suspects(desk, store, now))
        warnings = store.outbox.waiting(now - WARNED_WITHIN, WARNING)
        letters = store.outbox.waiting(now - STUCK_AFTER)
    if warnings:
        log.error("warnings.stuck", letters=warnings)
    if letters:
        log.error("letters.stuck", letters=letters)
    if suspects:
        with desk.database.transaction() as store:
            _raise_alarm(suspects, desk, store, now)


def _suspects(desk: Desk, store: Store, now: datetime) -> Iterator[TicketId]:
    for ticket, history in store.tickets.unfinished():
        try:
            agreement = frozen_agreement(ticket, desk.agreements, store)
            if missed(ticket, history, agreement, now):
                yield ticket.id
        except Exception as bug:  # noqa: BLE001 - one bad ticket must not hide all others
            log.warning("ticket.not_audited", ticket=ticket.number, error=type(bug).__name__)


def _raise_alarm(suspects: list[TicketId], desk: Desk, store: Store, now: datetime) -> None:
    """Look again, now that nobody else can change them; mend, and tell what is new."""
    found = [lost for ticket_id in suspects for lost in _lost(ticket_id, desk, store, now)]
    new = [(case, what) for case, what in found if _is_new(case, what)]
    people, accounts = store.people.directory(), store.people.accounts()
    reachable = {who: person for who, person in people.items() if who in accounts}
    post(alarms(new, reachable), store, now)


def _lost(
    ticket_id: TicketId, desk: Desk, store: Store, now: datetime
) -> Iterator[tuple[Case, Missed]]:
    try:
        case = case_at(desk, store.tickets.get(ticket_id), store, now)
    except NoSuchTicket:
        return
    for what in missed(case.ticket, store.tickets.log(ticket_id), case.agreement, now):
        percent = what.step.percent if what.step else None
        late = int((now - what.at).total_seconds())
        log.error("warning.missed", ticket=case.ticket.number, percent=percent, seconds_late=late)
        store.tickets.look_at(ticket_id, now)
        yield case, what


def _is_new(case: Case, what: Missed) -> bool:
    """Tell whether nobody has been told of this yet, and let it be told."""
    day = case.agreement.calendar.local_date(what.at)
    return case.store.jobs.first_on(day, f"missed:{case.ticket.id}:{what.key}")
