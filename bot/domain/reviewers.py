"""Which colleague is asked first to look over an answer. Pure: told who is there, and who away."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.domain.agreement import Agreement, Who
from bot.domain.people import Person, PersonId
from bot.domain.routing import holders
from bot.domain.tickets import Ticket


def reviewer(
    ticket: Ticket,
    agreement: Agreement,
    people: Mapping[PersonId, Person],
    author: PersonId,
    now: datetime,
) -> PersonId | None:
    """Return the colleague to ask first: the specialist, contact, a deputy, the lead; who is here.

    None when nobody but *author* is.
    """
    team = [person for person in people.values() if person.is_host_team]
    for who in _in_line(ticket, agreement):
        for person in holders(who, team):
            if person.id != author and not person.absence_at(now):
                return person.id
    here = [p.id for p in team if p.id != author and not p.absence_at(now)]
    return min(here, default=None)


def _in_line(ticket: Ticket, agreement: Agreement) -> Iterator[Who]:
    rule = agreement.specialists(ticket.task, ticket.municipality)
    member = agreement.municipalities[ticket.municipality]
    if rule:
        yield rule.who
    yield member.contact
    yield from rule.deputies if rule else ()
    yield from member.deputies
    yield agreement.lead
