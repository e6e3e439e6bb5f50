"""A municipality's own closing days are shown to people, and move no deadline."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from bot.agreements import parse_agreement, parse_file
from bot.agreements.changes import Change, changes
from bot.cards.why import why
from bot.domain.agreement import Side
from bot.domain.events import Asked, Figure
from bot.domain.explain import explain
from bot.domain.people import Language
from bot.domain.tickets import Status, Ticket, TicketId
from bot.texts import texts
from tests.agreements.small import SMALL, changed, complaints_about
from tests.agreements.test_command_line import run
from tests.domain.oracle import at
from tests.domain.story import KARI, then

CLOSED = changed(
    "starts = 2027-03-01\n",
    "starts = 2027-03-01\nclosing_days = [2027-04-07, 2027-04-05, 2027-06-01]\n",
)
AGREEMENT = parse_agreement(CLOSED, "small.toml")
TICKET = Ticket(
    id=TicketId(UUID(int=1)),
    number="LONN-2027-0001",
    cooperation="lonn",
    municipality="lilleby",
    agreement=AGREEMENT.digest,
    asker=KARI,
    question="Når kommer lønna?",
    asked_at=at("2027-04-02 14:00"),
    task="salaries",
    side=Side.HOST,
    counted_as=Side.HOST,
    choices=(),
    status=Status.OPEN,
)
LOG = [then(Asked, "2027-04-02 14:00", task="salaries")]  # a Friday


def told(ticket: Ticket, language: Language = Language.NB) -> str:
    found = explain(LOG, AGREEMENT, at("2027-04-02 15:00"), Figure.FIRST_RESPONSE)
    assert found
    return why(ticket, [found], {}, AGREEMENT, texts(language)).plain()


def test_they_move_no_deadline() -> None:
    kept_open = parse_agreement(SMALL, "small.toml")
    due = [
        found.due
        for agreement in (kept_open, AGREEMENT)
        if (found := explain(LOG, agreement, at("2027-04-02 15:00"), Figure.FIRST_RESPONSE))
    ]
    assert due == [at("2027-04-05 10:15")] * 2


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (Language.NB, "Lilleby har stengt 5. april 2027. Fristene følger"),
        (Language.NN, "Lilleby har stengt 5. april 2027. Fristane følgjer"),
        (Language.EN, "Lilleby is closed on 5 April 2027. Deadlines follow"),
    ],
)
def test_why_names_those_before_the_deadline(language: Language, sentence: str) -> None:
    assert sentence in told(TICKET, language)


def test_why_says_nothing_of_another_municipality_s() -> None:
    assert "Fristene følger" not in told(replace(TICKET, municipality="storvik"))


def test_they_are_shown_and_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "small.toml"
    file.write_text(CLOSED, "utf-8")
    assert run("show", str(file)) == 0
    shown = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "lilleby 2027-04-05, 2027-04-07, 2027-06-01" in shown
    assert changes(parse_file(SMALL, "old.toml"), parse_file(CLOSED, "new.toml")) == [
        Change(
            subject="municipality lilleby",
            field="own closing days",
            before="none",
            after="2027-04-05, 2027-04-07, 2027-06-01",
        )
    ]


def test_a_day_in_quotes_is_refused_with_advice() -> None:
    (said,) = complaints_about(changed("2027-04-07", '"2027-04-07"', CLOSED))
    assert "municipalities.lilleby.closing_days.1" in said
    assert "Write dates without quotes" in said


def test_the_domain_gets_them_in_order() -> None:
    assert AGREEMENT.municipalities["lilleby"].closing_days == (
        date(2027, 4, 5),
        date(2027, 4, 7),
        date(2027, 6, 1),
    )
