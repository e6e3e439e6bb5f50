"""One set of figures: the measures say what the statistics say, and every cut adds up again."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.agreements.book import AgreementBook
from bot.bulk.columns import Columns, Sheet
from bot.bulk.cuts import Cut, cuts_of
from bot.bulk.measures import FIGURES, places_of, rows_of
from bot.domain.counted import Counted, count
from bot.domain.flat import flat
from bot.domain.measures import By, Promise, Row, Scope, Spread
from bot.domain.periods import Period
from bot.domain.statistics import MEDIAN, SLOW, Group, Kept, percentile, statistics
from tests.domain.test_statistics import STORIES
from tests.measures import oracle
from tests.stories import AGREEMENT, MONDAY_NINE, Story

BOOK = AgreementBook([AGREEMENT])
LATER = st.integers(0, 3 * 24 * 60)
SCOPE = Scope(
    cooperation=AGREEMENT.id,
    period=Period(MONDAY_NINE.date(), MONDAY_NINE.date() + timedelta(days=9)),
)


@settings(max_examples=40)
@given(STORIES, LATER)
def test_the_measures_are_the_statistics_of_the_same_tickets(
    stories: list[Story], later: int
) -> None:
    now = MONDAY_NINE + timedelta(minutes=later, days=5)
    told = statistics(story.case(now) for story in stories)
    columns = columns_of(stories, now)
    rows = rows_of(columns, cuts_of(columns, SCOPE, AGREEMENT, now))
    assert_same(whole(columns), told.total)
    for town, group in told.municipalities.items():
        assert_same(rows[By.MUNICIPALITY][town], group)
    for side, group in told.sides.items():
        assert_same(rows[By.SIDE][side], group)


@settings(max_examples=40)
@given(STORIES, LATER)
def test_arrays_count_as_plain_loops_do(stories: list[Story], later: int) -> None:
    now = MONDAY_NINE + timedelta(minutes=later, days=5)
    tickets = counted(stories, now)
    columns = columns_of(stories, now)
    assert whole(columns) == oracle.row(tickets)
    for by, rows in rows_of(columns, cuts_of(columns, SCOPE, AGREEMENT, now)).items():
        groups = oracle.cut(tickets, by, BOOK)
        assert rows == {name: oracle.row(groups.get(name, [])) for name in rows}
        assert groups.keys() <= rows.keys()


@settings(max_examples=40)
@given(STORIES, LATER)
def test_every_figure_adds_up_again_in_every_cut(stories: list[Story], later: int) -> None:
    now = MONDAY_NINE + timedelta(minutes=later, days=5)
    columns = columns_of(stories, now)
    total = whole(columns)
    for rows in rows_of(columns, cuts_of(columns, SCOPE, AGREEMENT, now)).values():
        assert oracle.added(rows.values()) == oracle.added([total])
    assert total.asked == len(stories)


@settings(max_examples=40)
@given(STORIES, LATER)
def test_there_are_as_many_tickets_behind_a_figure_as_it_says(
    stories: list[Story], later: int
) -> None:
    columns = columns_of(stories, MONDAY_NINE + timedelta(minutes=later, days=5))
    total = whole(columns)
    for name in FIGURES:
        promise, _, part = name.partition(".")
        told = getattr(total, promise)
        if isinstance(told, Promise):
            told = told.spread if part == "timed" else getattr(told, part)
        number = getattr(told, "number", getattr(told, "tickets", told))
        assert len(places_of(columns, name)) == number, name


def columns_of(stories: Iterable[Story], now: datetime) -> Columns:
    return Columns.of([Sheet.of([flat(one) for one in counted(stories, now)])])


def counted(stories: Iterable[Story], now: datetime) -> list[Counted]:
    return [count(story.ticket(), story.log(), AGREEMENT, now) for story in stories]


def whole(columns: Columns) -> Row:
    return rows_of(columns, {"all": Cut.whole(len(columns))})["all"][""]


def assert_same(row: Row, group: Group) -> None:
    for name in ("asked", "withdrawn", "merged", "deflected", "own_task", "third_party"):
        assert getattr(row, name) == getattr(group, name)
    assert (row.out_of_scope, row.left_late) == (group.out_of_scope, group.left_late)
    assert row.apart == group.apart
    assert row.answered == group.first_response.reached
    assert_kept(row.first_response, group.first_response)
    assert_kept(row.resolution, group.resolution)
    for waited, times in (
        (row.waited_for_asker, group.waited_for_asker),
        (row.waited_for_third_party, group.waited_for_third_party),
    ):
        assert (waited.number, waited.total) == (len(times), sum(times, timedelta(0)))
        assert waited.median == percentile(times, MEDIAN)


def assert_kept(promise: Promise, kept: Kept) -> None:
    for name in ("in_time", "late", "unpromised", "overdue", "not_yet_due", "percent_in_time"):
        assert getattr(promise, name) == getattr(kept, name), name
    assert promise.spread == Spread.of(kept.times)
    assert promise.spread.p90 == kept.percentile(SLOW)
