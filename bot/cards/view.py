"""A ticket as cards show it: the ticket, its figures, and the people around it, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.cards.blocks import Button, Fact, Link
from bot.domain.agreement import Agreement, Municipality, Task
from bot.domain.answers import KnownAnswer
from bot.domain.attendance import places
from bot.domain.by_hand import running_now
from bot.domain.calendar import NOTHING
from bot.domain.disputes import Precedent
from bot.domain.events import Asked, Reached, Routed
from bot.domain.offers import NO_OFFERS, Offers
from bot.domain.orders import Order
from bot.domain.people import Person, PersonId
from bot.domain.review import Answering, Draft
from bot.domain.sla import Figures
from bot.domain.tickets import Ticket
from bot.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketView:
    """*agreement* is the version the ticket keeps; *routed* its last routing, if there was one.

    *was_handed_over*: a person, not routing, chose the contact. *own_contact* has the task in the
    asker's own municipality. *phoned*: the question, if it was asked on the phone. *links*: the
    numbers of tickets that belong with this one, for the host's team alone. *offers*: what the
    question's words suggest, for its asker.
    """

    ticket: Ticket
    agreement: Agreement
    figures: Figures
    people: Mapping[PersonId, Person]
    routed: Routed | None
    was_handed_over: bool
    own_contact: Person | None
    now: datetime
    phoned: Asked | None = None
    links: tuple[str, ...] = ()
    offers: Offers = NO_OFFERS
    orders: tuple[Order, ...] = ()
    precedents: tuple[Precedent, ...] = ()
    draft: Draft | None = None  # of the next answer, for the host's team alone
    answering: Answering | None = None
    known: KnownAnswer | None = None  # an earlier answer that the asker is offered
    is_shared: bool | None = None  # whether all may read its answer; None: it has none
    time_spent: timedelta = NOTHING
    is_time_put_down: bool = False  # since it was last resolved
    goes_on_in: str | None = None  # the number of the ticket that it was merged into
    asked_in: str | None = None  # opens the message that asked, where others read it too
    team_thread: str | None = None  # opens the team's own card of it
    asker_thread: str | None = None  # opens the asker's

    @property
    def municipality(self) -> Municipality:
        return self.agreement.municipalities[self.ticket.municipality]

    @property
    def task(self) -> Task | None:
        return self.agreement.tasks[self.ticket.task] if self.ticket.task else None

    @property
    def asker(self) -> Person:
        return self.people[self.ticket.asker]

    def name(self, who: PersonId | str | None) -> str:
        """Return the name behind an id; an id nobody has is shown as it is."""
        person = self.people.get(PersonId(who)) if who else None
        return person.name if person else who or ""


def button(
    view: TicketView, action: str, say: Texts, *, key: str | None = None, style: str = "plain"
) -> Button:
    """Return a button on *view*'s ticket, labelled with the text *key* (the action's own name)."""
    return Button.model_validate(
        {
            "label": say(key or action),
            "action": action,
            "value": str(view.ticket.id),
            "style": style,
        }
    )


def task_facts(view: TicketView, say: Texts) -> tuple[Fact, ...]:
    """Return what the question was understood as, in the agreement's own words, and whose it is."""
    facts = [
        Fact(name=say("fact.task"), value=view.task.name if view.task else say("fact.no_task")),
        Fact(name=say("fact.clause"), value=clauses(view.task, say)),
        Fact(name=say("fact.side"), value=side(view, say)),
    ]
    if view.task and view.task.preconditions:
        preconditions = " ".join(view.task.preconditions)
        facts.append(Fact(name=say("fact.preconditions"), value=preconditions))
    return (*facts, *boundary_facts(view, say))


def boundary_facts(view: TicketView, say: Texts) -> tuple[Fact, ...]:
    """Return what meetings have decided about whose the task is; the newest first."""
    return tuple(
        Fact(name=say("dispute.fact"), value=ruling(one, view.name(one.by), say))
        for one in view.precedents
    )


def ruling(one: Precedent, name: str, say: Texts) -> str:
    """Return a precedent in words: whose, the meeting's own wording, when, and put down by whom."""
    verdict, day = say(f"dispute.verdict.{one.verdict}"), one.at.astimezone(say.zone).date()
    return say("dispute.ruled", verdict=verdict, wording=one.wording, date=say.date(day), name=name)


def clauses(task: Task | None, say: Texts) -> str:
    if task is None or not task.clauses:
        return say("clause.none")
    return "; ".join(say("clause.one", section=c.section, number=c.number) for c in task.clauses)


def side(view: TicketView, say: Texts) -> str:
    """Return whose the task is: a municipality or a third party by name."""
    agreement, ticket = view.agreement, view.ticket
    words = say(f"side.{ticket.side}")
    if ticket.side == "host":
        return f"{words}, {agreement.municipalities[agreement.host].name}"
    if ticket.side == "partner":
        return f"{words}, {view.municipality.name}"
    return words


def who_has_it(view: TicketView, say: Texts) -> str:
    """Return who has the ticket, and why just they: who was passed by, and until when."""
    if view.ticket.contact is None:
        return say("fact.nobody")
    name = view.name(view.ticket.contact)
    if view.was_handed_over or view.routed is None:
        return say("route.handed_over", name=name)
    return " ".join([_reached(view, view.routed, name, say), *passed_by(view, say)])


def passed_by(view: TicketView, say: Texts) -> list[str]:
    """Return one sentence for each that routing passed by."""
    sentences = []
    for skipped in view.routed.skipped if view.routed else ():
        person = view.people.get(PersonId(skipped.who))
        if person is None:
            role = view.agreement.roles.get(skipped.who, skipped.who)
            sentences.append(say("route.nobody_has", role=role))
        elif skipped.until:
            until = skipped.until.astimezone(say.zone).date()
            sentences.append(say("route.away", name=person.name, date=say.date(until)))
        else:
            sentences.append(say("route.away_now", name=person.name))
    return sentences


def _reached(view: TicketView, routed: Routed, name: str, say: Texts) -> str:
    if routed.reached is Reached.NOBODY:
        return name
    return say(f"route.{routed.reached}", name=name, municipality=view.municipality.name)


def first_response_fact(view: TicketView, say: Texts) -> tuple[Fact, ...]:
    """Return by when the first answer comes, or when it came; nothing without a clock."""
    stretch = view.figures.first_response
    if stretch is None:
        return ()
    if stretch.end:
        return (Fact(name=say("fact.first_response_given"), value=say.moment(stretch.end)),)
    if stretch.due is None:
        return ()
    if stretch.due < view.now:
        value = say("fact.first_response_late", moment=say.moment(stretch.due))
    else:
        value = say.moment(stretch.due)
    return (Fact(name=say("fact.first_response"), value=value),)


def resolution_fact(view: TicketView, say: Texts) -> tuple[Fact, ...]:
    """Return by when it is to be resolved, or that the clock stands; nothing once it is over."""
    stretch = view.figures.resolution
    if stretch is None or stretch.end or view.figures.ended_at:
        return ()
    value = say.moment(stretch.due) if stretch.due else say("fact.resolution_paused")
    return (Fact(name=say("fact.resolution"), value=value),)


def by_hand_facts(view: TicketView, say: Texts) -> tuple[Fact, ...]:
    """Return which deadlines were set by hand, by whom and why; they are the ones that hold."""
    return tuple(
        Fact(
            name=say("fact.by_hand", figure=say(f"sla.figure.{figure}")),
            value=say(
                "fact.by_hand_why",
                reason=stretch.by_hand.reason,
                name=view.name(stretch.by_hand.by),
            ),
        )
        for figure, stretch in running_now(view.figures).items()
        if stretch.by_hand
    )


def own_time_fact(view: TicketView, say: Texts) -> tuple[Fact, ...]:
    """Return how long the host has waited for the municipality, once it has."""
    waited = view.figures.waited_for_asker
    if waited <= NOTHING:
        return ()
    return (Fact(name=say("fact.own_time"), value=say.duration(waited)),)


def phoned_fact(view: TicketView, say: Texts) -> tuple[Fact, ...]:
    """Return when the question was asked on the phone, and who put it down, and when."""
    asked = view.phoned
    if asked is None:
        return ()
    value = say(
        "fact.phoned_by",
        moment=say.moment(asked.at),
        name=view.name(asked.marked_by),
        logged=say.moment(asked.received_at),
    )
    return (Fact(name=say("fact.phoned"), value=value),)


def link_to_message(view: TicketView, say: Texts) -> tuple[Link, ...]:
    """Return the way to the message that asked, if it stands where others read it too."""
    return way(view.asked_in, "go_to.message", say)


def way(address: str | None, key: str, say: Texts) -> tuple[Link, ...]:
    return (Link(label=say(key), address=address),) if address else ()


def status_fact(view: TicketView, say: Texts) -> Fact:
    name = view.name(view.ticket.taken_by)
    return Fact(name=say("fact.status"), value=say(f"status.{view.ticket.status}", name=name))


def take_up_button(view: TicketView, say: Texts) -> tuple[Button, ...]:
    """Return the button that takes the ticket up in its municipality's own meeting, if any."""
    series = [one for one in view.agreement.meetings.values() if one.each]
    if not any(view.ticket.municipality in places(one, view.agreement) for one in series):
        return ()
    return (button(view, "agenda.take_up", say),)
