"""What people read at the door: that they are signed out, and why they were not let in."""

from fastapi import Request
from fastapi.responses import HTMLResponse

from bot.domain.letting_in import SIGN_IN, Why
from bot.pages.shell import ENVIRONMENT, HEADERS
from bot.pages.visitor import language_of
from bot.texts import texts

STATUS = {
    Why.NOT_SET_UP: 503,
    Why.TOO_LATE: 400,
    Why.CANCELLED: 403,
    Why.ISSUER: 502,
    Why.NOT_PROVEN: 403,
    Why.NO_EMAIL: 403,
    Why.STRANGER: 403,
    Why.TAKEN: 403,
}


def turned_away(request: Request, why: Why, number: str, **values: str) -> HTMLResponse:
    """Say why somebody is not let in, and the *number* under which the log knows more."""
    say = texts(language_of(request))
    return _page(
        request,
        STATUS[why],
        title=say("sign_in.not_in"),
        words=say(f"sign_in.why.{why}", **values),
        number=say("sign_in.number", number=number) if number else None,
        again=None if why is Why.NOT_SET_UP else SIGN_IN,
        onward=None,
    )


def signed_out(request: Request, onward: str | None = None) -> HTMLResponse:
    """Say that somebody is signed out here; *onward* signs them out of the issuer as well.

    The browser goes there by itself. It is no redirect, for a form may lead nowhere but to us.
    """
    say = texts(language_of(request))
    return _page(
        request,
        200,
        title=say("sign_in.out"),
        words=say("sign_in.out_here"),
        number=None,
        again=SIGN_IN,
        onward=onward,
    )


def _page(request: Request, status: int, **values: object) -> HTMLResponse:
    page = ENVIRONMENT.get_template("door.html").render(
        say=texts(language_of(request)), person=None, places=(), here="", csrf="", **values
    )
    return HTMLResponse(page, status, headers=HEADERS)
