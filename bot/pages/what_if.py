"""The what-if page: the host's lead and managers replay a past period under another agreement."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends, FastAPI, Form, Request
from fastapi.responses import HTMLResponse, Response

from bot.agreements import AgreementError, parse_agreement
from bot.cards.blocks import Card
from bot.cards.what_if import Replayed, compared
from bot.conversation import Desk
from bot.domain.agreement import Agreement
from bot.domain.calendar import BeyondCalendar
from bot.domain.people import Person
from bot.domain.periods import Period
from bot.domain.sight import sight_of
from bot.pages.shell import NothingHere, draw, draw_slowly
from bot.pages.visitor import Visitor, our_own_form
from bot.texts import Texts, texts
from bot.what_if import Asked, CannotReplay, Replaying
from storage.database import Store

PATH = "/what-if"
LARGEST = 500_000  # characters of an agreement
TOLD_FROM = 1000  # tickets: fewer are replayed before anybody wonders
UNCLEAR = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the form held, as it was written. *words*: an agreement; *version*: a kept one."""

    first: str = ""
    last: str = ""
    municipality: str = ""
    version: str = ""
    words: str = ""


class CannotDo(Exception):
    """What the form held cannot be replayed. Says why, in the reader's language where we know."""


def serve(web: FastAPI, desk: Desk, told_from: int = TOLD_FROM) -> None:
    """Add the page to *web*. Of *told_from* tickets or more it tells how far it has come."""
    page, ours = WhatIfPage(desk, told_from), [Depends(our_own_form)]
    web.add_api_route(PATH, page.form, response_class=HTMLResponse)
    web.add_api_route(
        PATH, page.replay, methods=["POST"], dependencies=ours, response_class=HTMLResponse
    )


@dataclass(frozen=True, slots=True)
class WhatIfPage:
    desk: Desk
    told_from: int

    def form(self, request: Request, person: Visitor) -> HTMLResponse:
        """Draw the form: a kept version or the words of one, and a period."""
        agreement = self._led_by(person)
        today = agreement.calendar.local_date(self.desk.clock())
        first = today.replace(year=today.year - 1, day=1)
        return self._drawn(request, person, Wish(first=str(first), last=str(today)), "")

    def replay(
        self,
        request: Request,
        person: Visitor,
        *,
        first: Annotated[str, Form()] = "",
        last: Annotated[str, Form()] = "",
        municipality: Annotated[str, Form()] = "",
        version: Annotated[str, Form()] = "",
        words: Annotated[str, Form()] = "",
    ) -> Response:
        """Replay, and draw how far it has come as it goes; then what would have differed."""
        today, say = self._led_by(person), texts(person.language)
        sight = sight_of(person, today)
        if not sight.may_measure(municipality or None):
            raise NothingHere
        wish = Wish(first=first, last=last, municipality=municipality, version=version, words=words)
        try:
            asked = self._asked(wish, today, say)
        except CannotDo as error:
            return self._drawn(request, person, wish, str(error))
        run = _Run(self.desk, asked, today, say, self.told_from, sight.figures)
        return draw_slowly(
            request, self.desk, person, "what_if.html", run=run, **self._values(wish)
        )

    def _led_by(self, person: Person) -> Agreement:
        """Return the agreement of today.

        :raises NothingHere: they do not lead the host
        """
        agreement = self.desk.agreements.current_at(self.desk.clock())
        if not sight_of(person, agreement).leads:
            raise NothingHere
        return agreement

    def _asked(self, wish: Wish, today: Agreement, say: Texts) -> Asked:
        try:
            period = Period(date.fromisoformat(wish.first), date.fromisoformat(wish.last))
        except ValueError as error:
            raise CannotDo(say("what_if.wrong_period")) from error
        with self.desk.database.reading() as store:
            proposed = self._proposed(wish, today, store, say)
            asked = Asked(proposed=proposed, period=period, municipality=wish.municipality or None)
            try:
                Replaying(asked, store, self.desk.agreements, self.desk.clock())
            except CannotReplay as error:
                raise CannotDo(say("what_if.cannot", why=str(error))) from error
        return asked

    def _proposed(self, wish: Wish, today: Agreement, store: Store, say: Texts) -> Agreement:
        kept = dict(store.agreements.versions(today.id))
        if not wish.words.strip() and wish.version not in kept:
            raise CannotDo(say("what_if.no_agreement"))
        source = wish.words if wish.words.strip() else store.agreements.source(wish.version)
        if len(source) > LARGEST:
            raise CannotDo(say("what_if.too_long", most=say.number(LARGEST)))
        try:
            return parse_agreement(source, say("what_if.proposed"))
        except AgreementError as error:
            raise CannotDo(str(error)) from error

    def _drawn(self, request: Request, person: Person, wish: Wish, wrong: str) -> HTMLResponse:
        values = self._values(wish) | {"run": None, "wrong": wrong}
        status = UNCLEAR if wrong else 200
        return draw(request, self.desk, person, "what_if.html", status=status, **values)

    def _values(self, wish: Wish) -> dict[str, object]:
        agreement = self.desk.agreements.current_at(self.desk.clock())
        with self.desk.database.reading() as store:
            versions = store.agreements.versions(agreement.id)
        return {
            "wish": wish,
            "wrong": "",
            "versions": [(digest, f"{begins} ({digest})") for digest, begins in versions],
            "towns": [(town.id, town.name) for town in agreement.municipalities.values()],
        }


@dataclass(slots=True)
class _Run:
    """A replay while the page is drawn: first :meth:`steps`, then :attr:`card`."""

    desk: Desk
    asked: Asked
    today: Agreement
    say: Texts
    told_from: int
    towns: frozenset[str]
    card: Card | None = None
    wrong: str = ""

    def steps(self) -> Iterator[str]:
        """Replay, and yield in words how far it has come, where that takes a while."""
        asked, say, now = self.asked, self.say, self.desk.clock()
        with self.desk.database.reading() as store:
            replaying = Replaying(asked, store, self.desk.agreements, now)
            number = say.number(replaying.number)
            try:
                for done in replaying.steps():
                    if replaying.number >= self.told_from:
                        yield say("what_if.of", number=say.number(done), whole=number)
            except BeyondCalendar as error:
                self.wrong = say("what_if.cannot", why=str(error))
                return
        shown = Replayed(
            found=replaying.result,
            proposed=asked.proposed,
            today=self.today,
            period=asked.period,
            municipality=asked.municipality,
            towns=self.towns,
        )
        self.card = compared(shown, say)
