"""Somebody will be away: what would have nobody, who is warned, whose tickets are offered on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.agreements import AgreementBook
from bot.cards import absence as cards
from bot.cards import notes
from bot.cards.blocks import Card
from bot.case import Case
from bot.casework import place_of, tell_asker
from bot.conversation import Outgoing, Say, frozen_agreement
from bot.cover import Hole, opened, prove
from bot.domain.absences import name_of, noted
from bot.domain.agreement import Agreement, Who
from bot.domain.people import Absence, Person, PersonId, Place
from bot.domain.queue import holder, next_due
from bot.domain.routing import holders, route
from bot.domain.sla import figures
from bot.texts import Texts, texts
from storage.database import Store

INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """*who*, as the directory had them, will be away in *absences*, at least one."""

    who: Person
    absences: tuple[Absence, ...]
    store: Store
    book: AgreementBook
    now: datetime
    team: Place | None

    @property
    def agreement(self) -> Agreement:
        return self.book.current_at(self.now)


def gaps(leaving: Leaving) -> list[Hole]:
    """Return what would have nobody, and has somebody as long as they are here."""
    people, agreement, who = leaving.store.people.directory(), leaving.agreement, leaving.who
    first = agreement.calendar.local_date(min(one.start for one in leaving.absences))
    last = agreement.calendar.local_date(max(one.end for one in leaving.absences) - INSTANT)
    gone = replace(who, absences=(*who.absences, *leaving.absences))
    before, after = (
        prove(agreement, {**people, who.id: one}.values(), first, last) for one in (who, gone)
    )
    return opened(before, after)


def warnings(leaving: Leaving, found: list[Hole], card: Callable[[Texts], Card]) -> list[Outgoing]:
    """Tell the lead once what would be left with nobody, if anything was *found*."""
    store, who, said = leaving.store, leaving.who, list[Outgoing]()
    leads = holders(Who(leaving.agreement.lead), store.people.everybody()) if found else ()
    for lead in leads:
        place = store.people.place_of(lead.id, leaving.team.platform if leaving.team else None)
        if place and lead.id != who.id:
            once = f"absence:{who.id}:{name_of(leaving.absences)}:{lead.id}"
            said.append(Say(to=place, card=card(texts(lead.language)), once=once))
    return said


def offers(leaving: Leaving) -> list[Outgoing]:
    """Offer each open ticket of theirs to who steps in, and tell its asker, if a deadline is hit.

    To be asked when the directory knows that they will be away.
    """
    store, who = leaving.store, leaving.who
    people = store.people.directory()
    mine = [ticket.id for ticket in store.tickets.with_host() if holder(ticket) == who.id]
    said: list[Outgoing] = []
    for ticket in (store.tickets.get(one) for one in mine):
        agreement = frozen_agreement(ticket, leaving.book, store)
        case = Case(ticket, agreement, store, leaving.now, people, leaving.team)
        said += _touched(case, leaving.absences, who)
    return said


def _touched(case: Case, absences: Iterable[Absence], who: Person) -> list[Outgoing]:
    due = next_due(figures(case.store.tickets.log(case.ticket.id), case.agreement, case.now))
    hit = [one for one in absences if due and one.start <= due < one.end]
    if due is None or not hit:
        return []
    absence, stand_in = hit[0], _stand_in(case, hit[0])

    def told(say: Texts) -> Card:
        key = "absence.asker" if stand_in else "absence.asker_nobody"
        until = say.moment(absence.end)
        return notes.did(key, say, name=who.name, until=until, due=say.moment(due))

    said = tell_asker(case, told)
    place = place_of(stand_in, case)
    if stand_in and place:
        say = case.say_to(stand_in)
        card = cards.offer(who, absence, case.ticket, say.moment(due), say)
        once = f"absence:{case.ticket.id}:{noted(absence)}:{stand_in}"
        said.append(Say(to=place, card=card, once=once))
    return said


def _stand_in(case: Case, absence: Absence) -> PersonId | None:
    """Return the deputy who was named, or else whom routing finds while the absence lasts."""
    if absence.deputy:
        return absence.deputy
    ticket, then = case.ticket, max(absence.start, case.now)
    load = case.store.tickets.load()
    return route(
        case.agreement, ticket.task, ticket.municipality, case.people, load=load, now=then
    ).to
