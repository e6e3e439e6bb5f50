"""Every few seconds: look at the tickets whose moment has come, and only at those.

A question whose asker has not chosen a task goes to the main contact. A first response that uses up
its time is warned about, to contact and lead, in opening hours; what falls due at night waits for
opening. Of several warnings that came due while we were away, only the last is sent.
"""

from bot.cards.warnings import warning
from bot.case import Case, case_at
from bot.casework import next_moment, place_of, record, redrawn, route_to_contact, view_of
from bot.conversation import Desk, Outgoing, Say
from bot.domain.agreement import Side
from bot.domain.events import Chosen, Warned
from bot.domain.people import PersonId
from bot.domain.routing import holders
from bot.domain.sla import warnings_due
from bot.domain.tickets import Status
from bot.post import post


def ticket_watch(desk: Desk) -> None:
    now = desk.clock()
    with desk.database.transaction() as store:
        for ticket in store.tickets.to_look_at(now):
            case = case_at(desk, ticket, store, now)
            post(_looked_at(case), store, now)


def _looked_at(case: Case) -> list[Outgoing]:
    if case.ticket.status is Status.UNSURE:
        return _given_to_contact(case)
    calendar, moment = case.agreement.calendar, next_moment(case)
    if moment and moment <= case.now and not calendar.is_open(case.now):
        moment = calendar.opens_after(case.now)
    case.store.tickets.look_at(case.ticket.id, moment)
    return _warned(case) if calendar.is_open(case.now) else []


def _given_to_contact(case: Case) -> list[Outgoing]:
    """Nobody chose: let the main contact see what it is, as if it were «something else»."""
    chosen = Chosen(at=case.now, received_at=case.now, task=None, side=Side.UNSPECIFIED)
    case, said = route_to_contact(record(case, chosen))
    return [*said, *redrawn(case)]


def _warned(case: Case) -> list[Outgoing]:
    log = case.store.tickets.log(case.ticket.id)
    due = warnings_due(log, case.agreement, case.now)
    for percent in due:
        case = record(case, Warned(at=case.now, received_at=case.now, percent=percent))
    return _letters(case, max(due)) if due else []


def _letters(case: Case, percent: int) -> list[Outgoing]:
    view, said = view_of(case), list[Outgoing]()
    for who in _to_warn(case):
        place = place_of(who, case)
        if place:
            card = warning(view, percent, case.say_to(who))
            once = f"{case.ticket.id}:first-response:{percent}:{who}"
            said.append(Say(to=place, card=card, once=once))
    return said


def _to_warn(case: Case) -> list[PersonId]:
    """Return the contact and the lead, each once."""
    leads = [person.id for person in holders(case.agreement.lead, case.people.values())]
    contact = [case.ticket.contact] if case.ticket.contact else []
    return list(dict.fromkeys([*contact, *leads]))
