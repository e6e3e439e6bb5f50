"""In a real browser, over real HTTP: sign in, see the page one wanted, sign out here and there."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from playwright.sync_api import Browser, Page, expect

from bot.pages import shell, who_am_i
from bot.pages.shell import draw
from bot.pages.visitor import Visitor
from tests.sign_in.door import OLA, Door
from tests.sign_in.issuer import PretendIssuer
from tests.web.browser import chromium, free_port, needs_chromium, serious, serving

pytestmark = needs_chromium

LANGUAGES = {"nb-NO": "nb", "nn-NO": "nn", "en-GB": "en"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@contextmanager
def window(browser: Browser, language: str = "nb-NO") -> Iterator[Page]:
    """Open a window that knows nobody; there may be no word of trouble in its console."""
    trouble: list[str] = []
    context = browser.new_context(locale=language)
    page = context.new_page()
    page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    yield page
    context.close()
    assert [said for said in trouble if "Failed to load resource" not in said] == []


def opened(door: Door, issuer: PretendIssuer) -> int:
    """Open *door* at a free port of this machine, with one page behind it."""
    port = free_port()
    door.address = f"http://127.0.0.1:{port}"
    door.opens(issuer)

    @door.web.get("/page", response_class=HTMLResponse)
    def page(request: Request, person: Visitor) -> HTMLResponse:
        told = {"title": "Tallene", "words": f"Hei, {person.name}"}
        return draw(request, door.desk, person, "nothing.html", **told)

    return port


def assert_nothing_bars(page: Page, language: str) -> None:
    assert serious(page) == []
    assert page.locator("html").get_attribute("lang") == language


def test_somebody_signs_in_sees_what_they_wanted_and_signs_out_here_and_there(
    door: Door, issuer: PretendIssuer, browser: Browser
) -> None:
    issuer.person = OLA
    with serving(door.web, opened(door, issuer)), window(browser) as page:
        page.goto(f"{door.address}/page?year=2026")
        expect(page).to_have_url(f"{door.address}/page?year=2026")
        expect(page.get_by_text("Hei, Ola Husvær")).to_be_visible()
        assert page.evaluate("document.cookie") == ""

        page.get_by_role("button", name="Logg ut").click()
        expect(page).to_have_url(f"{door.address}/sign-out/done")
        expect(page.get_by_role("heading", name="Du er logget ut")).to_be_visible()
        assert len(issuer.signed_out) == 1

        page.go_back()
        page.goto(f"{door.address}/page")
        expect(page.get_by_text("Hei, Ola Husvær")).to_be_visible()
        assert len(issuer.asked) == 2  # they were out, and have signed in again


def test_nothing_at_the_door_bars_anybody_in_any_language(
    door: Door, issuer: PretendIssuer, browser: Browser
) -> None:
    issuer.answers = {"error": "access_denied"}
    port, demo = opened(door, issuer), FastAPI()
    shell.serve(demo, door.desk)
    who_am_i.serve(demo, door.desk)
    with serving(door.web, port), serving(demo) as demos:
        for wanted, language in LANGUAGES.items():
            with window(browser, wanted) as page:
                page.goto(f"{door.address}/page")
                assert_nothing_bars(page, language)
                page.goto(f"{door.address}/sign-out/done")
                assert_nothing_bars(page, language)
                page.goto(f"{demos}/sign-in")
                assert_nothing_bars(page, language)
