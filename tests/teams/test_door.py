"""The door to Teams opens only for what Microsoft vouches for, and never falls off its hinges."""

import json
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.cards.blocks import Card, Input
from bot.conversation import Pressed, Said, Show, Shown
from bot.domain.people import Language, Profile
from bot.platforms.door import Door
from bot.platforms.teams_app import teams_app
from bot.platforms.teams_door import PATH, teams_routes
from bot.platforms.teams_events import heard
from bot.platforms.teams_gate import Gate
from bot.platforms.teams_inside import Inside
from bot.platforms.teams_listener import TeamsListener
from bot.platforms.teams_payloads import Activity
from bot.platforms.teams_sender import TeamsSender
from storage.database import Database
from tests.helpdesk import MONDAY_NINE
from tests.recorder import Recorder
from tests.teams.activities import (
    CHANNEL,
    CLIENT,
    OLA,
    OLA_ID,
    OWN,
    ROOT,
    TENANT,
    in_channel,
    message,
    press,
)
from tests.teams.desk import TeamsDesk, memory_in, teams_desk
from tests.teams.pretend import token

OTHER_TENANT = "00000000-0000-4000-8000-00000000beef"
FORM = Card(title="Spør", body=(Input(name="text", label="Spørsmål"),))


@pytest.fixture
def desk() -> Recorder:
    return Recorder()


@pytest.fixture
async def here(desk: Recorder, database: Database) -> AsyncIterator[TeamsDesk]:
    async with teams_desk(lambda _: desk, database) as here:
        yield here


# Who may come in


@pytest.mark.parametrize("bearer", [None, "Basic eDp5", "Bearer", "Bearer x", "Bearer a.b.c"])
@pytest.mark.parametrize("opened", [True, False])
async def test_who_shows_no_token_is_turned_away(
    desk: Recorder, database: Database, bearer: str | None, *, opened: bool
) -> None:
    """With the app as an installation has it, before and after it has started."""
    teams, memory = teams_app(CLIENT, "a-secret", TENANT), memory_in(database)
    web, inside, sender = FastAPI(), Inside(teams, Door(desk)), TeamsSender(teams, memory)
    listener = TeamsListener(teams, inside, sender, memory, lambda: MONDAY_NINE)
    gate = Gate(teams)
    web.include_router(teams_routes(gate, listener))
    if opened:
        await gate.open()
    wire = httpx.ASGITransport(web)
    async with httpx.AsyncClient(transport=wire, base_url="http://desk") as client:
        headers = {"Authorization": bearer} if bearer else {}
        answer = await client.post(PATH, json=message("Hei"), headers=headers)
    assert answer.status_code == 401
    assert desk.events == []


async def test_what_microsoft_vouches_for_is_heard(here: TeamsDesk, desk: Recorder) -> None:
    assert (await here.hears(message("Hei"))).status_code == 200
    [event] = desk.events
    assert isinstance(event, Said)
    assert event.text == "Hei"


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another-bot"},
        {"iss": "https://somebody.example"},
        {"exp": int(time.time()) - 3600},
        {"serviceurl": "https://somewhere.example/"},
    ],
)
async def test_a_token_for_something_else_is_none(
    here: TeamsDesk, desk: Recorder, claims: dict[str, Any]
) -> None:
    assert (await here.hears(message("Hei"), here.token(**claims))).status_code == 401
    assert desk.events == []


async def test_a_token_that_somebody_else_signed_is_none(here: TeamsDesk, desk: Recorder) -> None:
    forged = token(generate_private_key(65537, 2048), serviceurl=here.teams.url)
    assert (await here.hears(message("Hei"), forged)).status_code == 401
    assert desk.events == []


@pytest.mark.parametrize(
    "change",
    [
        {"channelData": {"tenant": {"id": OTHER_TENANT}}},
        {"conversation": {"id": OWN, "conversationType": "personal", "tenantId": OTHER_TENANT}},
        {"channelData": {}, "conversation": {"id": OWN, "conversationType": "personal"}},
    ],
)
async def test_people_of_another_tenant_are_not_heard(
    here: TeamsDesk, desk: Recorder, change: dict[str, Any]
) -> None:
    assert (await here.hears(message("Hei") | change)).status_code == 403
    assert desk.events == []
    assert here.teams.posted == []


# What comes in


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"", 400),
        (b"[]", 400),
        (b'"message"', 400),
        (b'{"type": 3}', 400),
        (b'{"type": "message", "id": {}}', 400),
        (b"[" * 100_000, 400),
        (b"\xff\xfe", 400),
        (b"{}", 403),
        (b'{"type": "message"}', 403),
        (b" " * 1_000_001, 413),
    ],
)
async def test_what_is_no_activity_is_answered_plainly(
    here: TeamsDesk, desk: Recorder, body: bytes, status: int
) -> None:
    headers = {"Authorization": f"Bearer {here.token()}"}
    assert (await here.client.post(PATH, content=body, headers=headers)).status_code == status
    assert desk.events == []


@pytest.mark.parametrize(
    "change",
    [
        {"type": "conversationUpdate", "membersAdded": [{"id": "29:new"}]},
        {"type": "aTypeFromTheFuture"},
        {"type": "invoke", "name": "task/fetch", "value": {"data": {}}},
        {"type": "invoke", "name": "adaptiveCard/action", "value": "?"},
        {"from": None},
        {"conversation": {"id": "../../x", "tenantId": TENANT}},
        {"type": "invoke", "name": "composeExtension/fetchTask", "value": {"commandId": "other"}},
        {"type": "invoke", "name": "fileConsent/invoke", "value": {"context": {"upload": "x"}}},
    ],
)
async def test_what_nobody_listens_to_is_dropped_quietly(
    here: TeamsDesk, desk: Recorder, change: dict[str, Any]
) -> None:
    assert (await here.hears(message("Hei") | change)).status_code == 200
    assert desk.events == []


names = st.sampled_from(["id", "type", "tenant", "text", "mentioned", "action", "data"])
nothing = st.none() | st.booleans() | st.integers() | st.text(max_size=9)
anything = st.recursive(nothing, lambda inner: st.lists(inner) | st.dictionaries(names, inner))


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(sorted(press("a", "b"))), anything, max_size=3))
def test_whatever_an_activity_holds_it_is_read_or_refused(change: dict[str, Any]) -> None:
    for activity in (message("Hei"), press("ticket.take", "7")):
        try:
            heard(Activity.model_validate(activity | change), TENANT, MONDAY_NINE)
        except ValidationError as error:
            json.dumps([one["loc"] for one in error.errors()])


async def test_what_could_not_be_stored_may_come_again(here: TeamsDesk, desk: Recorder) -> None:
    desk.is_broken = True
    assert (await here.hears(message("Hei"))).status_code == 503
    desk.is_broken = False
    assert (await here.hears(message("Hei"))).status_code == 200
    assert len(desk.events) == 1


# What is answered


async def test_a_press_is_answered_as_teams_wants_it(here: TeamsDesk, desk: Recorder) -> None:
    answer = await here.hears(press("ticket.take", "7"))
    assert answer.json() == {
        "statusCode": 200,
        "type": "application/vnd.microsoft.activity.message",
        "value": "✓",
    }
    assert isinstance(desk.events[0], Pressed)


@pytest.mark.parametrize(
    ("activity", "conversation"),
    [
        (press("ask.form", ""), OWN),
        (in_channel("<at>Vertsdesk</at> /spor"), "a:1opened"),
        (
            press("ticket.answer", "7") | {"conversation": in_channel("")["conversation"]},
            f"{CHANNEL};messageid={ROOT}",
        ),
    ],
)
async def test_a_form_comes_as_a_card_where_it_was_asked_for(
    here: TeamsDesk, desk: Recorder, activity: dict[str, Any], conversation: str
) -> None:
    desk.shown = Shown(cards=(Show(card=FORM),))
    await here.hears(activity)
    await here.has_shown()
    [posted] = here.teams.posted
    assert posted.conversation == conversation
    assert posted.card["body"][1]["id"] == "text"


async def test_a_form_that_teams_does_not_take_is_lost_and_nothing_else(
    here: TeamsDesk, desk: Recorder
) -> None:
    desk.shown = Shown(cards=(Show(card=FORM),))
    here.teams.refuses = (502, {})
    assert (await here.hears(press("ask.form", ""))).status_code == 200
    await here.has_shown()
    assert here.teams.posted == []


# Who it is


async def test_who_is_known_is_not_asked_about(here: TeamsDesk, desk: Recorder) -> None:
    await here.hears(message("Hei"))
    assert here.teams.asked == []
    assert desk.events[0].profile is None


@pytest.mark.parametrize(
    ("member", "is_guest"),
    [
        ({"tenantId": TENANT, "userRole": "user"}, False),
        ({"tenantId": TENANT.upper()}, False),
        ({"tenantId": OTHER_TENANT}, True),
        ({"tenantId": TENANT, "userRole": "guest"}, True),
        ({"userPrincipalName": "ola_heroy.example#EXT#@alstahaug.example"}, True),
    ],
)
async def test_teams_tells_who_somebody_new_is(
    here: TeamsDesk, desk: Recorder, member: dict[str, Any], *, is_guest: bool
) -> None:
    desk.strangers = {OLA_ID}
    known = {"name": "Ola Nordmann", "objectId": OLA_ID, "email": "ola@heroy.example"}
    here.teams.members[OLA] = known | member
    await here.hears(message("Hei", locale="nn-NO"))
    assert desk.events[0].profile == Profile(
        name="Ola Nordmann",
        email="ola@heroy.example",
        language=Language.NN,
        is_guest=is_guest,
    )


async def test_when_teams_does_not_tell_nobody_is_guessed(here: TeamsDesk, desk: Recorder) -> None:
    desk.strangers = {OLA_ID}
    await here.hears(message("Hei"))
    assert desk.events[0].profile == Profile(name="Ola Nordmann", email="")
