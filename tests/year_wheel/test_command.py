"""`vertsdesk year list`: what is due, by whom, and who has met it."""

import json
from argparse import Namespace
from datetime import date

import pytest

from bot.agreements.book import AgreementBook
from bot.cli.answers import CannotAnswer
from bot.cli.year import entries
from bot.domain.people import Person, PersonId
from bot.domain.year_wheel import occurrences
from storage.database import Database
from tests.helpdesk import MONDAY_NINE
from tests.office import AGREEMENT, YEAR

HALD = AgreementBook([AGREEMENT], year=YEAR).newest
TODAY = date(2026, 3, 2)


def words(**more: object) -> Namespace:
    return Namespace(**{"municipality": None, "from": None, "to": None, **more})


def test_it_shows_what_is_late_open_and_met(database: Database) -> None:
    first = date(2026, 2, 20)
    vat = occurrences(HALD, date(2026, 4, 10), date(2026, 4, 10), "donna")[0]
    with database.transaction() as store:
        store.people.introduce(Person(id=PersonId("per"), name="Per"))
        store.year.meet("hald", vat, PersonId("per"), MONDAY_NINE)

    found = entries(
        database, HALD, words(municipality="Dønna", to=date(2026, 4, 30), **{"from": first}), TODAY
    )

    assert json.loads(json.dumps(found)) == list(found)
    told = [(entry["due"], entry["id"], entry["status"]) for entry in found]
    assert told == [
        ("2026-02-20", "annual-accounts", "late"),
        ("2026-02-20", "kostra-accounts", "late"),
        ("2026-03-31", "annual-report", "open"),
        ("2026-04-10", "vat-compensation", "met"),
    ]
    assert {entry["municipality"] for entry in found} == {"Dønna"}
    assert (found[-1]["met_by"], found[-1]["met_at"]) == ("Per", "2026-03-02T09:00:00+01:00")
    assert found[-1]["reminders"] == ["2026-03-24", "2026-04-07", "2026-04-09"]
    assert (found[0]["side"], found[0]["source"]) == ("host", "kommuneloven § 14-6")


def test_without_a_period_it_is_the_year_to_come_for_every_member(database: Database) -> None:
    found = entries(database, HALD, words(), TODAY)
    dues = [str(entry["due"]) for entry in found]
    assert dues == sorted(dues)
    assert (dues[0] >= "2026-03-02", dues[-1] <= "2027-03-02") == (True, True)
    assert len({entry["municipality"] for entry in found}) == 4


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"municipality": "oslo"}, '"oslo" is no member of HALD'),
        ({"to": date(2026, 1, 1)}, "before it begins"),
        ({"from": date(2150, 1, 1)}, "the calendar does not reach so far"),
    ],
)
def test_what_cannot_be_listed_is_said(
    database: Database, more: dict[str, object], why: str
) -> None:
    with pytest.raises(CannotAnswer, match=why):
        entries(database, HALD, words(**more), TODAY)
