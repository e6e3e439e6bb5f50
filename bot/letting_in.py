"""How people come to our pages, as the settings say: signed in, or for now not at all."""

from collections.abc import Callable
from datetime import datetime

from fastapi import FastAPI, Request
from starlette.responses import Response

from bot.conversation import Desk
from bot.domain.letting_in import SIGN_IN, Why, is_private
from bot.domain.people import Person
from bot.pages import sign_in as pages
from bot.pages.visitor import let_in, our_own_form
from bot.platforms import sign_in
from bot.platforms.oidc import Issuer, Registration
from bot.platforms.oidc_token import tenants_of
from bot.platforms.signed_in import Cookies, SignedIn
from bot.settings import Settings


def let_people_in(web: FastAPI, desk: Desk, settings: Settings) -> None:
    """Add the door to *web*: one through which people sign in, if everything it needs is set."""
    issuer = issuer_of(settings, desk.clock)
    if issuer is None or settings.secret is None:
        let_in(web, Nobody())
        web.add_api_route(SIGN_IN, closed)
        return
    is_https = issuer.registered.comes_back.startswith("https://")
    cookies = Cookies(settings.secret.get_secret_value(), is_https)
    let_in(web, SignedIn(desk.database, desk.clock, cookies))
    sign_in.serve(web, sign_in.SignInDoor(desk, issuer, cookies, pages), our_own_form)


class Nobody:
    """Who visits an installation where nobody can sign in yet."""

    def of(self, request: Request) -> Person | None:
        return None

    def csrf(self, request: Request) -> str:
        return ""


def closed(request: Request) -> Response:
    """Tell whoever comes that signing in is not set up."""
    return pages.turned_away(request, Why.NOT_SET_UP, "")


def issuer_of(settings: Settings, clock: Callable[[], datetime]) -> Issuer | None:
    """Return who signs people in; None where anything is missing, or somebody could listen."""
    issuer, client = settings.oidc_issuer, settings.oidc_client_id
    ours = (settings.public_url or "").rstrip("/")
    if not issuer or not client or not ours or not is_private(issuer) or not is_private(ours):
        return None
    secret = settings.oidc_client_secret
    registered = Registration(
        issuer=issuer,
        client_id=client,
        client_secret=secret.get_secret_value() if secret else "",
        comes_back=f"{ours}{sign_in.CALLBACK}",
        tenants=tenants_of(issuer, settings.oidc_tenants),
    )
    return Issuer(registered, clock)
