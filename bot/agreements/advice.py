"""What to write instead: one piece of advice for each field of an agreement file."""

from collections.abc import Mapping
from difflib import get_close_matches
from itertools import pairwise

from pydantic import BaseModel

from bot.agreements.file import (
    AgreementFile,
    CalendarTable,
    ClauseEntry,
    ContactRuleEntry,
    EscalationEntry,
    MeetingEntry,
    MunicipalityEntry,
    SeasonEntry,
    TargetsTable,
    TaskEntry,
    ThirdPartyEntry,
)
from bot.agreements.lines import Where
from bot.agreements.sharing import SharingTable

TABLES: dict[str, type[BaseModel]] = {
    "calendar": CalendarTable,
    "targets": TargetsTable,
    "seasons": SeasonEntry,
    "municipalities": MunicipalityEntry,
    "tasks": TaskEntry,
    "third_parties": ThirdPartyEntry,
    "contact_rules": ContactRuleEntry,
    "escalation": EscalationEntry,
    "meetings": MeetingEntry,
    "clauses": ClauseEntry,
    "sharing": SharingTable,
}
WHO = 'a role from [roles], a built-in one such as "lead", or an e-mail address'
LENGTH = '"4 h", "90 min", "3 working days" or "by 12:00 on working day 1"'
FIGURES = '"own", "own-and-totals" or "all"'
ADVICE = {
    "at": 'when it begins, local time, such as "09:00"',
    "attendees": f"for each of them {WHO}",
    "calendar": "a table [calendar] with zone, country, holiday_names, years and opening_hours",
    "caller": f"who calls it: {WHO}, or leave it out for the main contact or the lead",
    "channels": 'the names of the chat channels, such as ["C012AB3CD"]',
    "choose_within": 'a whole number of minutes or hours of working time, such as "10 min"',
    "closed_day": '"move" (to the next working day) or "skip"',
    "closing_days": "dates without quotes, such as [2026-05-18], or leave it out",
    "clauses": 'where it stands, such as [{ section = "Regnskap", number = 1 }]',
    "contact": f"who is the main contact: {WHO}",
    "contact_rules": "one [[contact_rules]] table for each rule",
    "country": 'the code of a country, such as "NO"',
    "deputies": f"in their order, and for each of them {WHO}",
    "domains": 'what stands after the @ in its addresses, such as ["heroy.example"]',
    "each": "true (a series for each municipality) or false",
    "effective_from": "a date without quotes, such as 2026-01-01",
    "from": 'a month and a day in quotes, such as "12-20"',
    "form": '"vertskommune", "ko", "iks" or "as"',
    "holiday_names": 'a language that the country\'s holidays have names in, such as "no"',
    "host": "the id of one of the [[municipalities]]",
    "id": 'small letters, digits and hyphens, such as "annual-accounts"',
    "inhabitants": "a whole number without quotes, such as 1880, or several with their dates, such "
    "as [{ from = 2025-01-01, number = 1895 }, { from = 2026-01-01, number = 1880 }]",
    "joined": "a year, such as 2009",
    "lead": WHO,
    "length": 'how long it lasts, such as "60 min" or "2 h"',
    "level": '"operational", "strategic" or "principle"',
    "manager": WHO,
    "meetings": "one [[meetings]] table for each kind of meeting",
    "municipalities": "one [[municipalities]] table for each member",
    "municipality": "the id of one of the [[municipalities]], or leave it out for everybody",
    "name": "the name, in quotes",
    "next_response": f"{LENGTH}, or leave it out to promise nothing",
    "escalation": "one [[escalation]] table for each percentage of warn_at, in that order",
    "first_response": LENGTH,
    "notice_days": "how many days before people are told, such as [14, 3, 0]",
    "number": "its place in the section: 1, 2, 3 and so on",
    "opening_hours": 'rules in OpenStreetMap syntax, such as ["Mo-Fr 08:00-11:30,12:00-15:45"]',
    "order_form": "in words what the municipality sends in, or leave it out",
    "own_contact": f"who has the municipality's own tasks: {WHO}",
    "place": "where it is held, in words, or leave it out",
    "preconditions": 'what must be done first, such as ["Kommunen melder fra om nye brukere"]',
    "percent": "one of the percentages of warn_at",
    "prefix": 'capital letters, such as "HALD"',
    "purpose": 'what the meeting is for, such as ["Avklare prinsipielle saker"]',
    "reach": "in words how to reach them",
    "readers": f"for each of them {WHO}",
    "recurrence": 'a rule of RFC 5545, such as "FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU"',
    "reopen_within": "a whole number of working days, such as 10",
    "resolution": f"{LENGTH}, or leave it out to promise nothing",
    "roles": 'a name and what it is for, such as contact-heroy = "Hovedkontakt for Herøy"',
    "seasons": "tables [[targets.normal.seasons]], each with from, to and what is promised then",
    "seasons.to": 'a month and a day in quotes, such as "01-10" or "02-29", the end of February',
    "second_eyes": "true (a colleague approves each answer before it goes out) or false",
    "section": "the heading it stands under in the agreement",
    "sharing": "a table [sharing] with host, members and readers",
    "sharing.host": FIGURES,
    "members": FIGURES,
    "side": '"host", "partner", "unspecified", "external" or "none"',
    "meetings.starts": "the first day that the rule gives, without quotes, such as 2026-01-13",
    "starts": "a date without quotes, such as 2027-01-01, or leave it out",
    "targets": "tables [targets.normal] and [targets.urgent], and on a task the name of one",
    "tasks": 'one [[tasks]] table for each task, and in a contact rule their ids, such as ["vat"]',
    "third_party_pauses": "true (resolution stands still while a third party has to act) or false",
    "third_parties": "one [[third_parties]] table for each of them",
    "third_party": "the id of one of the [[third_parties]] on an external task, and on no other",
    "time_spent": "true (the team puts down minutes when it resolves a ticket) or false",
    "to": 'one or more of "contact", "deputies", "specialist", "lead" and "manager"',
    "video": 'a link such as "https://video.example/rom", or leave it out',
    "warn_at": "percentages from 1 to 100 that rise, such as [75, 100]",
    "what": "in words what they do",
    "who": WHO,
    "years": "the first and the last year to lay out, such as [2020, 2075]",
    "zone": 'a time zone, such as "Europe/Oslo"',
}


def advise(where: Where) -> str:
    """Return what to write at *where*, as the end of a sentence that begins with «Write»."""
    names = ["", *(str(part) for part in where if not isinstance(part, int))]
    for around, name in reversed(list(pairwise(names))):
        for key in (f"{around}.{name}", name):  # «to» means other things in other tables
            if key in ADVICE:
                return ADVICE[key]
    raise KeyError(where)


def advise_on_key(
    where: Where,
    top: type[BaseModel] = AgreementFile,
    tables: Mapping[str, type[BaseModel]] = TABLES,
) -> str:
    """Return what to write for an unknown key: what it may be meant to be, or all there are.

    *top* is the file, and *tables* are those in it, by the key that each stands under.
    """
    around = [part for part in where[:-1] if part in tables]
    table = tables[str(around[-1])] if around else top
    known = [field.alias or name for name, field in table.model_fields.items()]
    return advise_on_name(str(where[-1]), known)


def advise_on_name(written: str, known: list[str]) -> str:
    """Return the names that *written* was perhaps meant to be, or else all that are *known*."""
    meant = get_close_matches(written, known, n=3)
    return " or ".join(meant) if meant else f"one of {', '.join(known)}"
