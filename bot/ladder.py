"""The ladder: who is told that a deadline comes near, in a card for each or in one for many."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import structlog

from bot.cards.blocks import Card
from bot.cards.delivery import refused_warning
from bot.cards.view import TicketView
from bot.cards.warnings import digest, missed, nobody_here, warning
from bot.case import Case
from bot.casework import place_of, record, view_of
from bot.conversation import Desk, Outgoing, Say
from bot.domain.escalation import Missed, Step, due_steps, to_tell
from bot.domain.events import Warned
from bot.domain.people import PersonId, Place
from bot.domain.ranks import Reachable, alarmed, told_of
from bot.texts import Texts, texts
from storage.database import Store

BURST = 3  # more warnings than these to one person at a time are one card
WARNING = "warned:"  # how the keys of their letters begin

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Notice:
    """One warning to one person. *is_alarm*: there was nobody else to tell."""

    to: PersonId
    step: Step
    case: Case
    view: TicketView
    is_alarm: bool


def warn(case: Case, reachable: Reachable) -> list[Notice]:
    """Put down every step that is due, and return whom it is to be told."""
    due = due_steps(case.store.tickets.log(case.ticket.id), case.agreement, case.now)
    told = [
        (step, told_of(step.percent, case.ticket, case.agreement, reachable, case.now))
        for step in to_tell(due, case.agreement.calendar, case.now)
    ]
    goes_to = dict(told)
    for step in due:
        case = record(case, _warned(case, step, goes_to.get(step, ())))
    view = view_of(case)
    return [notice for step, to in told for notice in _notices(step, to, case, view, reachable)]


def letters(notices: Iterable[Notice]) -> list[Outgoing]:
    """Return the cards: for each person their warnings, or all of them in one if they are many."""
    by_person: defaultdict[PersonId, list[Notice]] = defaultdict(list)
    for notice in notices:
        by_person[notice.to].append(notice)
    return [say for theirs in by_person.values() for say in _letters_to_one(theirs)]


def alarms(lost: Sequence[tuple[Case, Missed]], reachable: Reachable) -> list[Outgoing]:
    """Tell the lead what should have gone out and did not, all in one card."""
    if not lost:
        return []
    first, what = lost[0]
    seen = [(view_of(case), each) for case, each in lost]
    once = f"missed:{first.ticket.id}:{what.key}"
    return [
        Say(to=place, card=missed(seen, first.say_to(who)), once=f"{once}:{who}")
        for who in alarmed(first.agreement, reachable, first.now)
        if (place := place_of(who, first))
    ]


def is_warning(once: str) -> bool:
    """Tell whether the letter with that key is a warning to somebody."""
    return once.startswith(WARNING)


def not_taken(once: str, at: Place, reason: str, desk: Desk, store: Store) -> list[Outgoing]:
    """Tell the lead that a platform refused, for good, the warning that was put as *once*.

    Not *at* the place that refuses it: if that is the lead's own, the log is all there is.
    """
    now, prefer = desk.clock(), desk.team.platform if desk.team else None
    people = store.people.directory()
    who = people[PersonId(once.rpartition(":")[2])]
    log.error("warning.refused", to=who.id, reason=reason)
    said: list[Outgoing] = []
    for lead in alarmed(desk.agreements.current_at(now), people, now):
        place = store.people.place_of(lead, prefer)
        if place and place != at:
            card = refused_warning(who.name, at.platform, reason, texts(people[lead].language))
            said.append(Say(to=place, card=card, once=f"refused:{once}:{lead}"))
    return said


def _warned(case: Case, step: Step, to: tuple[PersonId, ...]) -> Warned:
    return Warned(
        at=case.now,
        received_at=case.now,
        percent=step.percent,
        figure=step.figure,
        since=step.since,
        allowed=step.allowed,
        to=to,
    )


def _notices(
    step: Step, to: Iterable[PersonId], case: Case, view: TicketView, reachable: Reachable
) -> list[Notice]:
    """Return a notice to each of *to*; if that is nobody, an alarm to the lead."""
    found = [Notice(who, step, case, view, is_alarm=False) for who in to]
    if found:
        return found
    log.error("warning.nobody_here", ticket=case.ticket.number, percent=step.percent)
    leads = alarmed(case.agreement, reachable, case.now)
    return [Notice(who, step, case, view, is_alarm=True) for who in leads]


def _letters_to_one(notices: Sequence[Notice]) -> list[Outgoing]:
    in_order = sorted(notices, key=lambda one: (not one.step.is_breach, one.step.due))
    first = in_order[0]
    place, say = place_of(first.to, first.case), first.case.say_to(first.to)
    if place is None:
        return []
    if len(in_order) > BURST:
        card = digest([(notice.view, notice.step) for notice in in_order], say)
        return [Say(to=place, card=card, once=f"{WARNING}many:{_key(first)}")]
    return [Say(to=place, card=_card(one, say), once=f"{WARNING}{_key(one)}") for one in in_order]


def _card(notice: Notice, say: Texts) -> Card:
    draw = nobody_here if notice.is_alarm else warning
    reads_all = notice.case.people[notice.to].is_host_team
    return draw(notice.view, notice.step, say, with_question=reads_all)


def _key(notice: Notice) -> str:
    return f"{notice.case.ticket.id}:{notice.step.key}:{notice.to}"
