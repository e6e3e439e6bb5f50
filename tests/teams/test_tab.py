"""A person's own tab in Teams shows their own questions, to them alone."""

import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from bot.cards.blocks import Button, Buttons, Card, Quote
from bot.conversation import Opened, Pressed, Show, Shown
from bot.domain.people import Account, Platform
from storage.database import Database
from tests.recorder import Recorder
from tests.teams.activities import CLIENT, OLA_ID, TENANT
from tests.teams.desk import TeamsDesk, teams_desk
from tests.teams.pretend import token

OTHER_TENANT = "00000000-0000-4000-8000-00000000beef"
ASK = Buttons(buttons=(Button(label="Spør", action="ask.form", value=""),))
PAGE = Card(title="Mine spørsmål", body=(ASK, Quote(text="Når er <fristen>?")))


@pytest.fixture
def desk() -> Recorder:
    return Recorder(shown=Shown(cards=(Show(card=PAGE),)))


@pytest.fixture
async def here(desk: Recorder, database: Database) -> AsyncIterator[TeamsDesk]:
    async with teams_desk(lambda _: desk, database) as here:
        yield here


def olas(here: TeamsDesk, **claims: Any) -> str:
    """Return what Microsoft gives Ola's Teams for our tab, but for *claims*."""
    known = {
        "iss": f"{here.teams.url}/{TENANT}/v2.0",
        "aud": CLIENT,
        "tid": TENANT,
        "oid": OLA_ID,
        "scp": "access_as_user",
    }
    return token(**known | claims)


async def looks(here: TeamsDesk, bearer: str | None, query: str = "") -> httpx.Response:
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    return await here.client.get(f"/teams/tab/mine{query}", headers=headers)


async def test_who_looks_sees_their_own_page_to_be_read(here: TeamsDesk, desk: Recorder) -> None:
    answer = await looks(here, olas(here))
    assert answer.status_code == 200
    assert "Når er &lt;fristen&gt;?" in answer.text
    assert "<button" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    [event] = desk.events
    assert isinstance(event, Opened)
    assert event.account == Account(Platform.TEAMS, TENANT, OLA_ID)


async def test_a_part_of_the_queue_is_asked_for_with_its_filters(
    here: TeamsDesk, desk: Recorder
) -> None:
    parts = Buttons(buttons=(Button(label="Mine (2)", action="queue.show", value="mine"),))
    desk.shown = Shown(cards=(Show(card=Card(title="Køen", body=(parts, ASK))),))
    answer = await looks(here, olas(here), "?locale=nb&part=mine&municipality=donna&task=vat")
    [event] = desk.events
    assert isinstance(event, Pressed)
    assert (event.action, event.value, event.card) == ("queue.show", "mine", None)
    assert event.fields == {"municipality": "donna", "task": "vat"}
    assert 'data-action="queue.show" data-value="mine"' in answer.text
    assert "ask.form" not in answer.text


async def test_looking_twice_is_two_looks(here: TeamsDesk, desk: Recorder) -> None:
    for _ in range(2):
        await looks(here, olas(here))
    assert len({event.key for event in desk.events}) == 2


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://login.example/v2.0"},
        {"aud": "another-app"},
        {"exp": int(time.time()) - 3600},
        {"scp": "User.Read"},
        {"oid": ""},
        {"tid": OTHER_TENANT},
        {"tid": OTHER_TENANT, "iss": f"https://login.example/{OTHER_TENANT}/v2.0"},
    ],
)
async def test_what_microsoft_does_not_vouch_for_is_shown_nothing(
    here: TeamsDesk, desk: Recorder, claims: dict[str, Any]
) -> None:
    assert (await looks(here, olas(here, **claims))).status_code == 401
    assert desk.events == []


async def test_neither_a_bots_token_nor_a_forged_one_nor_none_opens_it(
    here: TeamsDesk, desk: Recorder
) -> None:
    forged = token(
        generate_private_key(65537, 2048),
        iss=f"{here.teams.url}/{TENANT}/v2.0",
        tid=TENANT,
        oid=OLA_ID,
        scp="access_as_user",
    )
    for bearer in (here.token(), forged, "x", "a.b.c", None):
        assert (await looks(here, bearer)).status_code == 401
    assert desk.events == []


async def test_who_is_not_known_yet_is_told_to_write_first(here: TeamsDesk, desk: Recorder) -> None:
    desk.strangers = {OLA_ID}
    answer = await looks(here, olas(here), "?locale=nn-no")
    assert "Vi kjenner deg ikkje enno" in answer.text
    assert desk.events == []


async def test_the_page_itself_holds_nobodys_questions(here: TeamsDesk, desk: Recorder) -> None:
    page = await here.client.get("/teams/tab?locale=nn-no")
    assert page.status_code == 200
    assert "Spørsmåla mine" in page.text
    assert f"28%3A{CLIENT}" in page.text
    assert "frame-ancestors https://teams.microsoft.com" in page.headers["Content-Security-Policy"]
    assert desk.events == []
    for name in ("teams-js.min.js", "teams_tab.js", "colours.css", "chat.css", "icon.svg"):
        assert (await here.client.get(f"/teams/{name}")).status_code == 200
    about = await here.client.get("/teams/about?locale=xx")
    assert "Vertsdesk tar imot spørsmål" in about.text
