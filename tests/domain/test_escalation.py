"""Escalation: which warnings fall due when, what disarms them, and what arms them again."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.agreements import HALD, read_agreement
from bot.domain.agreement import Priority, Side
from bot.domain.escalation import LONG_PAST, Step, armed, due_steps, next_moment, to_tell
from bot.domain.events import (
    Answered,
    Asked,
    AskedBack,
    AskerWrote,
    Event,
    Figure,
    NeedsHelp,
    PriorityChanged,
    Reopened,
    Resolved,
    TaskChanged,
    WaitsForThirdParty,
    Warned,
    WentOn,
    Withdrawn,
)
from tests.domain.oracle import at
from tests.domain.story import KARI, then

AGREEMENT = read_agreement(HALD)
ASKED = then(Asked, "2026-03-02 09:00")  # a Monday: 4 h is 13:00, 3 working days is Thursday
FIRST, NEXT, SOLVED = Figure.FIRST_RESPONSE, Figure.NEXT_RESPONSE, Figure.RESOLUTION


def steps(log: list[Event], figure: Figure = FIRST) -> list[tuple[int, str]]:
    """Return what is armed for *figure*: the percentage and the local moment."""
    zone = AGREEMENT.calendar.zone
    return [
        (step.percent, f"{step.at.astimezone(zone):%d %H:%M}")
        for step in armed(log, AGREEMENT)
        if step.figure is figure
    ]


def warned(when: str, percent: int, log: list[Event], figure: Figure = FIRST) -> Warned:
    """Return the event that the sweep puts down for a step of what is armed now."""
    [step] = [s for s in armed(log, AGREEMENT) if (s.figure, s.percent) == (figure, percent)]
    told = {"figure": figure, "percent": percent, "since": step.since, "allowed": step.allowed}
    return then(Warned, when, by=None, **told)


def test_each_figure_has_its_own_four_steps() -> None:
    assert steps([ASKED]) == [
        (50, "02 11:00"),
        (75, "02 12:00"),
        (90, "02 12:36"),
        (100, "02 13:00"),
    ]
    assert steps([ASKED], SOLVED) == [
        (50, "04 08:30"),
        (75, "05 08:15"),
        (90, "05 12:45"),
        (100, "05 15:45"),
    ]
    assert steps([ASKED], NEXT) == []
    waiting = [ASKED, then(Answered, "2026-03-02 10:00"), then(AskerWrote, "2026-03-02 11:00")]
    assert steps(waiting, NEXT)[0] == (50, "02 15:00")
    assert steps(waiting, FIRST) == []


def test_a_step_is_due_from_its_moment_on() -> None:
    assert due_steps([ASKED], AGREEMENT, at("2026-03-02 10:59")) == []
    [half] = due_steps([ASKED], AGREEMENT, at("2026-03-02 11:00"))
    assert (half.percent, half.due, half.is_breach) == (50, at("2026-03-02 13:00"), False)
    assert next_moment([ASKED], AGREEMENT) == at("2026-03-02 11:00")


def test_each_step_of_a_target_is_told_once() -> None:
    log = [ASKED, warned("2026-03-02 11:00", 50, [ASKED])]
    assert steps(log)[0] == (75, "02 12:00")
    assert steps(log, SOLVED)[0] == (50, "04 08:30")


def test_what_the_oldest_logs_put_down_counts_as_told() -> None:
    assert steps([ASKED, then(Warned, "2026-03-02 12:00", by=None, percent=75)])[0][0] == 90


def test_what_was_told_of_an_earlier_clock_is_told_anew() -> None:
    log = [
        ASKED,
        warned("2026-03-02 11:00", 50, [ASKED]),
        then(TaskChanged, "2026-03-02 11:10", task="invoicing", side=Side.PARTNER),
        then(NeedsHelp, "2026-03-03 09:00", by=KARI),
    ]
    assert steps(log)[0] == (50, "03 11:00")


def test_answered_resolved_and_withdrawn_disarm_for_good() -> None:
    answered = [ASKED, then(Answered, "2026-03-02 10:00")]
    assert steps(answered) == []
    assert len(steps(answered, SOLVED)) == 4
    assert armed([*answered, then(Resolved, "2026-03-02 12:00")], AGREEMENT) == []
    assert armed([ASKED, then(Resolved, "2026-03-02 10:00")], AGREEMENT) == []
    assert armed([ASKED, then(Withdrawn, "2026-03-02 10:00", by=KARI)], AGREEMENT) == []


def test_a_wait_disarms_the_resolution_and_going_on_arms_it_by_as_much_later() -> None:
    log = [ASKED, then(AskedBack, "2026-03-02 10:00")]  # an hour of thirty is used
    assert steps(log, SOLVED) == []
    log.append(then(AskerWrote, "2026-03-09 10:00", by=KARI))
    assert steps(log, SOLVED)[0] == (50, "11 08:30")
    assert steps(log, SOLVED)[-1] == (100, "12 15:45")


def test_a_step_told_before_the_wait_is_not_told_again_after_it() -> None:
    log = [ASKED, then(Answered, "2026-03-02 10:00")]
    log += [warned("2026-03-04 08:30", 50, log, SOLVED)]
    log += [then(AskedBack, "2026-03-04 09:00"), then(AskerWrote, "2026-03-11 09:00", by=KARI)]
    assert steps(log, SOLVED)[0] == (75, "12 08:15")


def test_a_wait_does_not_disarm_the_first_answer() -> None:
    log = [ASKED, then(WaitsForThirdParty, "2026-03-02 09:30")]
    assert len(steps(log)) == 4
    assert steps(log, SOLVED) == []
    assert len(steps([*log, then(WentOn, "2026-03-02 10:00")], SOLVED)) == 4


def test_reopening_arms_what_was_not_told() -> None:
    log = [ASKED, then(Answered, "2026-03-02 10:00")]
    log += [warned("2026-03-04 08:30", 50, log, SOLVED), then(Resolved, "2026-03-04 09:00")]
    assert armed(log, AGREEMENT) == []
    log.append(then(Reopened, "2026-03-09 09:00"))
    assert [percent for percent, _ in steps(log, SOLVED)] == [75, 90, 100]


def test_a_later_target_arms_what_had_not_truly_been_reached() -> None:
    urgent = then(PriorityChanged, "2026-03-02 09:05", priority=Priority.URGENT)
    log = [ASKED, urgent]
    assert steps(log)[:2] == [(50, "02 09:30"), (75, "02 09:45")]
    log += [warned("2026-03-02 09:30", 50, log)]
    log += [warned("2026-03-02 09:45", 75, log)]
    log += [then(PriorityChanged, "2026-03-02 09:50", priority=Priority.NORMAL)]
    assert steps(log)[0] == (50, "02 11:00")
    again = then(PriorityChanged, "2026-03-02 09:52", priority=Priority.URGENT)
    assert steps([*log, again])[0] == (90, "02 09:54")


def test_an_earlier_target_does_not_repeat_what_was_true_already() -> None:
    log = [ASKED]
    for moment, percent in (("11:00", 50), ("12:00", 75)):
        log += [warned(f"2026-03-02 {moment}", percent, log)]
    log += [then(PriorityChanged, "2026-03-02 12:10", priority=Priority.URGENT)]
    # One hour was used up at ten: that half and three quarters are used has been told.
    assert [percent for percent, _ in steps(log)] == [90, 100]


def test_of_several_steps_at_once_the_last_is_told() -> None:
    now = at("2026-03-02 12:40")
    told = to_tell(due_steps([ASKED], AGREEMENT, now), AGREEMENT.calendar, now)
    assert [step.percent for step in told] == [90]


def test_the_long_past_is_not_told_except_that_a_deadline_has_passed() -> None:
    log = [ASKED, then(Answered, "2026-03-02 10:00")]
    for now, told in (
        ("2026-03-04 10:30", [50]),
        ("2026-03-04 10:31", []),
        ("2026-03-31 09:00", [100]),
    ):
        due = due_steps(log, AGREEMENT, at(now))
        found = to_tell(due, AGREEMENT.calendar, at(now))
        assert [step.percent for step in found] == told
    assert timedelta(hours=2) == LONG_PAST


moments = st.integers(0, 14 * 24 * 60).map(lambda n: at("2026-03-02 09:00") + timedelta(minutes=n))


@given(sweeps=st.lists(moments, min_size=1, max_size=40))
def test_however_often_we_look_each_step_is_put_down_once(sweeps: list) -> None:
    log: list[Event] = [ASKED]
    put_down: list[Step] = []
    for now in sorted(sweeps):
        for step in due_steps(log, AGREEMENT, now):
            put_down.append(step)
            log.append(
                Warned(
                    at=now,
                    received_at=now,
                    figure=step.figure,
                    percent=step.percent,
                    since=step.since,
                    allowed=step.allowed,
                )
            )
    reached = [step for step in armed([ASKED], AGREEMENT) if step.at <= max(sweeps)]
    assert sorted(step.key for step in put_down) == sorted(step.key for step in reached)
