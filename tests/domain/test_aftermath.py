"""Time spent and satisfaction add up, per municipality and per side, and never per person."""

from dataclasses import fields
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.aftermath import Aftermath
from bot.domain.events import Reopened
from bot.domain.moves import NotResolved, after
from bot.domain.satisfaction import SMALLEST_SHOWN, Verdicts, all_of
from bot.domain.time_spent import Spent, TimeSpent, is_put_down, spent_on, summed
from tests.stories import MONDAY_NINE, Story, answered, resolved


def took(minutes: int):
    def happens(at: datetime) -> TimeSpent:
        return TimeSpent(at=at, received_at=at, minutes=minutes)

    return happens


def reopened(at: datetime) -> Reopened:
    return Reopened(at=at, received_at=at)


ANSWERED = ((1, answered), (2, resolved))


@pytest.mark.parametrize(
    ("then", "minutes", "put_down"),
    [
        (ANSWERED, 0, False),
        ((*ANSWERED, (3, took(15))), 15, True),
        ((*ANSWERED, (3, took(15)), (4, reopened)), 15, True),
        ((*ANSWERED, (3, took(15)), (4, reopened), (5, resolved)), 15, False),
        ((*ANSWERED, (3, took(15)), (4, reopened), (5, resolved), (6, took(60))), 75, True),
    ],
)
def test_each_time_it_is_resolved_time_is_put_down_once(then, minutes: int, put_down: bool) -> None:  # noqa: FBT001
    log = Story(then=then).log()
    assert spent_on(log) == timedelta(minutes=minutes)
    assert is_put_down(log) is put_down


def test_time_is_put_down_on_what_is_resolved_and_on_nothing_else() -> None:
    with pytest.raises(NotResolved):
        after(Story(then=((1, answered),)).ticket(), took(5)(MONDAY_NINE))


def test_no_event_says_whose_time_it_was() -> None:
    assert took(5)(MONDAY_NINE).by is None
    names = {field.name for kind in (Spent, Verdicts, Aftermath) for field in fields(kind)}
    assert names.isdisjoint({"by", "person", "who", "contact", "asker"})


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 60).map(timedelta))))
def test_only_what_took_time_is_counted(times: list[tuple[str, timedelta]]) -> None:
    for key, spent in summed(times).items():
        mine = [time for name, time in times if name == key and time]
        assert spent == Spent(len(mine), sum(mine, timedelta()))


@pytest.mark.parametrize(
    ("good", "bad", "percent"), [(0, 0, None), (4, 0, None), (5, 0, 100), (4, 1, 80), (2, 4, 33)]
)
def test_a_few_verdicts_are_shown_to_nobody(good: int, bad: int, percent: int | None) -> None:
    assert Verdicts(good, bad).percent_good == percent


@given(st.lists(st.builds(Verdicts, st.integers(0, 9), st.integers(0, 9))))
def test_verdicts_add_up(verdicts: list[Verdicts]) -> None:
    every = all_of(verdicts)
    assert every.number == sum(each.number for each in verdicts)
    assert (every.percent_good is None) == (every.number < SMALLEST_SHOWN)
