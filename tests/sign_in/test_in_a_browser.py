"""In a real browser, over real HTTP: sign in, see the page one wanted, sign out here and there."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from playwright.sync_api import Browser, Page, expect

from bot.pages import shell, who_am_i
from bot.pages.shell import draw
from bot.pages.visitor import Visitor
from tests.sign_in.door import OLA, Door
from tests.sign_in.issuer import PretendIssuer
from tests.web.browser import chromium, free_port, needs_chromium

pytestmark = needs_chromium

LANGUAGES = {"nb-NO": "nb", "nn-NO": "nn", "en-GB": "en"}
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@contextmanager
def listening(web: FastAPI, port: int) -> Iterator[None]:
    server = uvicorn.Server(uvicorn.Config(web, port=port, log_level="error"))
    running = Thread(target=server.run)
    running.start()
    while not is_open(port):
        time.sleep(0.02)
    yield
    server.should_exit = True
    running.join()


def is_open(port: int) -> bool:
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) == 0


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
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in SERIOUS] == []
    assert page.locator("html").get_attribute("lang") == language


def test_somebody_signs_in_sees_what_they_wanted_and_signs_out_here_and_there(
    door: Door, issuer: PretendIssuer, browser: Browser
) -> None:
    issuer.person = OLA
    with listening(door.web, opened(door, issuer)), window(browser) as page:
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
    port, demo, demos = opened(door, issuer), FastAPI(), free_port()
    shell.serve(demo, door.desk)
    who_am_i.serve(demo, door.desk)
    with listening(door.web, port), listening(demo, demos):
        for wanted, language in LANGUAGES.items():
            with window(browser, wanted) as page:
                page.goto(f"{door.address}/page")
                assert_nothing_bars(page, language)
                page.goto(f"{door.address}/sign-out/done")
                assert_nothing_bars(page, language)
                page.goto(f"http://127.0.0.1:{demos}/sign-in")
                assert_nothing_bars(page, language)
