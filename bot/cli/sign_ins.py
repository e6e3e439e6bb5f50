"""`vertsdesk sign-ins`: who is signed in on the pages; sign somebody out, or link them anew."""

import sys
from argparse import ArgumentParser, Namespace
from argparse import _SubParsersAction as Commands
from collections.abc import Callable
from functools import partial

from bot.agreements import AgreementError
from bot.agreements.book import AgreementBook
from bot.cli.recount import CannotAnswer, opened
from bot.clock import wall_clock
from bot.domain.absences import WhoIsThat, named
from storage.database import Database
from storage.engines import BadDatabaseUrl

Work = Callable[[Database, AgreementBook, Namespace], str]


def add(commands: "Commands[ArgumentParser]") -> None:
    parser = commands.add_parser("sign-ins", help="who is signed in; sign somebody out")
    parts = parser.add_subparsers(required=True, metavar="PART")
    parts.add_parser("list", help="who is signed in, and until when").set_defaults(
        run=partial(_run, listed)
    )
    ending = parts.add_parser("end", help="sign somebody out everywhere")
    ending.add_argument("who", metavar="WHO", help="an e-mail address, or a name only one has")
    ending.set_defaults(run=partial(_run, end))
    forgetting = parts.add_parser(
        "forget", help="sign somebody out, and link them by e-mail when they sign in next"
    )
    forgetting.add_argument("who", metavar="WHO", help="an e-mail address, or a name only one has")
    forgetting.set_defaults(run=partial(_run, forget))


def listed(database: Database, book: AgreementBook, words: Namespace) -> str:
    """Return everybody who is signed in, in the cooperation's local time."""
    zone = book.newest.calendar.zone
    with database.reading() as store:
        people = store.people.directory()
        return "".join(
            f"{people[visit.person].name:<30} since {visit.began_at.astimezone(zone):%H:%M},"
            f" last seen {visit.seen_at.astimezone(zone):%H:%M},"
            f" until {visit.ends_at.astimezone(zone):%Y-%m-%d %H:%M} at the latest\n"
            for visit in store.visits.now(wall_clock())
        )


def end(database: Database, book: AgreementBook, words: Namespace) -> str:
    with database.transaction() as store:
        person = named(words.who, store.people.everybody())
        store.visits.end_all(person.id)
    return f"{person.name} is signed out everywhere.\n"


def forget(database: Database, book: AgreementBook, words: Namespace) -> str:
    with database.transaction() as store:
        person = named(words.who, store.people.everybody())
        store.visits.end_all(person.id)
        store.subjects.forget(person.id)
    return f"{person.name} is signed out, and is linked by e-mail when they sign in next.\n"


def _run(work: Work, words: Namespace) -> int:
    try:
        with opened() as (database, book):
            sys.stdout.write(work(database, book, words))
    except (AgreementError, BadDatabaseUrl, CannotAnswer, WhoIsThat) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0
