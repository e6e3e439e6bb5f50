"""The pages that Teams opens: a person's own, empty until Teams has told who looks; and about us.

Nobody's questions are in them: those are asked for with a token, in bot.platforms.teams_tab.
"""

from collections.abc import Callable
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.domain.people import Language
from bot.texts import texts

HERE = Path(__file__).parent
STATIC = ("chat.css", "colours.css", "icon.svg", "teams-js.min.js", "teams_tab.js")
HEADERS = {  # only Teams may put the page in a frame, and only our own scripts run in it
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'none'; "
    "connect-src 'self' https://res.cdn.office.net; frame-ancestors https://teams.microsoft.com "
    "https://*.teams.microsoft.com https://*.cloud.microsoft https://*.office.com",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
ENVIRONMENT = Environment(
    autoescape=True,
    loader=FileSystemLoader(HERE / "templates"),
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)


def serve(web: FastAPI, chat: str) -> None:
    """Add the pages to *web*. *chat* is the link to a person's own conversation with the bot."""

    @web.get("/teams/tab")
    def teams_tab(locale: str = "") -> HTMLResponse:
        return _page("teams_tab.html", locale, chat)

    @web.get("/teams/about")
    def teams_about(locale: str = "") -> HTMLResponse:
        return _page("teams_about.html", locale, chat)

    for name in STATIC:
        web.add_api_route(f"/teams/{name}", _file(name), response_class=FileResponse)


def _page(template: str, locale: str, chat: str) -> HTMLResponse:
    say = texts(_language(locale))
    drawn = ENVIRONMENT.get_template(template).render(say=say, chat=chat)
    return HTMLResponse(drawn, headers=HEADERS)


def _language(locale: str) -> Language:
    """Return the language of what Teams calls *locale*, such as nb-no; Norwegian for all others."""
    known = {language.value: language for language in Language}
    return known.get(locale.lower().partition("-")[0], Language.NB)


def _file(name: str) -> Callable[[], FileResponse]:
    def file() -> FileResponse:
        return FileResponse(HERE / "static" / name, headers=HEADERS)

    return file
