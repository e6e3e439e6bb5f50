"""Reports on the page: both sides fetch the same file, and a chat fetches a picture by its key."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from fastapi import FastAPI

from bot.domain.months import Month
from bot.domain.people import Language
from bot.reports.files import MEDIA_TYPES
from bot.reports.seal import read_seal
from storage.database import Database
from storage.pictures import PictureOf
from tests.pages.town import Town

FEBRUARY = Month(2026, 2)
PNG = b"\x89PNG"


@pytest.fixture
async def browser(web: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    wire = httpx.ASGITransport(app=web)
    async with httpx.AsyncClient(transport=wire, base_url="https://desk.example") as client:
        yield client


@pytest.mark.parametrize("ending", MEDIA_TYPES)
async def test_the_host_and_the_municipality_fetch_the_same_file(
    browser: httpx.AsyncClient, town: Town, ending: str
) -> None:
    address = f"/reports/2026-02/donna.{ending}?language=nn"
    both = [
        await browser.get(address, headers={"x-visitor": town.of(where, "manager").id})
        for where in ("alstahaug", "donna")
    ]
    hosts, members = both
    assert hosts.content == members.content
    assert hosts.headers["content-type"] == MEDIA_TYPES[ending]
    assert f'filename="hald-2026-02-donna.{ending}"' in hosts.headers["content-disposition"]
    assert "no-store" in hosts.headers["cache-control"]
    seal = read_seal(hosts.content)
    assert (seal.month, seal.municipality, seal.language) == (FEBRUARY, "donna", Language.NN)


async def test_the_page_lists_a_year_of_months_for_whom_one_may_have_reports_of(
    browser: httpx.AsyncClient, town: Town
) -> None:
    lead = {"x-visitor": town.of("alstahaug", "lead").id, "accept": "text/html"}
    manager = {"x-visitor": town.of("donna", "manager").id, "accept": "text/html"}
    of_all = await browser.get("/reports", headers=lead)
    assert of_all.text.count('<th scope="row">') == 12
    assert "/all.pdf" in of_all.text
    own = await browser.get("/reports", headers=manager)
    assert "/donna.xlsx" in own.text
    assert "<select" not in own.text  # there is nothing to choose


async def test_a_picture_is_fetched_by_its_key_until_that_ends(
    browser: httpx.AsyncClient, url: str, town: Town
) -> None:
    now = datetime.now(UTC)
    of = PictureOf(
        cooperation="hald",
        municipality="donna",
        period=FEBRUARY.year_until,
        as_of=datetime(2026, 3, 1, tzinfo=UTC),
        language=Language.NB,
    )
    database = Database(url)
    with database.transaction() as store:
        ended = store.pictures.keep(of, now - timedelta(days=90))
    with database.transaction() as store:
        key = store.pictures.keep(of, now)
    database.close()
    fetched = await browser.get(f"/pictures/{key}.png")
    assert (fetched.status_code, fetched.headers["content-type"]) == (200, "image/png")
    assert fetched.content.startswith(PNG)
    assert (await browser.get(f"/pictures/{key}.png")).content == fetched.content
    for wrong in (ended, key[:-1], "x" * 10_000):
        assert (await browser.get(f"/pictures/{wrong}.png")).status_code == 404
