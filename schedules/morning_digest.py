"""Once each working day, when the unit opens: what everybody in the host's team has before them.

Quiet on days and at times when the unit is closed. Who is away gets nothing, and so does who has
nothing; the lead also reads what nobody has, or only somebody who is away.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from bot.cards.queue import Seen, digest
from bot.case import case_at
from bot.casework import view_of
from bot.conversation import Desk, Outgoing, Say, frozen_agreement
from bot.domain.agreement import Agreement
from bot.domain.people import Person, PersonId
from bot.domain.queue import Entry, holder, in_order, uncovered
from bot.domain.routing import holders
from bot.post import post
from bot.queue import entries
from bot.texts import texts
from storage.database import Store


def morning_digest(desk: Desk) -> None:
    now = desk.clock()
    with desk.database.transaction() as store:
        agreement = desk.agreements.current_at(now)
        closed = store.closing_days.of(agreement.id)
        calendar = desk.agreements.closed_on(agreement.digest, closed).calendar
        is_due = calendar.is_open(now)
        if is_due and store.jobs.first_on(calendar.local_date(now), "morning_digest"):
            post(_digests(agreement, desk, store, now), store, now)


def _digests(agreement: Agreement, desk: Desk, store: Store, now: datetime) -> list[Outgoing]:
    people, prefer = store.people.directory(), desk.team.platform if desk.team else None
    every = in_order(
        entries(store, lambda ticket: frozen_agreement(ticket, desk.agreements, store), now)
    )
    said: list[Outgoing] = []
    for person in people.values():
        own, nobodys = _for(person, every, agreement, people, now)
        place = store.people.place_of(person.id, prefer)
        if place and (own or nobodys):
            card = digest(
                _seen(own, desk, store, now),
                _seen(nobodys, desk, store, now),
                texts(person.language),
            )
            day = agreement.calendar.local_date(now)
            said.append(Say(to=place, card=card, once=f"morning:{day}:{person.id}"))
    return said


def _for(
    person: Person,
    every: Sequence[Entry],
    agreement: Agreement,
    people: Mapping[PersonId, Person],
    now: datetime,
) -> tuple[Sequence[Entry], Sequence[Entry]]:
    """Return what *person* has, and what nobody has if they are the lead; nothing while away."""
    if not person.is_host_team or person.absence_at(now):
        return (), ()
    own = [entry for entry in every if holder(entry.ticket) == person.id]
    is_lead = person in holders(agreement.lead, people.values())
    return own, uncovered(every, people, now) if is_lead else ()


def _seen(found: Iterable[Entry], desk: Desk, store: Store, now: datetime) -> list[Seen]:
    return [(view_of(case_at(desk, entry.ticket, store, now)), entry.due) for entry in found]
