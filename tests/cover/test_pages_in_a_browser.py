"""Cover, vulnerability and what-if in a browser: by keyboard, on a phone, and nothing is barred."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page

from tests.cover.desk import LEAD, TEAM
from tests.web.browser import chromium, needs_chromium, serious, serving, tab_to

pytestmark = needs_chromium
PHONE, DESK = {"width": 320, "height": 800}, {"width": 1300, "height": 900}
READERS = {"nb": LEAD, "nn": "leder-nn", "en": "leder-en"}
REPLAYS = {"nb": "Spill av", "nn": "Spel av", "en": "Replay"}


@pytest.fixture(scope="module")
def address(web: FastAPI) -> Iterator[str]:
    with serving(web) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def opened(browser: Browser, address: str, who: str) -> Page:
    context = browser.new_context(
        base_url=address, viewport=DESK, extra_http_headers={"x-visitor": who}
    )
    return context.new_page()


@pytest.mark.parametrize("language", READERS)
def test_nothing_stands_in_anybodys_way(browser: Browser, address: str, language: str) -> None:
    """axe finds nothing serious, wide or narrow; nothing is cut off on a phone."""
    page = opened(browser, address, READERS[language])
    page.goto("/cover?from=2026-06-29&weeks=26")
    looked_at(page, language)
    page.goto(f"/vulnerability?away={TEAM}&weeks=28-31")
    looked_at(page, language)
    page.goto("/what-if")
    page.get_by_role("button", name=REPLAYS[language], exact=True).click()
    page.locator("article.card").wait_for()
    looked_at(page, language)
    page.context.close()


def looked_at(page: Page, language: str) -> None:
    assert page.locator("html").get_attribute("lang") == language
    assert serious(page) == []
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.set_viewport_size(DESK)


def test_the_map_is_walked_and_a_week_opened_by_keyboard(browser: Browser, address: str) -> None:
    page = opened(browser, address, LEAD)
    page.goto("/cover?from=2026-06-29&weeks=4")
    tab_to(page, "1×", within=".heat")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cover?from=2026-06-29&weeks=1")
    assert page.locator(".heat tbody td").count() == 4  # a week of each municipality
    page.context.close()
