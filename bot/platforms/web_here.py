"""Who may reach the demo: this machine, from its own page, and nobody else.

It has no sign-in, so an address that only seems to be this machine's (DNS rebinding) and a form on
somebody else's page (CSRF) are both refused.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS = {"localhost", "127.0.0.1", "::1"}
READING = {"GET", "HEAD"}
OUR_OWN = {"same-origin", "none"}  # what a browser says of requests from our page, or by hand
PROMISES = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'; object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with none at all, a form of ours would come from nowhere
}


class OnlyFromHere:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if not _is_from_here(Headers(scope=scope), scope["method"]):
            refused = PlainTextResponse("This demo is only for the machine it runs on.", 403)
            await refused(scope, receive, send)
            return

        async def send_with_promises(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(PROMISES)
            await send(message)

        await self._app(scope, receive, send_with_promises)


def _is_from_here(headers: Headers, method: str) -> bool:
    host = headers.get("host", "")
    if _hostname(f"//{host}") not in HOSTS:
        return False
    if method in READING:
        return True
    origin = headers.get("origin")
    is_our_page = origin is None or origin == f"http://{host}"
    return is_our_page and headers.get("sec-fetch-site", "none") in OUR_OWN


def _hostname(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:  # half an IPv6 address
        return None
