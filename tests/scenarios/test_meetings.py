"""People answer, propose, move and cancel meetings, and put down what they came to."""

import asyncio
import json
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest
from fastapi import FastAPI
from playwright._impl._driver import compute_driver_executable

from bot.agreements import HALD, AgreementBook
from bot.domain.people import PersonId
from bot.meetings import calendars
from bot.meetings.hall import hall_of
from bot.outside import Outside
from bot.pages import meetings as pages
from bot.texts import texts
from bot.year import read_year
from schedules.deliver_mail import deliver_mail
from schedules.meeting_notices import meeting_notices
from storage.mail import Mail
from tests.conftest import at_work
from tests.helpdesk import AGREEMENT, MONDAY_NINE, VAT, Helpdesk

OSLO = ZoneInfo("Europe/Oslo")
READER = Path(__file__).parent.parent / "meetings" / "read_calendar.cjs"
FOLLOW_UP = "Oppfølgingsmøte med hver kommune: Herøy"
DAY = timedelta(days=1)


class MailServer:
    """A mail server that takes everything, or nothing."""

    sender = "desk@alstahaug.example"

    def __init__(self) -> None:
        self.taken: list[Mail] = []

    def send(self, mail: Mail) -> None:
        self.taken.append(mail)


@pytest.fixture
def desk(database):
    """Monday 2 March 2026, 09:00: the follow-up meeting with Herøy is on Tuesday the 10th."""
    with at_work(database) as helpdesk:
        helpdesk.has("Kari", of="alstahaug", roles={"host-team", "contact-heroy"})
        helpdesk.has("Randi", of="alstahaug", roles={"host-team", "lead", "contact-alstahaug"})
        helpdesk.has("Ola", of="heroy", roles={"asker", "own-contact"})
        helpdesk.has("Nils", of="donna")
        rings(helpdesk)
        yield helpdesk


def rings(helpdesk: Helpdesk) -> None:
    meeting_notices(helpdesk.desk)
    helpdesk.delivers()


def cards(helpdesk: Helpdesk, name: str) -> list:
    """Return what *name* has got since the last look."""
    return helpdesk.chat_of(name).unheard.pop(name, [])


def titles(helpdesk: Helpdesk, name: str) -> list[str]:
    return [card.title for card in cards(helpdesk, name)]


def button(card, action: str):
    return next(one for one in card.buttons() if one.action == action)


def press(helpdesk: Helpdesk, name: str, card, action: str) -> list[str]:
    helpdesk.press(name, button(card, action))
    return titles(helpdesk, name)


def invitation(helpdesk: Helpdesk, name: str):
    """Return the notice that *name* has of the meeting with Herøy; everybody else looks away."""
    found = {who: cards(helpdesk, who) for who in ("Kari", "Randi", "Ola", "Nils")}
    return next(card for card in found[name] if card.title.endswith(FOLLOW_UP))


def the_meeting(helpdesk: Helpdesk):
    with helpdesk.desk.database.reading() as store:
        return next(
            one
            for one in store.meetings.between("hald", MONDAY_NINE)
            if one.municipality == "heroy"
        )


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


def read(calendar: bytes) -> dict:
    node, _ = compute_driver_executable()
    done = subprocess.run([node, READER], input=calendar, capture_output=True, check=True)
    return json.loads(done.stdout)


def test_a_calendar_programme_reads_every_meeting_at_the_same_local_time(desk: Helpdesk) -> None:
    invitation(desk, "Ola")
    with desk.desk.database.reading() as store:
        halls = [hall_of(one, AGREEMENT, store) for one in store.meetings.between("hald", desk.now)]
        views = [hall.view() for hall in halls]
    heard = read(calendars.feed(views, texts("nb"), desk.now))
    assert [one["uid"] for one in heard["events"]] == [view.meeting.uid for view in views]
    for view, one in zip(views, heard["events"], strict=True):
        local = view.meeting.starts_at.astimezone(OSLO)
        assert one["local"] == f"{local:%Y-%m-%dT%H:%M:%S}"
        assert one["zone"] == "Europe/Oslo"
        assert datetime.fromisoformat(one["utc"]) == view.meeting.starts_at
        assert datetime.fromisoformat(one["ends"]) == view.meeting.ends_at
    offsets = {view.meeting.starts_at.astimezone(OSLO).utcoffset() for view in views}
    assert len(offsets) == 2  # winter and summer


def test_invitations_go_by_e_mail_and_a_change_raises_the_sequence(desk: Helpdesk) -> None:
    server = MailServer()
    desk.desk = replace(desk.desk, outside=Outside(mailer=server))
    card = invitation(desk, "Kari")
    desk.press("Kari", button(card, "meeting.move"))
    desk.fills_in("Kari", when="2026-03-12 09:00", until="10:00", far="one", reason="Kurs")
    rings(desk)
    deliver_mail(desk.desk)
    deliver_mail(desk.desk)
    desk.forgets()
    assert sorted(mail.to for mail in server.taken) == [
        "kari@alstahaug.example",
        "ola@heroy.example",
    ]
    heard = read(server.taken[0].calendar or b"")
    assert heard["method"] == "REQUEST"
    assert heard["events"][0]["sequence"] == 1
    assert heard["events"][0]["local"] == "2026-03-12T09:00:00"
    assert len(heard["events"][0]["attendees"]) == 2


def fetched(desk: Helpdesk, path: str) -> httpx.Response:
    """Ask for a page as a browser would."""

    async def get() -> httpx.Response:
        web = FastAPI()
        pages.serve(web, desk.desk)
        transport = httpx.ASGITransport(app=web)
        async with httpx.AsyncClient(transport=transport, base_url="http://desk.example") as client:
            return await client.get(path)

    return asyncio.run(get())


@pytest.mark.parametrize("path", ["{0}.ics", "{0}/{1}/agenda", "{0}/{1}/agenda.pdf", "{0}/{1}.ics"])
def test_a_wrong_address_opens_nothing(desk: Helpdesk, path: str) -> None:
    invitation(desk, "Ola")
    meeting = the_meeting(desk).id
    with desk.desk.database.transaction() as store:
        right = store.calendar_feeds.token_of(PersonId("Ola"))
        neighbour = store.calendar_feeds.token_of(PersonId("Nils"))

    def status(address: str) -> int:
        return fetched(desk, "/calendar/" + path.format(address, meeting)).status_code

    assert status(right) == 200
    assert {status(right[:-1] + "!"), status("x.y"), status("x"), status("ø.å")} == {404}
    assert status(neighbour) == (200 if path == "{0}.ics" else 404)
    with desk.desk.database.transaction() as store:
        store.calendar_feeds.renew(PersonId("Ola"))
    assert status(right) == 404


def test_the_agenda_on_paper_has_tags(desk: Helpdesk) -> None:
    invitation(desk, "Ola")
    with desk.desk.database.transaction() as store:
        address = store.calendar_feeds.token_of(PersonId("Ola"))
    paper = fetched(desk, f"/calendar/{address}/{the_meeting(desk).id}/agenda.pdf").content
    assert paper.startswith(b"%PDF")
    assert b"/StructTreeRoot" in paper
    assert b"/Outlines" in paper
