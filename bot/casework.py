"""What every conversation and job does with a ticket: look at it, record an event, keep its cards.

Plain functions over one open transaction. They decide nothing: rules are in bot.domain.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.cards import notes
from bot.cards.asker import asker_card, merged_card
from bot.cards.blocks import Card
from bot.cards.team import contact_card, team_card
from bot.cards.view import TicketView
from bot.cards.warnings import nobody_available
from bot.case import Case
from bot.conversation import Change, Outgoing, Say
from bot.domain import escalation
from bot.domain.agreement import Who
from bot.domain.disputes import Precedent, bearing_on
from bot.domain.events import Asked, AskerWrote, Event, HandedOver, Routed, Via
from bot.domain.joining import Linked, MergedInto, SplitOff, TookOver
from bot.domain.offers import offers
from bot.domain.people import Language, PersonId, Place
from bot.domain.routing import holders, own_contact, route
from bot.domain.sla import figures
from bot.domain.tickets import Slot, SlotRole, Status, TicketId
from bot.domain.time_spent import is_put_down, spent_on
from bot.remembered import is_shared, offered_answer, remember
from bot.texts import Texts, texts

TEAM_LANGUAGE = Language.NB  # of the cards that the whole team reads

BELONGS = Linked | SplitOff | MergedInto | TookOver  # each names a ticket that belongs with this
Draw = Callable[[Texts], Card]  # a card, in whichever language its reader has


def record(case: Case, event: Event) -> Case:
    """Add *event* to the log; keep its figures, and when the ticket must be looked at next.

    :raises Refusal: the ticket does not allow that now
    """
    ticket = case.store.tickets.record(case.ticket, event)
    moved = Case(ticket, case.agreement, case.store, case.now, case.people, case.team)
    case.store.figures.keep(ticket, case.store.tickets.log(ticket.id), case.agreement)
    case.store.tickets.look_at(ticket.id, next_moment(moved))
    remember(moved, event)
    return moved


def next_moment(case: Case) -> datetime | None:
    """Return when somebody must look at the ticket even if nobody does anything with it."""
    ticket, agreement = case.ticket, case.agreement
    if ticket.status is Status.UNSURE:
        return agreement.calendar.due(ticket.asked_at, agreement.choose_within)
    if not ticket.is_with_host:
        return None
    return escalation.next_moment(case.store.tickets.log(ticket.id), agreement)


def view_of(case: Case) -> TicketView:
    """Return the ticket as cards show it."""
    ticket, agreement = case.ticket, case.agreement
    log = case.store.tickets.log(ticket.id)
    given = [event for event in log if isinstance(event, Routed | HandedOver)]
    routed = [event for event in given if isinstance(event, Routed)]
    return TicketView(
        ticket=ticket,
        agreement=agreement,
        figures=figures(log, agreement, case.now),
        people=case.people,
        routed=routed[-1] if routed else None,
        was_handed_over=bool(given) and isinstance(given[-1], HandedOver),
        own_contact=own_contact(agreement, ticket.task, ticket.municipality, case.people, case.now),
        now=case.now,
        phoned=_phoned(log),
        links=tuple(event.number for event in log if isinstance(event, BELONGS)),
        known=offered_answer(case),
        is_shared=is_shared(case),
        offers=offers(log),
        orders=tuple(case.store.orders.of_ticket(ticket.id)),
        precedents=_precedents(case),
        draft=case.store.drafts.of(ticket.id),
        answering=case.store.answerings.of(ticket.id, case.now),
        time_spent=spent_on(log),
        is_time_put_down=is_put_down(log),
        asked_in=log[0].link if log and isinstance(log[0], Asked) else None,
        team_thread=case.store.slots.link_of(Slot(ticket.id, SlotRole.TEAM)),
        asker_thread=case.store.slots.link_of(Slot(ticket.id, SlotRole.ASKER)),
    )


def _precedents(case: Case) -> tuple[Precedent, ...]:
    task = case.agreement.tasks.get(case.ticket.task or "")
    return bearing_on(task, case.store.disputes.precedents(case.ticket.cooperation))


def _phoned(log: Sequence[Event]) -> Asked | None:
    asked = log[0] if log else None
    return asked if isinstance(asked, Asked) and asked.via is Via.PHONE else None


def route_to_contact(case: Case) -> tuple[Case, list[Outgoing]]:
    """Give the ticket to whom routing finds; put its card before the team and the contact."""
    ticket = case.ticket
    found = route(
        case.agreement,
        ticket.task,
        ticket.municipality,
        case.people,
        load=case.store.tickets.load(),
        now=case.now,
    )
    routed = Routed(
        at=case.now,
        received_at=case.now,
        to=found.to,
        reached=found.reached,
        skipped=found.skipped,
    )
    case = record(case, routed)
    said = offered(case)
    return case, said if found.to else [*said, *alarm(case)]


def offered(case: Case) -> list[Outgoing]:
    """Put the ticket's card in the team's channel and before its contact, where it is not yet."""
    ticket, view = case.ticket, view_of(case)
    said: list[Outgoing] = []
    if case.team:
        card = team_card(view, texts(TEAM_LANGUAGE))
        said += _stand(Slot(ticket.id, SlotRole.TEAM), case.team, card, case)
        said += _written_before(case)
    place = place_of(ticket.contact, case)
    if ticket.contact and place:
        card = contact_card(view, case.say_to(ticket.contact))
        said += _stand(Slot(ticket.id, SlotRole.CONTACT, ticket.contact), place, card, case)
    return said


def _stand(slot: Slot, place: Place, card: Card, case: Case) -> list[Outgoing]:
    """Let *card* stand in *slot*, unless one does: then redrawing keeps it true."""
    if case.store.slots.id_of(slot):
        return []
    case.store.slots.open(slot, place)
    once = f"{slot.ticket}:{slot.role}:{slot.person or ''}"
    return [Say(to=place, card=card, once=once, slot=slot)]


def _written_before(case: Case) -> list[Outgoing]:
    """Bring the team what the asker added before the ticket came to it."""
    asker, team = case.asker, Slot(case.ticket.id, SlotRole.TEAM)
    return [
        Say(
            to=team,
            card=notes.wrote(
                "note.asker_wrote",
                event.text,
                texts(TEAM_LANGUAGE),
                name=asker.name,
                municipality=case.municipality,
            ),
            once=f"{event.message}:team",
        )
        for event in case.store.tickets.log(case.ticket.id)
        if isinstance(event, AskerWrote)
    ]


def alarm(case: Case) -> list[Outgoing]:
    """Tell the lead, away or not, that nobody is available: never silence."""
    view = view_of(case)
    said: list[Outgoing] = []
    for lead in holders(Who(case.agreement.lead), case.people.values()):
        place = place_of(lead.id, case)
        if place:
            card = nobody_available(view, texts(lead.language))
            said.append(Say(to=place, card=card, once=f"{case.ticket.id}:alarm:{lead.id}"))
    return said


def redrawn(case: Case) -> list[Outgoing]:
    """Redraw every standing card of the ticket, each in its reader's language."""
    view, slots = view_of(case), case.store.slots.of(case.ticket.id)
    if case.ticket.status is Status.MERGED:  # its asker's card shows the ticket it goes on in
        slots = [slot for slot in slots if slot.role is not SlotRole.ASKER]
    changed = [Change(slot=slot, card=_standing(slot, view, case)) for slot in slots]
    return [*changed, *(_came_along(other, view, case) for other in came_along(case))]


def tell_asker(case: Case, draw: Draw, carries: str | None = None) -> list[Outgoing]:
    """Put a card in the asker's thread, and in those of others whose tickets go on in this one.

    *carries* is the key of the person's message that it brings.
    """
    slot = Slot(case.ticket.id, SlotRole.ASKER)
    words = (case.ticket.id, carries) if carries else None
    told: list[Outgoing] = [Say(to=slot, card=draw(case.say_to(case.ticket.asker)), carries=words)]
    for other in came_along(case):
        if other.asker != case.ticket.asker:
            to = Slot(TicketId(other.ticket), SlotRole.ASKER)
            told.append(Say(to=to, card=draw(case.say_to(other.asker))))
    return told


def came_along(case: Case) -> list[TookOver]:
    """Return every ticket that goes on in this one, those that it took over with others too."""
    log = case.store.tickets.log
    found = [event for event in log(case.ticket.id) if isinstance(event, TookOver)]
    for other in found:  # grows while we look
        found += [e for e in log(TicketId(other.ticket)) if isinstance(e, TookOver)]
    return found


def tell_team(case: Case, card: Card, carries: str | None = None) -> list[Outgoing]:
    """Put *card* in the ticket's thread in the team's channel, if the team has the ticket.

    *carries* is the key of the person's message that it brings.
    """
    return _tell(Slot(case.ticket.id, SlotRole.TEAM), case, card, carries)


def tell_contact(case: Case, card: Card, carries: str | None = None) -> list[Outgoing]:
    """Put *card* in the contact's own thread about the ticket, if it has come to them."""
    return _tell(Slot(case.ticket.id, SlotRole.CONTACT, case.ticket.contact), case, card, carries)


def _tell(slot: Slot, case: Case, card: Card, carries: str | None) -> list[Outgoing]:
    words = (case.ticket.id, carries) if carries else None
    return [Say(to=slot, card=card, carries=words)] if case.store.slots.id_of(slot) else []


def rewritten(case: Case, message: str, draw: Draw) -> list[Outgoing]:
    """Redraw what brought the asker's *message* to the team and to its contacts."""
    own = [slot for slot in case.store.slots.of(case.ticket.id) if slot.role is not SlotRole.ASKER]
    return [
        Change(
            slot=slot,
            card=draw(case.say_to(slot.person) if slot.person else texts(TEAM_LANGUAGE)),
            message=message,
        )
        for slot in own
    ]


def tell_both(case: Case, key: str, **values: str) -> list[Outgoing]:
    """Say in the asker's thread and in the team's what somebody did."""

    def draw(say: Texts) -> Card:
        return notes.did(key, say, **values)

    return [*tell_asker(case, draw), *tell_team(case, draw(texts(TEAM_LANGUAGE)))]


def tell_all(case: Case, draw: Draw) -> list[Outgoing]:
    """Say something in the asker's thread, the team's, and the contact's own."""
    told = [*tell_asker(case, draw), *tell_team(case, draw(texts(TEAM_LANGUAGE)))]
    if case.ticket.contact:
        told += tell_contact(case, draw(case.say_to(case.ticket.contact)))
    return told


def _standing(slot: Slot, view: TicketView, case: Case) -> Card:
    if slot.role is SlotRole.ASKER:
        return asker_card(view, case.say_to(case.ticket.asker))
    if slot.person:
        return contact_card(view, case.say_to(slot.person))
    return team_card(view, texts(TEAM_LANGUAGE))


def _came_along(other: TookOver, view: TicketView, case: Case) -> Change:
    slot = Slot(TicketId(other.ticket), SlotRole.ASKER)
    return Change(slot=slot, card=merged_card(view, other.number, case.say_to(other.asker)))


def place_of(who: PersonId | None, case: Case) -> Place | None:
    """Return where a person reads the bot's messages, best where the team has its channel."""
    prefer = case.team.platform if case.team else None
    return case.store.people.place_of(who, prefer) if who else None
