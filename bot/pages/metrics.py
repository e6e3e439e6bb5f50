"""/metrics, for Prometheus: what this process has counted, and what waits in the database."""

from hmac import compare_digest

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import Response
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from bot.conversation import Desk
from bot.metrics import CONTENT
from bot.pages.who_am_i import is_from_here
from storage.database import Store

PATH = "/metrics"
UNKNOWN, NOTHING = 401, 404
HERE = {"localhost", "127.0.0.1", "::1"}
BY_OTHERS = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


def serve(web: FastAPI, desk: Desk, token: str | None) -> None:
    """Add the page to *web*: for whoever brings *token*, or without one for this machine alone."""

    def metrics(request: Request) -> Response:
        _check(request, token)
        with desk.database.reading() as store:
            waiting = _waiting(store, desk)
        return Response(desk.metrics.written() + waiting, media_type=CONTENT)

    web.add_api_route(PATH, metrics)


def _check(request: Request, token: str | None) -> None:
    """Refuse whoever may not read. A request that a proxy passes on is not this machine's own."""
    if token is None:
        is_passed_on = any(name in request.headers for name in BY_OTHERS)
        if is_passed_on or not is_from_here(request) or request.url.hostname not in HERE:
            raise HTTPException(NOTHING)
        return
    told = request.headers.get("authorization", "").encode("utf-8", "replace")
    if not compare_digest(told, f"Bearer {token}".encode()):
        raise HTTPException(UNKNOWN, headers={"WWW-Authenticate": "Bearer"})


def _waiting(store: Store, desk: Desk) -> bytes:
    """Return what waits just now. It is the same in every process, for they share the database."""
    registry = CollectorRegistry()
    letters = Gauge("vertsdesk_letters_waiting", "Letters not sent yet.", registry=registry)
    letters.set(store.backlog.letters())
    about = "How long the ticket has waited that should have been looked at first."
    lag = Gauge("vertsdesk_sweep_lag_seconds", about, registry=registry)
    lag.set(store.backlog.lag(desk.clock()).total_seconds())
    about = "Tickets that are not finished."
    tickets = Gauge("vertsdesk_tickets_open", about, ("cooperation",), registry=registry)
    for cooperation, number in store.backlog.open_tickets().items():
        tickets.labels(cooperation).set(number)
    return generate_latest(registry)
