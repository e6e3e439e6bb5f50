"""The pages: who is who, what is shown to whom, and what is new since the last look."""

import asyncio
import re

import httpx
import pytest

from bot.cards.blocks import Card, Quote
from bot.domain.people import Account, Language, PersonId, Place, Platform
from bot.platforms.web_live import hang_up
from bot.texts import texts
from tests.web.counter import Counter

OLA, KARI = "ola.husver", "kari.nordnes"
TEAM = Place(Platform.WEB, "team")
CARD = Card(title="Spørsmål fra Ola", body=(Quote(text="<script>alert(1)</script>"),))


async def test_a_newcomer_is_an_asker_in_heroy_beside_heroys_main_contact(
    browser: httpx.AsyncClient,
) -> None:
    page = (await browser.get("/")).text

    assert re.findall(r'data-person="(.+?)"', page) == ["anita.seloy", KARI]
    assert "Hovedkontaktperson for Herøy" in page


async def test_every_page_says_that_it_is_a_demo_and_its_people_fictional(
    browser: httpx.AsyncClient,
) -> None:
    for address in ("/", f"/chat/{OLA}", "/chat/nobody"):
        page = (await browser.get(address)).text
        assert "demo uten innlogging" in page
        assert "Alle personer er oppdiktet" in page


@pytest.mark.parametrize(
    ("person", "language"),
    [(OLA, Language.NB), ("eirik.leines", Language.NN), ("emma.solfjell", Language.EN)],
)
async def test_a_pane_speaks_its_persons_language(
    browser: httpx.AsyncClient, person: str, language: Language
) -> None:
    page = (await browser.get("/", params={"left": KARI, "right": person})).text

    pane = page[page.index('id="right"') :]
    assert f'lang="{language}"' in pane
    assert texts(language)("page.empty_asker") in pane
    assert texts(language)("page.write_direct") in pane


async def test_nobody_is_left_out_of_the_list_of_people_to_be(
    counter: Counter, browser: httpx.AsyncClient
) -> None:
    page = (await browser.get(f"/chat/{OLA}")).text

    with counter.database.reading() as store:
        everybody = {person.id for person in store.people.everybody()}
    assert set(re.findall(r'<option value="(.+?)"', page)) == everybody
    assert re.findall(r'<optgroup label="(.+?)"', page) == [
        "Alstahaug",
        "Herøy",
        "Dønna",
        "Leirfjord",
    ]


async def test_the_teams_channel_is_offered_to_the_team_alone(browser: httpx.AsyncClient) -> None:
    hers = (await browser.get(f"/chat/{KARI}", params={"room": "team"})).text
    his = (await browser.get(f"/chat/{OLA}", params={"room": "team"})).text

    assert 'data-channel="team"' in hers
    assert 'data-channel="team"' not in his
    assert "Teamets kanal" not in his


async def test_a_thread_is_shown_below_the_line_it_begins_with(
    counter: Counter, browser: httpx.AsyncClient
) -> None:
    root = await counter.sender.send(TEAM, CARD, None)
    below = Place(Platform.WEB, "team", root.message)
    await counter.sender.send(below, Card(title="Nytt fra Ola"), None)
    page = (await browser.get(f"/chat/{KARI}", params={"room": "team"})).text

    replies = page[page.index('id="left-1-replies"') :]
    assert "Nytt fra Ola" in replies
    assert "Spørsmål fra Ola" not in replies


async def test_what_people_write_is_never_markup(
    counter: Counter, browser: httpx.AsyncClient
) -> None:
    await browser.post(f"/chat/{OLA}/{OLA}/say", data={"text": "<script>alert(2)</script>"})
    await counter.sender.send(Place(Platform.WEB, OLA), CARD, None)
    page = (await browser.get(f"/chat/{OLA}")).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "&lt;script&gt;alert(2)" in page


async def test_only_what_is_new_is_fetched_and_a_redrawn_card_is_new(
    counter: Counter, browser: httpx.AsyncClient
) -> None:
    first = await counter.sender.send(TEAM, CARD, None)
    await counter.sender.send(TEAM, CARD, None)
    before = await news_of(browser, since=0)
    await counter.sender.change(TEAM, first.message, Card(title="Kari har tatt saken"))
    after = await news_of(browser, since=before["version"])

    assert [line["number"] for line in before["lines"]] == [1, 2]
    assert [line["number"] for line in after["lines"]] == [1]
    assert "Kari har tatt saken" in after["lines"][0]["html"]
    assert (await news_of(browser, since=after["version"]))["lines"] == []


async def test_a_reply_that_is_new_says_which_thread_it_belongs_to(
    counter: Counter, browser: httpx.AsyncClient
) -> None:
    root = await counter.sender.send(TEAM, CARD, None)
    await counter.sender.send(Place(Platform.WEB, "team", root.message), CARD, None)

    threads = [line["thread"] for line in (await news_of(browser, since=0))["lines"]]
    assert threads == [None, root.message]


async def test_the_news_of_the_team_is_not_for_others(
    counter: Counter, browser: httpx.AsyncClient
) -> None:
    await counter.sender.send(TEAM, CARD, None)
    for reader, channel in ((OLA, "team"), (OLA, KARI), ("nobody", "team")):
        address = f"/chat/{reader}/{channel}/lines?side=left&since=0"
        assert (await browser.get(address)).status_code == 404


async def test_a_card_for_one_person_says_so_and_nobody_else_gets_it(
    counter: Counter, browser: httpx.AsyncClient
) -> None:
    kari = Account(Platform.WEB, "demo", PersonId(KARI))
    await counter.sender.send(TEAM, CARD, kari)
    hers = (await browser.get(f"/chat/{KARI}?room=team")).text
    others = (await browser.get("/chat/per.tindvik?room=team")).text

    assert "Bare du ser dette" in hers
    assert "Spørsmål fra Ola" not in others


async def test_an_open_line_tells_of_a_change_and_ends_when_the_server_stops(
    counter: Counter, browser: httpx.AsyncClient
) -> None:
    async def stopped_later() -> None:
        await asyncio.sleep(0.3)
        await counter.sender.send(TEAM, CARD, None)
        await asyncio.sleep(0.6)
        hang_up(counter.web)

    stopping = asyncio.create_task(stopped_later())
    heard = await browser.get("/live")
    await stopping

    assert heard.headers["content-type"].startswith("text/event-stream")
    assert re.findall(r"^data: (\d+)$", heard.text, re.MULTILINE) == ["0", "1"]


async def test_a_page_that_is_not_there_says_so_kindly(browser: httpx.AsyncClient) -> None:
    missing = await browser.get("/chat/nobody")
    assert missing.status_code == 404
    assert "Tilbake til demoen" in missing.text


async def news_of(browser: httpx.AsyncClient, *, since: int) -> dict[str, object]:
    address = f"/chat/{KARI}/team/lines"
    return (await browser.get(address, params={"side": "left", "since": since})).json()
