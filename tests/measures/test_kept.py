"""What tickets count for is kept with their logs: never behind, and mended when tampered with."""

from contextlib import closing
from datetime import date, timedelta

from sqlalchemy import text

from bot.agreements.book import AgreementBook
from bot.cli.recount import mend, recount
from bot.domain.measures import Measures, Scope
from bot.domain.periods import Period
from bot.measuring import measure
from storage import migrate
from storage.database import Database
from storage.engines import migration_engine
from tests.stories import AGREEMENT, MONDAY_NINE, Story, answered, resolved

BOOK = AgreementBook([AGREEMENT])
MARCH = Scope(cooperation=AGREEMENT.id, period=Period(date(2026, 3, 1), date(2026, 3, 31)))
APRIL = MONDAY_NINE + timedelta(days=35)
DONE = Story(then=((60, answered), (120, resolved)))
OPEN = Story(municipality="donna", asked_at=MONDAY_NINE + timedelta(hours=1))


def measured(database: Database) -> Measures:
    with database.reading() as store:
        return measure(store, BOOK, MARCH, APRIL)


def wrong(database: Database) -> list[tuple[str, str]]:
    again = [each for one in recount(database, BOOK) for each in one.differences]
    return [(each.ticket, each.field) for each in again]


def run(url: str, sql: str) -> None:
    engine = migration_engine(url)
    with engine.begin() as connection:
        connection.execute(text(sql))
    engine.dispose()


def filled(database: Database) -> Database:
    with database.transaction() as store:
        DONE.is_stored(store)
        OPEN.is_stored(store)
    return database


def test_a_column_that_somebody_tampered_with_is_found_and_mended(
    database: Database, database_url: str
) -> None:
    right = measured(filled(database))
    run(database_url, "UPDATE counted SET state = 'w' || substr(state, 2) WHERE final_at > 0")
    assert measured(database).total.withdrawn == 1
    assert wrong(database) == [("HALD-2026-0001", "counted.state")]
    mend(database, BOOK, DONE.ticket().id)
    assert wrong(database) == []
    assert measured(database) == right


def test_a_row_that_is_gone_is_found_and_mended(database: Database, database_url: str) -> None:
    right = measured(filled(database))
    run(database_url, "DELETE FROM counted")
    assert ("HALD-2026-0002", "counted.state") in wrong(database)
    for story in (DONE, OPEN):
        mend(database, BOOK, story.ticket().id)
    assert measured(database) == right


def test_tickets_from_before_there_were_columns_are_measured_right_from_the_start(
    database: Database, database_url: str
) -> None:
    right = measured(filled(database))
    database.close()
    migrate.downgrade(database_url, "0011")
    migrate.upgrade(database_url)
    with closing(Database(database_url)) as upgraded:
        assert measured(upgraded) == right
        for story in (DONE, OPEN):
            mend(upgraded, BOOK, story.ticket().id)
        assert wrong(upgraded) == []
        assert measured(upgraded) == right
