"""The chat's pages: two people side by side, one alone, and the lines that are new."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import FastAPI, HTTPException
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.conversation import Desk
from bot.domain.agreement import Agreement, Municipality
from bot.domain.people import Language, Person, PersonId, Role
from bot.pages.panes import Drawer, Pane, Thread
from bot.render.html import html
from bot.texts import texts
from storage.database import Store
from storage.web_messages import may_read

HERE = Path(__file__).parent

ENVIRONMENT = Environment(
    autoescape=True,
    loader=FileSystemLoader(HERE / "templates"),
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)
ENVIRONMENT.globals["html"] = html


def serve(web: FastAPI, desk: Desk) -> None:
    """Add the pages to *web*, whose style and script :mod:`bot.pages.shell` brings."""
    pages = ChatPages(desk)
    web.add_api_route("/", pages.both, response_class=HTMLResponse)
    web.add_api_route("/chat/{person}", pages.alone, response_class=HTMLResponse)
    web.add_api_route("/chat/{person}/{channel}/lines", pages.lines)


@dataclass(frozen=True, slots=True)
class ChatPages:
    desk: Desk

    def both(
        self, left: str = "", right: str = "", left_room: str = "", right_room: str = ""
    ) -> HTMLResponse:
        """Draw two people's conversations; whoever is not named is a good one to begin with."""
        with self.desk.database.reading() as store:
            everybody = store.people.everybody()
            if not everybody:
                return _missing()
            drawer = self._drawer(store)
            asker = _find(store, left) or _first_asker(everybody, drawer.agreement)
            host = _find(store, right) or _first_host(everybody, drawer.agreement)
            panes = drawer.pane("left", asker, left_room), drawer.pane("right", host, right_room)
        return _page(*panes)

    def alone(self, person: str, room: str = "") -> HTMLResponse:
        """Draw one person's conversation, for a window of its own."""
        with self.desk.database.reading() as store:
            reader = _find(store, person)
            if reader is None:
                return _missing()
            pane = self._drawer(store).pane("left", reader, room)
        return _page(pane)

    def lines(self, person: str, channel: str, side: str, since: int) -> dict[str, Any]:
        """Return what is new in *channel* after version *since*, drawn for the pane *side*."""
        with self.desk.database.reading() as store:
            reader = _find(store, person)
            if reader is None or not may_read(reader, channel):
                raise HTTPException(404)
            drawer = self._drawer(store)
            pane = drawer.pane_with_news(side, reader, channel, since)
        return {"version": pane.version, "lines": [_drawn(thread, pane) for thread in pane.threads]}

    def _drawer(self, store: Store) -> Drawer:
        return Drawer(store, self.desk.agreements.current_at(self.desk.clock()))


def _page(*panes: Pane) -> HTMLResponse:
    template = ENVIRONMENT.get_template("page.html")
    return HTMLResponse(template.render(panes=panes, say=panes[0].say))


def _missing() -> HTMLResponse:
    template = ENVIRONMENT.get_template("missing.html")
    return HTMLResponse(template.render(say=texts(Language.NB)), 404)


def _drawn(thread: Thread, pane: Pane) -> dict[str, Any]:
    template = ENVIRONMENT.get_template("news.html")
    line = thread.root.line
    drawn = template.render(thread=thread, pane=pane)
    return {"number": line.number, "thread": line.thread, "html": drawn}


def _find(store: Store, person: str) -> Person | None:
    return store.people.directory().get(PersonId(person))


def _first_asker(everybody: Sequence[Person], agreement: Agreement) -> Person:
    """Return somebody to ask as: an ordinary asker of the first partner municipality."""
    partner = _partner(agreement)
    here = [person for person in everybody if person.municipality == partner.id]
    ordinary = [person for person in here if person.roles == {Role.ASKER}]
    return next(iter((*ordinary, *here, *everybody)))


def _first_host(everybody: Sequence[Person], agreement: Agreement) -> Person:
    """Return somebody to answer as: that municipality's main contact, or anybody of the team."""
    contact = _partner(agreement).contact
    team = [person for person in everybody if person.is_host_team]
    mains = [person for person in team if contact in person.roles or contact == person.email]
    return next(iter((*mains, *team, *everybody)))


def _partner(agreement: Agreement) -> Municipality:
    towns = agreement.municipalities.values()
    return next((town for town in towns if town.id != agreement.host), next(iter(towns)))
