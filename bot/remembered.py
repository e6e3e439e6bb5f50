"""What is remembered of a ticket beside its log: an answer that may help again, what it teaches."""

from bot.case import Case
from bot.domain.answers import KnownAnswer, settled, standing_offer
from bot.domain.events import Answered, Deleted, Edited, Event, NotDelivered, Resolved
from bot.domain.lessons import lesson
from bot.domain.tickets import Status

_ANSWERS = Resolved | Answered | Edited | Deleted | NotDelivered  # each may change what is answered


def remember(case: Case, event: Event) -> None:
    """Keep what *event*, the last of the ticket's log, makes of its answer, and what it teaches."""
    log = case.store.tickets.log(case.ticket.id)
    if case.ticket.status is Status.RESOLVED and isinstance(event, _ANSWERS):
        answer = settled(log)
        if answer:
            case.store.similar.keep(case.ticket, answer, case.now)
        else:
            case.store.similar.forget(case.ticket.id)
    team = {who for who, person in case.people.items() if person.is_host_team}
    taught = lesson(case.ticket.question, log, team)
    if taught:
        case.store.taught.put(case.ticket.cooperation, case.ticket.id, taught, case.now)


def offered_answer(case: Case) -> KnownAnswer | None:
    """Return the earlier answer that the asker is offered, if their municipality may read it."""
    ticket = case.ticket
    offer = standing_offer(case.store.tickets.log(ticket.id))
    if offer is None:
        return None
    read = case.store.similar.get
    return read(offer.answer, ticket.municipality, cooperation=ticket.cooperation)


def is_shared(case: Case) -> bool | None:
    """Tell whether every municipality may read the ticket's answer; None: it has none to share."""
    if case.ticket.status is not Status.RESOLVED or case.store.similar.own(case.ticket.id) is None:
        return None
    return case.store.similar.is_shared(case.ticket.id)
