"""People answer, propose, move and cancel meetings, and put down what they came to."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.agreements import HALD, AgreementBook
from bot.year import read_year
from tests.helpdesk import AGREEMENT, MONDAY_NINE, VAT, Helpdesk
from tests.meetings.town import (
    FOLLOW_UP,
    button,
    cards,
    invitation,
    people_meet,
    press,
    rings,
    the_meeting,
    titles,
)

DAY = timedelta(days=1)


@pytest.fixture
def desk(helpdesk: Helpdesk) -> Helpdesk:
    return people_meet(helpdesk)


def test_somebody_comes_and_the_caller_sees_it(desk: Helpdesk) -> None:
    card = invitation(desk, "Ola")
    [told] = press(desk, "Ola", card, "meeting.comes")
    assert "du kommer" in told

    desk.commands("Kari", "møte")
    [listed] = cards(desk, "Kari")
    shown = listed.model_dump_json()
    assert "Kommer" in shown
    assert "Ola" in shown


def test_who_cannot_come_is_told_to_the_caller(desk: Helpdesk) -> None:
    card = invitation(desk, "Ola")
    press(desk, "Ola", card, "meeting.cannot")
    assert titles(desk, "Kari") == [f"Ola kan ikke komme: {FOLLOW_UP}"]


def test_another_time_is_voted_on_and_a_vote_after_the_decision_is_answered(desk: Helpdesk) -> None:
    card = invitation(desk, "Ola")
    desk.press("Ola", button(card, "meeting.propose"))
    desk.fills_in("Ola", when="2026-03-11 10:00", until="11:00")
    titles(desk, "Ola")
    rings(desk)
    [asked] = cards(desk, "Ola")
    [decides] = cards(desk, "Kari")
    for who in ("Randi",):
        titles(desk, who)
    press(desk, "Ola", asked, "meeting.vote_yes")
    assert press(desk, "Kari", decides, "meeting.take") == [
        "Møtet er flyttet. Alle får beskjed i arbeidstiden."
    ]

    assert press(desk, "Ola", asked, "meeting.vote_no") == [
        "Det er allerede avgjort, så stemmen teller ikke."
    ]
    rings(desk)
    rings(desk)
    assert titles(desk, "Ola") == [f"Endret: {FOLLOW_UP}"]  # once
    titles(desk, "Kari")
    assert the_meeting(desk).starts_at == datetime(2026, 3, 11, 9, tzinfo=UTC)


def test_a_stale_invitation_is_answered_with_how_it_is_now(desk: Helpdesk) -> None:
    old, mine = invitation(desk, "Kari"), None
    desk.press("Kari", button(old, "meeting.move"))
    desk.fills_in("Kari", when="2026-03-12 09:00", until="10:00", far="one", reason="Kurs")
    titles(desk, "Kari")
    mine = press(desk, "Kari", old, "meeting.comes")
    assert mine[0].startswith("Møtet er endret")
    assert mine[1] == f"Endret: {FOLLOW_UP}"
    rings(desk)
    for who in ("Kari", "Ola"):
        assert titles(desk, who) == [f"Endret: {FOLLOW_UP}"]


@pytest.mark.parametrize(
    ("when", "until", "field", "says"),
    [
        ("2026-03-12 09:00", "08:00", "until", "slutter"),
        ("2026-04-02 09:00", "10:00", "when", "Skjærtorsdag"),
        ("2026-03-14 09:00", "10:00", "when", "stengt"),
        ("2026-03-01 09:00", "10:00", "when", "passert"),
        ("i morgen", "10:00", "when", ""),
    ],
)
def test_a_time_that_cannot_be_is_explained(
    desk: Helpdesk, when: str, until: str, field: str, says: str
) -> None:
    card = invitation(desk, "Kari")
    desk.press("Kari", button(card, "meeting.move"))
    desk.fills_in("Kari", when=when, until=until, far="one", reason="Kurs")
    assert field in desk.problems["Kari"]
    assert says in desk.problems["Kari"][field] or field == "until"
    assert the_meeting(desk).sequence == 0


def test_the_rest_of_a_series_is_cancelled_and_everybody_told_once(desk: Helpdesk) -> None:
    card = invitation(desk, "Kari")
    desk.press("Kari", button(card, "meeting.cancel"))
    desk.fills_in("Kari", far="rest", reason="Vi slår oss sammen")
    titles(desk, "Kari")
    rings(desk)
    rings(desk)
    assert titles(desk, "Ola") == [f"Endret møteplan: {FOLLOW_UP}"]
    assert titles(desk, "Kari") == [f"Endret møteplan: {FOLLOW_UP}"]
    desk.passes(2 * DAY)
    rings(desk)
    with desk.desk.database.reading() as store:
        left = store.meetings.between("hald", MONDAY_NINE)
    assert {one.is_cancelled for one in left if one.municipality == "heroy"} == {True}
    desk.forgets()
    assert press(desk, "Ola", card, "meeting.comes") == ["Møtet er avlyst."]


def test_a_neighbour_learns_nothing_of_the_meeting(desk: Helpdesk) -> None:
    card = invitation(desk, "Ola")
    assert press(desk, "Nils", card, "meeting.agenda") == ["Det møtet finnes ikke."]


def test_the_agenda_builds_itself_and_stays_with_its_municipality(desk: Helpdesk) -> None:
    card = invitation(desk, "Ola")
    number = desk.asks("Ola", VAT)
    desk.commands("Ola", "agenda", f"ta-opp {number} Gjelder 1. termin")
    other = desk.asks("Nils", VAT)
    desk.forgets()
    desk.press("Ola", button(card, "meeting.agenda"))
    [agenda] = cards(desk, "Ola")
    shown = agenda.model_dump_json()
    assert f"{number}: {VAT}" in shown
    assert "Gjelder 1. termin" in shown
    assert other not in shown
    assert "Tall for perioden" in shown


def test_the_years_deadlines_are_on_the_agenda(desk: Helpdesk) -> None:
    year = read_year(HALD.with_suffix(""), AGREEMENT)
    desk.starts_again(AgreementBook([AGREEMENT], year=year))
    card = invitation(desk, "Ola")
    desk.press("Ola", button(card, "meeting.agenda"))
    [agenda] = cards(desk, "Ola")
    assert "10. april 2026: " in agenda.model_dump_json()  # VAT compensation


def test_what_a_meeting_came_to_is_followed_up_and_lifted(desk: Helpdesk) -> None:
    card = invitation(desk, "Kari")
    assert press(desk, "Kari", card, "meeting.agenda")
    desk.press("Kari", button(card, "meeting.agenda"))
    [agenda] = cards(desk, "Kari")
    assert press(desk, "Kari", agenda, "minutes.act") == [
        "Møtet har ikke begynt ennå. Referatet åpnes en halv time før."
    ]
    desk.now = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)  # in the meeting
    desk.press("Kari", button(agenda, "minutes.act"))
    desk.fills_in("Kari", text="Send ny momskode", owner="Ola", due="2026-03-12")
    desk.press("Kari", button(agenda, "minutes.lift"))
    desk.fills_in("Kari", text="Kortere svarfrist", to="cooperation")
    desk.forgets()
    rings(desk)
    [reminder] = [one for one in cards(desk, "Ola") if one.title.startswith("Husk")]
    desk.forgets()
    assert press(desk, "Ola", reminder, "minutes.done") == ["Notert som gjort."]
    assert press(desk, "Ola", reminder, "minutes.done") == ["Det er gjort fra før."]
    with desk.desk.database.reading() as store:
        above = next(
            one for one in store.meetings.between("hald", desk.now) if one.series == "cooperation"
        )
    there = button(card, "meeting.agenda").model_copy(update={"value": f"{above.id}:0"})
    desk.press("Randi", there)
    shown = "".join(one.model_dump_json() for one in cards(desk, "Randi"))
    assert "Kortere svarfrist" in shown


def test_a_lifted_point_names_no_ticket(desk: Helpdesk) -> None:
    card = invitation(desk, "Kari")
    desk.press("Kari", button(card, "meeting.agenda"))
    [agenda] = cards(desk, "Kari")
    desk.now = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)
    desk.press("Kari", button(agenda, "minutes.lift"))
    desk.fills_in("Kari", text="Se HALD-2026-0001", to="cooperation")
    assert titles(desk, "Kari")[-1].startswith("Skriv punktet uten saksnummer")
