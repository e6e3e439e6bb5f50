"""Who comes to a meeting, who calls it, and who may see it."""

from collections.abc import Sequence
from datetime import date

from bot.domain.agreement import Agreement, MeetingSeries, Municipality, Who
from bot.domain.meetings import Meeting, Seat
from bot.domain.people import Person, PersonId
from bot.domain.routing import holders


def places(series: MeetingSeries, agreement: Agreement) -> list[str | None]:
    """Return whose series there are: one for all (None), or one for each municipality served.

    A host municipality holds no follow-up meeting with itself.
    """
    if not series.each:
        return [None]
    is_own = agreement.form == "vertskommune"
    return [id_ for id_ in agreement.municipalities if not (is_own and id_ == agreement.host)]


def seats(meeting: Meeting, agreement: Agreement, people: Sequence[Person]) -> list[Seat]:
    """Return who is to come: the series' roles, with a stand-in for who is away then."""
    series = agreement.meetings.get(meeting.series)
    if series is None:
        return []
    whole = [person for person in people if _belongs(person, meeting, series, agreement)]
    caller = caller_of(meeting, agreement, people)
    found: dict[PersonId, Seat] = {}
    for person in whole:
        here = stand_in(person, meeting, agreement, people)
        if here is person or here.id not in {one.id for one in whole}:
            found.setdefault(here.id, Seat(here, None if here is person else person))
    if caller and caller.id not in found:
        found[caller.id] = Seat(caller)
    return sorted(found.values(), key=lambda seat: (seat.person.name.casefold(), seat.person.id))


def caller_of(meeting: Meeting, agreement: Agreement, people: Sequence[Person]) -> Person | None:
    """Return who calls the meeting: whoever of the role is here then, or who steps in."""
    series = agreement.meetings.get(meeting.series)
    who = calls(series, meeting.municipality, agreement) if series else agreement.lead
    calling = holders(who, people) or holders(agreement.lead, people)
    here = [person for person in calling if person.absence_at(meeting.starts_at) is None]
    if here or not calling:
        return next(iter(here), None)
    return stand_in(calling[0], meeting, agreement, people)


def calls(series: MeetingSeries, municipality: str | None, agreement: Agreement) -> Who:
    """Return who calls a series' meetings: as it says, else the main contact, else the lead."""
    if series.caller:
        return series.caller
    member = agreement.municipalities.get(municipality or "")
    return member.contact if member else agreement.lead


def may_call(
    person: Person, meeting: Meeting, agreement: Agreement, people: Sequence[Person]
) -> bool:
    """Tell whether *person* may move, cancel and order: who calls it now, that role, the lead."""
    series = agreement.meetings.get(meeting.series)
    who = calls(series, meeting.municipality, agreement) if series else agreement.lead
    caller = caller_of(meeting, agreement, people)
    return bool(caller and caller.id == person.id) or any(
        one.id == person.id for role in (who, agreement.lead) for one in holders(role, people)
    )


def may_see(
    person: Person, meeting: Meeting, agreement: Agreement, people: Sequence[Person]
) -> bool:
    """Tell whether *person* may see the meeting: its own people, and the host's team or its guests.

    A follow-up meeting shows one municipality's tickets, so it is that municipality's alone.
    """
    if meeting.cooperation != agreement.id:
        return False
    if meeting.municipality is not None:
        return person.is_host_team or person.municipality == meeting.municipality
    guests = {seat.person.id for seat in seats(meeting, agreement, people)}
    series = agreement.meetings.get(meeting.series)
    is_meant = bool(series and _belongs(person, meeting, series, agreement))
    return person.id in guests or is_meant or may_call(person, meeting, agreement, people)


def stand_in(
    person: Person, meeting: Meeting, agreement: Agreement, people: Sequence[Person]
) -> Person:
    """Return *person*, or who comes instead when they are away then; themselves if nobody can."""
    absence = person.absence_at(meeting.starts_at)
    if absence is None:
        return person
    by_id = {one.id: one for one in people}
    member = agreement.municipalities.get(meeting.municipality or "")
    is_contact = bool(member and person in holders(member.contact, people))
    line = [by_id[absence.deputy]] if absence.deputy in by_id else []
    if member and is_contact:
        line += [one for who in member.deputies for one in holders(who, people)]
    if person.is_host_team:
        line += holders(agreement.lead, people)
    return next((one for one in line if one.absence_at(meeting.starts_at) is None), person)


def _belongs(person: Person, meeting: Meeting, series: MeetingSeries, agreement: Agreement) -> bool:
    day = agreement.calendar.local_date(meeting.starts_at)
    if not _has_begun(agreement.municipalities.get(person.municipality or ""), day):
        return False
    member = agreement.municipalities.get(meeting.municipality or "")
    if member and _is(person, member.contact):
        return True
    is_named = any(_is(person, who) for who in series.attendees)
    return is_named and (member is None or person.municipality == member.id)


def _is(person: Person, who: Who) -> bool:
    return bool(holders(who, [person]))


def _has_begun(member: Municipality | None, day: date) -> bool:
    return member is not None and (member.starts is None or member.starts <= day)
