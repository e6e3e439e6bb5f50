"""`vertsdesk people …`: bring people in from a file, list them, and say when they are away."""

import json
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter, _SubParsersAction
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

from rich.console import Console

from bot import standing_in
from bot.agreements import AgreementBook
from bot.cards import absence as cards
from bot.cards.blocks import Card
from bot.cli.answers import CannotAnswer, refusing
from bot.cli.asked import add_person, municipality_asked
from bot.cli.installation import opened
from bot.cli.people_tables import as_json, draw_changes, draw_faults, draw_people
from bot.cli.terminal import terminal
from bot.clock import wall_clock
from bot.cover import Hole
from bot.directory import read_people
from bot.directory.changes import changes
from bot.domain.absences import CannotBeAway, WhoIsThat, away, back, named, span, written
from bot.domain.agreement import Agreement
from bot.domain.people import Absence, Person, PersonId
from bot.outside import CalendarUnread
from bot.own_calendar import stop_reading
from bot.platforms.calendar_reader import CalendarReader
from bot.post import post
from bot.standing_in import Leaving
from bot.texts import Texts
from storage.database import Database, Store

IMPORT = """Compare a file of people with the directory, and show what would change. Nothing is
changed without --apply, and nothing at all while there is one bad row. People are matched by
e-mail address; those who are not in the file stay as they are."""
COLUMNS = """
columns, in any order (in brackets: may be left out; the Norwegian headings work as well):
  name          navn          the full name
  email         e-post        the address; it also links a Slack or Teams account at first sight
  municipality  kommune       a member of the agreement, by name or id
  [roles]       roller        asker, host-team, lead, manager, admin and the agreement's own roles,
                              with ; or , between; nothing is asker
  [language]    språk         nb, nn or en; nothing is nb
  [slack]                     T…/U…: the workspace's id, a slash, the user's id (in Slack: the
                              profile's menu, Copy member ID). Only where the addresses differ
  [teams]                     the tenant's id, a slash, the user's object id, both from Entra

A CSV may be UTF-8 or as Excel saves it, with ; or , or tabs. Lines that begin with # are remarks.
"""


@dataclass(frozen=True, slots=True)
class Office:
    """What every command here works with. *console* is where it answers."""

    agreement: Agreement
    database: Database
    console: Console
    now: datetime


def add(commands: "_SubParsersAction[ArgumentParser]") -> None:
    people = commands.add_parser("people", help="bring people in, list them, say who is away")
    parts = people.add_subparsers(required=True, metavar="PART")
    _add_import(parts)
    listing = parts.add_parser("list", help="show who is in the directory")
    listing.add_argument("--municipality", metavar="M", help="one alone, by name or id")
    listing.add_argument("--json", action="store_true", help="answer in JSON, times in UTC")
    listing.set_defaults(run=partial(_run, show))
    _add_absences(parts)
    _add_calendar(parts)


def _add_import(parts: "_SubParsersAction[ArgumentParser]") -> None:
    importing = parts.add_parser(
        "import",
        help="bring people in from CSV or Excel; a dry run without --apply",
        description=IMPORT,
        epilog=COLUMNS,
        formatter_class=RawDescriptionHelpFormatter,
    )
    importing.add_argument("file", metavar="FILE", type=Path, help="a .csv or an .xlsx")
    importing.add_argument("--apply", action="store_true", help="make the changes")
    importing.set_defaults(run=partial(_run, bring_in))


def _add_absences(parts: "_SubParsersAction[ArgumentParser]") -> None:
    absent = parts.add_parser("absent", help="say that somebody will be away")
    add_person(absent)
    absent.add_argument("start", metavar="FROM", help="the first day, or a local time in ISO 8601")
    absent.add_argument("end", metavar="TO", help="the last day, included, or a local time")
    absent.add_argument("--deputy", metavar="WHO", help="who steps in; one of the same unit")
    absent.set_defaults(run=partial(_run, mark_absent))
    returned = parts.add_parser("back", help="take away the absence that is now, or the next one")
    add_person(returned)
    returned.set_defaults(run=partial(_run, mark_back))


def _add_calendar(parts: "_SubParsersAction[ArgumentParser]") -> None:
    calendar = parts.add_parser(
        "calendar",
        help="read out of office in somebody's own calendar, every quarter of an hour",
        description="Only the times at which the person is marked as away are kept.",
    )
    add_person(calendar)
    which = calendar.add_mutually_exclusive_group(required=True)
    which.add_argument("address", metavar="URL", nargs="?", help="of an .ics file, by https")
    which.add_argument("--off", action="store_true", help="read it no more")
    calendar.set_defaults(run=partial(_run, read_calendar))


def bring_in(words: Namespace, office: Office) -> int:
    """Import *words.file*: all of it, or with one fault nothing."""
    found, faults = read_people(words.file, office.agreement)
    begun = office.database.transaction() if words.apply else office.database.reading()
    with begun as store:
        people, accounts = store.people.everybody(), store.people.accounts()
        planned, taken = changes(found, people, accounts, lambda: PersonId(str(uuid4())))
        wrong = (*faults, *taken)
        if words.apply and not wrong:
            for change in planned:
                store.people.introduce(change.after)
                for account in change.links:  # a user's id will do until they have written to us
                    store.people.link(change.after.id, account, account.user)
    if wrong:
        draw_faults(words.file, wrong, office.console)
        return 1
    draw_changes(planned, office.console, applied=words.apply)
    return 0


def show(words: Namespace, office: Office) -> int:
    """List everybody, or those whom one municipality employs."""
    with office.database.reading() as store:
        accounts = store.people.accounts()
        only = municipality_asked(words.municipality, office.agreement)
        people = store.people.of(only) if only else store.people.everybody()
    if words.json:
        told = [as_json(person, accounts.get(person.id, ()), office.now) for person in people]
        office.console.file.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    else:
        zone = office.agreement.calendar.zone
        draw_people(people, accounts, office.console, now=office.now, zone=zone)
    return 0


def mark_absent(words: Namespace, office: Office) -> int:
    """Put it down; the lead, deputies and askers are told as if the person had said so."""
    zone = office.agreement.calendar.zone
    with office.database.transaction() as store:
        everybody = store.people.everybody()
        person = named(words.who, everybody)
        deputy = named(words.deputy, everybody) if words.deputy else None
        absence = away(person, span(words.start, words.end, zone), deputy, zone)
        gaps = _put_down(person, absence, office, store)
    stand_in = f"; {deputy.name} steps in" if deputy else "; nobody in particular steps in"
    told = f"{person.name} is away {written(absence, zone)} ({zone}){stand_in}."
    office.console.print(told, markup=False, soft_wrap=True)
    if gaps:
        first = min(gap.first for gap in gaps)
        office.console.print(f"It leaves something with nobody: vertsdesk cover --from {first}")
    return 0


def _put_down(person: Person, absence: Absence, office: Office, store: Store) -> Sequence[Hole]:
    agreement = office.agreement
    leaving = Leaving(
        who=person,
        absences=(absence,),
        store=store,
        book=AgreementBook([agreement]),
        now=office.now,
        team=None,
    )
    gaps = standing_in.gaps(leaving)

    def warning(say: Texts) -> Card:
        return cards.warning(person, absence, gaps, agreement, say, is_put_down=True)

    warned = standing_in.warnings(leaving, gaps, warning)
    store.people.add_absence(person.id, absence)
    post([*warned, *standing_in.offers(leaving)], store, office.now)
    return gaps


def mark_back(words: Namespace, office: Office) -> int:
    zone = office.agreement.calendar.zone
    with office.database.transaction() as store:
        before = named(words.who, store.people.everybody())
        after = back(before, office.now)
        store.people.introduce(after)
    [gone] = set(before.absences) - set(after.absences)
    told = f"{after.name} is not away {written(gone, zone)} any more."
    office.console.print(told, markup=False, soft_wrap=True)
    return 0


def read_calendar(words: Namespace, office: Office) -> int:
    """Let *words.who*'s calendar be read at *words.address*, or no more."""
    try:
        if words.address:
            CalendarReader().check(words.address)
    except CalendarUnread:
        raise CannotAnswer(f'"{words.address}" is no address by https') from None
    with office.database.transaction() as store:
        person = named(words.who, store.people.everybody())
        if words.address:
            store.away_calendars.keep(person.id, words.address, office.now)
            told = f"{person.name}'s calendar is read every quarter of an hour from now on."
        elif stop_reading(person, store, office.now):
            told = f"{person.name}'s calendar is read no more."
        else:
            raise CannotAnswer(f"no calendar of {person.name} is read")
    office.console.print(told, markup=False, soft_wrap=True)
    return 0


@refusing(CannotBeAway, WhoIsThat)
def _run(work: Callable[[Namespace, Office], int], words: Namespace) -> int:
    with opened() as (database, book):
        return work(words, Office(book.newest, database, terminal(), wall_clock()))
