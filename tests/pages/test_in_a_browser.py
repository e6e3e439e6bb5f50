"""Managers in a browser: they filter, follow a figure to its tickets, print, and nothing is barred.

One server and one browser for all of it.
"""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.pages.town import Town
from tests.pages.walk import QUARTER
from tests.web.browser import chromium, needs_chromium, serious, serving

pytestmark = needs_chromium

LEAD = "randi.solvang"
READERS = {"nb": LEAD, "nn": "leder-nn", "en": "leder-en"}  # who see the most, by language
FEW = f"{QUARTER}&municipality=alstahaug&month=2025-01"  # every kind of element, few of each
PHONE, PAPER, DESK = 320, 1047, 1300  # paper: A4 across, without its margins

expect.set_options(timeout=20_000)  # a busy machine is no failure


@pytest.fixture(scope="module")
def address(web: FastAPI) -> Iterator[str]:
    with serving(web) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A window in which scripts are not run: no page needs them."""
    context = browser.new_context(
        base_url=address, viewport={"width": DESK, "height": 900}, java_script_enabled=False
    )
    context.add_cookies([{"name": "visitor", "value": LEAD, "url": address}])
    yield context
    context.close()


def test_filters_stand_in_the_address_and_stay_chosen(visit: BrowserContext) -> None:
    page = visit.new_page()
    page.goto(f"/figures?{QUARTER}")
    page.get_by_label("Kommune", exact=True).select_option(label="Herøy")
    page.get_by_label("Oppgave", exact=True).select_option(label="Merverdiavgift")
    page.get_by_label("Prioritet", exact=True).select_option(label="Haster")
    page.get_by_role("button", name="Vis").click()

    for asked in ("municipality=heroy", "task=vat", "priority=urgent", "from=2025-01-01"):
        assert asked in page.url
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tallene: Herøy")
    expect(page.get_by_label("Kommune", exact=True)).to_have_value("heroy")
    expect(page.get_by_label("Oppgave", exact=True)).to_have_value("vat")


def test_a_figure_leads_to_its_tickets_and_a_ticket_to_its_clock(
    visit: BrowserContext, town: Town
) -> None:
    page = visit.new_page()
    page.goto(f"/figures?{QUARTER}&municipality=heroy")
    tile = page.locator(".tiles > div", has_text="Spurt")
    expect(tile).to_contain_text(str(len(town.tickets["heroy"])))
    tile.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Spurt")
    expect(page.locator("tbody tr")).to_have_count(len(town.tickets["heroy"]))

    number = town.tickets["heroy"][0].number
    page.get_by_role("link", name=number).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(number)
    expect(page.get_by_role("table", name="Første svar")).to_be_visible()


def test_a_long_list_is_turned_page_by_page(visit: BrowserContext) -> None:
    page = visit.new_page()
    page.goto(f"/tickets?{QUARTER}&municipality=*")
    page.get_by_role("link", name="Neste").click()
    expect(page.get_by_text("Det er alle: 52.")).to_be_visible()


def test_on_paper_the_figures_stand_alone_with_every_table_open(visit: BrowserContext) -> None:
    page = visit.new_page()
    page.goto(f"/figures?{QUARTER}&municipality=heroy")
    hidden = [page.get_by_role("navigation"), page.locator(".filters"), page.locator(".who button")]
    table = page.locator("#outcomes-table table")
    for each in hidden:
        expect(each).to_be_visible()
    expect(table).to_be_hidden()

    page.emulate_media(media="print")
    for each in hidden:
        expect(each).to_be_hidden()
    expect(table).to_be_visible()
    page.set_viewport_size({"width": PAPER, "height": 700})
    widest = max(
        box["width"] for each in page.locator("table").all() if (box := each.bounding_box())
    )
    assert widest <= PAPER
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("language", READERS)
def test_nothing_stands_in_anybodys_way_on_any_page(
    browser: Browser, address: str, town: Town, language: str
) -> None:
    """axe finds nothing serious on any page, wide or narrow; nothing is cut off on a phone."""
    number = town.tickets["alstahaug"][0].number
    context = browser.new_context(base_url=address, viewport={"width": DESK, "height": 900})
    context.add_cookies([{"name": "visitor", "value": READERS[language], "url": address}])
    page, trouble = context.new_page(), []
    page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
    for path in (
        f"/figures?{FEW}",
        f"/tickets?{FEW}",
        f"/unspecified?{QUARTER}",
        f"/misdirected?{QUARTER}",
        f"/tickets/{number}",
        "/mine",
        "/reports",
    ):
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == language
        open_every_detail(page)
        assert serious(page) == [], path
        page.set_viewport_size({"width": PHONE, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, path
        page.set_viewport_size({"width": DESK, "height": 900})
    assert trouble == []
    for path in ("/nowhere", f"/figures?{QUARTER}&side=nonsense"):
        page.goto(path)
        assert serious(page) == [], path
    context.close()


def open_every_detail(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
