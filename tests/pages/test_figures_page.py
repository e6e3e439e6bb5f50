"""Figures lead to their tickets, say what they mean, and answer nonsense in the reader's words."""

import re
from collections.abc import AsyncIterator
from html import unescape

import httpx
import pytest
from fastapi import FastAPI

from bot.domain.people import Language
from bot.pages.tickets import ON_A_PAGE
from bot.texts import texts
from tests.pages.town import PERIOD, Town
from tests.pages.walk import QUARTER

LEAD, HEROYS_MANAGER, OLA = "randi.solvang", "bjorn.tenna", "ola.husver"
READERS = {Language.NB: "geir.altersund", Language.NN: "leder-nn", Language.EN: "leder-en"}
ALL = {**PERIOD, "municipality": "*"}
LINK = re.compile(r'<a href="(/tickets\?[^"]+)">([^<]+)</a>')
ROW = re.compile(r'<th scope="row"><a href="/tickets/(HALD-\d{4}-\d{4})">')


@pytest.fixture
async def browser(web: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    wire = httpx.ASGITransport(app=web)
    address = "https://desk.example"
    async with httpx.AsyncClient(transport=wire, base_url=address) as client:
        client.headers["accept"] = "text/html"
        yield client


async def shown(browser: httpx.AsyncClient, who: str, path: str, **asked: str) -> httpx.Response:
    return await browser.get(path, params=asked or None, headers={"x-visitor": who})


async def rows_of(browser: httpx.AsyncClient, who: str, address: str | None) -> list[str]:
    """Return the numbers of the tickets in a list, over all its pages."""
    numbers: list[str] = []
    while address:
        page = (await shown(browser, who, address)).text
        numbers += ROW.findall(page)
        following = re.search(r'<a href="([^"]+)" rel="next">', page)
        address = unescape(following[1]) if following else None
    return numbers


async def test_behind_every_number_are_as_many_tickets(browser: httpx.AsyncClient) -> None:
    page = (await shown(browser, LEAD, "/figures", **ALL)).text
    links = {unescape(address): text for address, text in LINK.findall(page)}
    counted = {address: int(text) for address, text in links.items() if text.isdecimal()}
    assert len(counted) > 50
    for address, number in counted.items():
        found = await rows_of(browser, LEAD, address)
        assert (len(found), len(set(found))) == (number, number), address


async def test_a_long_list_comes_in_pages(browser: httpx.AsyncClient, town: Town) -> None:
    asked = {ticket.number for tickets in town.tickets.values() for ticket in tickets}
    page = (await shown(browser, LEAD, "/tickets", **ALL)).text
    assert len(ROW.findall(page)) == ON_A_PAGE < len(asked)
    address = str(httpx.URL("/tickets", params=ALL))
    assert sorted(await rows_of(browser, LEAD, address)) == sorted(asked)


async def test_a_member_sees_its_own_line_and_what_all_add_up_to(
    browser: httpx.AsyncClient,
) -> None:
    page = (await shown(browser, HEROYS_MANAGER, "/figures", **ALL)).text
    cut = page[page.index('id="by-municipality"') :]
    names = re.findall(r'<th scope="row"><a[^>]*>([^<]+)', cut[: cut.index("</table>")])
    assert names == ["Herøy"]
    assert texts(Language.NB)("figures.hidden") in page
    assert "municipality=donna" not in page


async def test_who_may_not_open_all_tickets_behind_a_figure_gets_no_link_to_them(
    browser: httpx.AsyncClient,
) -> None:
    page = (await shown(browser, HEROYS_MANAGER, "/figures", **ALL)).text
    addresses = {unescape(address) for address, _ in LINK.findall(page)}
    assert addresses
    assert all("municipality=heroy" in address for address in addresses)
    for address in addresses:
        assert (await shown(browser, HEROYS_MANAGER, address)).status_code == 200


async def test_without_a_choice_members_see_their_own_and_the_host_everybodys(
    browser: httpx.AsyncClient,
) -> None:
    assert "Tallene: Herøy, " in (await shown(browser, HEROYS_MANAGER, "/figures")).text
    assert "Tallene: alle kommuner, " in (await shown(browser, LEAD, "/figures")).text


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ({"from": "2026-13-45"}, "filter.wrong_day"),
        ({"to": "i går"}, "filter.wrong_day"),
        ({"from": "1066-10-14", "to": "1066-10-14"}, "filter.wrong_day"),
        ({"from": "2026-03-31", "to": "2026-01-01"}, "filter.wrong_order"),
        ({"from": "2000-01-01", "to": "2099-12-31"}, "filter.too_long"),
        ({"task": "'; drop table ticket; --"}, "filter.wrong_word"),
        ({"side": "<script>alert(1)</script>"}, "filter.wrong_word"),
        ({"priority": "=cmd|' /C calc'!A0"}, "filter.wrong_word"),
        ({"month": "2026-13"}, "filter.wrong_word"),
    ],
)
async def test_nonsense_is_explained_in_the_readers_own_words(
    browser: httpx.AsyncClient, asked: dict[str, str], key: str, language: Language
) -> None:
    page = await shown(browser, READERS[language], "/figures", **asked)
    words = texts(language).phrases[key].partition("{")[0]
    assert page.status_code == 422
    assert f'<html lang="{language}">' in page.text
    assert words in page.text
    assert "<script" not in page.text


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/figures", {"municipality": "ingensteds"}),
        ("/figures", {"municipality": "heroy' or 1=1 --"}),
        ("/figures", {"municipality": "\x00"}),
        ("/tickets", {"figure": "first_response.nonsense"}),
        ("/tickets", {"figure": "__class__"}),
        ("/tickets/HALD-2025-9999", {}),
        ("/tickets/HALD-2025-0001%00", {}),
        ("/tickets/..%2f..%2fetc%2fpasswd", {}),
        ("/nowhere", {}),
    ],
)
async def test_what_does_not_exist_is_said_in_words_and_404(
    browser: httpx.AsyncClient, path: str, asked: dict[str, str]
) -> None:
    answer = await shown(browser, LEAD, path, **asked)
    assert answer.status_code == 404
    assert texts(Language.NB)("shell.nothing_more") in answer.text


async def test_what_is_the_teams_own_is_for_the_team_and_the_auditor_alone(
    browser: httpx.AsyncClient, town: Town
) -> None:
    say = texts(Language.NB)
    number = town.tickets["heroy"][0].number
    for who in (LEAD, "rolf.revisor"):
        page = (await shown(browser, who, f"/tickets/{number}")).text
        assert say("ticket_log.time_spent", length=say("duration.minutes", number=15)) in page
        assert "Varsel: 50 %" in page
    for who in (OLA, HEROYS_MANAGER):
        page = (await shown(browser, who, f"/tickets/{number}")).text
        assert "Slik: hemmelig-heroy." in page
        for words in ("Tid brukt", "Varsel", say("tickets.private_line")):
            assert words not in page


async def test_a_ticket_shows_how_its_deadlines_came_about(
    browser: httpx.AsyncClient, town: Town
) -> None:
    page = (await shown(browser, OLA, f"/tickets/{town.tickets['heroy'][0].number}")).text
    assert texts(Language.NB)("why.title", number=town.tickets["heroy"][0].number) in page
    assert "<caption>Første svar</caption>" in page
    assert "&lt;b&gt;&amp;" in page


@pytest.mark.parametrize(
    ("who", "first"),
    [
        (LEAD, "/figures"),
        (HEROYS_MANAGER, "/figures"),
        ("rolf.revisor", "/figures"),
        (OLA, "/mine"),
    ],
)
async def test_everybody_comes_first_to_what_is_theirs_to_see(
    browser: httpx.AsyncClient, who: str, first: str
) -> None:
    sent = await shown(browser, who, "/home")
    assert sent.headers["location"] == first
    assert (await shown(browser, who, first)).status_code == 200


@pytest.mark.parametrize("path", ["/unspecified", "/misdirected"])
async def test_behind_every_number_of_the_ledger_are_as_many_tickets(
    browser: httpx.AsyncClient, path: str
) -> None:
    page = (await shown(browser, LEAD, path, **ALL)).text
    links = {unescape(address): text for address, text in LINK.findall(page)}
    counted = {address: int(text) for address, text in links.items() if text.isdecimal()}
    assert counted
    for address, number in counted.items():
        assert len(await rows_of(browser, LEAD, address)) == number, address


async def test_who_asked_nothing_is_told_where_to_ask(browser: httpx.AsyncClient) -> None:
    page = (await shown(browser, "geir.altersund", "/mine")).text
    assert texts(Language.NB)("tickets.none_asked") in page


@pytest.mark.parametrize("path", ["/figures", "/mine", "/tickets", "/tickets/HALD-2025-0001"])
async def test_a_page_holds_no_styles_and_scripts_and_is_kept_by_nobody(
    browser: httpx.AsyncClient, path: str
) -> None:
    answer = await shown(browser, LEAD, f"{path}?{QUARTER}")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "private, no-store"
    assert not re.search(r"<style|\sstyle=|<script|\son\w+=|https?://(?!www\.w3\.org)", answer.text)
