"""Being away: from when, until when, and who steps in. Dates are local, the last one included."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from bot.domain.people import Absence, Person, PersonId
from bot.domain.placing import tidy

DAY = timedelta(days=1)
MINUTES = "%Y-%m-%d %H:%M"


class CannotBeAway(Exception):
    """An absence that makes no sense. Says why, and what to write instead."""


class WhoIsThat(Exception):
    """A name that means nobody, or more than one. Says whom it could mean."""


def noted(absence: Absence) -> str:
    """Return *absence* on one line, for :func:`read_noted`: a button remembers it so."""
    return f"{absence.start.isoformat()}|{absence.end.isoformat()}|{absence.deputy or ''}"


def name_of(absences: Iterable[Absence]) -> str:
    """Return a short name for just these *absences*, however many they are."""
    return sha256("\n".join(noted(absence) for absence in absences).encode()).hexdigest()[:24]


def read_noted(value: str) -> Absence:
    """Return what :func:`noted` wrote.

    :raises CannotBeAway: it did not write *value*
    """
    try:
        start, end, deputy = value.split("|")
        begins, ends = datetime.fromisoformat(start), datetime.fromisoformat(end)
    except ValueError as error:
        raise CannotBeAway(f'"{value}" is no absence') from error
    return Absence(begins, ends, PersonId(deputy) or None)


def named(who: str, people: Iterable[Person]) -> Person:
    """Return the one person that *who* means: an e-mail address, a full name, or part of one.

    :raises WhoIsThat: nobody, or several
    """
    everybody = tuple(people)
    wanted = who.casefold().split()
    found = [person for person in everybody if person.email and person.email == tidy(who)]
    found = found or [p for p in everybody if p.name.casefold().split() == wanted]
    found = found or [p for p in everybody if wanted and {*wanted} <= {*p.name.casefold().split()}]
    if not found:
        raise WhoIsThat(f'nobody is called "{who}": see `vertsdesk people list`')
    if len(found) > 1:
        them = ", ".join(f"{person.name} <{person.email}>" for person in found)
        raise WhoIsThat(f'"{who}" may be {them}: write the e-mail address')
    return found[0]


def span(start: str, end: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the moments (UTC) from *start* to *end*, local dates or times in ISO 8601.

    A date as *end* is included: the span ends at the midnight after it.

    :raises CannotBeAway: not a date or a time, or the end is not after the start
    """
    begins, ends = _moment(start, zone, days_on=0), _moment(end, zone, days_on=1)
    if ends <= begins:
        raise CannotBeAway(f"{end} is before {start}: write the first day, then the last")
    return begins, ends


def away(
    person: Person, when: tuple[datetime, datetime], deputy: Person | None, zone: ZoneInfo
) -> Absence:
    """Return *person*'s absence during *when*, with *deputy* stepping in.

    :raises CannotBeAway: it overlaps another absence, or the deputy cannot be theirs
    """
    start, end = when
    for other in person.absences:
        if start < other.end and other.start < end:
            told = f"{person.name} is away already: {written(other, zone)}"
            raise CannotBeAway(f"{told}. Choose days outside that, or take that one away first")
    if deputy:
        _check_deputy(person, deputy)
    return Absence(start, end, deputy.id if deputy else None)


def back(person: Person, now: datetime) -> Person:
    """Return *person* without the absence that is now, or else without the next one to come.

    What has been of an absence stays.

    :raises CannotBeAway: they are here, and nothing else is planned
    """
    to_come = [absence for absence in person.absences if absence.end > now]
    if not to_come:
        raise CannotBeAway(f"{person.name} is not away, and no absence is planned")
    first = min(to_come, key=lambda absence: absence.start)
    kept = [absence for absence in person.absences if absence != first]
    if first.start < now:
        kept.append(replace(first, end=now))
    return replace(person, absences=tuple(sorted(kept, key=lambda absence: absence.start)))


def written(absence: Absence, zone: ZoneInfo) -> str:
    """Return the absence in local time: "2026-07-01 to 2026-07-03", both days included."""
    return f"{_local(absence.start, zone)} to {last_moment(absence, zone)}"


def last_moment(absence: Absence, zone: ZoneInfo) -> str:
    """Return the last local day of *absence*, or the time of day at which it ends."""
    end = absence.end.astimezone(zone)
    return (end.date() - DAY).isoformat() if end.time() == time() else f"{end:{MINUTES}}"


def _local(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return local.date().isoformat() if local.time() == time() else f"{local:{MINUTES}}"


def _check_deputy(person: Person, deputy: Person) -> None:
    """Refuse somebody of another unit: a deputy reads the questions meant for *person*."""
    if deputy.id == person.id:
        raise CannotBeAway(f"{person.name} cannot step in for {person.name}: name somebody else")
    if person.is_host_team and not deputy.is_host_team:
        raise CannotBeAway(f"{deputy.name} is not in the host team: name somebody who is")
    if deputy.is_host_team and not person.is_host_team:
        raise CannotBeAway(f"{deputy.name} is in the host team: name one of {person.name}'s own")
    if not person.is_host_team and deputy.municipality != person.municipality:
        raise CannotBeAway(
            f"{deputy.name} works for another municipality: name one of {person.name}'s own"
        )


def _moment(written: str, zone: ZoneInfo, *, days_on: int) -> datetime:
    try:
        if len(written) == len("2026-07-01"):
            day = date.fromisoformat(written) + days_on * DAY
            return datetime.combine(day, time(), zone).astimezone(UTC)
        moment = datetime.fromisoformat(written)
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        advice = "write 2026-07-01, or 2026-07-01T12:00"
        raise CannotBeAway(f'"{written}" is neither a date nor a time: {advice}') from None
