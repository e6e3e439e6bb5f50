"""Somebody will be away, or is ill (`/fravær`): who answers meanwhile, and what it leaves open."""

from dataclasses import replace
from datetime import timedelta

from bot.cards import absence as cards
from bot.cards import notes
from bot.cards.blocks import Card
from bot.case import Case, case_for_team, case_of, stamp
from bot.casework import offered, place_of, record, redrawn, tell_asker, tell_both
from bot.conversation import (
    Commanded,
    Context,
    FormIncomplete,
    Outgoing,
    Pressed,
    Say,
    Show,
    Submitted,
)
from bot.cover import Hole, opened, prove
from bot.domain import Refusal
from bot.domain.absence_words import AbsenceUnclear, Wish, is_back, read_absence
from bot.domain.absences import CannotBeAway, WhoIsThat, away, back, named, noted, read_noted
from bot.domain.agreement import Who
from bot.domain.events import HandedOver
from bot.domain.people import Absence, Person, PersonId, Place
from bot.domain.queue import holder, next_due
from bot.domain.routing import holders, route
from bot.domain.sla import figures
from bot.texts import Texts, texts

INSTANT = timedelta(microseconds=1)


class Overlaps(Refusal):
    key = "refusal.absence_overlaps"


class NoSuchDeputy(Refusal):
    key = "refusal.absence_no_deputy"


class WrongDeputy(Refusal):
    key = "refusal.absence_wrong_deputy"


class DeputyAway(Refusal):
    key = "refusal.absence_deputy_away"


class NotAway(Refusal):
    key = "refusal.absence_not_away"


def command(commanded: Commanded, context: Context) -> list[Outgoing]:
    """Put down what the words say; without words, show the form."""
    words = commanded.text.strip()
    if not words:
        form = cards.form(texts(context.speaker.language), {}, {})
        return [Show(card=form, trigger=commanded.trigger)]
    return _wished(words, commanded.place, context)


def send_form(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    try:
        return _wished(sent.fields.get("words", ""), _own(sent, context), context)
    except Refusal as refusal:
        say = texts(context.speaker.language)
        errors = {"words": say(refusal.key, **refusal.values)}
        raise FormIncomplete(errors, cards.form(say, sent.fields, errors)) from refusal


def anyway(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Be away although it leaves something with nobody: the lead knows."""
    try:
        meant = read_noted(pressed.value)
    except CannotBeAway as wrong:
        raise AbsenceUnclear from wrong
    absence = _checked(Wish(start=meant.start, end=meant.end), meant.deputy, context)
    return _put_down(absence, _own(pressed, context), context, is_sick=False)


def take_over(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Have the ticket of somebody who will be away."""
    case = record(
        case_for_team(pressed.value, context), HandedOver(**stamp(context), to=context.speaker.id)
    )
    name = context.speaker.name
    told = tell_both(case, "note.handed_over", name=name, to=name)
    return [*offered(case), *told, *redrawn(case)]


def _wished(words: str, at: Place, context: Context) -> list[Outgoing]:
    if is_back(words):
        return _back(at, context)
    wish = read_absence(words, context.now, context.agreement.calendar.zone)
    absence = _checked(wish, _deputy(wish, context), context)
    gaps = _opened(absence, context)
    warned = _warnings(absence, gaps, context, is_put_down=wish.is_sick)
    if gaps and not wish.is_sick:  # who is ill is ill: nobody has to confirm that
        say = texts(context.speaker.language)
        card = cards.confirm(absence, noted(absence), gaps, context.agreement, say)
        return [Say(to=at, card=card), *warned]
    return [*_put_down(absence, at, context, is_sick=wish.is_sick), *warned]


def _back(at: Place, context: Context) -> list[Outgoing]:
    try:
        context.store.people.introduce(back(context.speaker, context.now))
    except CannotBeAway as here:
        raise NotAway from here
    return [Say(to=at, card=cards.back(texts(context.speaker.language)))]


def _deputy(wish: Wish, context: Context) -> PersonId | None:
    """Return whom *wish* names, among those who can step in: others are nobody's business."""
    if not wish.deputy:
        return None
    me = context.speaker
    unit = [p for p in context.store.people.everybody() if _same_unit(p, me)]
    try:
        return named(wish.deputy, unit).id
    except WhoIsThat as unknown:
        raise NoSuchDeputy(name=wish.deputy) from unknown


def _same_unit(person: Person, me: Person) -> bool:
    if me.is_host_team:
        return person.is_host_team
    return person.municipality == me.municipality and not person.is_host_team


def _checked(wish: Wish, deputy_id: PersonId | None, context: Context) -> Absence:
    """Return the absence.

    :raises Refusal: it overlaps another, or the deputy cannot step in or is away then too
    """
    me, zone = context.speaker, context.agreement.calendar.zone
    say = texts(me.language)
    for other in me.absences:
        if wish.start < other.end and other.start < wish.end:
            raise Overlaps(start=say.moment(other.start), end=say.moment(other.end))
    deputy = context.store.people.get(deputy_id) if deputy_id else None
    for other in deputy.absences if deputy else ():
        if deputy and wish.start < other.end and other.start < wish.end:
            span = {"start": say.moment(other.start), "end": say.moment(other.end)}
            raise DeputyAway(name=deputy.name, **span)
    try:
        return away(me, (wish.start, wish.end), deputy, zone)
    except CannotBeAway as wrong:
        raise (WrongDeputy(name=deputy.name) if deputy else AbsenceUnclear()) from wrong


def _put_down(absence: Absence, at: Place, context: Context, *, is_sick: bool) -> list[Outgoing]:
    store, me = context.store, context.speaker
    store.people.add_absence(me.id, absence)
    deputy = store.people.get(absence.deputy) if absence.deputy else None
    card = cards.put_down(absence, deputy, texts(me.language), is_sick=is_sick)
    mine = [ticket for ticket in store.tickets.with_host() if holder(ticket) == me.id]
    cases = [case_of(store.tickets.get(ticket.id), context) for ticket in mine]
    return [Say(to=at, card=card), *(say for case in cases for say in _touched(case, absence, me))]


def _touched(case: Case, absence: Absence, me: Person) -> list[Outgoing]:
    """Offer an open ticket to who steps in; tell its asker if a deadline falls in the absence."""
    found = figures(case.store.tickets.log(case.ticket.id), case.agreement, case.now)
    due = next_due(found)
    if due is None or not absence.start <= due < absence.end:
        return []
    stand_in = _stand_in(case, absence)
    until = absence.end

    def told(say: Texts) -> Card:
        key = "absence.asker" if stand_in else "absence.asker_nobody"
        return notes.did(key, say, name=me.name, until=say.moment(until), due=say.moment(due))

    said = tell_asker(case, told)
    place = place_of(stand_in, case)
    if stand_in and place:
        say = case.say_to(stand_in)
        card = cards.offer(me, absence, case.ticket, say.moment(due), say)
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


def _opened(absence: Absence, context: Context) -> list[Hole]:
    """Return what would have nobody, and has somebody as long as the speaker is here."""
    people, me, agreement = context.store.people.directory(), context.speaker, context.agreement
    calendar = agreement.calendar
    first, last = (calendar.local_date(m) for m in (absence.start, absence.end - INSTANT))
    gone = replace(me, absences=(*me.absences, absence))
    before = prove(agreement, people.values(), first, last)
    after = prove(agreement, {**people, me.id: gone}.values(), first, last)
    return opened(before, after)


def _warnings(
    absence: Absence, gaps: list[Hole], context: Context, *, is_put_down: bool
) -> list[Outgoing]:
    """Tell the lead what would be left with nobody."""
    agreement, me, store = context.agreement, context.speaker, context.store
    said: list[Outgoing] = []
    leads = holders(Who(agreement.lead), store.people.everybody()) if gaps else ()
    for lead in leads:
        place = store.people.place_of(lead.id, context.team.platform if context.team else None)
        if place and lead.id != me.id:
            say = texts(lead.language)
            card = cards.warning(me, absence, gaps, agreement, say, is_put_down=is_put_down)
            once = f"absence:{me.id}:{noted(absence)}:{lead.id}"
            said.append(Say(to=place, card=card, once=once))
    return said


def _own(event: Submitted | Pressed, context: Context) -> Place:
    own = context.store.people.place_of(context.speaker.id, event.account.platform)
    return own or Place(event.place.platform, event.account.user)
