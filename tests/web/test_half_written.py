"""What somebody is writing is theirs: nothing that happens around it takes it away."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
import uvicorn
from playwright.sync_api import Page, expect

from bot.cards.blocks import Button, Buttons, Card, Input, Option, Quote, Select
from bot.domain.people import PersonId
from bot.platforms.web_live import hang_up
from tests.web.browser import chromium, needs_chromium
from tests.web.counter import AT_NINE, Counter

pytestmark = needs_chromium

KARI = PersonId("kari.nordnes")
PARTS = (Option(label="Bank", value="bank"), Option(label="Moms", value="vat"))
SEND = Button(label="Send svaret", action="ticket.answer.send", value="7", style="primary")
FORM = (
    Input(name="text", label="Svar", is_long=True),
    Select(name="task", label="Oppgave", options=PARTS),
    Buttons(buttons=(SEND,)),
)
CARD = Card(title="Svar på HALD-2026-0001", body=FORM)
NEWER = Card(title="Svar på HALD-2026-0001", body=(Quote(text="En ting til"), *FORM))


@pytest.fixture
def page() -> Iterator[Page]:
    with chromium() as browser:
        yield browser.new_page()


@contextmanager
def served(counter: Counter) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as door:
        server = uvicorn.Server(uvicorn.Config(counter.web, log_level="error"))
        thread = Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}/chat/{KARI}"
        hang_up(counter.web)
        server.should_exit = True
        thread.join()


def stands(counter: Counter, card: Card) -> int:
    with counter.database.transaction() as store:
        return store.web_messages.put(KARI, card, AT_NINE).number


def is_redrawn(counter: Counter, number: int, card: Card) -> None:
    with counter.database.transaction() as store:
        store.web_messages.redraw(number, card)


def test_a_form_that_is_redrawn_keeps_what_is_written_and_where(
    counter: Counter, page: Page
) -> None:
    number = stands(counter, CARD)
    with served(counter) as address:
        page.goto(address)
        page.get_by_label("Oppgave").select_option("vat")
        answer = page.get_by_label("Svar", exact=True)
        answer.fill("15. januar")
        answer.press("Home")
        is_redrawn(counter, number, NEWER)
        expect(page.get_by_text("En ting til")).to_be_visible()

        expect(answer).to_be_focused()
        page.keyboard.type("Innen ")
        expect(answer).to_have_value("Innen 15. januar")
        expect(page.get_by_label("Oppgave")).to_have_value("vat")


def test_a_form_that_was_sent_is_not_filled_in_again(counter: Counter, page: Page) -> None:
    number = stands(counter, CARD)
    with served(counter) as address:
        page.goto(address)
        answer = page.get_by_label("Svar", exact=True)
        answer.fill("15. januar")
        with page.expect_response("**/press"):
            page.get_by_role("button", name="Send svaret").click()
        is_redrawn(counter, number, NEWER)
        expect(page.get_by_text("En ting til")).to_be_visible()

        expect(answer).to_have_value("")
        assert counter.heard[0].fields == {"text": "15. januar", "task": ""}


def test_the_page_says_when_it_has_lost_the_demo(counter: Counter, page: Page) -> None:
    with served(counter) as address:
        page.goto(address)
        page.get_by_label("Nytt spørsmål til Vertsdesk").fill("Hei")
    expect(page.get_by_role("status")).to_have_text("Ingen kontakt med demoen. Vi prøver igjen.")
    page.get_by_role("button", name="Send").click()
    problem = page.get_by_label("Nytt spørsmål til Vertsdesk")
    expect(problem).to_have_accessible_description(
        "Enter sender, Shift + Enter gir ny linje. Det gikk ikke. Prøv igjen."
    )
    expect(problem).to_have_value("Hei")
