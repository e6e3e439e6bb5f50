"""The demo's way in: choose who to be. On this machine alone, for it asks nobody for a password."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from secrets import token_urlsafe
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from itsdangerous import BadData, URLSafeSerializer

from bot.conversation import Desk
from bot.domain.letting_in import SIGN_IN, SIGN_OUT, own_path
from bot.domain.people import Person, PersonId, Role
from bot.pages.panes import Drawer
from bot.pages.shell import ENVIRONMENT
from bot.pages.visitor import language_of, let_in, our_own_form
from bot.texts import texts

COOKIE = "vertsdesk_who"
UNSEEN = {"Cache-Control": "no-store"}


def serve(web: FastAPI, desk: Desk) -> None:
    """Let the people of the demo into *web*, each as whoever they choose to be."""
    guests = Guests(desk)
    let_in(web, guests)
    checked = [Depends(our_own_form)]
    web.add_api_route(SIGN_IN, guests.ask, response_class=HTMLResponse)
    web.add_api_route(SIGN_IN, guests.choose, methods=["POST"], dependencies=checked)
    web.add_api_route(SIGN_OUT, guests.leave, methods=["POST"], dependencies=checked)


@dataclass(frozen=True, slots=True)
class Guests:
    """Keeps who somebody is, and what their forms must bring along, in a cookie that we sign.

    The *key* is new with each start, so an old cookie is nobody's.
    """

    desk: Desk
    key: str = field(default_factory=token_urlsafe, repr=False)

    def of(self, request: Request) -> Person | None:
        who = self._told(request).get("who")
        if not isinstance(who, str) or not is_from_here(request):
            return None
        with self.desk.database.reading() as store:
            return store.people.directory().get(PersonId(who))

    def csrf(self, request: Request) -> str:
        return str(self._told(request).get("form", "")) if is_from_here(request) else ""

    def ask(self, request: Request, next: str = "") -> HTMLResponse:  # noqa: A002 - its name in the address
        """Draw everybody there is to be."""
        _only_from_here(request)
        told = self._told(request) or {"form": token_urlsafe()}
        say, agreement = texts(language_of(request)), self.desk.agreements.newest
        with self.desk.database.reading() as store:
            everybody = store.people.everybody()
            chosen = _chosen(everybody, told.get("who"))
            towns = Drawer(store, agreement).towns(chosen, say) if chosen else ()
        page = ENVIRONMENT.get_template("who_am_i.html").render(
            say=say,
            person=None,
            places=(),
            here=SIGN_IN,
            towns=towns,
            next=own_path(next),
            csrf=told["form"],
        )
        answer = HTMLResponse(page, headers=UNSEEN)
        self._tell(answer, told)
        return answer

    def choose(
        self,
        person: Annotated[str, Form()],
        next: Annotated[str, Form()] = "",  # noqa: A002 - its name in the form
    ) -> Response:
        """Let whoever sent the form be *person*, and go where they wanted to."""
        with self.desk.database.reading() as store:
            if PersonId(person) not in store.people.directory():
                raise HTTPException(404)
        answer = RedirectResponse(own_path(next), 303, headers=UNSEEN)
        self._tell(answer, {"form": token_urlsafe(), "who": person})
        return answer

    def leave(self) -> Response:
        """Let them be nobody again."""
        answer = RedirectResponse(SIGN_IN, 303, headers=UNSEEN)
        answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
        return answer

    def _told(self, request: Request) -> dict[str, Any]:
        try:
            told = self._signer().loads(request.cookies.get(COOKIE, ""))
        except BadData:
            return {}
        return told if isinstance(told, dict) else {}

    def _tell(self, answer: Response, told: dict[str, Any]) -> None:
        signed = self._signer().dumps(told)
        answer.set_cookie(COOKIE, str(signed), httponly=True, samesite="lax")

    def _signer(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.key, salt="who am I")


def is_from_here(request: Request) -> bool:
    """Tell whether *request* comes from this very machine."""
    try:
        return request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:  # a name, or a socket's file
        return False


def _chosen(people: Sequence[Person], who: object) -> Person | None:
    """Return who is chosen in the list: *who* if they are in it, or else somebody who leads."""
    chosen = [person for person in people if person.id == who]
    leading = [person for person in people if Role.LEAD in person.roles]
    return next(iter((*chosen, *leading, *people)), None)


def _only_from_here(request: Request) -> None:
    if not is_from_here(request):
        raise HTTPException(404)
