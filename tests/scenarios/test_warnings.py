"""What happens when nobody answers: contact and lead are warned, once, in opening hours."""

from datetime import timedelta

from tests.helpdesk import TEAM, Helpdesk

HOUR = timedelta(hours=1)
SOON = "HALD-2026-0001 · 75 % av tiden til første svar er brukt"
LATE = "HALD-2026-0001 · Fristen for første svar er passert"


def test_a_forgotten_ticket_is_warned_about_at_each_step_once(asked: Helpdesk) -> None:
    heard = []
    for _ in range(24):
        asked.passes(HOUR / 4)
        heard += [(asked.now, title) for title in asked.hears("Kari")]
        assert asked.hears("Randi") == [title for at, title in heard if at == asked.now]

    start = asked.ticket().asked_at
    assert heard == [(start + 3 * HOUR, SOON), (start + 4 * HOUR, LATE)]
    assert asked.hears("Ola") == asked.hears(TEAM) == []


def test_an_answer_in_time_means_no_warning(asked: Helpdesk) -> None:
    asked.answers("Kari", "Innen 10. april.")
    asked.forgets()

    for _ in range(24):
        asked.passes(HOUR)

    asked.nobody_heard_more()


def test_an_urgent_ticket_is_warned_about_by_its_own_target(asked: Helpdesk) -> None:
    asked.presses("Ola", "asker.urgent")
    asked.forgets()

    asked.passes(timedelta(minutes=45))

    assert asked.hears("Kari") == asked.hears("Randi") == [SOON]


def test_after_a_stop_only_the_last_warning_comes_and_only_once(asked: Helpdesk) -> None:
    asked.passes(6 * HOUR)
    asked.passes(HOUR / 4)

    assert asked.hears("Kari") == asked.hears("Randi") == [LATE]


def test_what_falls_due_while_we_are_stopped_at_night_comes_at_opening(asked: Helpdesk) -> None:
    asked.passes(11 * HOUR)  # 20:00: closed
    asked.nobody_heard_more()

    asked.passes(12 * HOUR)  # Tuesday 08:00

    assert asked.hears("Kari") == asked.hears("Randi") == [LATE]


def test_a_withdrawn_question_warns_nobody(asked: Helpdesk) -> None:
    asked.presses("Ola", "asker.withdraw")
    asked.forgets()

    asked.passes(6 * HOUR)

    asked.nobody_heard_more()
