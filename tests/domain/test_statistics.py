"""The figures that municipalities trust each other by: what is counted, where, and never whom."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.agreement import Side
from bot.domain.statistics import MEDIAN, SLOW, Group, Kept, Statistics, only, statistics
from tests.stories import (
    ASKER,
    CONTACT,
    MONDAY_NINE,
    Happening,
    Story,
    answered,
    asked_back,
    needs_help,
    proved_to_be_own,
    replied,
    resolved,
    withdrawn,
)

EVENING = MONDAY_NINE + timedelta(hours=12)
MONTHS_LATER = MONDAY_NINE + timedelta(days=60)
HOUR = 60


def counted(*stories: Story, now: datetime = EVENING) -> Statistics:
    return statistics(story.case(now) for story in stories)


def story_with(*then: tuple[float, Happening], side: Side = Side.HOST) -> Story:
    return Story(then=then, side=side)


def test_an_answer_is_in_time_or_late_and_none_is_overdue_or_not_yet_due() -> None:
    first = counted(
        story_with((HOUR, answered)),
        story_with((4 * HOUR, answered)),  # to the second
        story_with((4 * HOUR + 1, answered)),
        Story(),
        Story(asked_at=MONDAY_NINE + timedelta(hours=5)),
    ).total.first_response
    assert (first.in_time, first.late, first.overdue, first.not_yet_due) == (2, 1, 1, 1)
    assert first.reached == 3
    assert first.percent_in_time == 50  # of four: the fifth is not decided


def test_a_hundred_per_cent_is_every_one() -> None:
    in_time = [story_with((HOUR, answered))] * 399
    late = story_with((5 * HOUR, answered))
    assert counted(*in_time, late).total.first_response.percent_in_time == 99
    assert counted(*in_time).total.first_response.percent_in_time == 100


def test_nobody_asked_and_there_is_no_percentage() -> None:
    assert counted().total.first_response.percent_in_time is None


def test_resolving_without_a_word_leaves_the_answer_owed() -> None:
    total = counted(story_with((HOUR, resolved))).total
    assert total.first_response.overdue == 1
    assert total.resolution.in_time == 1


def test_waiting_for_the_asker_is_neither_overdue_nor_counted() -> None:
    waiting = counted(story_with((HOUR, asked_back)), now=MONTHS_LATER).total.resolution
    assert (waiting.overdue, waiting.not_yet_due) == (0, 1)

    done = story_with((HOUR, asked_back), (3 * HOUR, replied), (4 * HOUR, resolved))
    assert counted(done).total.resolution.times == (timedelta(hours=2),)


def test_help_with_a_partner_s_own_task_is_counted_as_unspecified() -> None:
    helped = counted(story_with((1, needs_help), (HOUR, answered), side=Side.PARTNER))
    assert helped.sides[Side.UNSPECIFIED].first_response.in_time == 1
    assert helped.sides[Side.PARTNER].asked == 0
    assert helped.total.apart == 0


def test_what_was_referred_or_withdrawn_is_set_apart_by_kind() -> None:
    total = counted(
        story_with(side=Side.PARTNER),
        story_with(side=Side.EXTERNAL),
        story_with(side=Side.EXTERNAL),
        story_with(side=Side.NONE),
        story_with((HOUR, withdrawn)),
        story_with((HOUR, answered), (2 * HOUR, withdrawn)),
        now=MONTHS_LATER,
    ).total
    assert (total.own_task, total.third_party, total.out_of_scope) == (1, 2, 1)
    assert total.withdrawn == 2
    assert total.left_late == 0
    assert total.first_response.decided == total.resolution.decided == 0


def test_a_broken_deadline_does_not_vanish_with_the_ticket() -> None:
    total = counted(
        story_with((5 * HOUR, withdrawn)),
        story_with((5 * HOUR, answered), (6 * HOUR, proved_to_be_own)),
        story_with((HOUR, answered), (6 * HOUR, proved_to_be_own)),
    ).total
    assert (total.withdrawn, total.own_task) == (1, 2)
    assert total.left_late == 2


def test_leaving_somebody_without_an_answer_does_not_make_us_faster() -> None:
    quick = [story_with((minutes, answered)) for minutes in (10, 20, 30, 40)]
    slow = counted(*quick, Story()).total.first_response
    assert slow.percentile(SLOW) == timedelta(hours=6, minutes=45)  # the whole day, so far
    assert slow.percentile(MEDIAN) == timedelta(minutes=30)


def test_fewer_than_five_show_no_percentile() -> None:
    four = [story_with((minutes, answered)) for minutes in (10, 20, 30, 40)]
    assert counted(*four).total.first_response.percentile(MEDIAN) is None
    five = counted(*four, story_with((50, answered))).total.first_response
    assert five.percentile(MEDIAN) == timedelta(minutes=30)


def test_a_municipality_where_nobody_asked_has_a_row_and_one_that_left_keeps_its_own() -> None:
    asked = [Story(municipality="heroy"), Story(municipality="vega")]
    rows = statistics((story.case(EVENING) for story in asked), ["heroy", "donna"]).municipalities
    assert {name: group.asked for name, group in rows.items()} == {
        "heroy": 1,
        "donna": 0,
        "vega": 1,
    }


def test_other_cooperations_and_other_municipalities_are_left_out() -> None:
    stories = [
        Story(municipality="heroy"),
        Story(municipality="donna"),
        Story(municipality="heroy", cooperation="helgeland"),
    ]
    asked = [(story.ticket(), story.log()) for story in stories]
    everybody = [ticket.id for ticket, _ in only(asked, cooperation="hald")]
    assert everybody == [stories[0].id, stories[1].id]
    one = [ticket.id for ticket, _ in only(asked, cooperation="hald", municipality="donna")]
    assert one == [stories[1].id]


def test_nobody_is_named_in_the_figures() -> None:
    told = repr(counted(story_with((HOUR, answered), (2 * HOUR, resolved))))
    assert ASKER not in told
    assert CONTACT not in told


MINUTES = st.integers(0, 5 * 24 * HOUR).map(float)
THEN = st.sampled_from(
    [
        (),
        (answered,),
        (answered, resolved),
        (resolved,),
        (asked_back,),
        (asked_back, replied, resolved),
        (withdrawn,),
        (answered, withdrawn),
        (answered, proved_to_be_own),
    ]
)
STORIES = st.lists(
    st.builds(
        lambda municipality, side, asked, waits, then: Story(
            municipality=municipality,
            side=side,
            asked_at=MONDAY_NINE + timedelta(minutes=asked),
            then=_told(side, waits, then),
        ),
        st.sampled_from(["heroy", "donna", "leirfjord", "alstahaug"]),
        st.sampled_from(Side),
        MINUTES,
        st.lists(MINUTES, min_size=4, max_size=4).map(sorted),
        THEN,
    ),
    max_size=25,
)


def _told(
    side: Side, waits: list[float], then: tuple[Happening, ...]
) -> tuple[tuple[float, Happening], ...]:
    """Return what happens when; what is not the host's is left as it is, or first asked for."""
    if side in {Side.HOST, Side.UNSPECIFIED}:
        return tuple(zip(waits, then, strict=False))
    return tuple(zip(waits, (needs_help, *then), strict=False)) if then else ()


@given(STORIES, MINUTES)
def test_the_rows_of_every_cut_add_up_to_the_total(stories: list[Story], later: float) -> None:
    told = counted(*stories, now=MONDAY_NINE + timedelta(minutes=later, days=5))
    assert told.total.asked == len(stories)
    for cut in (told.municipalities, told.sides):
        assert _added(cut) == _added({"all": told.total})


@given(STORIES, MINUTES)
def test_every_ticket_has_one_outcome_or_is_apart(stories: list[Story], later: float) -> None:
    told = counted(*stories, now=MONDAY_NINE + timedelta(minutes=later, days=5))
    for group in [told.total, *told.municipalities.values(), *told.sides.values()]:
        for kept in (group.first_response, group.resolution):
            assert group.asked == group.apart + kept.reached + kept.overdue + kept.not_yet_due
            assert len(kept.times) == kept.reached + kept.overdue
            assert kept.times == tuple(sorted(kept.times))


def _added(cut: Mapping[str, Group] | Mapping[Side, Group]) -> dict[str, object]:
    """Return the sum of every number in the rows of *cut*, and every time in them."""
    groups = list(cut.values())
    parts = ("asked", "withdrawn", "own_task", "third_party", "out_of_scope", "left_late")
    return {
        **{part: sum(getattr(group, part) for group in groups) for part in parts},
        "first_response": _together(group.first_response for group in groups),
        "resolution": _together(group.resolution for group in groups),
    }


def _together(rows: Iterable[Kept]) -> tuple[list[int], list[timedelta]]:
    every = list(rows)
    parts = ("in_time", "late", "unpromised", "overdue", "not_yet_due")
    numbers = [sum(getattr(kept, part) for kept in every) for part in parts]
    return numbers, sorted(time for kept in every for time in kept.times)


@given(st.lists(st.timedeltas(timedelta(0), timedelta(days=9)), min_size=5), st.integers(1, 100))
def test_a_percentile_is_the_least_time_that_so_many_did_not_exceed(
    times: list[timedelta], percent: int
) -> None:
    kept = Kept(
        in_time=len(times),
        late=0,
        unpromised=0,
        overdue=0,
        not_yet_due=0,
        times=tuple(sorted(times)),
    )
    enough = [t for t in times if sum(other <= t for other in times) * 100 >= percent * len(times)]
    assert kept.percentile(percent) == min(enough)


@pytest.mark.parametrize(
    ("percent", "hours"), [(50, 3), (90, 5), (1, 1), (20, 1), (21, 2), (80, 4), (100, 5)]
)
def test_nearest_rank_is_as_the_book_has_it(percent: int, hours: int) -> None:
    five = tuple(timedelta(hours=n) for n in (1, 2, 3, 4, 5))
    kept = Kept(in_time=5, late=0, unpromised=0, overdue=0, not_yet_due=0, times=five)
    assert kept.percentile(percent) == timedelta(hours=hours)
