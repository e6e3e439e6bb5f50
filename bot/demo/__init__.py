"""The demo's people move in: fictional staff of the four municipalities."""

from pathlib import Path

from bot.directory import Entry, read_people
from bot.domain.agreement import Agreement
from bot.domain.people import Language, Person, PersonId, Role
from bot.platforms.web_chat import account
from storage.database import Database

PEOPLE = Path(__file__).with_name("people.csv")


class SomebodyLivesHere(Exception):
    """The database has other people than the demo's: it is no place to play in."""


def demo_people(agreement: Agreement) -> tuple[Person, ...]:
    """Return the demo's people, in the file's order.

    :raises ValueError: the file does not fit *agreement*
    """
    entries, faults = read_people(PEOPLE, agreement)
    if faults:
        raise ValueError(f"{PEOPLE.name} does not fit {agreement.name}: {faults[0]}")
    return tuple(_person(entry) for entry in entries)


def move_in(database: Database, agreement: Agreement) -> None:
    """Put the demo's people into *database*, whose tables are there. Harmless to repeat.

    :raises SomebodyLivesHere: there are other people in it
    """
    people = demo_people(agreement)
    with database.transaction() as store:
        if {person.id for person in store.people.everybody()} - {person.id for person in people}:
            raise SomebodyLivesHere
        for person in people:
            store.people.introduce(person)
            store.people.link(person.id, account(person.id), channel=person.id)


def _person(entry: Entry) -> Person:
    return Person(
        id=PersonId(entry.email.partition("@")[0]),
        name=entry.name,
        email=entry.email,
        municipality=entry.municipality,
        roles=entry.roles or frozenset({Role.ASKER}),
        language=entry.language or Language.NB,
    )
