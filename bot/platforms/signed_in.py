"""Who visits our pages, by the cookie that they were given when they signed in."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from fastapi import Request
from itsdangerous import BadData, URLSafeSerializer
from starlette.responses import Response

from bot.domain.people import Person
from bot.platforms.oidc import Flow
from storage.database import Database
from storage.visits import LONGEST, Visit

FLOW_LASTS = 600  # seconds to say who one is
STATE_SHOWN = 8  # signs of a flow's state in its cookie's name, so that two windows do not collide


@dataclass(frozen=True, slots=True)
class Cookies:
    """Our cookies, which no script reads and no other site sends along with a form.

    With https they are of this very host alone (``__Host-``), and never sent without it.
    """

    secret: str = field(repr=False)
    is_https: bool

    def key(self, request: Request) -> str:
        """Return the key of the visit; empty when there is none."""
        return request.cookies.get(self._name("visit"), "")

    def give_key(self, answer: Response, key: str) -> None:
        self._set(answer, "visit", key, int(LONGEST.total_seconds()))

    def take_key(self, answer: Response) -> None:
        self._drop(answer, "visit")

    def give_flow(self, answer: Response, flow: Flow, now: datetime) -> None:
        """Let the browser keep *flow* until it comes back with the issuer's answer."""
        told = [flow.state, flow.nonce, flow.verifier, flow.wanted, now.timestamp() + FLOW_LASTS]
        signed = str(self._signer().dumps(told))
        self._set(answer, _flow_name(flow.state), signed, FLOW_LASTS)

    def flow(self, request: Request, state: str, now: datetime) -> Flow | None:
        """Return the flow that this browser began with *state*; None: it did not, or long ago."""
        kept = request.cookies.get(self._name(_flow_name(state)), "")
        try:
            kept_state, nonce, verifier, wanted, until = self._signer().loads(kept)
        except (BadData, TypeError, ValueError):
            return None
        if not hmac.compare_digest(kept_state.encode(), state.encode("utf-8", "replace")):
            return None
        if now.timestamp() >= until:
            return None
        return Flow(state=state, nonce=nonce, verifier=verifier, wanted=wanted)

    def take_flow(self, answer: Response, state: str) -> None:
        self._drop(answer, _flow_name(state))

    def csrf_of(self, key: str) -> str:
        """Return what the forms of whoever holds *key* bring along; it tells nobody the key."""
        return hmac.new(self.secret.encode(), f"csrf:{key}".encode(), sha256).hexdigest()

    def _name(self, name: str) -> str:
        return f"__Host-vertsdesk_{name}" if self.is_https else f"vertsdesk_{name}"

    def _set(self, answer: Response, name: str, value: str, seconds: int) -> None:
        answer.set_cookie(
            self._name(name),
            value,
            max_age=seconds,
            path="/",
            secure=self.is_https,
            httponly=True,
            samesite="lax",
        )

    def _drop(self, answer: Response, name: str) -> None:
        answer.delete_cookie(
            self._name(name), path="/", secure=self.is_https, httponly=True, samesite="lax"
        )

    def _signer(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret, salt="on the way through the issuer")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Finds who has signed in, as long as their visit lasts."""

    database: Database
    clock: Callable[[], datetime]
    cookies: Cookies

    def of(self, request: Request) -> Person | None:
        key, now = self.cookies.key(request), self.clock()
        if not key:
            return None
        with self.database.reading() as store:
            visit = store.visits.of(key, now)
            person = store.people.get(visit.person) if visit else None
        if visit is not None:
            self._note(visit, key, now)
        return person

    def csrf(self, request: Request) -> str:
        key = self.cookies.key(request)
        return self.cookies.csrf_of(key) if key else ""

    def _note(self, visit: Visit, key: str, now: datetime) -> None:
        if visit.is_to_be_noted(now):
            with self.database.transaction() as store:
                store.visits.note(key, now)


def _flow_name(state: str) -> str:
    shown = "".join(sign for sign in state[:STATE_SHOWN] if sign.isascii() and sign.isalnum())
    return f"in_{shown}"
