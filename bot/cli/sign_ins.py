"""`vertsdesk sign-ins`: who is signed in on the pages; sign somebody out, or link them anew."""

from argparse import ArgumentParser, Namespace
from argparse import _SubParsersAction as Commands

from bot.agreements.book import AgreementBook
from bot.cli.asked import add_person
from bot.cli.installation import telling
from bot.clock import wall_clock
from bot.domain.absences import WhoIsThat, named
from storage.database import Database


def add(commands: "Commands[ArgumentParser]") -> None:
    parser = commands.add_parser("sign-ins", help="who is signed in; sign somebody out")
    parts = parser.add_subparsers(required=True, metavar="PART")
    parts.add_parser("list", help="who is signed in, and until when").set_defaults(
        run=telling(listed)
    )
    ending = parts.add_parser("end", help="sign somebody out everywhere")
    add_person(ending)
    ending.set_defaults(run=telling(end, WhoIsThat))
    forgetting = parts.add_parser(
        "forget", help="sign somebody out, and link them by e-mail when they sign in next"
    )
    add_person(forgetting)
    forgetting.set_defaults(run=telling(forget, WhoIsThat))


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
