"""The reports' page: each month's report as a file, and the pictures that chats fetch for cards."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from bot.conversation import Desk
from bot.domain.agreement import Agreement
from bot.domain.months import Month, month_of, read_month
from bot.domain.people import Language, Person
from bot.domain.sight import Sight, sight_of
from bot.pages.shell import NothingHere, draw
from bot.pages.visitor import Visitor
from bot.reports.files import MEDIA_TYPES, file_name, written
from bot.reports.making import NotOver, Unknown, make
from bot.reports.pictures import Drawing
from bot.reports.saying import month_name
from bot.reports.seal import EVERYBODY
from bot.reports.sight import may_have
from bot.texts import Texts, texts
from storage.database import Store
from storage.reports import SentReport

LISTED = 12  # months
PICTURE = {"Cache-Control": "private, max-age=86400", "X-Content-Type-Options": "nosniff"}
FILE = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One month on the page, with the address of its report without an ending."""

    name: str
    address: str
    sent: str | None  # when managers were told of it


def serve(web: FastAPI, desk: Desk) -> None:
    """Add the pages to *web*."""
    pages = ReportPages(desk)
    web.add_api_route("/reports", pages.listed, response_class=HTMLResponse)
    web.add_api_route("/reports/{month}/{name}", pages.file, response_class=Response)
    web.add_api_route("/pictures/{key}.png", pages.picture, response_class=Response)


@dataclass(frozen=True, slots=True)
class ReportPages:
    desk: Desk

    def listed(self, request: Request, person: Visitor) -> HTMLResponse:
        """Draw what there is of the municipality in the address; by default of all, or one's own.

        :raises NothingHere: there are none that the visitor may have
        """
        now, say = self.desk.clock(), texts(person.language)
        agreement, sight = self._sight(person, now)
        whose = _may_have(sight, agreement)
        chosen = request.query_params.get("municipality") or (whose[0] if whose else "")
        if chosen not in whose:
            raise NothingHere
        today = agreement.calendar.local_date(now)
        with self.desk.database.reading() as store:
            months = _months(chosen, today, agreement, store, say)
        return draw(
            request,
            self.desk,
            person,
            "reports.html",
            whose=[(key, _called(key, agreement, say)) for key in whose],
            chosen=chosen,
            months=months,
            endings=list(MEDIA_TYPES),
        )

    def file(self, month: str, name: str, person: Visitor, language: str = "") -> Response:
        """Return a report as a file, such as «2026-10/donna.pdf».

        :raises NothingHere: there is none, or it is not the visitor's to have
        """
        whose, _, ending = name.rpartition(".")
        now = self.desk.clock()
        agreement, sight = self._sight(person, now)
        spoken = Language(language) if language in set(Language) else person.language
        if whose not in _may_have(sight, agreement) or ending not in MEDIA_TYPES:
            raise NothingHere
        try:
            with self.desk.database.reading() as store:
                report = make(
                    store,
                    self.desk.agreements,
                    read_month(month),
                    None if whose == EVERYBODY else whose,
                    now=now,
                )
        except (NotOver, Unknown, ValueError) as error:
            raise NothingHere from error
        attached = f'attachment; filename="{file_name(report, ending)}"'
        return Response(
            written(report, ending, spoken),
            media_type=MEDIA_TYPES[ending],
            headers={**FILE, "Content-Disposition": attached},
        )

    def picture(self, key: str) -> Response:
        """Return a picture on some card, to whoever has its address: chats fetch it unnamed.

        :raises NothingHere: nobody was given that address, or it holds no more
        """
        desk = self.desk
        drawn = Drawing(desk.database, desk.agreements, desk.clock).behind(key)
        if drawn is None:
            raise NothingHere
        return Response(drawn, media_type="image/png", headers=PICTURE)

    def _sight(self, person: Person, now: datetime) -> tuple[Agreement, Sight]:
        agreement = self.desk.agreements.current_at(now)
        return agreement, sight_of(person, agreement)


def _may_have(sight: Sight, agreement: Agreement) -> list[str]:
    """Return of whom the visitor may have reports, as addresses say it."""
    towns = [town for town in agreement.municipalities if may_have(sight, town, agreement)]
    return [*([EVERYBODY] if may_have(sight, None, agreement) else []), *towns]


def _months(
    chosen: str, today: date, agreement: Agreement, store: Store, say: Texts
) -> list[Listed]:
    """Return the months that are over, the latest first."""
    found, month = [], month_of(today)
    for _ in range(LISTED):
        month = month.before
        whose = None if chosen == EVERYBODY else chosen
        sent = [one for one in store.reports.sent(agreement.id, month) if one.municipality == whose]
        found.append(_listed(month, chosen, sent[0] if sent else None, say))
    return found


def _listed(month: Month, chosen: str, sent: SentReport | None, say: Texts) -> Listed:
    return Listed(
        name=month_name(month.period.first, say),
        address=f"/reports/{month}/{quote(chosen)}",
        sent=say.moment(sent.sent_at) if sent else None,
    )


def _called(key: str, agreement: Agreement, say: Texts) -> str:
    town = agreement.municipalities.get(key)
    return town.name if town else say("stats.everybody")
