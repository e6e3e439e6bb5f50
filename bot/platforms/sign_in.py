"""The door of our pages: people sign in with their employer's account, and out again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from typing import Protocol

import structlog
from fastapi import Depends, FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from bot.conversation import Desk
from bot.domain.letting_in import SIGN_IN, SIGN_OUT, Why, own_path
from bot.domain.people import PersonId
from bot.platforms.oidc import Flow, Issuer, IssuerTrouble
from bot.platforms.oidc_token import NotProven, Proven
from bot.platforms.signed_in import Cookies
from storage.database import Store

CALLBACK, SIGNED_OUT = f"{SIGN_IN}/callback", f"{SIGN_OUT}/done"
NUMBER_SHOWN = 6  # signs of the id under which the log knows what went wrong
UNSEEN = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
LONGEST_ERROR = 40  # signs of an issuer's word for what is wrong, in the log

log = structlog.get_logger()


class NotLetIn(Exception):
    """Somebody is not let in. *seen* is for the log alone, and holds nobody's name or address."""

    def __init__(self, why: Why, seen: str = "", **values: str) -> None:
        super().__init__(why)
        self.why = why
        self.seen = seen
        self.values = values


class DoorPages(Protocol):
    """What people read at the door. Drawn elsewhere: a platform knows no page."""

    def turned_away(self, request: Request, why: Why, number: str, **values: str) -> Response:
        """Say why somebody is not let in; the log knows more under *number*."""

    def signed_out(self, request: Request, onward: str | None = None) -> Response:
        """Say that they are out, and go *onward* to be out at the issuer as well."""


def serve(web: FastAPI, door: "SignInDoor", our_own_form: Callable[..., None]) -> None:
    """Add the *door* to *web*. *our_own_form* refuses forms that are not."""
    web.add_api_route(SIGN_IN, door.begin)
    web.add_api_route(CALLBACK, door.come_back)
    web.add_api_route(SIGN_OUT, door.leave, methods=["POST"], dependencies=[Depends(our_own_form)])
    web.add_api_route(SIGNED_OUT, door.out)


@dataclass(frozen=True, slots=True)
class SignInDoor:
    desk: Desk
    issuer: Issuer
    cookies: Cookies
    pages: DoorPages

    async def begin(self, request: Request, next: str = "") -> Response:  # noqa: A002 - its name in the address
        """Send somebody to the issuer, and remember which page they wanted."""
        flow = Flow(
            state=token_urlsafe(),
            nonce=token_urlsafe(),
            verifier=token_urlsafe(48),
            wanted=own_path(next),
        )
        try:
            answer = RedirectResponse(await self.issuer.way_in(flow), 303, headers=UNSEEN)
        except IssuerTrouble as trouble:
            return self._turned_away(request, NotLetIn(Why.ISSUER, str(trouble)))
        self.cookies.give_flow(answer, flow, self.desk.clock())
        return answer

    async def come_back(
        self,
        request: Request,
        state: str = "",
        code: str = "",
        error: str = "",
        iss: str | None = None,
    ) -> Response:
        """Let in whoever the issuer vouches for, and show them what they wanted to see."""
        try:
            flow = self._flow(request, state, error)
            who, proof = await self._proven(flow, code, iss)
            old = self.cookies.key(request)
            key = await run_in_threadpool(self._let_in, who, proof, old)
        except NotLetIn as refused:
            answer = self._turned_away(request, refused)
        else:
            answer = RedirectResponse(flow.wanted, 303, headers=UNSEEN)
            self.cookies.give_key(answer, key)
        self.cookies.take_flow(answer, state)
        return answer

    async def leave(self, request: Request) -> Response:
        """End the visit, here and then at the issuer, if it can."""
        proof = await run_in_threadpool(self._end, self.cookies.key(request))
        try:
            onward = await self.issuer.way_out(proof, self._own(SIGNED_OUT)) if proof else None
        except IssuerTrouble as trouble:
            log.warning("sign_out.issuer", why=str(trouble))
            onward = None
        answer = self.pages.signed_out(request, onward)
        self.cookies.take_key(answer)
        return answer

    def out(self, request: Request) -> Response:
        """Tell whoever comes back from the issuer that they are signed out."""
        return self.pages.signed_out(request)

    def _flow(self, request: Request, state: str, error: str) -> Flow:
        """Return the flow that this browser began; an *error* of somebody else's is none of ours.

        :raises NotLetIn: it began none with this *state*, or the issuer says no
        """
        flow = self.cookies.flow(request, state, self.desk.clock())
        if flow is None:
            raise NotLetIn(Why.TOO_LATE)
        if error:
            seen = "".join(sign for sign in error[:LONGEST_ERROR] if sign.isalnum() or sign == "_")
            raise NotLetIn(Why.CANCELLED if error == "access_denied" else Why.ISSUER, seen)
        return flow

    async def _proven(self, flow: Flow, code: str, iss: str | None) -> tuple[Proven, str]:
        try:
            return await self.issuer.who(code, iss, flow)
        except IssuerTrouble as trouble:
            raise NotLetIn(Why.ISSUER, str(trouble)) from trouble
        except NotProven as wrong:
            raise NotLetIn(Why.NOT_PROVEN, str(wrong)) from wrong

    def _let_in(self, who: Proven, proof: str, old: str) -> str:
        """Begin a visit, with a new key, and end the one that this browser had."""
        now = self.desk.clock()
        with self.desk.database.transaction() as store:
            person = _person(store, who, now)
            if old:
                store.visits.end(old)
            key = store.visits.begin(person, proof, now)
        log.info("sign_in.let_in", person=person)
        return key

    def _end(self, key: str) -> str | None:
        """End the visit; return what the issuer wants back, if there was one."""
        with self.desk.database.transaction() as store:
            visit = store.visits.of(key, self.desk.clock())
            store.visits.end(key)
            return visit.proof if visit else None

    def _turned_away(self, request: Request, refused: NotLetIn) -> Response:
        number = str(self.desk.new_id())[-NUMBER_SHOWN:]
        log.warning("sign_in.turned_away", why=refused.why, seen=refused.seen, number=number)
        return self.pages.turned_away(request, refused.why, number, **refused.values)

    def _own(self, path: str) -> str:
        return f"{self.desk.outside.address}{path}"


def _person(store: Store, who: Proven, now: datetime) -> PersonId:
    """Return who of the directory it is. Nobody is guessed at, and nobody is added.

    Linked once by an address that the issuer vouches for, they are known by their account, whatever
    the address becomes. One account of an issuer's is a person's: an address that is given to
    somebody new lets nobody in as whoever had it before.

    :raises NotLetIn: nobody, or somebody who has another account
    """
    known = store.subjects.whose(who.issuer, who.subject)
    if known is not None:
        return known
    if not who.email:
        raise NotLetIn(Why.NO_EMAIL)
    person = store.people.by_email(who.email)
    if person is None:
        raise NotLetIn(Why.STRANGER, email=who.email)
    if store.subjects.has_one(person.id, who.issuer):
        raise NotLetIn(Why.TAKEN)
    store.subjects.link(who.issuer, who.subject, person.id, now)
    return person.id
