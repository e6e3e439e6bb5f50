"""The README's pictures, taken from the running demo: ``python -m tests.web.take_pictures``."""

import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.web.browser import chromium, composer, demo

PICTURES = Path(__file__).with_name("pictures")
VAT = "Når må mva-kompensasjonen for 1. termin være sendt?"
INVOICE = "Hvem lager kreditnota på en faktura vi har sendt?"


def take() -> None:
    """Let two people talk, and take a picture at each step worth seeing."""
    with (
        tempfile.TemporaryDirectory() as folder,
        demo(Path(folder)) as (address, _),
        chromium() as browser,
    ):
        size = {"width": 1400, "height": 1000}
        page = browser.new_page(viewport=size, reduced_motion="reduce")
        _ask_and_answer(page, address)
        _why(page)
        _refer(page, address)
        _figures(page, address)


def _ask_and_answer(page: Page, address: str) -> None:
    page.goto(f"{address}?left=ola.husver&right=kari.nordnes")
    left, right = page.locator("#left"), page.locator("#right")
    composer(left).fill(VAT)
    left.get_by_role("button", name="Send").click()
    offered = right.get_by_role("article").filter(has_text="Ola Husvær").last
    offered.get_by_role("button", name="Ta saken").click()
    expect(left.get_by_role("log")).to_contain_text("Kari Nordnes har den")
    offered.get_by_role("button", name="Svar", exact=True).click()
    window = page.get_by_role("dialog")
    window.get_by_role("textbox").fill("Innen 10. april. Send gjerne underlaget en uke før.")
    window.get_by_role("button", name="Send").click()
    expect(left.get_by_role("log")).to_contain_text("en uke før")
    page.screenshot(path=PICTURES / "demo.png")


def _why(page: Page) -> None:
    page.locator("#left").get_by_role("button", name="Hvorfor denne fristen?").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.screenshot(path=PICTURES / "why.png")
    page.keyboard.press("Escape")


def _refer(page: Page, address: str) -> None:
    page.goto(f"{address}?left=anita.seloy&right=kari.nordnes&right_room=team")
    left = page.locator("#left")
    composer(left).fill(INVOICE)
    left.get_by_role("button", name="Send").click()
    expect(left.get_by_role("log")).to_contain_text("kommunens egen oppgave")
    page.screenshot(path=PICTURES / "referral.png")


def _figures(page: Page, address: str) -> None:
    """Show Herøy's manager the figures of the demo's past."""
    page.goto(f"{address}figures")
    page.get_by_role("combobox").select_option("bjorn.tenna")
    page.get_by_role("button").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Herøy")
    page.screenshot(path=PICTURES / "figures.png")


if __name__ == "__main__":
    take()
