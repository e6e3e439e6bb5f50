"""What people do on the page reaches the desk as the same events as from any other chat."""

import httpx
import pytest

from bot.cards.blocks import Card
from bot.conversation import Commanded, Opened, Pressed, Said, Show, Shown, Submitted
from bot.domain.people import Account, PersonId, Place, Platform
from bot.privacy import MASK
from tests.web.counter import Counter

OLA = "ola.husver"
KARI = "kari.nordnes"
CARD = Card(title="Spørsmålet er mottatt")


async def test_a_question_begins_a_thread_below_itself(
    counter: Counter, browser: httpx.AsyncClient
) -> None:
    said = await browser.post(f"/chat/{OLA}/{OLA}/say", data={"text": " Når må bilag inn?\r\n"})

    assert said.json() == {"windows": [], "errors": {}}
    [heard] = counter.heard
    assert isinstance(heard, Said)
    assert heard.text == "Når må bilag inn?"
    assert heard.account == Account(Platform.WEB, "demo", OLA)
    assert heard.place == Place(Platform.WEB, OLA, "1")
    assert heard.message == "web:1"
    assert heard.to_us
    assert heard.is_direct


async def test_a_reply_is_said_in_the_thread_it_answers(
    counter: Counter, browser: httpx.AsyncClient
) -> None:
    await browser.post(f"/chat/{OLA}/{OLA}/say", data={"text": "Når må bilag inn?"})
    await browser.post(f"/chat/{OLA}/{OLA}/say", data={"text": "Til revisor", "thread": "1"})
    await browser.post(f"/chat/{OLA}/{OLA}/say", data={"text": "I mars", "thread": "2"})

    assert [heard.place.thread for heard in counter.heard] == ["1", "1", "1"]


async def test_a_number_of_somebodys_is_not_kept_on_the_page(
    counter: Counter, browser: httpx.AsyncClient
) -> None:
    await browser.post(f"/chat/{OLA}/{OLA}/say", data={"text": "Hva med fnr 01019012480?"})

    with counter.database.reading() as store:
        line = store.web_messages.get(1)
    assert line
    assert line.text == f"Hva med fnr {MASK}?"
    page = await browser.get("/")
    assert "01019012480" not in page.text


async def test_talk_in_the_teams_channel_is_not_for_the_bot(
    counter: Counter, browser: httpx.AsyncClient
) -> None:
    await browser.post(f"/chat/{KARI}/team/say", data={"text": "Kaffe?"})

    [heard] = counter.heard
    assert isinstance(heard, Said)
    assert heard.place == Place(Platform.WEB, "team", "1")
    assert not heard.to_us
    assert not heard.is_direct


@pytest.mark.parametrize(
    ("typed", "command", "text"),
    [
        ("/spor Når må bilag inn?", "spor", "Når må bilag inn?"),
        ("/spor", "spor", ""),
        ("/order system-users", "bestill", "system-users"),
        ("/sla", "sla", ""),
    ],
)
async def test_a_command_is_heard_as_one_and_is_no_line(
    counter: Counter, browser: httpx.AsyncClient, typed: str, command: str, text: str
) -> None:
    await browser.post(f"/chat/{OLA}/{OLA}/say", data={"text": typed})

    [heard] = counter.heard
    assert isinstance(heard, Commanded)
    assert (heard.command, heard.text, heard.place) == (command, text, Place(Platform.WEB, OLA))
    with counter.database.reading() as store:
        assert store.web_messages.version() == 0


async def test_a_word_that_begins_like_a_command_is_still_a_word(
    counter: Counter, browser: httpx.AsyncClient
) -> None:
    await browser.post(f"/chat/{OLA}/{OLA}/say", data={"text": "/slapp av"})

    assert isinstance(counter.heard[0], Said)


async def test_pressing_tells_which_button_on_which_card_and_what_was_filled_in(
    counter: Counter, browser: httpx.AsyncClient
) -> None:
    team = Place(Platform.WEB, "team")
    standing = await counter.sender.send(team, CARD, None)
    sent = {"line": standing.message, "action": "ticket.answer.send", "value": "7"}
    await browser.post(f"/chat/{KARI}/team/press", data={**sent, "field.text": "Innen 15. mars"})

    [heard] = counter.heard
    assert isinstance(heard, Pressed)
    assert (heard.action, heard.value) == ("ticket.answer.send", "7")
    assert heard.fields == {"text": "Innen 15. mars"}
    assert heard.place == Place(Platform.WEB, "team", standing.message)
    assert heard.card == standing.message


async def test_a_window_opens_at_once_and_what_is_wrong_in_it_comes_back(
    counter: Counter, browser: httpx.AsyncClient
) -> None:
    counter.shown = Shown(cards=(Show(card=CARD),))
    opened = await browser.post(f"/chat/{OLA}/{OLA}/say", data={"text": "/spor"})
    counter.shown = Shown(errors={"text": "Skriv noe først."})
    form = {"action": "ask.send", "value": "", "field.text": ""}
    submitted = await browser.post(f"/chat/{OLA}/submit", data=form)

    assert '<h2 id="window-0-title">Spørsmålet er mottatt</h2>' in opened.json()["windows"][0]
    assert submitted.json()["errors"] == {"text": "Skriv noe først."}
    heard = counter.heard[1]
    assert isinstance(heard, Submitted)
    assert heard.fields == {"text": ""}


async def test_the_overview_is_somebodys_own(counter: Counter, browser: httpx.AsyncClient) -> None:
    await browser.post(f"/chat/{KARI}/home")

    [heard] = counter.heard
    assert isinstance(heard, Opened)
    assert heard.place == Place(Platform.WEB, KARI)


@pytest.mark.parametrize("text", ["", " \n ", "\x00\x07"])
async def test_saying_nothing_is_explained_in_ones_own_language(
    counter: Counter, browser: httpx.AsyncClient, text: str
) -> None:
    said = await browser.post("/chat/eirik.leines/eirik.leines/say", data={"text": text})

    assert (said.status_code, said.json()["detail"]) == (422, "Skriv noko først.")
    assert counter.heard == []


async def test_the_longest_message_is_taken_and_a_longer_one_explained(
    counter: Counter, browser: httpx.AsyncClient
) -> None:
    taken = await browser.post(f"/chat/{OLA}/{OLA}/say", data={"text": "å" * 40_000})
    refused = await browser.post(f"/chat/{OLA}/{OLA}/say", data={"text": "å" * 40_001})

    assert (taken.status_code, refused.status_code) == (200, 422)
    assert len(counter.heard) == 1


async def test_control_characters_go_and_every_letter_stays(
    counter: Counter, browser: httpx.AsyncClient
) -> None:
    await browser.post(f"/chat/{OLA}/{OLA}/say", data={"text": "\x00\x1b[1mשלום 👍 <b>\tja\nnei"})

    assert counter.heard[0].text == "[1mשלום 👍 <b>\tja\nnei"


@pytest.mark.parametrize(
    "where",
    [
        f"/chat/{OLA}/team/say",  # not of the team
        f"/chat/{OLA}/{KARI}/say",  # somebody else's conversation
        "/chat/nobody/nobody/say",
        f"/chat/{OLA}/team/press",
    ],
)
async def test_nobody_speaks_where_they_cannot_read(
    counter: Counter, browser: httpx.AsyncClient, where: str
) -> None:
    refused = await browser.post(where, data={"text": "Hei"})

    assert refused.status_code == 404
    assert counter.heard == []


@pytest.mark.parametrize("line", ["1", "99999999999999999999999", "-1", "x"])
async def test_a_line_that_is_gone_or_somebody_elses_answers_nobody(
    counter: Counter, browser: httpx.AsyncClient, line: str
) -> None:
    await counter.sender.send(Place(Platform.WEB, KARI), CARD, None)  # line 1 is Kari's
    form = {"action": "ticket.take", "value": "7", "line": line}
    pressed = await browser.post(f"/chat/{OLA}/{OLA}/press", data=form)
    said = await browser.post(f"/chat/{OLA}/{OLA}/say", data={"text": "Hei", "thread": line})

    assert [pressed.status_code, said.status_code] == [404, 404]
    assert pressed.json()["detail"] == "Dette finnes ikke lenger."
    assert counter.heard == []


async def test_a_card_for_one_person_is_no_card_to_the_others(
    counter: Counter, browser: httpx.AsyncClient
) -> None:
    kari = Account(Platform.WEB, "demo", PersonId(KARI))
    whisper = await counter.sender.send(Place(Platform.WEB, "team"), CARD, kari)
    form = {"action": "ticket.take", "value": "7", "line": whisper.message}
    hers = await browser.post(f"/chat/{KARI}/team/press", data=form)
    others = await browser.post("/chat/per.tindvik/team/press", data=form)

    assert (hers.status_code, others.status_code) == (200, 404)
