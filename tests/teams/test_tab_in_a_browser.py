"""The tab's own script, in a real browser: Teams is pretended, what it is shown is not."""

from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from playwright.sync_api import Page, Route, expect

from bot.cards.blocks import Button, Buttons, Card, Option, Quote, Select
from bot.pages import teams_tab
from bot.render.html import html
from tests.web.browser import chromium, needs_chromium, serving

TEAMS = """globalThis.microsoftTeams = {
    app: { initialize: async () => {} },
    authentication: { getAuthToken: async () => "a token" },
};"""
INK = "rgb(23, 38, 45)"  # of colours.css
PARTS, TOWNS = ("all", "mine"), ("all", "donna")


@contextmanager
def desk(asked: list[dict[str, str]]) -> Iterator[str]:
    """Serve the tab; whatever is asked for is kept, and answered with a queue."""
    web = FastAPI()
    teams_tab.serve(web, "https://teams.example/chat")
    web.mount("/static", StaticFiles(directory=teams_tab.HERE / "static"))  # as shell does

    @web.get("/teams/tab/mine")
    def mine(request: Request) -> HTMLResponse:
        if request.headers.get("authorization") != "Bearer a token":
            return HTMLResponse(status_code=401)
        asked.append(dict(request.query_params))
        return HTMLResponse(html(queue(asked[-1]), name="mine", level=2))

    with serving(web) as address:
        yield f"{address}/teams/tab?locale=nb-no"


def queue(wanted: dict[str, str]) -> Card:
    part = wanted.get("part", "all")
    buttons = tuple(
        Button(
            label=each,
            action="queue.show",
            value=each,
            style="primary" if each == part else "plain",
        )
        for each in PARTS
    )
    options = tuple(Option(label=town, value=town) for town in TOWNS)
    chosen = wanted.get("municipality", "all")
    town = Select(name="municipality", label="Kommune", options=options, value=chosen)
    seen = Quote(text=f"{part} of {chosen}")
    return Card(title="Køen", body=(Buttons(buttons=buttons), town, seen))


@contextmanager
def opened(address: str, teams: str = TEAMS) -> Iterator[Page]:
    with chromium() as browser:
        page = browser.new_page()

        def pretend(route: Route) -> None:
            route.fulfill(body=teams, content_type="text/javascript")

        page.route("**/teams-js.min.js", pretend)
        page.goto(address)
        yield page


@needs_chromium
def test_the_part_and_the_filter_that_are_chosen_are_shown_and_kept() -> None:
    asked: list[dict[str, str]] = []
    with desk(asked) as address, opened(address) as page:
        expect(page.get_by_text("all of all")).to_be_visible()
        expect(page.locator("body")).to_have_css("color", INK)
        page.get_by_label("Kommune").select_option("donna")
        expect(page.get_by_text("all of donna")).to_be_visible()
        expect(page.get_by_label("Kommune")).to_be_focused()
        page.get_by_role("button", name="mine").press("Enter")
        expect(page.get_by_text("mine of donna")).to_be_visible()
        expect(page.get_by_role("button", name="mine")).to_be_focused()
        assert Axe().run(page).violations_count == 0
    assert asked == [
        {"locale": "nb-no"},
        {"locale": "nb-no", "part": "all", "municipality": "donna"},
        {"locale": "nb-no", "part": "mine", "municipality": "donna"},
    ]


@needs_chromium
def test_whom_teams_does_not_vouch_for_is_told_where_to_look_instead() -> None:
    asked: list[dict[str, str]] = []
    teams = TEAMS.replace("a token", "another's")
    with desk(asked) as address, opened(address, teams) as page:
        expect(page.locator("#mine")).not_to_have_attribute("aria-busy", "true")
        expect(page.locator("#mine")).not_to_contain_text(" of ")
        expect(page.locator("#mine")).not_to_be_empty()
    assert asked == []
