"""What every page for managers stands in: who reads it, where they can go, and how errors look.

A page is drawn with :func:`draw`, from a template that extends ``base.html``. What a person may
not see answers as what does not exist, here and in every other route: 404, in the same words.
"""

from collections.abc import Callable
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import (
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException

from bot.conversation import Desk
from bot.domain import Refusal
from bot.domain.letting_in import HOME
from bot.domain.people import Person
from bot.domain.sight import Sight, sight_of
from bot.pages.visitor import Visitor, csrf, language_of
from bot.render.html import html
from bot.texts import Texts, texts

HERE = Path(__file__).parent
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}
NOT_FOUND, UNCLEAR = 404, 422
A_FEW = 5  # parts of a page that is drawn slowly
Shown = Callable[[Sight], bool]
PLACES: tuple[tuple[str, str, Shown], ...] = (
    ("/figures", "shell.figures", lambda sight: sight.sees_figures),
    ("/mine", "shell.mine", lambda _: True),
    ("/unspecified", "shell.unspecified", lambda sight: sight.sees_figures),
    ("/misdirected", "shell.misdirected", lambda sight: sight.sees_figures),
    ("/reports", "shell.reports", lambda sight: sight.sees_figures),
    ("/cover", "shell.cover", lambda sight: sight.is_host or sight.sees_figures),
    ("/vulnerability", "shell.vulnerability", lambda sight: sight.is_host or sight.sees_figures),
    ("/what-if", "shell.what_if", lambda sight: sight.leads),
)

ENVIRONMENT = Environment(
    autoescape=True,
    loader=FileSystemLoader(HERE / "templates"),
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)
ENVIRONMENT.globals["html"] = html


class NothingHere(HTTPException):
    """There is no such thing, or it is not the visitor's to see: nobody learns which."""

    def __init__(self) -> None:
        super().__init__(NOT_FOUND)


class Unclear(Refusal):
    """What an address asks for cannot be understood: a wrong date, too long a period."""

    key = "shell.unclear"


def serve(web: FastAPI, desk: Desk) -> None:
    """Add to *web* what all its pages share: style, the way home, and how errors look."""

    def nothing(request: Request, error: Exception) -> Response:
        return _nothing_here(request, desk, error)

    def unclear(request: Request, error: Exception) -> Response:
        return _unclear(request, desk, error)

    def home(person: Visitor) -> Response:
        """Send the visitor to where they most likely want to be."""
        first = "/figures" if sight_now(desk, person).sees_figures else "/mine"
        return RedirectResponse(first, 303, headers=HEADERS)

    web.add_api_route(HOME, home, response_class=RedirectResponse)
    web.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    web.add_exception_handler(HTTPException, nothing)
    web.add_exception_handler(Unclear, unclear)


def sight_now(desk: Desk, person: Person) -> Sight:
    """Return what *person* may look into by the agreement of today."""
    return sight_of(person, desk.agreements.current_at(desk.clock()))


def draw(
    request: Request,
    desk: Desk,
    person: Person,
    template: str,
    *,
    status: int = 200,
    **values: object,
) -> HTMLResponse:
    """Return *template* as a page in *person*'s language, with what they may go to."""
    around = _around(request, desk, person)
    drawn = ENVIRONMENT.get_template(template).render(around | values)
    return HTMLResponse(drawn, status, headers=HEADERS)


def draw_slowly(
    request: Request, desk: Desk, person: Person, template: str, **values: object
) -> StreamingResponse:
    """Return *template* as :func:`draw` does, a few parts sent as soon as they are drawn."""
    around = _around(request, desk, person)
    parts = ENVIRONMENT.get_template(template).stream(around | values)
    parts.enable_buffering(A_FEW)
    return StreamingResponse(parts, media_type="text/html", headers=HEADERS)


def _around(request: Request, desk: Desk, person: Person) -> dict[str, object]:
    sight, known = sight_now(desk, person), _paths(request)
    return {
        "say": texts(person.language),
        "person": person,
        "places": [(path, key) for path, key, is_for in PLACES if path in known and is_for(sight)],
        "here": request.url.path,
        "csrf": csrf(request),
    }


def _nothing_here(request: Request, desk: Desk, error: Exception) -> Response:
    """Answer a browser in words, and everybody else as before."""
    status = error.status_code if isinstance(error, HTTPException) else NOT_FOUND
    if status != NOT_FOUND or "text/html" not in request.headers.get("accept", ""):
        said = error.detail if isinstance(error, HTTPException) else ""
        headers = error.headers if isinstance(error, HTTPException) else None
        return JSONResponse({"detail": said}, status, headers=headers)
    return _explained(request, desk, NOT_FOUND, "shell.nothing", "shell.nothing_more")


def _unclear(request: Request, desk: Desk, error: Exception) -> Response:
    values = error.values if isinstance(error, Refusal) else {}
    key = error.key if isinstance(error, Refusal) else Unclear.key
    return _explained(request, desk, UNCLEAR, "shell.unclear", key, **values)


def _explained(
    request: Request, desk: Desk, status: int, title: str, key: str, **values: str
) -> Response:
    visitors = getattr(request.app.state, "visitors", None)
    person: Person | None = visitors.of(request) if visitors else None
    say: Texts = texts(person.language if person else language_of(request))
    told = {"title": say(title), "words": say(key, **values)}
    if person:
        return draw(request, desk, person, "nothing.html", status=status, **told)
    page = ENVIRONMENT.get_template("nothing.html").render(
        say=say, person=None, places=(), here="", csrf="", **told
    )
    return HTMLResponse(page, status, headers=HEADERS)


def _paths(request: Request) -> set[str]:
    return {getattr(route, "path", "") for route in request.app.routes}
