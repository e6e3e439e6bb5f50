"""A ticket in hand: who may take it up, and what everybody who works on it needs beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from bot.conversation import Context, Desk, frozen_agreement
from bot.domain import Refusal
from bot.domain.agreement import Agreement
from bot.domain.joining import MergedInto
from bot.domain.people import Person, PersonId, Place
from bot.domain.tickets import Slot, Status, Ticket, TicketId
from bot.texts import Texts, texts
from storage.database import Store
from storage.tickets import NoSuchTicket


class TeamOnly(Refusal):
    key = "refusal.team_only"


class Stamp(TypedDict):
    """Who did it and when, for every event: *at* by the platform's clock, *received_at* by ours."""

    at: datetime
    received_at: datetime
    by: PersonId | None


@dataclass(frozen=True, slots=True)
class Case:
    """A ticket in hand, inside one transaction. *people* is the directory."""

    ticket: Ticket
    agreement: Agreement
    store: Store
    now: datetime
    people: Mapping[PersonId, Person]
    team: Place | None

    @property
    def asker(self) -> Person:
        return self.people[self.ticket.asker]

    @property
    def municipality(self) -> str:
        return self.agreement.municipalities[self.ticket.municipality].name

    def say_to(self, who: PersonId) -> Texts:
        return texts(self.people[who].language)


def stamp(context: Context, by: PersonId | None = None) -> Stamp:
    """Return the stamp of what the speaker, or else *by*, does.

    A platform's clock that is ahead of ours is not believed.
    """
    at = min(context.at, context.now)
    return Stamp(at=at, received_at=context.now, by=by or context.speaker.id)


def case_of(ticket: Ticket, context: Context) -> Case:
    people = context.store.people.directory()
    agreement = context.frozen(ticket)
    return Case(ticket, agreement, context.store, context.now, people, context.team)


def case_in(slot: Slot, context: Context) -> Case:
    """Return the case that is spoken of in *slot*'s thread: the ticket's, or where it goes on."""
    store = context.store
    return case_of(goes_on_in(store.tickets.get(slot.ticket), store), context)


def goes_on_in(ticket: Ticket, store: Store) -> Ticket:
    """Return *ticket* itself, unless it was merged into another."""
    while ticket.status is Status.MERGED:
        log = store.tickets.log(ticket.id)
        into = [event for event in log if isinstance(event, MergedInto)][-1]
        ticket = store.tickets.get(TicketId(into.ticket))
    return ticket


def case_at(desk: Desk, ticket: Ticket, store: Store, now: datetime) -> Case:
    """Return the case for a job: nobody speaks."""
    agreement = frozen_agreement(ticket, desk.agreements, store)
    return Case(ticket, agreement, store, now, store.people.directory(), desk.team)


def case_for_team(value: str, context: Context) -> Case:
    """Return the case a button's *value* names, for somebody of the host's team.

    Others are kept from changing it until we are done.

    :raises TeamOnly: the speaker is not of the team
    :raises NoSuchTicket: there is none
    """
    ticket = _ticket(value, context)
    if not context.speaker.is_host_team:
        raise _not_yours(ticket, context)
    return case_of(ticket, context)


def case_for_asker(value: str, context: Context) -> Case:
    """Return the case a button's *value* names, for the asker or a colleague.

    :raises NoSuchTicket: there is none, or it is another municipality's: nobody learns which
    """
    ticket = _ticket(value, context)
    if ticket.municipality != context.speaker.municipality:
        raise NoSuchTicket
    return case_of(ticket, context)


def case_for_either(value: str, context: Context) -> Case:
    """Return the case a button's *value* names, for the asker's municipality or the host's team.

    :raises NoSuchTicket: there is none, or it is not the speaker's to see
    """
    ask = case_for_team if context.speaker.is_host_team else case_for_asker
    return ask(value, context)


def _ticket(value: str, context: Context) -> Ticket:
    try:
        ticket_id = TicketId(UUID(value))
    except ValueError as error:
        raise NoSuchTicket from error
    return context.store.tickets.get(ticket_id)


def _not_yours(ticket: Ticket, context: Context) -> Refusal:
    own = ticket.municipality == context.speaker.municipality
    return TeamOnly() if own else NoSuchTicket()
