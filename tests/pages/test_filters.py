"""What an address asks for is read as it was written, and goes no further than its reader sees."""

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest

from bot.demo import demo_people
from bot.domain.agreement import Agreement, Priority, Side
from bot.domain.measures import NO_TASK, By
from bot.domain.people import PersonId
from bot.domain.periods import Period
from bot.domain.sharing import Sharing, SharingRule
from bot.domain.sight import Sight, sight_of
from bot.pages.filters import Filters, filters_in
from bot.pages.shell import NothingHere
from tests.pages.town import AGREEMENT, BOOK, TOWNS

PEOPLE = {person.id: person for person in demo_people(AGREEMENT)}
TODAY = date(2026, 3, 31)
QUARTER = Period(date(2026, 1, 1), TODAY)


def sight(who: str, members: Sharing = Sharing.OWN_AND_TOTALS) -> Sight:
    rule = SharingRule(members=members, readers=AGREEMENT.sharing.readers)
    agreement: Agreement = replace(AGREEMENT, sharing=rule)
    return sight_of(PEOPLE[PersonId(who)], agreement)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(period=QUARTER),
        Filters(period=QUARTER, municipality="donna", task=NO_TASK),
        Filters(period=Period(TODAY, TODAY), task="vat", side=Side.HOST, month="2026-03"),
        Filters(period=QUARTER, priority=Priority.URGENT, side=Side.UNSPECIFIED),
    ],
)
@pytest.mark.parametrize("who", ["randi.solvang", "bjorn.tenna"])
def test_an_address_means_the_same_to_whoever_it_is_sent_to(who: str, filters: Filters) -> None:
    asked = dict(parse_qsl(urlsplit(filters.address("/figures")).query))
    assert filters_in(asked, BOOK, TODAY, sight(who)) == filters


def test_each_row_of_a_cut_narrows_by_itself() -> None:
    filters = Filters(period=QUARTER)
    rows = {By.MUNICIPALITY: "heroy", By.TASK: "", By.SIDE: "host", By.PRIORITY: "urgent"}
    for by, row in {**rows, By.MONTH: "2026-02"}.items():
        assert getattr(filters.narrowed(by, row), by.value) == row


@pytest.mark.parametrize(
    ("members", "measured"),
    [
        (Sharing.OWN, frozenset({"heroy"})),
        (Sharing.OWN_AND_TOTALS, None),
        (Sharing.ALL, None),
    ],
)
def test_all_together_is_no_more_than_the_agreement_shares(
    members: Sharing, measured: frozenset[str] | None
) -> None:
    scope = Filters(period=QUARTER).scope(sight("bjorn.tenna", members), AGREEMENT)
    assert scope.municipalities == measured


@pytest.mark.parametrize("members", [Sharing.OWN, Sharing.OWN_AND_TOTALS])
def test_another_municipality_is_as_one_that_there_is_not(members: Sharing) -> None:
    for town in (*(set(TOWNS) - {"heroy"}), "ingensteds", ""):
        with pytest.raises(NothingHere):
            Filters(period=QUARTER, municipality=town).scope(
                sight("bjorn.tenna", members), AGREEMENT
            )


def test_where_all_is_shared_a_neighbours_figures_are_seen() -> None:
    scope = Filters(period=QUARTER, municipality="donna").scope(
        sight("bjorn.tenna", Sharing.ALL), AGREEMENT
    )
    assert scope.municipalities == {"donna"}


def test_who_asks_measures_nothing() -> None:
    for town in (None, "heroy", "donna"):
        with pytest.raises(NothingHere):
            Filters(period=QUARTER, municipality=town).scope(sight("ola.husver"), AGREEMENT)
