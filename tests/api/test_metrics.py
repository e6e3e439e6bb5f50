"""What is counted for Prometheus, and who may read it: this machine, or whoever has the token."""

import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from urllib.request import urlopen

import httpx
from fastapi import FastAPI

from bot.dispatch import Dispatcher
from bot.metrics import Metrics
from bot.pages import api, metrics
from bot.platforms.timed_requests import TimedRequests
from handlers import TABLE
from tests.api.reading import HEROYS, Library
from tests.conftest import at_work, lent
from tests.helpdesk import TEAM, VAT
from tests.web.counter import nobody_reads

TOKEN = "sixteen signs or more"
HERE = "http://127.0.0.1:8000"


@asynccontextmanager
async def reader(
    library: Library, token: str | None = None, machine: str = "127.0.0.1", address: str = HERE
) -> AsyncIterator[httpx.AsyncClient]:
    web = FastAPI()
    metrics.serve(web, library.desk, token)
    api.serve(web, library.desk)
    web.add_middleware(TimedRequests, metrics=library.desk.metrics)
    wire = httpx.ASGITransport(app=web, client=(machine, 50_000))
    async with httpx.AsyncClient(transport=wire, base_url=address) as client:
        yield client


def value(told: str, name: str) -> float | None:
    found = re.search(rf"^{re.escape(name)} (\S+)$", told, re.MULTILINE)
    return float(found[1]) if found else None


async def test_what_waits_is_told_per_cooperation_and_never_per_person(library: Library) -> None:
    with library.database.transaction() as store:
        first, second = store.ticket_pages.page("hald", "donna", None, 2)
        store.tickets.look_at(first.id, library.now - timedelta(seconds=90))
        store.tickets.look_at(second.id, library.now + timedelta(hours=1))
    async with reader(library) as prometheus:
        told = (await prometheus.get("/metrics")).text
    assert value(told, 'vertsdesk_tickets_open{cooperation="hald"}') == 2
    assert value(told, "vertsdesk_sweep_lag_seconds") == 90
    assert value(told, "vertsdesk_letters_waiting") == 0
    for private in ("ola", "kari", "donna", HEROYS):
        assert private not in told


async def test_requests_are_timed_by_route_and_not_by_address(library: Library) -> None:
    async with reader(library) as prometheus:
        for number in (HEROYS, "HALD-2026-9999"):
            await prometheus.get(f"/api/v1/tickets/{number}")
        for address in ("/wp-login.php", "/api/v1/secrets"):
            await prometheus.get(address)
        told = (await prometheus.get("/metrics")).text
    count = 'vertsdesk_request_seconds_count{method="GET",route="%s",status="%s"}'
    assert value(told, count % ("/api/v1/tickets/{number}", "401")) == 2
    assert "wp-login" not in told
    assert "secrets" not in told


async def test_without_a_token_setting_only_this_machine_reads(library: Library) -> None:
    async with reader(library) as here:
        assert (await here.get("/metrics")).status_code == 200
        for header in ("X-Forwarded-For", "Forwarded", "X-Real-IP"):
            passed_on = await here.get("/metrics", headers={header: "10.0.0.5"})
            assert passed_on.status_code == 404
    async with reader(library, machine="10.0.0.5") as elsewhere:
        assert (await elsewhere.get("/metrics")).status_code == 404
    async with reader(library, address="https://desk.example") as through_a_proxy:
        assert (await through_a_proxy.get("/metrics")).status_code == 404


async def test_with_a_token_setting_the_token_alone_reads(library: Library) -> None:
    async with reader(library, TOKEN) as here:
        for told in ("", TOKEN, "Bearer", f"Bearer {TOKEN}x", f"Basic {TOKEN}"):
            refused = await here.get("/metrics", headers={"Authorization": told})
            assert refused.status_code == 401
            assert "vertsdesk_" not in refused.text
    async with reader(library, TOKEN, machine="10.0.0.5") as elsewhere:
        right = {"Authorization": f"Bearer {TOKEN}"}
        assert (await elsewhere.get("/metrics", headers=right)).status_code == 200


def test_events_refusals_bugs_and_letters_are_counted(empty_sqlite: str) -> None:
    with at_work(lent(empty_sqlite)) as helpdesk:
        helpdesk.opens()
        helpdesk.has("Anne", of="heroy")
        helpdesk.asks("Anne", VAT)
        withdraw = helpdesk.button("Anne", "asker.withdraw")
        helpdesk.press("Anne", withdraw)
        helpdesk.press("Anne", withdraw)  # it is withdrawn already
        helpdesk.delivers()
        told = helpdesk.desk.metrics.written().decode()
        for who in ("Anne", "Kari", TEAM):
            helpdesk.hears(who)
    assert value(told, 'vertsdesk_events_total{kind="Said"}') == 1
    assert value(told, 'vertsdesk_events_total{kind="Pressed"}') == 2
    assert value(told, 'vertsdesk_refusals_total{kind="Pressed"}') == 1
    assert value(told, 'vertsdesk_sends_total{outcome="sent",platform="slack"}') >= 3


def test_a_bug_is_counted(empty_sqlite: str) -> None:
    with at_work(lent(empty_sqlite)) as helpdesk:
        helpdesk.opens()
        helpdesk.has("Anne", of="heroy")
        helpdesk.dispatch = Dispatcher(replace(helpdesk.desk, understand=nobody_reads), TABLE)
        helpdesk.asks("Anne", VAT)
        told = helpdesk.desk.metrics.written().decode()
        helpdesk.hears("Anne")
    assert value(told, 'vertsdesk_errors_total{kind="Said"}') == 1


def test_a_worker_tells_this_machine() -> None:
    counted = Metrics()
    counted.sent("slack", arrived=False)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    counted.listen(port)
    told = urlopen(f"http://127.0.0.1:{port}/metrics").read().decode()
    assert value(told, 'vertsdesk_sends_total{outcome="failed",platform="slack"}') == 1
