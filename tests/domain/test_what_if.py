"""What would have been: past logs under another agreement, and what nobody knows."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.agreements import HALD, parse_agreement, read_source
from bot.domain.agreement import Agreement, ContactRule, Side, WorkingTime
from bot.domain.events import Figure, TargetSet
from bot.domain.statistics import statistics
from bot.domain.what_if import Chair, Replay, WhatIf
from tests.stories import (
    AGREEMENT,
    CONTACT,
    MONDAY_NINE,
    Story,
    answered,
    asked_back,
    needs_help,
    proved_to_be_own,
    replied,
    resolved,
    withdrawn,
)

WEEK_LATER = MONDAY_NINE + timedelta(days=7)
HOUR = 60
FIVE = [
    Story(then=((HOUR * hours, answered), (HOUR * (hours + 1), resolved))) for hours in range(1, 6)
]


def replayed(proposed: Agreement, *stories: Story) -> WhatIf:
    replay = Replay(proposed, WEEK_LATER)
    for story in stories:  # one by one: parts add up
        replay.add([(story.ticket(), story.log(), AGREEMENT)])
    return replay.result()


def changed(**tasks: Side) -> Agreement:
    """Return HALD's agreement with some tasks on another side."""
    moved = {name: replace(AGREEMENT.tasks[name], side=side) for name, side in tasks.items()}
    return replace(AGREEMENT, tasks={**AGREEMENT.tasks, **moved})


def with_first_answer(hours: int) -> Agreement:
    normal = replace(
        AGREEMENT.targets["normal"], first_response=WorkingTime(timedelta(hours=hours))
    )
    return replace(AGREEMENT, targets={**AGREEMENT.targets, "normal": normal})


def test_under_the_same_agreement_nothing_differs_and_all_is_as_in_the_statistics() -> None:
    stories = [
        *FIVE,
        Story(municipality="donna", then=((1, asked_back), (90, replied))),
        Story(task="invoicing", side=Side.PARTNER),
        Story(task="invoicing", side=Side.PARTNER, then=((5, needs_help), (9, answered))),
        Story(then=((5, answered), (9, proved_to_be_own))),
        Story(then=((5, withdrawn),)),
        Story(task=None, side=Side.UNSPECIFIED),
    ]
    found = replayed(AGREEMENT, *stories)

    assert found.before == found.after
    assert (found.tickets, found.unknown, found.left, found.sides) == (len(stories), 0, 0, {})
    counted = statistics(story.case(WEEK_LATER) for story in stories)
    assert found.before.total == counted.total
    assert found.before.municipalities == counted.municipalities


def test_a_shorter_target_is_kept_less_often_by_the_same_answers() -> None:
    found = replayed(with_first_answer(2), *FIVE)

    before, after = found.before.total.first_response, found.after.total.first_response
    assert (before.in_time, before.late) == (4, 1)
    assert (after.in_time, after.late) == (2, 3)
    assert before.times == after.times
    assert found.before.total.resolution == found.after.total.resolution


def test_other_opening_hours_change_what_time_is_worked() -> None:
    words = read_source(HALD).replace('"Mo-Fr 08:00-15:45"', '"Mo-Fr 10:00-15:45"')
    found = replayed(parse_agreement(words, "later.toml"), *FIVE)

    before, after = found.before.total.first_response, found.after.total.first_response
    assert [used.total_seconds() / 3600 for used in before.times] == [1, 2, 3, 4, 5]
    assert [used.total_seconds() / 3600 for used in after.times] == [0, 1, 2, 3, 4]
    assert after.in_time == 5


def test_a_task_that_becomes_the_partners_would_have_been_referred() -> None:
    found = replayed(changed(vat=Side.PARTNER), *FIVE)

    assert found.before.total.first_response.reached == 5
    assert found.after.total.first_response.reached == 0
    assert (found.after.total.asked, found.after.total.own_task) == (5, 5)
    assert found.sides == {("vat", Side.HOST, Side.PARTNER): 5}
    assert found.after.load == {}


def test_a_task_that_becomes_the_hosts_has_no_times_where_nobody_answered() -> None:
    referred = Story(task="invoicing", side=Side.PARTNER)
    helped = Story(task="invoicing", side=Side.PARTNER, then=((60, needs_help), (120, answered)))
    found = replayed(changed(invoicing=Side.HOST), referred, helped)

    assert (found.unknown, found.tickets, found.after.total.asked) == (1, 2, 1)
    assert found.before.total.first_response.times == (timedelta(hours=1),)
    assert found.after.total.first_response.times == (timedelta(hours=2),)  # from the question
    assert sum(found.after.load.values()) == 2  # it would have come to somebody


def test_help_with_a_partners_task_stays_help_and_is_counted_as_unspecified() -> None:
    helped = Story(then=((5, proved_to_be_own), (60, needs_help), (120, answered)))
    found = replayed(changed(invoicing=Side.EXTERNAL), helped)

    assert found.before.total.apart == found.after.total.apart == 0
    assert found.after.total.first_response.times == (timedelta(hours=1),)


def test_a_task_struck_from_the_agreement_is_in_no_clause() -> None:
    tasks = {name: task for name, task in AGREEMENT.tasks.items() if name != "vat"}
    found = replayed(replace(AGREEMENT, tasks=tasks), *FIVE)

    assert set(found.after.tasks) == {None}
    assert found.after.tasks[None].first_response == found.before.tasks["vat"].first_response
    assert found.sides == {("vat", Side.HOST, Side.UNSPECIFIED): 5}


def test_who_is_no_member_any_more_is_told_apart() -> None:
    members = {name: one for name, one in AGREEMENT.municipalities.items() if name != "donna"}
    found = replayed(replace(AGREEMENT, municipalities=members), *FIVE, Story(municipality="donna"))

    assert (found.tickets, found.left, found.after.total.asked) == (6, 1, 5)


def test_another_contact_rule_moves_work_between_roles_and_names_nobody() -> None:
    def rule(who: str) -> Agreement:
        mine = ContactRule(who=who, tasks=frozenset({"vat", "payments"}))
        others = [each for each in AGREEMENT.contact_rules if "vat" not in each.tasks]
        return replace(AGREEMENT, contact_rules=(mine, *others))

    to_role, to_person = (
        replayed(rule("specialist-all"), *FIVE),
        replayed(rule("a@b.example"), *FIVE),
    )
    assert to_role.before.load == {Chair("specialist-vat"): 5}
    assert to_role.after.load == {Chair("specialist-all"): 5}
    assert to_person.after.load == {Chair(tasks=("payments", "vat")): 5}


def test_a_deadline_set_by_hand_stays_as_it_was_set() -> None:
    def by_hand(at: datetime) -> TargetSet:
        due = datetime.combine(at.date(), time(14), tzinfo=UTC)
        return TargetSet(
            at=at,
            received_at=at,
            by=CONTACT,
            figure=Figure.FIRST_RESPONSE,
            due=due,
            reason="Kurs",
        )

    found = replayed(with_first_answer(1), Story(then=((5, by_hand), (300, answered))))
    assert found.after.total.first_response.in_time == 1


def test_the_parts_of_a_replay_add_up_to_the_whole() -> None:
    def whole(stories: Iterable[Story]) -> WhatIf:
        replay = Replay(with_first_answer(2), WEEK_LATER)
        replay.add((story.ticket(), story.log(), AGREEMENT) for story in stories)
        return replay.result()

    assert whole(FIVE) == replayed(with_first_answer(2), *reversed(FIVE))
