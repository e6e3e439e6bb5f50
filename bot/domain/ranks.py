"""Whom a warning goes to: the ranks of the agreement's ladder, and who of them is here.

Pure: told who can be reached, and who is away. The ranks stand in line, from the contact to the
manager. A rank of which nobody is here is followed by the next one that has somebody.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.domain.agreement import Agreement, ContactRule, Rank, Side, Who
from bot.domain.people import Person, PersonId
from bot.domain.routing import holders
from bot.domain.tickets import Ticket

Reachable = Mapping[PersonId, Person]


def told_of(
    percent: int, ticket: Ticket, agreement: Agreement, people: Reachable, at: datetime
) -> tuple[PersonId, ...]:
    """Return who is told *at* that moment that *percent* is used up; none if nobody is here.

    *people* are those who can be reached. Who is away is passed by: their own deputy for that time
    gets it, or else the next in line, from the contact up to the manager.
    """
    ranks = agreement.rung(percent).to
    found = (_first_here(rank, ticket, agreement, people, at) for rank in ranks)
    return tuple(dict.fromkeys(who for here in found for who in here))


def alarmed(agreement: Agreement, people: Reachable, at: datetime) -> tuple[PersonId, ...]:
    """Return who is told when somebody should have been warned and was not.

    That is the lead, away or not; and the host's manager while no lead is here.
    """
    leads = holders(agreement.lead, people.values())
    managers = [] if _here(leads, people, at) else _managers(agreement, people)
    return tuple(dict.fromkeys(person.id for person in (*leads, *managers)))


def _first_here(
    rank: Rank,
    ticket: Ticket,
    agreement: Agreement,
    people: Reachable,
    at: datetime,
) -> tuple[PersonId, ...]:
    """Return who of *rank* is here, or who stands in; else the same of the next rank in line."""
    in_line = list(Rank)
    for following in in_line[in_line.index(rank) :]:
        here = _here(_of_rank(following, ticket, agreement, people), people, at)
        if here:
            return here
    return ()


def _here(wanted: Iterable[Person], people: Reachable, at: datetime) -> tuple[PersonId, ...]:
    """Return those who are here, and the deputies of those who are not."""
    here: list[PersonId] = []
    for person in wanted:
        stands_in = _standing_in(person, people, at)
        if stands_in:
            here.append(stands_in.id)
    return tuple(here)


def _standing_in(person: Person, people: Reachable, at: datetime) -> Person | None:
    """Return *person*, or who steps in while they are away; deputies may be away in turn."""
    asked: set[PersonId] = set()
    found: Person | None = person
    while found and found.id not in asked and (absence := found.absence_at(at)):
        asked.add(found.id)
        found = people.get(absence.deputy) if absence.deputy else None
    return found if found and found.id not in asked else None


def _of_rank(rank: Rank, ticket: Ticket, agreement: Agreement, people: Reachable) -> list[Person]:
    if rank is Rank.CONTACT:
        holder = people.get(ticket.taken_by or ticket.contact or PersonId(""))
        return [holder] if holder and holder.is_host_team else []
    if rank is Rank.MANAGER:
        return _managers(agreement, people)
    whos: tuple[Who, ...]
    if rank is Rank.LEAD:
        whos = (agreement.lead,)
    else:
        rule, member = _rule(ticket, agreement), agreement.municipalities[ticket.municipality]
        specialist = (rule.who,) if rule else ()
        deputies = (*(rule.deputies if rule else ()), *member.deputies)
        whos = specialist if rank is Rank.SPECIALIST else deputies
    team = [person for person in people.values() if person.is_host_team]
    return [person for who in whos for person in holders(who, team)]


def _managers(agreement: Agreement, people: Reachable) -> list[Person]:
    """Return the host's own: a partner's manager is told of nobody's tickets."""
    found = holders(agreement.manager, people.values())
    return [person for person in found if person.municipality == agreement.host]


def _rule(ticket: Ticket, agreement: Agreement) -> ContactRule | None:
    """Return the rule for the ticket's task, unless it names the partner's own people."""
    if agreement.side_of(ticket.task) is Side.PARTNER:
        return None
    return agreement.specialists(ticket.task, ticket.municipality)
