"""The real SDK over real HTTP on loopback: real tokens, signed by a key of ours; nothing else real.

The program listens on one port and the pretend Connector service on another.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from structlog.testing import capture_logs

from bot.cards.blocks import Card, Text
from bot.conversation import NotDelivered
from bot.domain.people import Place, Platform
from bot.files import Content, FileTooLarge
from bot.platforms.teams_door import PATH
from schedules.deliver_outbox import deliver_outbox
from storage.database import Database
from tests.helpdesk import TEAM, VAT
from tests.teams.activities import BOT, OLA_ID, OWN, TENANT, in_channel, message, press
from tests.teams.card_rules import buttons, words
from tests.teams.pretend import OPENED, token
from tests.teams.test_conversation import Town, open_town

OTHER_TENANT = "00000000-0000-4000-8000-00000000beef"
ELSEWHERE = "https://somewhere.example/"


@asynccontextmanager
async def listening(web: FastAPI) -> AsyncIterator[str]:
    """Let *web* be called over HTTP, at the address that this gives."""
    server = uvicorn.Server(uvicorn.Config(web, port=0, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn tells in no other way
        await asyncio.sleep(0.01)
    [socket] = server.servers[0].sockets
    yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    server.should_exit = True
    await serving


class Wire:
    """Teams' side of the wire: it calls us, and is called at the address it tells."""

    def __init__(self, town: Town, client: httpx.AsyncClient) -> None:
        self.town, self.client = town, client

    @property
    def url(self) -> str:
        return self.town.here.teams.url

    async def tells(
        self, activity: dict[str, Any], bearer: str | None = None, **change: Any
    ) -> httpx.Response:
        body = activity | {"serviceUrl": self.url} | change
        headers = {"Authorization": f"Bearer {bearer or token(serviceurl=self.url)}"}
        answer = await self.client.post(PATH, json=body, headers=headers)
        await deliver_outbox(self.town.helpdesk.desk)
        await self.town.here.has_shown()
        return answer


@pytest.fixture
async def wire(database: Database) -> AsyncIterator[Wire]:
    async with (
        open_town(database) as town,
        listening(town.here.web) as url,
        httpx.AsyncClient(base_url=url) as client,
    ):
        yield Wire(town, client)


# Each thing wrong once


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://somebody.example"},
        {"aud": "another-bot"},
        {"exp": int(time.time()) - 3600},
        {"serviceurl": ELSEWHERE},
    ],
    ids=["issuer", "audience", "expiry", "service"],
)
async def test_a_token_that_is_wrong_in_one_thing_gets_401_and_a_line_in_the_log(
    wire: Wire, claims: dict[str, Any]
) -> None:
    with capture_logs() as log:
        answer = await wire.tells(message(VAT), token(**{"serviceurl": wire.url} | claims))
    assert answer.status_code == 401
    assert {"event": "teams.turned_away", "status": 401} in _short(log)
    _nothing_happened(wire)


async def test_no_token_gets_401_and_a_line_in_the_log(wire: Wire) -> None:
    with capture_logs() as log:
        answer = await wire.client.post(PATH, json=message(VAT))
    assert answer.status_code == 401
    assert {"event": "teams.turned_away", "status": 401} in _short(log)
    _nothing_happened(wire)


@pytest.mark.parametrize(
    "told",
    [
        {"channelData": {"tenant": {"id": OTHER_TENANT}}},
        {"conversation": {"id": OWN, "conversationType": "personal", "tenantId": OTHER_TENANT}},
        {"channelData": None, "conversation": {"id": OWN, "conversationType": "personal"}},
    ],
    ids=["another", "two of them", "none"],
)
async def test_another_tenant_gets_403_and_a_line_in_the_log(
    wire: Wire, told: dict[str, Any]
) -> None:
    with capture_logs() as log:
        answer = await wire.tells(message(VAT), **told)
    assert answer.status_code == 403
    assert {"event": "teams.turned_away", "status": 403} in _short(log)
    _nothing_happened(wire)


@pytest.mark.parametrize(
    "service",
    [
        ELSEWHERE,
        "https://smba.trafficmanager.net.somewhere.example/emea/",
        "https://smba.trafficmanager.net@somewhere.example/",
        "http://smba.trafficmanager.net/emea/",
        "http://[",
    ],
)
async def test_a_service_that_is_not_teams_own_gets_403_even_with_a_good_token(
    wire: Wire, service: str
) -> None:
    with capture_logs() as log:
        bearer = token(serviceurl=service)
        answer = await wire.tells(message(VAT), bearer, serviceUrl=service)
    assert answer.status_code == 403
    assert {"event": "teams.turned_away", "status": 403} in _short(log)
    _nothing_happened(wire)


async def test_no_service_at_all_is_none_of_teams(wire: Wire) -> None:
    assert (await wire.tells(message(VAT), serviceUrl=None)).status_code == 403
    _nothing_happened(wire)


def _short(log: list[Any]) -> list[dict[str, Any]]:
    return [{name: line.get(name) for name in ("event", "status")} for line in log]


def _nothing_happened(wire: Wire) -> None:
    assert wire.town.helpdesk.tickets() == []
    assert wire.town.cards() == []


# What goes back and forth


async def test_a_question_comes_in_and_its_receipt_goes_out(wire: Wire) -> None:
    assert (await wire.tells(message(VAT))).status_code == 200
    [receipt] = wire.town.cards()
    assert receipt.conversation == OWN
    assert "HALD-2026-0001" in str(receipt.card)


async def test_a_press_is_answered_with_the_new_card_and_everybody_else_sees_it_too(
    wire: Wire,
) -> None:
    await wire.tells(message(VAT))
    [receipt] = wire.town.cards()
    [urgent] = [one for one in buttons(receipt.card) if one["verb"] == "asker.urgent"]
    answer = await wire.tells(press(urgent["verb"], urgent["data"]["value"], card=receipt.id))
    shown = answer.json()
    assert shown["type"] == "application/vnd.microsoft.card.adaptive"
    assert receipt.versions == 2
    assert shown["value"] == receipt.card
    assert "asker.not_urgent" in str(shown["value"])


async def test_a_form_with_something_missing_is_shown_again_to_who_sent_it(wire: Wire) -> None:
    await wire.tells(message("/spor"))
    [form] = wire.town.cards()
    answer = await wire.tells(press("ask.send", "", card=form.id, text=" "))
    assert "⚠️" in words(answer.json()["value"])
    assert wire.town.cards() == [form]


async def test_a_form_that_was_sent_is_taken_away(wire: Wire) -> None:
    await wire.tells(message("/spor"))
    [form] = wire.town.cards()
    await wire.tells(press("ask.send", "", card=form.id, text=VAT))
    assert wire.town.here.teams.deleted == [(OWN, form.id)]
    assert len(wire.town.helpdesk.tickets()) == 1


async def test_who_asks_in_a_channel_is_written_to_alone(wire: Wire) -> None:
    """Nobody has written to them before: the conversation is opened, in their tenant."""
    await wire.tells(in_channel(f"<at>Vertsdesk</at> {VAT}"))
    [opened] = wire.town.here.teams.opened[:1]
    assert opened["members"] == [{"id": OLA_ID}]
    assert opened["tenantId"] == TENANT
    assert OPENED in {posted.conversation for posted in wire.town.cards()}


async def test_an_answer_comes_by_itself_hours_later(wire: Wire) -> None:
    await wire.tells(message(VAT))
    town, before = wire.town.helpdesk, len(wire.town.cards())
    button = town.button("Kari", "ticket.answer", on=TEAM)
    pressed = town.pressed("Kari", button, channel=TEAM)
    fields = {"text": "Fristen er 10. april."}
    town.dispatch(replace(pressed, action="ticket.answer.send", fields=fields))
    await deliver_outbox(town.desk)
    assert any(
        posted.conversation == OWN and "Fristen er 10. april." in words(posted.card)
        for posted in wire.town.cards()[before:]
    )


async def test_where_the_app_is_taken_away_nothing_is_tried_until_it_is_back(wire: Wire) -> None:
    await wire.tells(message("", type="installationUpdate", action="remove"))
    place = Place(Platform.TEAMS, OWN)
    sender = wire.town.here.listener.sender
    card = Card(title="Svar", body=(Text(text="hei"),))
    with pytest.raises(Exception, match="taken away"):
        await sender.send(place, card, None)
    assert wire.town.cards() == []
    await wire.tells(message("", type="installationUpdate", action="add", id="2"))
    await sender.send(place, card, None)
    assert wire.town.cards()[-1].conversation == OWN


async def test_a_file_comes_in_by_its_address_and_with_nothing_else(wire: Wire) -> None:
    wire.town.here.teams.files["bud.xlsx"] = b"budsjett"
    sender = wire.town.here.listener.sender
    with pytest.raises(FileTooLarge):
        await sender.fetch(f"{wire.town.here.teams.store}/files/bud.xlsx", 7)
    for refused in ("https://somewhere.example/bud.xlsx", "http://heroy.sharepoint.com/bud.xlsx"):
        with pytest.raises(NotDelivered) as failed:
            await sender.fetch(refused, 100)
        assert failed.value.final
    assert await sender.fetch(f"{wire.town.here.teams.store}/files/bud.xlsx", 100) == b"budsjett"


async def test_a_file_goes_out_when_its_reader_says_yes(wire: Wire) -> None:
    sender, place = wire.town.here.listener.sender, Place(Platform.TEAMS, OWN)
    file = Content(name="svar.pdf", media_type="application/pdf", content=b"%PDF-1.7")
    await sender.send_file(place, Card(title="Fra Kari"), file)
    [question] = wire.town.cards()
    asked = question.attachment["content"]
    assert (asked["sizeInBytes"], asked["description"]) == (8, "Fra Kari")
    info = {
        "name": "svar.pdf",
        "uploadUrl": f"{wire.town.here.teams.store}/files/svar.pdf",
        "contentUrl": "https://heroy.sharepoint.com/svar.pdf",
        "uniqueId": "1",
        "fileType": "pdf",
    }
    value = {"action": "accept", "context": asked["acceptContext"], "uploadInfo": info}
    consent = press("", "", card=question.id) | {"name": "fileConsent/invoke", "value": value}
    assert (await wire.tells(consent)).status_code == 200
    assert wire.town.here.teams.files["svar.pdf"] == b"%PDF-1.7"
    [given] = wire.town.cards()
    assert given.attachment["contentUrl"] == info["contentUrl"]
    assert wire.town.here.teams.deleted == [(OWN, question.id)]


async def test_a_file_that_is_not_wanted_is_dropped(wire: Wire) -> None:
    sender, place = wire.town.here.listener.sender, Place(Platform.TEAMS, OWN)
    file = Content(name="svar.pdf", media_type="application/pdf", content=b"%PDF-1.7")
    await sender.send_file(place, Card(title="Fra Kari"), file)
    [question] = wire.town.cards()
    context = question.attachment["content"]["declineContext"]
    value = {"action": "decline", "context": context}
    consent = press("", "", card=question.id) | {"name": "fileConsent/invoke", "value": value}
    for _ in range(2):
        assert (await wire.tells(consent)).status_code == 200
    assert wire.town.cards() == []
    assert wire.town.here.teams.files == {}


async def test_who_has_just_got_the_app_sees_where_to_begin(wire: Wire) -> None:
    await wire.tells(message("", type="installationUpdate", action="add"))
    [page] = wire.town.cards()
    assert page.conversation == OWN
    assert "ask.form" in {button["verb"] for button in buttons(page.card)}


async def test_what_the_bot_did_itself_is_not_heard(wire: Wire) -> None:
    own = message(VAT) | {"from": {"id": BOT, "name": "Vertsdesk"}}
    assert (await wire.tells(own)).status_code == 200
    _nothing_happened(wire)
