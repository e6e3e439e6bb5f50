"""Two people in a browser: one asks, the other answers, and each sees the other at once."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.web.browser import chromium, composer, demo, needs_chromium, tab_to

pytestmark = needs_chromium

QUESTION = "Når må bilag være inne for årsregnskapet?"
ANSWER = "Bilagene må være inne 15. januar."
KARI = "kari.nordnes"

expect.set_options(timeout=20_000)  # a busy machine is no failure


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with demo(tmp_path_factory.mktemp("demo")) as (where, _):
        yield where


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window, and no word of trouble in its console."""
    trouble: list[str] = []
    window = browser.new_page(
        viewport={"width": 1400, "height": 1000},
        reduced_motion="reduce",  # axe would judge the contrast of what is half faded in
    )
    window.on("pageerror", lambda error: trouble.append(str(error)))
    window.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
    yield window
    window.close()
    assert trouble == []


def test_a_question_reaches_its_contact_and_the_answer_its_asker_without_reloading(
    page: Page, address: str
) -> None:
    page.goto(f"{address}?left=ola.husver&right={KARI}")
    page.evaluate("window.sameDocument = true")
    left, right = page.locator("#left"), page.locator("#right")

    composer(left).fill(QUESTION)
    left.get_by_role("button", name="Send").click()
    expect(left.get_by_role("article").filter(has_text="HALD-")).to_be_visible()
    offered = right.get_by_role("article").filter(has_text="Ola Husvær").last
    expect(offered).to_contain_text(QUESTION)

    offered.get_by_role("button", name="Ta saken").click()
    expect(left.get_by_role("article").filter(has_text="Kari Nordnes har den")).to_be_visible()

    offered.get_by_role("button", name="Svar", exact=True).click()
    window = page.get_by_role("dialog")
    window.get_by_role("textbox").fill(ANSWER)
    window.get_by_role("button", name="Send").click()
    expect(left.get_by_role("log")).to_contain_text(ANSWER)
    expect(window).to_be_hidden()

    left.get_by_label("Svar i tråden").fill("Gjelder det også investering?")
    left.get_by_label("Svar i tråden").press("Enter")
    expect(right.get_by_role("log")).to_contain_text("Gjelder det også investering?")
    assert page.evaluate("window.sameDocument")


def test_the_keyboard_alone_is_enough_to_ask_take_and_answer(page: Page, address: str) -> None:
    page.goto(f"{address}?left=arne.glein&right=per.tindvik")
    left, right = page.locator("#left"), page.locator("#right")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hopp til venstre samtale")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "Nytt spørsmål", "#left")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(right.get_by_role("article")).to_contain_text(QUESTION)
    expect(composer(left)).to_be_focused()

    tab_to(page, "Ta saken", "#right")
    page.keyboard.press("Enter")
    expect(right.get_by_role("button", name="Ta saken")).to_be_hidden()
    tab_to(page, "Svar", "#right")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("textbox")).to_be_focused()
    page.keyboard.type(ANSWER)
    tab_to(page, "Send", "dialog")
    page.keyboard.press("Enter")

    expect(left.get_by_role("log")).to_contain_text(ANSWER)
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(right.locator(":focus")).to_have_count(1)


def test_two_windows_of_their_own_see_each_other(
    browser: Browser, page: Page, address: str
) -> None:
    theirs = browser.new_page()
    page.goto(f"{address}chat/eirik.leines")
    theirs.goto(f"{address}chat/liv.sandhaug?room=team")

    composer(page.locator("#left")).fill("Når må bilag vere inne for årsrekneskapen?")
    composer(page.locator("#left")).press("Enter")
    expect(theirs.get_by_role("log")).to_contain_text("Når må bilag vere inne for årsrekneskapen?")
    theirs.close()


def test_half_written_words_stay_and_keep_the_focus_when_others_write(
    page: Page, address: str
) -> None:
    page.goto(f"{address}?left=hilde.akvik&right=per.tindvik&right_room=team")
    left, right = page.locator("#left"), page.locator("#right")
    composer(left).fill(QUESTION)
    composer(left).press("Enter")
    offered = right.get_by_role("article").filter(has_text="Hilde Åkvik").last
    expect(offered).to_be_visible()

    reply = left.get_by_label("Svar i tråden")
    reply.fill("Jeg tenker på")
    reply.press("Home")
    offered.get_by_role("button", name="Ta saken").evaluate("button => button.click()")
    expect(left.get_by_role("article").filter(has_text="Per Tindvik har den")).to_be_visible()

    expect(reply).to_be_focused()
    expect(reply).to_have_value("Jeg tenker på")
    page.keyboard.type("Hei! ")
    expect(reply).to_have_value("Hei! Jeg tenker på")


def test_an_empty_answer_is_refused_beside_its_field(page: Page, address: str) -> None:
    page.goto(f"{address}?left=jon.belsvag&right=randi.solvang")
    left, right = page.locator("#left"), page.locator("#right")
    composer(left).fill(QUESTION)
    composer(left).press("Enter")
    offered = right.get_by_role("article").filter(has_text="Jon Belsvåg").last
    offered.get_by_role("button", name="Svar", exact=True).click()
    window = page.get_by_role("dialog")
    window.get_by_role("button", name="Send").click()

    field = window.get_by_role("textbox")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("Dette må fylles ut.")
    expect(field).to_be_focused()

    page.keyboard.press("Escape")
    expect(window).to_be_hidden()
    expect(offered.get_by_role("button", name="Svar", exact=True)).to_be_focused()


def test_being_somebody_else_changes_the_conversation_and_its_language(
    page: Page, address: str
) -> None:
    page.goto(address)
    right = page.locator("#right")
    right.get_by_label("Vis som").focus()
    right.get_by_label("Vis som").select_option("emma.solfjell")

    expect(right.get_by_role("heading", name="Emma Solfjell")).to_be_visible()
    expect(right).to_have_attribute("lang", "en")
    expect(right.get_by_label("View as")).to_be_focused()
    expect(page.locator("html")).to_have_attribute("lang", "nb")
    assert "right=emma.solfjell" in page.url

    right.get_by_role("button", name="When must vouchers be in").click()
    expect(composer(right)).to_have_value("When must vouchers be in for the annual accounts?")


def test_the_teams_channel_is_one_press_away_for_the_team(page: Page, address: str) -> None:
    page.goto(f"{address}?left=anita.seloy&right={KARI}")
    page.locator("#right").get_by_role("link", name="Teamets kanal").click()

    channel = page.get_by_role("log", name="Teamets kanal, sett av Kari Nordnes")
    expect(channel).to_be_visible()
    expect(page.get_by_role("link", name="Teamets kanal")).to_be_focused()
    expect(page.locator("#left").get_by_role("link", name="Teamets kanal")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 1400])
def test_nothing_stands_in_anybodys_way(page: Page, address: str, width: int) -> None:
    """axe finds nothing on the start page, with a ticket open, or in a form; nothing is cut off."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}?left=turid.flostad&right={KARI}")
    assert violations(page) == ""

    left, right = page.locator("#left"), page.locator("#right")
    composer(left).fill(QUESTION)
    composer(left).press("Enter")
    offered = right.get_by_role("article").filter(has_text="Turid Flostad").last
    expect(offered).to_be_visible()
    assert violations(page) == ""

    offered.get_by_role("button", name="Gi videre").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def violations(page: Page) -> str:
    results = Axe().run(page)
    return "" if results.violations_count == 0 else results.generate_report()


def test_a_newcomer_chooses_who_to_be_and_looks_at_figures(page: Page, address: str) -> None:
    page.goto(f"{address}figures")
    page.locator("select").select_option("randi.solvang")
    page.locator("main").get_by_role("button").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Tallene")
    assert page.locator("main").get_by_role("table").count() > 1
