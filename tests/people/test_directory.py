"""The directory remembers people, their accounts and their absences, on both databases."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError, NoResultFound

from bot.domain.people import Absence, Account, Language, Person, PersonId, Place, Platform, Role
from storage.database import Database

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
KARI = Person(
    id=PersonId("kari"),
    name="Kari Nordnes",
    email="kari.nordnes@alstahaug.example",
    municipality="alstahaug",
    roles=frozenset({Role.HOST_TEAM, "contact-heroy"}),
)
OLA = Person(
    id=PersonId("ola"),
    name="Ola Vik",
    email="ola.vik@heroy.example",
    municipality="heroy",
    language=Language.NN,
)
SLACK = Account(Platform.SLACK, "T1", "U1")
TEAMS = Account(Platform.TEAMS, "tenant", "object")


@pytest.fixture
def town(database: Database) -> Database:
    """A directory that knows Kari and Ola."""
    with database.transaction() as store:
        store.people.introduce(KARI)
        store.people.introduce(OLA)
    return database


def test_what_was_said_of_a_person_is_remembered(town: Database) -> None:
    with town.reading() as store:
        assert store.people.get(PersonId("kari")) == KARI
        assert store.people.directory() == {"kari": KARI, "ola": OLA}
        assert store.people.of("heroy") == [OLA]


def test_somebody_nobody_knows_is_not_found(town: Database) -> None:
    with town.reading() as store:
        assert store.people.by_email("nobody@heroy.example") is None
        assert store.people.by_account(SLACK) is None
        assert store.people.place_of(PersonId("ola")) is None
        with pytest.raises(NoResultFound):
            store.people.get(PersonId("nobody"))


def test_introducing_somebody_again_changes_what_we_know(town: Database) -> None:
    away = Absence(NOON, NOON + DAY, PersonId("kari"))
    newer = replace(OLA, name="Ola Vik Berg", roles=frozenset({"manager"}), absences=(away,))

    with town.transaction() as store:
        store.people.introduce(newer)
    with town.reading() as store:
        assert store.people.get(PersonId("ola")) == newer

    with town.transaction() as store:
        store.people.introduce(OLA)
    with town.reading() as store:
        assert store.people.get(PersonId("ola")) == OLA


def test_an_address_is_found_with_capitals_or_without(town: Database) -> None:
    with town.reading() as store:
        assert store.people.by_email("Ola.VIK@Heroy.Example ") == OLA
        assert store.people.by_email("") is None


def test_an_address_in_capitals_is_kept_in_small_letters(database: Database) -> None:
    with database.transaction() as store:
        store.people.introduce(replace(OLA, email="Ola.Vik@HEROY.example"))
    with database.reading() as store:
        assert store.people.get(PersonId("ola")).email == "ola.vik@heroy.example"


def test_two_people_cannot_have_one_address(town: Database) -> None:
    with pytest.raises(IntegrityError), town.transaction() as store:
        store.people.introduce(replace(KARI, id=PersonId("another"), email="OLA.vik@heroy.example"))


def test_many_may_have_no_address_at_all(database: Database) -> None:
    with database.transaction() as store:
        store.people.introduce(replace(OLA, email=""))
        store.people.introduce(replace(KARI, email=""))
    with database.reading() as store:
        assert [person.email for person in store.people.everybody()] == ["", ""]


def test_people_stand_in_the_order_of_the_norwegian_alphabet(database: Database) -> None:
    with database.transaction() as store:
        for name in ("Åse", "Zara", "Ørjan", "ærlend", "Anne"):
            store.people.introduce(Person(id=PersonId(name), name=name))
    with database.reading() as store:
        names = [person.name for person in store.people.everybody()]
    assert names == ["Anne", "Zara", "ærlend", "Ørjan", "Åse"]


def test_a_person_is_known_by_either_account_and_reached_where_they_prefer(town: Database) -> None:
    with town.transaction() as store:
        store.people.link(OLA.id, TEAMS, "conversation")
        store.people.link(OLA.id, SLACK, "D1")
    with town.reading() as store:
        assert store.people.by_account(SLACK) == store.people.by_account(TEAMS) == OLA
        assert store.people.accounts() == {"ola": [SLACK, TEAMS]}
        assert store.people.place_of(OLA.id) == Place(Platform.SLACK, "D1")
        teams = Place(Platform.TEAMS, "conversation")
        assert store.people.place_of(OLA.id, Platform.TEAMS) == teams
        assert store.people.place_of(OLA.id, Platform.WEB) == Place(Platform.SLACK, "D1")


def test_the_same_user_id_in_another_workspace_is_another_account(town: Database) -> None:
    with town.transaction() as store:
        store.people.link(OLA.id, SLACK, "D1")
    with town.reading() as store:
        assert store.people.by_account(replace(SLACK, tenant="T2")) is None


def test_linking_an_account_again_moves_it(town: Database) -> None:
    for person, channel in ((OLA, "D1"), (KARI, "D2")):
        with town.transaction() as store:
            store.people.link(person.id, SLACK, channel)
    with town.reading() as store:
        assert store.people.by_account(SLACK) == KARI
        assert store.people.accounts() == {"kari": [SLACK]}
        assert store.people.place_of(KARI.id) == Place(Platform.SLACK, "D2")


def test_absences_are_added_and_stand_in_order(town: Database) -> None:
    later = Absence(NOON + 9 * DAY, NOON + 10 * DAY)
    sooner = Absence(NOON, NOON + DAY, OLA.id)
    with town.transaction() as store:
        store.people.add_absence(KARI.id, later)
        store.people.add_absence(KARI.id, sooner)
        assert store.people.get(KARI.id).absences == (sooner, later)
    with town.reading() as store:
        assert store.people.get(KARI.id).absences == (sooner, later)


def test_a_newcomer_who_writes_twice_at_once_is_one_person(database: Database) -> None:
    def arrive(number: int) -> PersonId:
        with database.transaction() as store:
            return store.people.welcome(replace(OLA, id=PersonId(f"ola-{number}"))).id

    with ThreadPoolExecutor(4) as threads:
        ids = set(threads.map(arrive, range(8)))

    with database.reading() as store:
        everybody: Mapping[PersonId, Person] = store.people.directory()
    assert ids == set(everybody)
    assert len(ids) == 1
