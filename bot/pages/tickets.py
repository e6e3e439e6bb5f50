"""The tickets' pages: those behind a figure, one's own, and one with its log and its clock."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from bot.bulk.measures import FIGURES
from bot.cards.why import why
from bot.conversation import Desk, frozen_agreement
from bot.domain.agreement import Agreement
from bot.domain.counted import Standing
from bot.domain.events import Figure
from bot.domain.explain import explain
from bot.domain.measures import Age, By, Scope, TicketLine
from bot.domain.people import Person
from bot.domain.sight import Sight, sight_of
from bot.domain.tickets import Ticket
from bot.measuring import OPEN_FOR, tickets
from bot.pages.figure_tables import key_name
from bot.pages.figures import title_of
from bot.pages.filters import Filters, filters_in, towns_of
from bot.pages.grids import LISTED, Cell, Grid, Line
from bot.pages.shell import NothingHere, draw
from bot.pages.ticket_log import Reader, entries
from bot.pages.visitor import Visitor
from bot.reports.saying import moment
from bot.reports.wording import row_name
from bot.texts import Texts, texts
from storage.database import Store

ON_A_PAGE = 50
OWN_SHOWN = 200
NUMBER = re.compile(r"[A-Z]{1,10}-\d{4}-\d{4,9}", re.ASCII)
PLACE = re.compile(r"\d{1,9}", re.ASCII)
OTHERWISE_NAMED = {
    "asked": "stats.asked",
    "answered": "stats.answered",
    "apart": "stats.apart",
    "worked": "tickets.worked",
    "spent": "report.wait.time_spent",
    "waited_for_asker": "report.wait.waited_for_asker",
    "waited_for_third_party": "report.wait.waited_for_third_party",
}


def serve(web: FastAPI, desk: Desk) -> None:
    """Add the pages to *web*."""
    pages = TicketPages(desk)
    web.add_api_route(LISTED, pages.behind, response_class=HTMLResponse)
    web.add_api_route("/mine", pages.mine, response_class=HTMLResponse)
    web.add_api_route(LISTED + "/{number}", pages.one, response_class=HTMLResponse)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which list of tickets: the figure *which*, of *scope*, for who has this *sight*."""

    filters: Filters
    scope: Scope
    sight: Sight
    agreement: Agreement
    which: str
    say: Texts


@dataclass(frozen=True, slots=True)
class TicketPages:
    desk: Desk

    def behind(self, request: Request, person: Visitor) -> HTMLResponse:
        """Draw the tickets behind a figure, a page at a time, in the order they were asked."""
        wanted = self._wanted(request.query_params, person)
        say = wanted.say
        return draw(
            request,
            self.desk,
            person,
            "tickets.html",
            title=figure_name(wanted.which, say),
            about=title_of(wanted.filters, wanted.sight, wanted.agreement, say),
            narrowed=narrowed(wanted),
            back=wanted.filters.address("/figures"),
            **self._listed(wanted, request.query_params),
        )

    def _wanted(self, asked: Mapping[str, str], person: Person) -> Wanted:
        """Return which list it is.

        :raises NothingHere: there is no such figure, or somebody else's tickets are behind it
        """
        agreement, sight = self._known(person)
        today = agreement.calendar.local_date(self.desk.clock())
        filters = filters_in(asked, self.desk.agreements, today, sight)
        scope, which = filters.scope(sight, agreement), asked.get("figure") or "asked"
        if not is_figure(which) or not sight.may_open_all_of(towns_of(scope, agreement)):
            raise NothingHere
        return Wanted(
            filters=filters,
            scope=scope,
            sight=sight,
            agreement=agreement,
            which=which,
            say=texts(person.language),
        )

    def _listed(self, wanted: Wanted, asked: Mapping[str, str]) -> dict[str, Any]:
        """Return one page of the list, which begins after the ticket that the address names."""
        which, after = wanted.which, asked.get("after", "")
        start = after if NUMBER.fullmatch(after) else None
        before = int(asked["row"]) if start and PLACE.fullmatch(asked.get("row", "")) else 0
        book, now, most = self.desk.agreements, self.desk.clock(), ON_A_PAGE + 1
        with self.desk.database.reading() as store:
            found = tickets(store, book, wanted.scope, now, which=which, after=start, limit=most)
        shown, address = found[:ON_A_PAGE], wanted.filters.address
        last, here = before + len(shown), {"figure": which}
        on = {**here, "after": shown[-1].number, "row": str(last)} if len(found) == most else None
        return {
            "grid": _grid(shown, wanted.agreement, wanted.say),
            "first": before + 1,
            "last": last,
            "start": address(LISTED, **here) if start else None,
            "following": address(LISTED, **on) if on else None,
        }

    def mine(self, request: Request, person: Visitor) -> HTMLResponse:
        """Draw what the visitor has asked, the newest first."""
        agreement, sight = self._known(person)
        with self.desk.database.reading() as store:
            own = store.tickets.of_asker(person.id, OWN_SHOWN)
        say = texts(person.language)
        seen = [ticket for ticket in own if sight.may_open(ticket)]
        lines = [_own_line(ticket, agreement, say) for ticket in seen]
        grid = Grid(
            id="mine",
            title=say("shell.mine"),
            of=say("tickets.number"),
            columns=(say("tickets.asked_at"), say("report.of_task"), say("tickets.status")),
            lines=tuple(lines),
        )
        return draw(request, self.desk, person, "mine.html", grid=grid)

    def one(self, request: Request, person: Visitor, number: str) -> HTMLResponse:
        """Draw one ticket: its log as the visitor may see it, and how its deadlines came about."""
        _, sight = self._known(person)
        with self.desk.database.reading() as store:
            ticket = store.tickets.by_number(number) if NUMBER.fullmatch(number) else None
            if ticket is None or not sight.may_open(ticket):
                raise NothingHere
            told = self._told(ticket, sight, texts(person.language), store)
        return draw(request, self.desk, person, "ticket.html", ticket=ticket, **told)

    def _known(self, person: Person) -> tuple[Agreement, Sight]:
        agreement = self.desk.agreements.current_at(self.desk.clock())
        return agreement, sight_of(person, agreement)

    def _told(self, ticket: Ticket, sight: Sight, say: Texts, store: Store) -> dict[str, Any]:
        agreement = frozen_agreement(ticket, self.desk.agreements, store)
        log, people = store.tickets.log(ticket.id), store.people.directory()
        now = self.desk.clock()
        found = [explain(log, agreement, now, figure) for figure in Figure]
        working = [explanation for explanation in found if explanation]
        reader = Reader(is_host=sight.is_host, people=people, agreement=agreement, say=say)
        return {
            "facts": _facts(ticket, agreement, say),
            "entries": list(entries(log, reader)),
            "why": why(ticket, working, people, agreement, say),
            "sees_private": sight.is_host,
            "when": when,
        }


def is_figure(which: str) -> bool:
    """Tell whether there are tickets behind something of that name."""
    return which in FIGURES or which in {f"{OPEN_FOR}{band}" for band in Age}


def figure_name(which: str, say: Texts) -> str:
    """Return what the figure *which* is called, as a heading for its tickets."""
    if which in OTHERWISE_NAMED:
        return say(OTHERWISE_NAMED[which])
    if which.startswith(OPEN_FOR):
        band = Age(which.removeprefix(OPEN_FOR))
        return f"{say('figures.ages')}: {say(f'report.age.{band.name}')}"
    promise, _, part = which.partition(".")
    if not part:
        return say(f"report.figure.{which}")
    parts = {"decided": "tickets.decided", "timed": "tickets.timed"}
    return f"{say(f'report.promise.{promise}')}: {say(parts.get(part, f'report.part.{part}'))}"


def narrowed(wanted: Wanted) -> list[str]:
    """Return what the tickets have in common beside where and when they were asked."""
    filters = wanted.filters
    by = {
        By.TASK: filters.task,
        By.SIDE: filters.side,
        By.PRIORITY: filters.priority,
        By.MONTH: filters.month,
    }
    rows = {cut: row for cut, row in by.items() if row is not None}
    return [key_name(cut, row, wanted.agreement, wanted.say) for cut, row in rows.items()]


def _grid(found: Sequence[TicketLine], agreement: Agreement, say: Texts) -> Grid:
    columns = (
        say("tickets.asked_at"),
        say("report.of_municipality"),
        say("report.of_task"),
        say("report.of_side"),
        say("report.of_priority"),
        say("tickets.status"),
        say("report.promise.first_response"),
        say("report.promise.resolution"),
    )
    return Grid(
        id="tickets",
        title=say("tickets.listed"),
        of=say("tickets.number"),
        columns=columns,
        lines=tuple(_line(line, agreement, say) for line in found),
    )


def _line(line: TicketLine, agreement: Agreement, say: Texts) -> Line:
    return Line(
        name=Cell(line.number, f"{LISTED}/{line.number}"),
        cells=(
            Cell(when(line.asked_at, say)),
            Cell(row_name(By.MUNICIPALITY, line.municipality, agreement, say)),
            Cell(row_name(By.TASK, line.task or "", agreement, say)),
            Cell(row_name(By.SIDE, line.side, agreement, say)),
            Cell(row_name(By.PRIORITY, line.priority, agreement, say)),
            Cell(_standing(line.standing, say)),
            Cell(_length(line.first_response, say)),
            Cell(_length(line.resolution, say)),
        ),
    )


def _own_line(ticket: Ticket, agreement: Agreement, say: Texts) -> Line:
    return Line(
        name=Cell(ticket.number, f"{LISTED}/{ticket.number}"),
        cells=(
            Cell(when(ticket.asked_at, say)),
            Cell(row_name(By.TASK, ticket.task or "", agreement, say)),
            Cell(_status(ticket, say)),
        ),
    )


def _facts(ticket: Ticket, agreement: Agreement, say: Texts) -> list[tuple[str, str]]:
    return [
        (
            say("report.of_municipality"),
            row_name(By.MUNICIPALITY, ticket.municipality, agreement, say),
        ),
        (say("report.of_task"), row_name(By.TASK, ticket.task or "", agreement, say)),
        (say("report.of_side"), row_name(By.SIDE, ticket.counted_as, agreement, say)),
        (say("report.of_priority"), row_name(By.PRIORITY, ticket.priority, agreement, say)),
        (say("tickets.asked_at"), when(ticket.asked_at, say)),
        (say("tickets.status"), _status(ticket, say)),
        (say("report.agreements"), agreement.version),
    ]


def when(at: datetime, say: Texts) -> str:
    """Return the moment with its year, in the cooperation's time zone."""
    return moment(at.astimezone(say.zone), say)


def _status(ticket: Ticket, say: Texts) -> str:
    return say(f"tickets.is.{ticket.status}")


def _standing(standing: Standing, say: Texts) -> str:
    resolved = standing is Standing.RESOLVED
    return say("stats.resolved" if resolved else f"report.figure.{standing}")


def _length(length: timedelta | None, say: Texts) -> str:
    return say("stats.no_figure") if length is None else say.duration(length)
