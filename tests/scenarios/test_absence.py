"""Who will be away says so in the chat: what it leaves open is seen before, and nobody waits."""

from datetime import UTC, datetime

import pytest

from bot.domain.people import Absence, PersonId
from tests.helpdesk import Helpdesk

THURSDAY = (datetime(2026, 3, 4, 23, tzinfo=UTC), datetime(2026, 3, 5, 23, tzinfo=UTC))


def absences(desk: Helpdesk, name: str) -> tuple[Absence, ...]:
    with desk.desk.database.reading() as store:
        return store.people.get(PersonId(name)).absences


@pytest.fixture
def two(helpdesk: Helpdesk) -> Helpdesk:
    """Kari is Herøy's contact, and the lead is away on Thursday."""
    helpdesk.has("Kari", of="alstahaug", roles={"host-team", "contact-heroy"})
    helpdesk.has("Randi", of="alstahaug", roles={"host-team", "lead"}, away=THURSDAY)
    helpdesk.has("Ola", of="heroy")
    return helpdesk


def test_who_will_be_away_says_so_in_words_and_names_who_answers(asked: Helpdesk) -> None:
    asked.commands("Kari", "fravær", "borte 1.–21. juli, Per svarer")

    [absence] = absences(asked, "Kari")
    assert absence.deputy == "Per"
    assert absence.end == datetime(2026, 7, 21, 22, tzinfo=UTC)
    assert "Per svarer for deg." in asked.reads("Kari")[0]


def test_the_form_takes_the_same_words_and_says_what_is_wrong_with_them(asked: Helpdesk) -> None:
    asked.commands("Kari", "fravaer")
    asked.fills_in("Kari", words="borte 21.–1. juli")
    told = {"words": "Siste dag er før første dag. Skriv den første dagen først."}
    assert asked.problems["Kari"] == told

    asked.fills_in("Kari", words="borte 1.–21. juli")
    assert len(absences(asked, "Kari")) == 1
    asked.forgets()


def test_who_falls_ill_needs_one_word_and_the_open_ticket_finds_somebody(asked: Helpdesk) -> None:
    asked.commands("Kari", "fravær", "syk, Per svarer")

    assert [absence.start for absence in absences(asked, "Kari")] == [asked.now]
    [offer] = asked.reads("Per")
    assert "Overtar du saken?" in offer
    [told] = asked.reads("Ola")
    assert told.startswith("Kari er borte til")
    assert "En kollega er spurt om å overta." in told
    assert "syk" not in told

    asked.presses("Per", "absence.take_over")
    assert asked.ticket().contact == "Per"
    asked.forgets()


def test_a_gap_is_shown_before_it_is_confirmed_and_the_lead_is_warned(two: Helpdesk) -> None:
    two.commands("Kari", "fravær", "borte 5. mars")

    assert absences(two, "Kari") == ()
    assert two.hears("Randi")[0].startswith("Kari vil være borte fra")
    two.presses("Kari", "absence.anyway")
    assert [(one.start, one.end) for one in absences(two, "Kari")] == [THURSDAY]
    two.forgets()


def test_no_gap_warns_nobody(two: Helpdesk) -> None:
    two.commands("Kari", "fravær", "borte 6. mars")

    assert len(absences(two, "Kari")) == 1
    assert two.hears("Randi") == []
    two.forgets()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("borte en stund", "Jeg forsto ikke når du er borte."),
        ("borte 21.–1. juli", "Siste dag er før første dag."),
        ("borte 6. mars, Knut svarer", "Jeg fant ingen som heter Knut"),
        ("borte 6. mars, Ola svarer", "Jeg fant ingen som heter Ola"),
        ("borte 6. mars, Kari svarer", "Kari kan ikke svare for deg."),
        ("borte 5. mars, Randi svarer", "Randi er selv borte fra"),
        ("tilbake", "Du står ikke som borte"),
    ],
)
def test_what_cannot_be_is_answered_clearly(two: Helpdesk, words: str, told: str) -> None:
    two.commands("Kari", "fravær", words)

    [answer] = two.hears("Kari")
    assert answer.startswith(told)
    assert absences(two, "Kari") == ()


def test_an_absence_that_overlaps_another_is_refused_and_back_ends_it(two: Helpdesk) -> None:
    two.commands("Kari", "fravær", "borte 9.–13. mars")
    two.forgets()
    two.commands("Kari", "fravær", "borte 13.–14. mars")
    assert two.hears("Kari")[0].startswith("Du er allerede ført som borte fra")
    assert len(absences(two, "Kari")) == 1

    two.commands("Kari", "fravær", "tilbake")
    assert absences(two, "Kari") == ()
    two.forgets()


def test_part_time_is_said_once_and_ended_when_it_is_over(two: Helpdesk) -> None:
    """Every Thursday; on the first one the lead is away too, so that nobody would answer."""
    two.commands("Kari", "fravær", "borte 12. mars")
    two.forgets()
    two.commands("Kari", "fravær", "hver torsdag til 26. mars")
    assert len(absences(two, "Kari")) == 1
    assert two.hears("Randi") == [
        "Kari vil være borte 3 faste dager framover. Da svarer ingen for dette"
    ]
    two.presses("Kari", "absence.anyway")
    days = [one.start for one in absences(two, "Kari")]
    assert [day.day for day in days] == [4, 11, 18, 25]  # midnights, in UTC
    two.forgets()

    two.commands("Kari", "fravær", "ikke hver torsdag")
    assert absences(two, "Kari") == ()
    two.commands("Kari", "fravær", "ikke hver torsdag")
    assert two.hears("Kari")[-1].startswith("Du står ikke som borte")
    two.forgets()
