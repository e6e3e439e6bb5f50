"""Pages about meetings, behind each person's own secret address: calendar, agenda, PDF.

Whoever has no right address gets 404, whatever is wrong with it, and it takes as long.
"""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from fastapi import FastAPI, HTTPException
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.cards.agenda import whole_agenda
from bot.cards.blocks import Card
from bot.conversation import Desk
from bot.domain.attendance import seats
from bot.domain.meetings import MeetingId, NoSuchMeeting
from bot.domain.people import Person
from bot.meetings import calendars
from bot.meetings.agenda import agenda_of
from bot.meetings.hall import Hall, agreement_now, hall_of
from bot.render.html import html
from bot.render.pdf import pdf
from bot.texts import texts
from storage.database import Store

CALENDAR = "text/calendar; charset=utf-8"
UNSEEN = {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"}

ENVIRONMENT = Environment(
    autoescape=True,
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    undefined=StrictUndefined,
)
ENVIRONMENT.globals["html"] = html


def serve(web: FastAPI, desk: Desk) -> None:
    """Add the pages to *web*."""
    pages = MeetingPages(desk)
    web.add_api_route("/calendar/{address}.ics", pages.feed)
    web.add_api_route("/calendar/{address}/{meeting}.ics", pages.one)
    web.add_api_route("/calendar/{address}/{meeting}/agenda", pages.agenda)
    web.add_api_route("/calendar/{address}/{meeting}/agenda.pdf", pages.agenda_pdf)


@dataclass(frozen=True, slots=True)
class MeetingPages:
    desk: Desk

    def feed(self, address: str) -> Response:
        """Return every meeting of the person, those of the last month and the coming year."""
        with self.desk.database.reading() as store:
            person, now = _reader(address, store), self.desk.clock()
            agreement = agreement_now(self.desk.agreements, store, now)
            people = store.people.everybody()
            views = []
            for meeting in store.meetings.between(agreement.id, now - calendars.SHOWN_BACK):
                guests = {seat.person.id for seat in seats(meeting, agreement, people)}
                if person.id in guests | store.meetings.invited(meeting):
                    views.append(Hall(meeting, agreement, people, store).view())
            written = calendars.feed(views, texts(person.language), now)
        return Response(written, media_type=CALENDAR, headers=UNSEEN)

    def one(self, address: str, meeting: str) -> Response:
        """Return one meeting as a calendar file, to be downloaded."""
        with self.desk.database.reading() as store:
            person = _reader(address, store)
            view = self._hall(meeting, person, store).view()
            written = calendars.feed([view], texts(person.language), self.desk.clock())
        headers = {**UNSEEN, "Content-Disposition": 'attachment; filename="meeting.ics"'}
        return Response(written, media_type=CALENDAR, headers=headers)

    def agenda(self, address: str, meeting: str) -> HTMLResponse:
        """Return the whole agenda as a page to print."""
        person, card = self._card(address, meeting)
        template = ENVIRONMENT.get_template("agenda.html")
        drawn = template.render(card=card, say=texts(person.language))
        return HTMLResponse(drawn, headers=UNSEEN)

    def agenda_pdf(self, address: str, meeting: str) -> Response:
        """Return the whole agenda as a PDF with tags."""
        person, card = self._card(address, meeting)
        written = pdf(card, person.language)
        return Response(written, media_type="application/pdf", headers=UNSEEN)

    def _card(self, address: str, meeting: str) -> tuple[Person, Card]:
        with self.desk.database.reading() as store:
            person = _reader(address, store)
            hall = self._hall(meeting, person, store)
            agenda = agenda_of(hall, self.desk.agreements, self.desk.clock())
            return person, whole_agenda(agenda, texts(person.language))

    def _hall(self, meeting: str, person: Person, store: Store) -> Hall:
        agreement = agreement_now(self.desk.agreements, store, self.desk.clock())
        try:
            hall = hall_of(store.meetings.get(MeetingId(UUID(meeting))), agreement, store)
        except (ValueError, NoSuchMeeting) as error:
            raise HTTPException(404) from error
        if not hall.is_for(person):
            raise HTTPException(404)
        return hall


def _reader(address: str, store: Store) -> Person:
    who = store.calendar_feeds.whose(address)
    if who is None:
        raise HTTPException(404)
    return store.people.get(who)
