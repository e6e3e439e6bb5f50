"""The team sets a task right, and the next who asks in the same words is understood."""

from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from bot.dispatch import Dispatcher
from bot.domain.lessons import Verdict
from bot.understanding.learning import Learning
from handlers import TABLE
from schedules.learn_from_team import learn_from_team
from schedules.swap_reader import swap_reader
from tests.helpdesk import TEAM, Helpdesk
from tests.terminal import vertsdesk
from tests.understanding.small_school import WRITERS, school

KVIKK = ("Nytt kvikkoppgjør?", "Ka med kvikkoppgjør no?")


@pytest.fixture
def desk(helpdesk: Helpdesk, tmp_path: Path) -> Helpdesk:
    """A helpdesk whose reader has learnt from a small folder, and learns on."""
    learning = Learning(school(tmp_path / "small"))
    helpdesk.desk = replace(helpdesk.desk, understand=learning)
    helpdesk.dispatch = Dispatcher(helpdesk.desk, TABLE)
    return helpdesk.opens()


def change(desk: Helpdesk, number: str, task: str) -> None:
    """Let Kari say on the team's card which task it is."""
    buttons = desk.card(TEAM, number).buttons()
    [button] = [b for b in buttons if b.action == "ticket.change_task"]
    desk.press("Kari", button, channel=TEAM)
    desk.fills_in("Kari", task=task)


def taught(desk: Helpdesk) -> list[tuple[str, str, str]]:
    with desk.desk.database.reading() as store:
        return [(one.ticket, one.task, one.verdict) for one in store.taught.all("hald")]


def night(desk: Helpdesk) -> None:
    """Let the worker learn, and this process take it over."""
    learn_from_team(desk.desk)
    swap_reader(desk.desk)
    desk.forgets()


def test_who_asks_in_words_that_were_taught_is_understood(desk: Helpdesk) -> None:
    for text in KVIKK:
        change(desk, desk.asks("Ola", text), "payments")
    assert desk.desk.understand("kvikkoppgjør").guesses == ()

    night(desk)

    assert {verdict for _, _, verdict in taught(desk)} == {Verdict.TAKEN}
    desk.asks("Nils", "Når kommer kvikkoppgjør?")
    ticket = desk.ticket()
    assert (ticket.task or ticket.choices[0]) == "payments"
    desk.forgets()


def test_a_change_that_makes_it_worse_is_not_taken(desk: Helpdesk) -> None:
    wrong = " ".join(text for tasks in WRITERS.values() for text in tasks["payments"])
    for _ in range(4):
        change(desk, desk.asks("Ola", wrong), "vat")

    night(desk)

    assert Verdict.NOT_TAKEN in {verdict for _, _, verdict in taught(desk)}
    with desk.desk.database.reading() as store:
        refused = [one for one in store.taught.all("hald") if one.verdict is Verdict.NOT_TAKEN]
    assert all(one.before is not None and one.after is not None for one in refused)
    assert all(one.after < one.before for one in refused if one.before and one.after is not None)


def test_the_askers_own_change_teaches_when_the_team_resolves_it_so(desk: Helpdesk) -> None:
    number = desk.asks("Ola", KVIKK[0])
    desk.presses("Ola", "asker.wrong_task")
    desk.fills_in("Ola", task="payments")
    assert taught(desk) == []

    desk.answers("Kari", "I morgen.")
    desk.presses("Kari", "ticket.resolve", on=TEAM)

    assert taught(desk) == [(number, "payments", Verdict.WAITING)]
    desk.forgets()


def test_what_the_team_corrects_is_not_what_the_asker_said(desk: Helpdesk) -> None:
    number = desk.asks("Ola", KVIKK[0])
    desk.presses("Ola", "asker.wrong_task")
    desk.fills_in("Ola", task="vat")
    change(desk, number, "payments")
    desk.answers("Kari", "I morgen.")
    desk.presses("Kari", "ticket.resolve", on=TEAM)

    assert taught(desk) == [(number, "payments", Verdict.WAITING)]
    desk.forgets()


def test_a_ticket_that_was_right_teaches_nothing(desk: Helpdesk) -> None:
    desk.asks("Ola", "momskompensasjon for kulturhuset, moms på billetter")
    desk.answers("Kari", "Innen 10. april.")
    desk.presses("Kari", "ticket.resolve", on=TEAM)

    assert taught(desk) == []
    desk.forgets()


def test_numbers_of_persons_are_masked_in_what_is_kept(desk: Helpdesk) -> None:
    change(desk, desk.asks("Ola", "Kvikkoppgjør? 13097248022"), "payments")

    with desk.desk.database.reading() as store:
        [one] = store.taught.all("hald")
    assert one.text == "Kvikkoppgjør? •••••••••••"
    desk.forgets()


def test_two_processes_come_to_the_same_reader(desk: Helpdesk, tmp_path: Path) -> None:
    other = replace(desk.desk, understand=Learning(school(tmp_path / "other")))
    for text in KVIKK:
        change(desk, desk.asks("Ola", text), "payments")

    night(desk)
    swap_reader(other)

    for question in ("kvikkoppgjør", "utbetaling", "moms og kvikkoppgjør"):
        assert other.understand(question) == desk.desk.understand(question)


def test_the_host_lists_what_was_taught_and_takes_it_back(desk: Helpdesk, tmp_path: Path) -> None:
    for text in KVIKK:
        change(desk, desk.asks("Ola", text), "payments")
    night(desk)

    def examples(*words: str) -> CompletedProcess[str]:
        url = desk.desk.database._url
        return vertsdesk("understand", "examples", *words, folder=tmp_path, DATABASE_URL=url)

    shown = examples("list")
    assert shown.returncode == 0, shown.stderr
    for said in (KVIKK[0], "HALD-2026-0001", "2026-03-02", "taken: ", "right before"):
        assert said in shown.stdout

    assert examples("revoke", "1").returncode == 0
    assert examples("revoke", "1").returncode == 1
    assert examples().returncode == 2
    shown = examples("list")
    assert KVIKK[0] not in shown.stdout
    assert "(deleted)" in shown.stdout
    swap_reader(desk.desk)
    assert desk.desk.understand("kvikkoppgjør").guesses == ()
