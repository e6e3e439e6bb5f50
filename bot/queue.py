"""The queue as people look at it: the tickets with the host, read once, with what runs on each."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.cards.queue import MOST, Queue, Seen
from bot.cards.view import TicketView
from bot.case import Case, case_of, goes_on_in
from bot.casework import view_of
from bot.conversation import Context
from bot.domain.agreement import Agreement
from bot.domain.queue import Entry, Look, Wanted, counts, next_due, wanted
from bot.domain.sla import figures
from bot.domain.tickets import Ticket
from storage.database import Store


def entries(
    store: Store, agreement_of: Callable[[Ticket], Agreement], now: datetime
) -> Sequence[Entry]:
    """Return every ticket with the host, and its next deadline under the version it keeps."""
    return [
        Entry(ticket, next_due(figures(log, agreement_of(ticket), now)))
        for ticket, log in store.tickets.unfinished()
        if ticket.is_with_host
    ]


def queue_for(what: Wanted, context: Context, unclear: str = "") -> Queue:
    """Return what the speaker, somebody of the host's team, wants to see of the queue."""
    agreement, people = context.agreement, context.store.people.directory()
    calendar = agreement.calendar
    day = calendar.local_date(context.now)
    look = Look(who=context.speaker.id, day=day, zone=calendar.zone)
    every = entries(context.store, context.frozen, context.now)
    found = wanted(every, what, look)
    shown: list[Seen] = []
    for entry in found[:MOST]:
        frozen = context.frozen(entry.ticket)
        case = Case(entry.ticket, frozen, context.store, context.now, people, context.team)
        shown.append((view_of(case), entry.due))
    return Queue(
        wanted=what,
        seen=shown,
        total=len(found),
        counts=counts(every, what, look),
        agreement=agreement,
        unclear=unclear,
    )


def own_questions(context: Context) -> list[TicketView]:
    """Return what the speaker has asked, newest first; what was merged says where it goes on."""
    return [_own(ticket, context) for ticket in context.store.tickets.of_asker(context.speaker.id)]


def _own(ticket: Ticket, context: Context) -> TicketView:
    view, now_in = view_of(case_of(ticket, context)), goes_on_in(ticket, context.store)
    return view if now_in is ticket else replace(view, goes_on_in=now_in.number)
