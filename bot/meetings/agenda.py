"""The agenda builds itself from the tickets until it is sent; then it is kept as it was.

A follow-up meeting sees its own municipality's tickets. Every other meeting sees numbers alone.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.agreements.book import AgreementBook
from bot.cards import agenda as cards
from bot.conversation import frozen_agreement
from bot.domain.agenda import Kind, Point, built, ordered
from bot.domain.agreement import Agreement, Side
from bot.domain.meetings import Meeting
from bot.domain.people import Language
from bot.domain.sla import Figures, Stretch, figures
from bot.domain.statistics import Statistics, measured, only, statistics
from bot.domain.tickets import Ticket
from bot.domain.year_wheel import occurrences
from bot.meetings.hall import Hall
from bot.meetings.telling import tell
from bot.texts import texts
from storage.database import Store

COMING = timedelta(days=60)  # deadlines of the year, after the meeting's agenda
PERIOD = timedelta(days=92)  # before a series' first meeting
NEARLY = 0.9  # of a target used up when it was reached; three quarters while it still runs
NEARLY_NOW = 0.75
AGAIN_AND_AGAIN = 3  # questions about one task


@dataclass(frozen=True, slots=True)
class Looked:
    """A ticket of the period, and its figures."""

    ticket: Ticket
    figures: Figures


def agenda_of(hall: Hall, book: AgreementBook, now: datetime) -> cards.Agenda:
    """Return the meeting's agenda as it is now, with the figures of the period."""
    meeting, store = hall.meeting, hall.store
    since = period_start(meeting, store)
    kept = store.agendas.points(meeting)
    if meeting.agenda_sent_at:
        points = ordered(kept)
    else:
        points = built(_found(hall, book, since, now), kept)
    return cards.Agenda(
        view=hall.view(),
        points=tuple(points),
        figures=_figures(hall, book, since, meeting.agenda_sent_at or now),
        since=since,
        names={person.id: person.name for person in hall.people},
    )


def send_agenda(hall: Hall, book: AgreementBook, now: datetime) -> Hall:
    """Keep the agenda as it is now, and send it to everybody who is to come. Once."""
    if hall.meeting.agenda_sent_at:
        return hall
    agenda = agenda_of(hall, book, now)
    hall.store.agendas.keep(hall.meeting, agenda.points)
    hall.store.agendas.take(hall.store.agendas.wishes(hall.meeting), hall.meeting)
    sent = hall.keeps(replace(hall.meeting, agenda_sent_at=now))
    for seat in agenda.view.seats:
        card = cards.agenda_card(agenda, texts(seat.person.language))
        tell(seat.person, card, f"agenda:{hall.meeting.id}:{seat.person.id}", hall.store, now)
    return sent


def period_start(meeting: Meeting, store: Store) -> datetime:
    before = store.meetings.before(meeting)
    return before.starts_at if before else meeting.starts_at - PERIOD


def _found(hall: Hall, book: AgreementBook, since: datetime, now: datetime) -> Iterator[Point]:
    meeting, store, agreement = hall.meeting, hall.store, hall.agreement
    looked = list(_looked(meeting, book, store, since, now))
    yield from _actions(hall)
    if agreement.meetings[meeting.series].level == "strategic":
        yield from _not_carried_out(hall)
    if meeting.municipality is not None:
        yield from _tickets(looked)
        yield from _disputes(hall)
        yield from _deadlines(hall, meeting.municipality, now)
    else:
        yield from _totals(looked, hall)
    yield from _by_task(looked, agreement, since)
    yield from (wish.point() for wish in store.agendas.wishes(meeting))


def _looked(
    meeting: Meeting, book: AgreementBook, store: Store, since: datetime, now: datetime
) -> Iterator[Looked]:
    """Yield what was asked in the period, and what is older and still with the host."""
    wanted = meeting.municipality
    asked = [*store.tickets.asked_between(since, now), *store.tickets.unfinished()]
    found = {ticket.id: (ticket, log) for ticket, log in asked}
    for ticket, log in found.values():
        is_ours = ticket.cooperation == meeting.cooperation
        if is_ours and wanted in {None, ticket.municipality}:
            yield Looked(ticket, figures(log, frozen_agreement(ticket, book, store), now))


def _tickets(looked: Iterable[Looked]) -> Iterator[Point]:
    for one in looked:
        kind = kind_of(one)
        if kind is not None:
            yield Point(
                key=f"ticket:{one.ticket.id}",
                kind=kind,
                values={"number": one.ticket.number},
                text=one.ticket.question,
            )


def kind_of(one: Looked) -> Kind | None:
    """Return whether a ticket broke a promise, nearly did, or is open; None: nothing to say."""
    first, last = one.figures.first_response, one.figures.resolution
    stretches = [stretch for stretch in (first, *one.figures.next_responses, last) if stretch]
    if any(stretch.is_breached for stretch in stretches):
        return Kind.BREACH
    if any(_is_near(stretch) for stretch in stretches):
        return Kind.NEAR
    return Kind.OPEN if one.ticket.is_with_host else None


def _is_near(stretch: Stretch) -> bool:
    if not stretch.allowed:
        return False
    return stretch.used / stretch.allowed >= (NEARLY if stretch.end else NEARLY_NOW)


def _totals(looked: Sequence[Looked], hall: Hall) -> Iterator[Point]:
    """Yield numbers of all municipalities together, and nobody's tickets."""
    counted = Counter(kind for one in looked if (kind := kind_of(one)))
    counted[Kind.DISPUTE] = len(hall.store.disputes.open())
    for kind, number in sorted(counted.items()):
        if number:
            yield Point(key=f"total:{kind}", kind=kind, values={"count": str(number)})


def _by_task(looked: Sequence[Looked], agreement: Agreement, since: datetime) -> Iterator[Point]:
    tickets = [one.ticket for one in looked if one.ticket.asked_at >= since]
    names = {id_: task.name for id_, task in agreement.tasks.items()}
    again = Counter(ticket.task for ticket in tickets if ticket.task in names)
    apart = Counter(
        ticket.task or "" for ticket in tickets if ticket.counted_as is Side.UNSPECIFIED
    )
    for task, number in again.most_common():
        if task and number >= AGAIN_AND_AGAIN:
            values = {"task": names[task], "times": str(number)}
            yield Point(key=f"repeated:{task}", kind=Kind.REPEATED, values=values)
    for name, number in apart.most_common():
        values = {"task": names.get(name, "–"), "times": str(number)}
        yield Point(key=f"unspecified:{name}", kind=Kind.UNSPECIFIED, values=values)


def _disputes(hall: Hall) -> Iterator[Point]:
    names = hall.agreement.tasks
    for dispute in hall.store.disputes.open(hall.meeting.municipality):
        if dispute.cooperation == hall.meeting.cooperation:
            task = names[dispute.task].name if dispute.task in names else dispute.task
            yield Point(
                key=f"dispute:{dispute.id}",
                kind=Kind.DISPUTE,
                values={"task": task},
                text=dispute.reason,
                by=dispute.by,
            )


def _deadlines(hall: Hall, municipality: str, now: datetime) -> Iterator[Point]:
    """Yield the municipality's own deadlines of the year: those that are late, and what comes."""
    agreement, today = hall.agreement, hall.agreement.calendar.local_date(now)
    late = hall.store.year.late(municipality, today, agreement.id)
    coming = occurrences(agreement, today, today + COMING, municipality)
    met = {kept.term for kept in hall.store.year.known(agreement.id, today).values() if kept.met_at}
    due = {kept.term: kept.due for kept in late}
    due |= {one.term: one.due for one in coming if one.term not in met}
    for term, day in due.items():
        if term.deadline in agreement.year:
            yield Point(
                key=f"deadline:{term}",
                kind=Kind.DEADLINE,
                values={"due": day.isoformat()},
                text=agreement.year[term.deadline].words[Language.NB],
            )


def _actions(hall: Hall) -> Iterator[Point]:
    for action in hall.store.minutes.left(hall.meeting):
        yield Point(
            key=f"action:{action.id}",
            kind=Kind.ACTION,
            values={"due": action.due.isoformat()},
            text=action.text,
            by=action.owner,
        )


def _not_carried_out(hall: Hall) -> Iterator[Point]:
    for decision in hall.store.minutes.changing(hall.meeting.cooperation):
        if decision.version is None:
            yield Point(key=f"decision:{decision.id}", kind=Kind.DECISION, text=decision.text)


def _figures(hall: Hall, book: AgreementBook, since: datetime, until: datetime) -> Statistics:
    meeting, store = hall.meeting, hall.store
    asked = store.tickets.asked_between(since, until)
    ours = only(asked, cooperation=meeting.cooperation, municipality=meeting.municipality)
    return statistics(measured(ours, lambda one: frozen_agreement(one, book, store), until))
