"""What every conversation and job does with an order: find its approver, hand it in, tell people.

Plain functions over one open transaction. They decide nothing: rules are in bot.domain.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from bot.again import Again
from bot.cards import notes
from bot.cards import orders as cards
from bot.cards.blocks import Card
from bot.cards.orders import OrderView
from bot.case import Case, case_of, goes_on_in, stamp
from bot.casework import TEAM_LANGUAGE, record, redrawn, route_to_contact, tell_team
from bot.conversation import Context, Outgoing, Say
from bot.domain.agreement import Agreement, Who
from bot.domain.events import Asked, AskedBack, Via, WaitsForThirdParty, WentOn
from bot.domain.joining import Linked
from bot.domain.orders import Order, OrderId, OrderStep, StepKind, approvers
from bot.domain.people import Person, PersonId, Place
from bot.domain.routing import holders
from bot.domain.tickets import Status
from bot.intake import open_case, receipt
from bot.texts import texts
from storage.database import Store
from storage.orders import NoSuchOrder

TOLD_AFTER = 3  # working days, and then the main contact hears of it
GIVES_UP_AFTER = 10  # reminders; after that it lies in the approver's list

_ASKING = {"placed", "nobody", "approve", "remind"}  # cards with a button to decide, or take back


@dataclass(frozen=True, slots=True)
class Ordering:
    """An order in hand, inside one transaction. *people* is the directory."""

    order: Order
    agreement: Agreement
    store: Store
    now: datetime
    people: Mapping[PersonId, Person]

    def after(self, step: OrderStep) -> "Ordering":
        """Return it with *step* taken and kept.

        :raises Refusal: the order does not allow that now
        """
        return replace(self, order=self.store.orders.record(self.order, step))

    def kept(self, order: Order) -> "Ordering":
        self.store.orders.keep(order)
        return replace(self, order=order)

    @property
    def view(self) -> OrderView:
        order, number = self.order, ""
        member = self.agreement.municipalities[order.municipality]
        if order.ticket:
            number = goes_on_in(self.store.tickets.get(order.ticket), self.store).number
        return OrderView(order=order, municipality=member.name, people=self.people, ticket=number)


def ordering_of(value: str, context: Context) -> Ordering:
    """Return the order whose id *value* is; whether the speaker may see it is the caller's to ask.

    :raises NoSuchOrder: there is none
    """
    try:
        order_id = OrderId(UUID(value))
    except ValueError as error:
        raise NoSuchOrder from error
    return in_hand(context.store.orders.get(order_id), context)


def in_hand(order: Order, context: Context) -> Ordering:
    people = context.store.people.directory()
    return Ordering(order, context.agreement, context.store, context.now, people)


def can_approve(it: Ordering) -> list[Person]:
    """Return the approvers who are here, can be reached, and have not ordered it themselves."""
    return [person for person in _allowed(it) if _is_here(person, it)]


def to_approver(it: Ordering) -> tuple[Ordering, list[Outgoing]]:
    """Send the order to its approver, or to the first who can approve it; never silence."""
    found = can_approve(it)
    wanted = [person for person in found if person.id == it.order.approver] or found
    it = it.kept(replace(it.order, remind_at=_next_working_day(it)))
    if not wanted:
        it = it.after(OrderStep(kind=StepKind.NOBODY, at=it.now))
        return it, _nobody(it)
    approver = wanted[0]
    it = it.after(OrderStep(kind=StepKind.SENT, at=it.now, about=approver.id))
    card = cards.to_approve(it.view, "order.to_approve", texts(approver.language))
    return it, tell(it, approver.id, card, f"approve:{approver.id}")


def reminded(it: Ordering) -> tuple[Ordering, list[Outgoing]]:
    """Remind the approver, if they are still here; else the order goes to somebody who is."""
    here = {person.id for person in can_approve(it)}
    if it.order.approver not in here:
        return to_approver(it)
    approver = it.people[PersonId(it.order.approver or "")]
    it = it.after(OrderStep(kind=StepKind.REMINDED, at=it.now, about=approver.id))
    number = _times(it, StepKind.REMINDED)
    it = it.kept(replace(it.order, remind_at=_next_working_day(it)))
    card = cards.to_approve(it.view, "order.reminder", texts(approver.language))
    told = tell(it, approver.id, card, f"remind:{number}")
    for who in main_contacts(it):
        stale = cards.stale(it.view, number, texts(who.language))
        told += tell(it, who.id, stale, f"stale:{number}") if number == TOLD_AFTER else []
    return (it, told) if number < GIVES_UP_AFTER else (_let_lie(it), told)


def handed_in(it: Ordering, context: Context) -> tuple[Ordering, list[Outgoing]]:
    """Let the approved order be the host's: on its ticket if the host has that, or on a new one.

    Its working time begins now; a ticket that waited for the approval goes on.
    """
    case = _ticket_with_host(it, context)
    if case is None:
        return _new_ticket(it, context)
    it = it.kept(replace(it.order, ticket=case.ticket.id))
    case = _resumed(case, context)
    return it, [*_noted(it, case), *redrawn(case)]


def let_go(it: Ordering, context: Context) -> list[Outgoing]:
    """Let the ticket of an order that comes to nothing go on without it."""
    case = _ticket_with_host(it, context)
    if case is None:
        return []
    case = _resumed(case, context)
    return [*_noted(it, case), *redrawn(case)]


def waits_with(case: Case, it: Ordering) -> list[Outgoing]:
    """Let the ticket that the order was filled in from stand still until it is approved."""
    say = texts(TEAM_LANGUAGE)
    if case.ticket.status is not Status.WAITS_FOR_THIRD_PARTY:
        waits = WaitsForThirdParty(at=it.now, received_at=it.now, party=say("order.party"))
        case = record(case, waits)
    name = it.people[it.order.asker].name
    note = notes.did("order.note_waits", say, name=name, number=it.order.number)
    return [*tell_team(case, note), *redrawn(case)]


def tell(it: Ordering, who: PersonId, card: Card, once: str) -> list[Outgoing]:
    """Put *card* before somebody, once for *once*; nothing where they cannot be reached."""
    place = it.store.people.place_of(who, it.order.platform)
    return [Say(to=place, card=card, once=f"order:{it.order.id}:{once}:{who}")] if place else []


def redrawn_orders(it: Ordering) -> list[Outgoing]:
    """Redraw what still asks for a decision: the asker's card, and everybody's who may decide."""
    beginning, told = f"order:{it.order.id}:", list[Outgoing]()
    for key in it.store.rewriting.keys(beginning):
        step, _, who = key.removeprefix(beginning).rpartition(":")
        reader = it.people.get(PersonId(who))
        is_told_less = step.startswith("nobody") and who != it.order.asker
        if reader and step.partition(":")[0] in _ASKING and not is_told_less:
            told.append(Again(once=key, card=cards.decided(it.view, texts(reader.language))))
    return told


def main_contacts(it: Ordering) -> Sequence[Person]:
    """Return who has the municipality at the host; if nobody does, the lead."""
    member, team = it.agreement.municipalities[it.order.municipality], it.people.values()
    for who in (member.contact, *member.deputies, Who(it.agreement.lead)):
        found = [person for person in holders(who, team) if person.is_host_team]
        here = [person for person in found if not person.absence_at(it.now)]
        if here:
            return here
    return holders(Who(it.agreement.lead), team)


def _allowed(it: Ordering) -> list[Person]:
    form = it.order.form
    found = approvers(form, it.order.municipality, it.people.values())
    return [person for person in found if form.own_approval or person.id != it.order.asker]


def _is_here(person: Person, it: Ordering) -> bool:
    return not person.absence_at(it.now) and it.store.people.place_of(person.id) is not None


def _nobody(it: Ordering) -> list[Outgoing]:
    """Tell the asker, and the main contact, that nobody can approve it; not every single day."""
    times = _times(it, StepKind.NOBODY)
    if times not in {1, TOLD_AFTER, GIVES_UP_AFTER}:
        return []
    found = _allowed(it)
    away = {p.id: absence for p in found if (absence := p.absence_at(it.now))}
    say = texts(it.people[it.order.asker].language)
    card = cards.nobody(it.view, cards.missing(found, away, say), say)
    told = tell(it, it.order.asker, card, f"nobody:{times}")
    for who in main_contacts(it):
        say = texts(who.language)
        card = cards.nobody_for_contact(it.view, cards.missing(found, away, say), say)
        told += tell(it, who.id, card, f"nobody:{times}")
    return told


def _let_lie(it: Ordering) -> Ordering:
    return it.kept(replace(it.order, remind_at=None))


def _times(it: Ordering, kind: StepKind) -> int:
    return sum(step.kind is kind for step in it.store.orders.steps(it.order.id))


def _next_working_day(it: Ordering) -> datetime:
    """Return the same time of day on the next working day."""
    calendar = it.agreement.calendar
    local = it.now.astimezone(calendar.zone).time().replace(second=0, microsecond=0)
    return calendar.at_on_working_day(it.now, local, 1)


def _ticket_with_host(it: Ordering, context: Context) -> Case | None:
    if it.order.ticket is None:
        return None
    ticket = goes_on_in(context.store.tickets.get(it.order.ticket), context.store)
    return case_of(ticket, context) if ticket.is_with_host else None


def _resumed(case: Case, context: Context) -> Case:
    """Let the ticket go on, if it is the bot's own pause that holds it."""
    log = context.store.tickets.log(case.ticket.id)
    moves = [e for e in log if isinstance(e, AskedBack | WaitsForThirdParty | WentOn)]
    last = moves[-1] if moves else None
    if case.ticket.status is Status.WAITS_FOR_THIRD_PARTY and last and last.by is None:
        return record(case, WentOn(**stamp(context)))
    return case


def _new_ticket(it: Ordering, context: Context) -> tuple[Ordering, list[Outgoing]]:
    order, place = it.order, _place_of_asker(it)
    case = open_case(_asked(it, context), order.municipality, place, it.agreement, context)
    if order.ticket:
        older = context.store.tickets.get(order.ticket)
        case = record(case, Linked(**stamp(context), number=older.number))
    it = it.kept(replace(order, ticket=case.ticket.id))
    given: list[Outgoing] = []
    if case.ticket.status is Status.OPEN:
        case, given = route_to_contact(case)
    return it, [receipt(case, place), *given]


def _asked(it: Ordering, context: Context) -> Asked:
    """Return the question that the order is: asked when it was approved."""
    order, tasks = it.order, it.agreement.tasks
    task = order.form.task if order.form.task in tasks else None
    at = order.decided_at or it.now
    return Asked(
        at=at,
        received_at=it.now,
        by=order.asker,
        message=f"order:{order.id}",
        text=cards.summary(order, texts(it.people[order.asker].language)),
        via=Via.FORM,
        task=task,
        side=it.agreement.side_of(task),
    )


def _place_of_asker(it: Ordering) -> Place:
    order = it.order
    known = it.store.people.place_of(order.asker, order.platform)
    return known or Place(order.platform, order.asker)


def _noted(it: Ordering, case: Case) -> list[Outgoing]:
    say = texts(TEAM_LANGUAGE)
    status = say(f"order.status.{it.order.status}")
    note = notes.did("order.note_decided", say, number=it.order.number, status=status)
    return tell_team(case, note)
