"""Who is signed in, until when, and whose account it is: on SQLite and on PostgreSQL."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.domain.people import Person, PersonId
from storage.api_clients import NameTaken
from storage.database import Database, Store
from tests.storage.town import KARI, OLA

AT_NINE = datetime(2026, 3, 2, 8, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ENTRA = "https://login.example/tenant/v2.0"


def signed_in(store: Store, person: PersonId, at: datetime = AT_NINE) -> str:
    return store.visits.begin(person, "proof", at)


def test_a_visit_lasts_while_somebody_is_there_and_at_most_twelve_hours(town: Database) -> None:
    with town.transaction() as store:
        key = signed_in(store, OLA)
        now = AT_NINE
        while now < AT_NINE + 12 * HOUR - 59 * MINUTE:
            now += 59 * MINUTE
            assert store.visits.of(key, now).person == OLA
            store.visits.note(key, now)

        assert store.visits.of(key, AT_NINE + 12 * HOUR - MINUTE)
        assert store.visits.of(key, AT_NINE + 12 * HOUR) is None


def test_whoever_does_nothing_for_an_hour_is_signed_out(town: Database) -> None:
    with town.transaction() as store:
        key = signed_in(store, OLA)
        assert store.visits.of(key, AT_NINE + HOUR - MINUTE)
        assert store.visits.of(key, AT_NINE + HOUR) is None


def test_the_database_holds_no_key_that_would_let_anybody_in(town: Database) -> None:
    with town.transaction() as store:
        key = signed_in(store, OLA)
        [kept] = store._session.scalars(text("SELECT token FROM visit"))
        assert kept != key
        assert store.visits.of(kept, AT_NINE) is None
        for wrong in ("", "å", key[:-1], f"{key}x", "\ud800"):
            assert store.visits.of(wrong, AT_NINE) is None


def test_a_visit_ends_in_one_browser_or_everywhere(town: Database) -> None:
    with town.transaction() as store:
        here, there, karis = (signed_in(store, who) for who in (OLA, OLA, KARI))
        store.visits.end(here)
        assert [visit.person for visit in store.visits.now(AT_NINE)].count(OLA) == 1

        store.visits.end_all(OLA)
        assert store.visits.of(there, AT_NINE) is None
        assert store.visits.of(karis, AT_NINE).person == KARI


def test_visits_that_are_over_are_not_kept(town: Database) -> None:
    with town.transaction() as store:
        signed_in(store, OLA)
        signed_in(store, KARI, AT_NINE + HOUR)
        assert list(store._session.scalars(text("SELECT person_id FROM visit"))) == [KARI]


def test_whoever_is_no_more_is_signed_out_and_their_account_is_nobodys(town: Database) -> None:
    gone = PersonId("gone")
    with town.transaction() as store:
        store.people.introduce(Person(id=gone, name="Gone"))
        key = signed_in(store, gone)
        store.subjects.link(ENTRA, "gone", gone, AT_NINE)
        store._session.execute(text("DELETE FROM person WHERE id = 'gone'"))

    with town.reading() as store:
        assert store.visits.of(key, AT_NINE) is None
        assert store.subjects.whose(ENTRA, "gone") is None


def test_two_who_become_one_keep_the_account_and_sign_in_again(town: Database) -> None:
    with town.transaction() as store:
        key = signed_in(store, KARI)
        store.subjects.link(ENTRA, "kari", KARI, AT_NINE)
        store.unite(gone=KARI, into=OLA)

    with town.reading() as store:
        assert store.visits.of(key, AT_NINE) is None
        assert store.subjects.whose(ENTRA, "kari") == OLA


def test_an_account_stays_whose_it_was_first(town: Database) -> None:
    with town.transaction() as store:
        store.subjects.link(ENTRA, "subject", OLA, AT_NINE)
        store.subjects.link(ENTRA, "subject", KARI, AT_NINE)
        assert store.subjects.whose(ENTRA, "subject") == OLA
        assert store.subjects.whose("https://other.example", "subject") is None
        assert store.subjects.has_one(OLA, ENTRA)
        assert not store.subjects.has_one(KARI, ENTRA)

        store.subjects.forget(OLA)
        assert store.subjects.whose(ENTRA, "subject") is None


def test_a_programs_token_is_known_until_it_is_revoked_and_never_kept(town: Database) -> None:
    with town.transaction() as store:
        token = store.api_clients.add("dashboard", {"figures"}, "donna", AT_NINE)
        client = store.api_clients.whose(token)
        assert (client.name, client.scopes, client.municipality) == (
            "dashboard",
            {"figures"},
            "donna",
        )
        id_, _, secret = token.partition(".")
        [kept] = store._session.scalars(text("SELECT token FROM api_client"))
        for wrong in ("", ".", id_, f"{id_}.", f".{secret}", f"{id_}.{kept}", f"{token}x", "å.ø"):
            assert store.api_clients.whose(wrong) is None

        assert store.api_clients.revoke("dashboard", AT_NINE)
        assert store.api_clients.whose(token) is None
        assert not store.api_clients.revoke("dashboard", AT_NINE)
        assert not store.api_clients.revoke("nobody", AT_NINE)


def test_a_programs_name_is_given_once(town: Database) -> None:
    with town.transaction() as store:
        store.api_clients.add("dashboard", {"figures"}, None, AT_NINE)
        store.api_clients.revoke("dashboard", AT_NINE)
        with pytest.raises(NameTaken):
            store.api_clients.add("dashboard", {"tickets"}, None, AT_NINE)
        assert [client.municipality for client in store.api_clients.all()] == [None]
