"""Who is signed in on the page: what every route asks for, however they have come in.

A route says ``person: Visitor`` and draws ``csrf: Csrf`` into its forms as a hidden field of that
name; a route that takes a form has ``dependencies=[Depends(our_own_form)]``.
"""

from hmac import compare_digest
from typing import Annotated, Protocol
from urllib.parse import quote

from fastapi import Depends, FastAPI, Form, HTTPException, Request

from bot.domain.letting_in import HOME, SIGN_IN, own_path
from bot.domain.people import Language, Person

READING = {"GET", "HEAD"}
NORWEGIAN = {"no": Language.NB}  # what some browsers say for both, of which one is usual


class Visitors(Protocol):
    """How people come in: signed in by their employer, or chosen on the demo's own page."""

    def of(self, request: Request) -> Person | None:
        """Return who is signed in; None: nobody."""

    def csrf(self, request: Request) -> str:
        """Return what a form of theirs must bring along; empty when they can send none."""


def let_in(web: FastAPI, visitors: Visitors) -> None:
    """Let *web*'s routes know who visits them."""
    web.state.visitors = visitors


def visitor(request: Request) -> Person:
    """Return who is signed in; whoever is not is sent to sign in, and then back to this page."""
    person = _visitors(request).of(request)
    if person is None:
        raise HTTPException(303, headers={"Location": way_in(request), "Cache-Control": "no-store"})
    return person


def csrf(request: Request) -> str:
    """Return what the visitor's next form must bring along."""
    return _visitors(request).csrf(request)


def our_own_form(request: Request, csrf: Annotated[str, Form()] = "") -> None:
    """Refuse with 403 a form that was not drawn by us for this very visitor."""
    ours = _visitors(request).csrf(request)
    if not ours or not compare_digest(ours.encode(), csrf.encode("utf-8", "replace")):
        raise HTTPException(403)


Visitor = Annotated[Person, Depends(visitor)]
Csrf = Annotated[str, Depends(csrf)]


def way_in(request: Request) -> str:
    """Return where to sign in, so as to come back to this page afterwards."""
    path, query = quote(request.url.path), request.url.query
    wanted = f"{path}?{query}" if query else path
    return f"{SIGN_IN}?next={quote(own_path(wanted if request.method in READING else HOME))}"


def language_of(request: Request) -> Language:
    """Return the language that the browser asks for first, of ours; bokmål when it asks for none.

    For pages on which nobody is known yet; a person's own language is in the directory.
    """
    known = {language.value: language for language in Language} | NORWEGIAN
    for wish in request.headers.get("accept-language", "").lower().split(","):
        language = known.get(wish.partition(";")[0].strip().partition("-")[0])
        if language:
            return language
    return Language.NB


def _visitors(request: Request) -> Visitors:
    visitors: Visitors = request.app.state.visitors
    return visitors
