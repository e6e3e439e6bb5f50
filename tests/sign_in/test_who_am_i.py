"""In the demo a person is chosen, from this machine alone, and is that person on every page."""

import re
from collections.abc import Iterator
from contextlib import asynccontextmanager
from html import unescape
from pathlib import Path

import httpx
import pytest
from fastapi import Depends, FastAPI

from bot.pages import who_am_i
from bot.pages.visitor import Csrf, Visitor, our_own_form
from storage.database import Database
from tests.conftest import copied
from tests.web.counter import HERE, Counter

OLA, KARI = "ola.husver", "kari.nordnes"


@pytest.fixture
def web(sqlite_template: Path) -> Iterator[FastAPI]:
    database = Database(copied(sqlite_template))
    counter = Counter(database)
    who_am_i.serve(counter.web, counter.desk)

    @counter.web.get("/whoever")
    def whoever(person: Visitor, csrf: Csrf) -> dict[str, str]:
        return {"name": person.name, "csrf": csrf}

    @counter.web.post("/whatever", dependencies=[Depends(our_own_form)])
    def whatever(person: Visitor) -> str:
        return person.id

    yield counter.web
    database.close()


@asynccontextmanager
async def browser(web: FastAPI, machine: str = "127.0.0.1"):
    wire = httpx.ASGITransport(app=web, client=(machine, 50_000))
    async with httpx.AsyncClient(transport=wire, base_url=HERE) as client:
        yield client


def field(page: str, name: str) -> str:
    return unescape(re.search(f'name="{name}" value="(.*?)"', page)[1])


async def chosen(client: httpx.AsyncClient, person: str, wanted: str = "") -> httpx.Response:
    page = (await client.get("/sign-in", params={"next": wanted})).text
    form = {"csrf": field(page, "csrf"), "next": field(page, "next"), "person": person}
    return await client.post("/sign-in", data=form)


async def test_whoever_is_nobody_chooses_and_comes_back_to_the_page_they_wanted(
    web: FastAPI,
) -> None:
    async with browser(web) as client:
        sent = await client.get("/whoever?year=2026&task=vat")
        assert sent.status_code == 303
        assert "Ola Husvær" in (await client.get(sent.headers["location"])).text

        back = await chosen(client, OLA, "/whoever?year=2026&task=vat")
        assert back.headers["location"] == "/whoever?year=2026&task=vat"
        assert (await client.get("/whoever")).json()["name"] == "Ola Husvær"


async def test_a_form_is_taken_from_our_own_page_for_this_very_visitor_alone(web: FastAPI) -> None:
    async with browser(web) as olas, browser(web) as karis:
        await chosen(olas, OLA)
        await chosen(karis, KARI)
        csrf = (await olas.get("/whoever")).json()["csrf"]

        for forged in ({}, {"csrf": ""}, {"csrf": f"{csrf}x"}, {"csrf": "æ"}):
            assert (await olas.post("/whatever", data=forged)).status_code == 403
        assert (await karis.post("/whatever", data={"csrf": csrf})).status_code == 403
        assert (await olas.post("/whatever", data={"csrf": csrf})).json() == OLA


async def test_nobody_becomes_somebody_without_our_form(web: FastAPI) -> None:
    async with browser(web) as client:
        assert (await client.post("/sign-in", data={"person": OLA})).status_code == 403
        assert (await client.get("/whoever")).status_code == 303


async def test_whoever_leaves_is_nobody_again(web: FastAPI) -> None:
    async with browser(web) as client:
        await chosen(client, OLA)
        csrf = (await client.get("/whoever")).json()["csrf"]
        await client.post("/sign-out", data={"csrf": csrf})
        assert (await client.get("/whoever")).status_code == 303


async def test_another_machine_is_nobody_even_with_a_cookie_from_here(web: FastAPI) -> None:
    async with browser(web) as here, browser(web, "10.0.0.5") as elsewhere:
        await chosen(here, OLA)
        elsewhere.cookies = here.cookies
        assert (await here.get("/whoever")).status_code == 200
        assert (await elsewhere.get("/whoever")).status_code == 303
        assert (await elsewhere.get("/sign-in")).status_code == 404
        csrf = (await here.get("/whoever")).json()["csrf"]
        assert (await elsewhere.post("/whatever", data={"csrf": csrf})).status_code == 403


async def test_a_cookie_that_we_did_not_sign_is_nobodys(web: FastAPI) -> None:
    async with browser(web) as client:
        await chosen(client, OLA)
        signed = client.cookies["vertsdesk_who"]
        for changed in (f"x{signed}", signed[:-2], "", "null"):
            client.cookies.set("vertsdesk_who", changed, domain="127.0.0.1")
            assert (await client.get("/whoever")).status_code == 303


async def test_somebody_who_is_not_in_the_directory_cannot_be_chosen(web: FastAPI) -> None:
    async with browser(web) as client:
        assert (await chosen(client, "nobody")).status_code == 404
