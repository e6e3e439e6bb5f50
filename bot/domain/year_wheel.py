"""The yearly wheel: what must be done by when each year, and which reminder of it is due.

Dates come from the agreement's folder: see bot.domain.year_rules. Days are local dates.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain import Refusal
from bot.domain.agreement import Agreement, Side
from bot.domain.calendar import Calendar
from bot.domain.people import Person
from bot.domain.routing import holders
from bot.domain.year_rules import Deadline, Moved, working_day

DAY = timedelta(days=1)
LATE = -1  # the step after the last reminder: the day has passed


class NoSuchDeadline(Refusal):
    """There is none, or it is another municipality's: nobody learns which."""

    key = "year.no_such"


class NotYoursToTick(Refusal):
    """The deadline is the other side's, or somebody else's in the municipality."""

    key = "year.not_yours"


@dataclass(frozen=True, slots=True)
class Term:
    """Names one occurrence, also when closing days move its date."""

    municipality: str
    deadline: str
    year: int
    rule: str  # as it is written

    def __str__(self) -> str:
        return ":".join((self.municipality, self.deadline, str(self.year), self.rule))


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    term: Term
    deadline: Deadline
    side: Side
    due: date


def read_term(value: str) -> Term:
    """Return the term that *value*, a term as text, names.

    :raises NoSuchDeadline: it names none
    """
    found = re.fullmatch(r"([^:]+):([^:]+):(\d{4}):([^:]+)", value)
    if found is None:
        raise NoSuchDeadline
    return Term(found[1], found[2], int(found[3]), found[4])


def occurrences(
    agreement: Agreement, first: date, last: date, municipality: str | None = None
) -> Sequence[Occurrence]:
    """Return what is due from *first* to *last*, both included, the earliest first.

    A member has no deadlines before it is served. The agreement's own calendar says which days
    are closed: a day on which the unit alone is away moves no deadline.

    :raises BeyondCalendar: a day to be moved lies where the calendar is not laid out
    """
    members = [municipality] if municipality else list(agreement.municipalities)
    found = [
        one
        for member in members
        for year in range(first.year - 1, last.year + 2)  # a day may be moved into another year
        for one in _of_year(agreement, member, year)
        if first <= one.due <= last
    ]
    return sorted(found, key=lambda one: (one.due, one.deadline.id, one.term.municipality))


def occurrence_of(agreement: Agreement, term: Term) -> Occurrence:
    """Return the occurrence that *term* names.

    :raises NoSuchDeadline: today's wheel has none
    """
    if term.municipality in agreement.municipalities:
        for one in _of_year(agreement, term.municipality, term.year):
            if one.term == term:
                return one
    raise NoSuchDeadline


def reminder_day(due: date, before: int, calendar: Calendar) -> date:
    """Return the *before*-th working day before *due*; 0: the day itself, or the last before it.

    :raises BeyondCalendar: the calendar is not laid out so far
    """
    if before == 0:
        return working_day(due, -1, calendar)
    for _ in range(before):
        due = working_day(due - DAY, -1, calendar)
    return due


def step_due(one: Occurrence, told: int | None, today: date, calendar: Calendar) -> int | None:
    """Return which reminder is due *today*: so many working days before, or LATE; None: none.

    *told* is the last one that was given. After a stop only the newest is given.
    """
    if today > one.due:
        step: int | None = LATE
    else:
        days = one.deadline.remind
        come = [before for before in days if reminder_day(one.due, before, calendar) <= today]
        step = min(come, default=None)
    return None if step is None or (told is not None and step >= told) else step


def may_tick(person: Person, one: Occurrence, agreement: Agreement) -> bool:
    """Tell whether *person* says when it is done: the host's team, and of a partner's own
    deadlines its own contact and its managers.
    """
    if person.is_host_team:
        return True
    if one.side is not Side.PARTNER or person.municipality != one.term.municipality:
        return False
    own = agreement.municipalities[one.term.municipality].own_contact
    return person.is_manager or bool(own and holders(own, [person]))


def check_tick(person: Person, one: Occurrence, agreement: Agreement) -> None:
    """Do nothing if *person* may tick it off.

    :raises NoSuchDeadline: it is another municipality's
    :raises NotYoursToTick: it is for others in the municipality, or for the host
    """
    if may_tick(person, one, agreement):
        return
    own = person.municipality == one.term.municipality
    raise NotYoursToTick if own else NoSuchDeadline


def _of_year(agreement: Agreement, member: str, year: int) -> Iterator[Occurrence]:
    starts = agreement.municipalities[member].starts
    for deadline in agreement.year.values():
        for rule in deadline.rules(member):
            due = _moved(rule.on(year, agreement.calendar), deadline.moved, agreement.calendar)
            if starts is None or due >= starts:
                yield Occurrence(
                    term=Term(member, deadline.id, year, rule.written),
                    deadline=deadline,
                    side=agreement.side_of(deadline.task),
                    due=due,
                )


def _moved(day: date, moved: Moved, calendar: Calendar) -> date:
    match moved:
        case Moved.KEEP:
            return day
        case Moved.PREVIOUS:
            return working_day(day, -1, calendar)
        case Moved.NEXT:
            return working_day(day, 1, calendar)
