"""Meetings in everybody's own calendar, by e-mail, by private address, and on paper."""

import asyncio
import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest
from fastapi import FastAPI
from playwright._impl._driver import compute_driver_executable

from bot.domain.people import PersonId
from bot.meetings import calendars
from bot.meetings.hall import hall_of
from bot.outside import Outside
from bot.pages import meetings as pages
from bot.texts import texts
from schedules.deliver_mail import deliver_mail
from storage.database import Database
from storage.mail import Mail
from tests.conftest import at_work
from tests.helpdesk import AGREEMENT, Helpdesk
from tests.meetings.town import button, invitation, people_meet, rings, the_meeting

OSLO = ZoneInfo("Europe/Oslo")
READER = Path(__file__).with_name("read_calendar.cjs")


class MailServer:
    """A mail server that takes everything, or nothing."""

    sender = "desk@alstahaug.example"

    def __init__(self) -> None:
        self.taken: list[Mail] = []

    def send(self, mail: Mail) -> None:
        self.taken.append(mail)


@pytest.fixture
def desk(database: Database) -> Iterator[Helpdesk]:
    with at_work(database) as helpdesk:
        yield people_meet(helpdesk)


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
