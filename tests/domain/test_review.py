"""Who looks over an answer, what two must see, and what stands in the gaps of a ready one."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import Absence, Language, Person, PersonId
from bot.domain.ready_answers import GAPS, ReadyAnswer, filled, fitting, wrong_gaps
from bot.domain.review import (
    Draft,
    DraftGone,
    OwnWork,
    State,
    needs_second_eyes,
    the_same,
    to_review,
)
from bot.domain.reviewers import reviewer
from bot.domain.tickets import TicketId
from tests.stories import AGREEMENT, Story

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
TEAM = {
    "kari": {"contact-heroy"},
    "per": {"contact-donna"},
    "liv": {"contact-leirfjord"},
    "randi": {"lead", "contact-alstahaug"},
    "siv": {"specialist-vat"},
}


def people(away: str = "", only: str = "") -> dict[PersonId, Person]:
    gone = (Absence(NOW - HOUR, NOW + HOUR),)
    return {
        PersonId(name): Person(
            id=PersonId(name),
            name=name.title(),
            roles=frozenset({"host-team", *roles}),
            absences=gone if name in away.split() else (),
        )
        for name, roles in TEAM.items()
        if not only or name in only.split()
    }


def draft(state: State = State.AWAITING, by: str = "kari", key: str = "k1") -> Draft:
    return Draft(
        ticket=TicketId(UUID(int=1)), key=key, text="Ja.", by=PersonId(by), at=NOW, state=state
    )


@pytest.mark.parametrize(
    ("author", "away", "only", "asked"),
    [
        ("kari", "", "", "siv"),
        ("siv", "", "", "kari"),
        ("kari", "siv", "", "per"),
        ("kari", "siv per", "", "liv"),
        ("kari", "siv per liv", "", "randi"),
        ("randi", "siv per liv kari", "", None),
        ("kari", "", "kari", None),
        ("per", "", "per liv", "liv"),
    ],
)
def test_the_first_in_line_who_is_here_is_asked(
    author: str, away: str, only: str, asked: str | None
) -> None:
    ticket = Story(municipality="heroy", task="vat").ticket()
    found = reviewer(ticket, AGREEMENT, people(away, only), PersonId(author), NOW)
    assert found == asked


@given(
    author=st.sampled_from(sorted(TEAM)),
    away=st.lists(st.sampled_from(sorted(TEAM)), unique=True).map(" ".join),
    task=st.sampled_from([*AGREEMENT.tasks, None]),
)
def test_nobody_is_asked_who_is_away_or_wrote_it(author: str, away: str, task: str | None) -> None:
    ticket = Story(municipality="donna", task=task).ticket()
    found = reviewer(ticket, AGREEMENT, people(away), PersonId(author), NOW)
    here = set(TEAM) - {author} - set(away.split())
    assert (found in here) if here else found is None


@pytest.mark.parametrize(
    ("task", "needs"),
    [
        ("vat", True),
        ("payments", True),
        ("bank-and-loans", True),
        ("bank-reconciliation", False),
        ("invoicing", False),
        (None, False),
    ],
)
def test_the_agreement_says_what_two_must_see(task: str | None, *, needs: bool) -> None:
    assert needs_second_eyes(Story(task=task).ticket(), AGREEMENT) is needs


@pytest.mark.parametrize("state", [State.DRAFT, State.RETURNED])
def test_what_does_not_wait_is_not_approved(state: State) -> None:
    with pytest.raises(DraftGone):
        to_review(draft(state), "k1", PersonId("per"))


def test_a_colleague_approves_just_these_words() -> None:
    assert to_review(draft(), "k1", PersonId("per")) == draft()
    with pytest.raises(OwnWork):
        to_review(draft(), "k1", PersonId("kari"))
    for other in (None, draft(key="k2")):
        with pytest.raises(DraftGone):
            the_same(other, "k1")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Hei {navn}!", []),
        (" ".join(f"{{{gap}}}" for gap in GAPS), []),
        ("Hei {name}!", ["{name}"]),
        ("{navn.__class__}", ["{navn.__class__}"]),
        ("{}", ["{}"]),
        ("{navn", ["{"]),
        ("navn}", ["}"]),
        ("{{navn}}", ["{", "}"]),
    ],
)
def test_gaps_that_cannot_be_filled_are_found(text: str, wrong: list[str]) -> None:
    assert wrong_gaps(text) == wrong


def test_every_gap_is_filled_and_what_people_are_called_is_never_read_for_gaps() -> None:
    assert filled("Hei {navn} i {kommune}", {"navn": "{kommune}", "kommune": "Herøy"}) == (
        "Hei {kommune} i Herøy"
    )


@given(st.dictionaries(st.sampled_from(GAPS), st.text()), st.text())
def test_text_without_gaps_stays_as_it_is(values: dict[str, str], text: str) -> None:
    plain = text.replace("{", "").replace("}", "")
    assert filled(plain, values) == plain


def test_answers_for_the_task_come_before_those_for_every_task() -> None:
    def ready(id_: str, *tasks: str) -> ReadyAnswer:
        words = dict.fromkeys(Language, "Ja")
        return ReadyAnswer(id=id_, tasks=frozenset(tasks), title=words, text=words)

    known = (ready("any"), ready("vat", "vat"), ready("pay", "payments"))
    assert [one.id for one in fitting(known, "vat")] == ["vat", "any"]
    assert [one.id for one in fitting(known, None)] == ["any"]
