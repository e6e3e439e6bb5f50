"""Once each working day, when the unit opens: who has a deadline of the yearly wheel is reminded.

The host's deadlines are told to the task's specialist or the municipality's contact; a partner's
own to its own contact. What nobody met is told of once more, the day after.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from traceback import format_tb

import structlog

from bot.cards import year_wheel as cards
from bot.cards.year_wheel import Turn
from bot.conversation import Desk, Say
from bot.domain.agreement import Agreement, Side
from bot.domain.calendar import Calendar
from bot.domain.people import Person, PersonId, Place
from bot.domain.routing import holders, own_contact, route
from bot.domain.year_wheel import (
    LATE,
    NoSuchDeadline,
    Occurrence,
    occurrence_of,
    occurrences,
    step_due,
)
from bot.post import post
from bot.texts import texts
from storage.database import Store
from storage.year import Kept

AHEAD = timedelta(days=366)  # remembered so long before, so that a long stop loses nothing

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Due:
    """A reminder that is due now. *step*: which one."""

    turn: Turn
    step: int


@dataclass(frozen=True, slots=True)
class _Morning:
    """What one run looks at. *calendar* has the closing days; the agreement's own has not."""

    agreement: Agreement
    calendar: Calendar
    store: Store
    now: datetime
    people: Mapping[PersonId, Person]

    @property
    def today(self) -> date:
        return self.calendar.local_date(self.now)


def deadline_reminders(desk: Desk) -> None:
    now = desk.clock()
    agreement = desk.agreements.current_at(now)
    if not agreement.calendar.is_open(now):
        return
    with desk.database.transaction() as store:
        closed = store.closing_days.of(agreement.id)
        calendar = desk.agreements.closed_on(agreement.digest, closed).calendar
        morning = _Morning(agreement, calendar, store, now, store.people.directory())
        if calendar.is_open(now) and store.jobs.first_on(morning.today, "deadline_reminders"):
            _turn_wheel(morning)


def _turn_wheel(morning: _Morning) -> None:
    """Remember what is coming, and remind each person of theirs, in as few cards as will do."""
    per_person: dict[PersonId, list[_Due]] = defaultdict(list)
    places: dict[PersonId, Place] = {}
    for one, step in _due(morning):
        found = _reader(one, morning)
        if found is None:  # it is tried again tomorrow
            log.error("deadline.nobody_to_remind", deadline=str(one.term))
            continue
        person, place = found
        places[person.id] = place
        per_person[person.id].append(_Due(_seen(one, step, person, morning), step))
    for who, due in per_person.items():
        for number, start in zip(count(1), range(0, len(due), cards.MOST), strict=False):
            part = due[start : start + cards.MOST]
            _remind(morning.people[who], places[who], part, number, morning)


def _due(morning: _Morning) -> Iterator[tuple[Occurrence, int]]:
    agreement, today, year = morning.agreement, morning.today, morning.store.year
    coming = occurrences(agreement, today, today + AHEAD)
    year.keep(agreement.id, coming, today)
    late = year.all_late(agreement.id, today)
    known = {kept.term: kept for kept in late} | dict(year.known(agreement.id, today))
    for one in (*_still(late, agreement), *coming):
        kept = known.get(one.term) or Kept(term=one.term, due=one.due)
        step = step_due(one, kept.told, today, morning.calendar)
        if step is not None and kept.met_at is None:
            yield one, step


def _still(late: Sequence[Kept], agreement: Agreement) -> Iterator[Occurrence]:
    """Yield what is late and still in the wheel: an owner may have taken it out."""
    for kept in late:
        try:
            yield occurrence_of(agreement, kept.term)
        except NoSuchDeadline:
            continue


def _reader(one: Occurrence, morning: _Morning) -> tuple[Person, Place] | None:
    """Return who is to be told and where: the first who is there and can be reached."""
    for person in _readers(one, morning):
        place = morning.store.people.place_of(person.id)
        if place:
            return person, place
    return None


def _readers(one: Occurrence, morning: _Morning) -> Iterator[Person]:
    agreement, people, now = morning.agreement, morning.people, morning.now
    task, municipality = one.deadline.task, one.term.municipality
    if one.side is Side.PARTNER:
        own = own_contact(agreement, task, municipality, people, now)
        yield from (own,) if own else ()
    to = route(agreement, task, municipality, people, load={}, now=now).to
    yield from (people[to],) if to else ()
    yield from holders(agreement.lead, people.values())  # away or not: never silence


def _seen(one: Occurrence, step: int, person: Person, morning: _Morning) -> Turn:
    municipality = one.term.municipality
    return Turn(
        one=one,
        municipality=morning.agreement.municipalities[municipality].name,
        is_late=step == LATE,
        stands_in=one.side is Side.PARTNER and person.municipality != municipality,
    )


def _remind(
    person: Person, place: Place, due: Sequence[_Due], number: int, morning: _Morning
) -> None:
    """Remind one person; what goes wrong with it is undone and told, and tried again tomorrow."""
    store, cooperation = morning.store, morning.agreement.id
    try:
        with store.savepoint():
            card = cards.reminders([one.turn for one in due], texts(person.language))
            once = f"year:{cooperation}:{morning.today}:{person.id}:{number}"
            post([Say(to=place, card=card, once=once)], store, morning.now)
            for one in due:
                store.year.told(cooperation, one.turn.one.term, one.step)
    except Exception as bug:  # noqa: BLE001 - one bad card must not silence all others
        where = "".join(format_tb(bug.__traceback__))
        log.error("deadline.not_reminded", error=type(bug).__name__, where=where)  # noqa: TRY400
