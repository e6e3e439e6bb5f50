"""Whatever comes to Slack's door: a clear answer or a quiet drop, never a 500, nothing lost."""

import json
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.conversation import Said
from tests.slack import BOT, TEAM
from tests.slack_desk import SlackDesk, slack_desk
from tests.slack_requests import SignedSlack

JSON = "application/json"


@pytest.fixture
async def here() -> AsyncIterator[SlackDesk]:
    async with slack_desk() as here:
        yield here


async def test_slack_finds_our_address(here: SlackDesk) -> None:
    answer = await here.people.url_verification("3eZbrw1aBm2rZgRNFdxV2595E9CY")
    assert answer.json() == {"challenge": "3eZbrw1aBm2rZgRNFdxV2595E9CY"}


async def test_a_forged_signature_is_turned_away(here: SlackDesk) -> None:
    forger = SignedSlack(here.people.client, secret="another secret")
    assert (await forger.dm("U0OLA", "Hei")).status_code == 401
    assert here.desk.events == []


@pytest.mark.parametrize("age", [301, 3600, -3600])
async def test_a_stale_request_is_turned_away(here: SlackDesk, age: int) -> None:
    answer = await here.people.send(b"{}", JSON, stamp=str(int(time.time()) - age))
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"x-slack-signature": ""},
        {"x-slack-signature": "v0=æ".encode("latin-1").decode("latin-1")},
        {"x-slack-request-timestamp": "yesterday"},
        {"x-slack-request-timestamp": "9" * 400},
    ],
    ids=str,
)
async def test_an_odd_signature_is_turned_away(here: SlackDesk, headers: dict[str, str]) -> None:
    raw = {name: value.encode("latin-1") for name, value in headers.items()}
    answer = await here.people.client.post("/slack/events", content=b"{}", headers=raw)
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'"text"',
        b"7",
        b'{"event": 7}',
        b'{"type": "event_callback", "event": null}',
        b'{"type": "event_callback", "event": {"type": 7}}',
        b'{"type": "event_callback", "event": {}}',
        b'{"type": "event_callback", "team_id": {}, "event": {"type": "message"}}',
        b'{"type": "block_actions", "actions": []}',
        b'{"type": "block_actions", "user": "U0OLA", "actions": [null]}',
        b'{"type": "view_submission", "view": null}',
        b"[" * 100_000,
        b"",
    ],
    ids=lambda body: body[:60].decode("latin-1"),
)
async def test_what_cannot_be_read_is_no_error_of_ours(here: SlackDesk, body: bytes) -> None:
    answer = await here.people.send(body, JSON)
    assert answer.status_code in {200, 400}
    assert here.desk.events == []


async def test_a_body_longer_than_any_of_slacks_is_not_read(here: SlackDesk) -> None:
    answer = await here.people.send(b" " * 1_100_000, JSON)
    assert answer.status_code == 413


async def test_an_event_that_we_do_not_know_is_taken_quietly(here: SlackDesk) -> None:
    with capture_logs() as logs:
        answer = await here.people.event({"type": "channel_rename", "channel": {"id": "C1"}})
    assert answer.status_code == 200
    assert [(line["event"], line["kind"]) for line in logs] == [
        ("slack.nobody_listens", "channel_rename")
    ]


@pytest.mark.parametrize(
    "missing", ["user", "text", "channel", "ts", "channel_type", "team", "event_ts"]
)
async def test_a_message_without_this_or_that_is_no_error(here: SlackDesk, missing: str) -> None:
    event = {
        "type": "message",
        "user": "U0OLA",
        "text": "Hei",
        "channel": "D0OLA",
        "channel_type": "im",
        "ts": "1772438400.000100",
        "event_ts": "1772438400.000100",
        "team": TEAM,
    }
    del event[missing]
    assert (await here.people.event(event)).status_code == 200


@pytest.mark.parametrize("metadata", ["", "{", "[]", '{"value": "7"}', "7"])
async def test_a_window_that_is_not_ours_is_no_error(here: SlackDesk, metadata: str) -> None:
    view = {"id": "V1", "type": "modal", "callback_id": "form", "blocks": []}
    answer = await here.people.submit("U0OLA", view | {"private_metadata": metadata}, {})
    assert answer.status_code == 200
    assert here.desk.events == []


async def test_what_could_not_be_stored_is_sent_again(here: SlackDesk) -> None:
    here.desk.is_broken = True
    assert (await here.people.dm("U0OLA", "Hei", ts="1.000001")).status_code == 500
    assert (await here.people.command("U0OLA", "/spor", "Hei")).status_code == 500
    here.desk.is_broken = False
    assert (await here.people.dm("U0OLA", "Hei", ts="1.000001")).status_code == 200
    assert len(here.desk.events) == 1


async def test_one_message_told_eleven_times_has_one_name(here: SlackDesk) -> None:
    for retry in range(11):
        message = {"type": "message", "user": "U0OLA", "text": "Hei", "ts": "1.000001"}
        await here.people.event(message | {"channel": "D0OLA"}, event_id=f"Ev{retry}")
    assert len(here.desk.events) == 11
    assert {event.key for event in here.desk.events} == {f"slack:{TEAM}:D0OLA:1.000001"}


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("", ""),
        (":tada: 🎉", ":tada: 🎉"),
        ("a" * 40_000, "a" * 40_000),
        ("<!channel> &lt;b&gt; *x*", "@channel <b> *x*"),
        ("<!here|here> <!subteam^S1|@rekneskap>", "@here @rekneskap"),
        ("se <https://a.example/?a=1&amp;b=2|her>", "se her (https://a.example/?a=1&b=2)"),
        ("<https://a.example> <mailto:a@b.example|a@b.example>", "https://a.example a@b.example"),
        ("<#C1|regnskap> <#C2> <@U1|kari> <@U2>", "#regnskap #C2 @kari @U2"),
        ("<!date^1392734382^{date}|18. februar>", "18. februar"),
        ("&amp;lt; er ikke &lt;", "&lt; er ikke <"),
        ("a\x00b\x1b[31mc\x07", "ab[31mc"),
        ("\u202egnirts\u202c שלום", "gnirts שלום"),
        ("linje\r\nlinje\tto", "linje\nlinje\tto"),
        (f"<@{BOT}> hei <@{BOT}|vertsdesk>", "hei"),
        ("\ud83d", ""),
        ("<<<>>> <@> <|> & <!", "<<<>>> @ <|> & <!"),
    ],
)
async def test_words_are_read_as_they_were_meant(here: SlackDesk, written: str, heard: str) -> None:
    await here.people.dm("U0OLA", written)
    [event] = here.desk.events
    assert isinstance(event, Said)
    assert event.text == heard


async def test_the_log_never_tells_what_people_write(
    here: SlackDesk, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "hemmelig-personsak"
    caplog.set_level(0)
    with capture_logs() as logs:
        await here.people.dm("U0OLA", secret, ts="not a time")
        await SignedSlack(here.people.client, secret="another").dm("U0OLA", secret)
        await here.people.event({"type": "unknown", "text": secret})
        here.desk.is_broken = True
        await here.people.dm("U0OLA", secret)
    ours = [record.getMessage() for record in caplog.records if "slack_bolt" in record.name]
    assert len(logs) >= 3
    assert secret not in json.dumps(logs, default=str) + "".join(ours)


shapes = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("U0OLA"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=4,
)


def places(part: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to everything in a payload."""
    inner = (
        part.items()
        if isinstance(part, dict)
        else enumerate(part)
        if isinstance(part, list)
        else ()
    )
    return [path, *(way for key, value in inner for way in places(value, (*path, key)))]


def changed(part: Any, way: tuple[Any, ...], new: Any) -> Any:
    if not way:
        return new
    copy = part.copy()
    copy[way[0]] = changed(part[way[0]], way[1:], new)
    return copy


REAL: list[dict[str, Any]] = [
    {
        "type": "event_callback",
        "team_id": TEAM,
        "authorizations": [{"user_id": BOT, "is_bot": True}],
        "event": {
            "type": "message",
            "subtype": "message_changed",
            "channel": "C1",
            "ts": "1.1",
            "message": {"user": "U0OLA", "text": "x", "ts": "1.1", "edited": {"ts": "1.2"}},
            "previous_message": {
                "user": "U0OLA",
                "text": "y",
                "ts": "1.1",
                "files": [{"name": "f"}],
            },
        },
    },
    {
        "type": "event_callback",
        "team_id": TEAM,
        "event": {
            "type": "reaction_added",
            "user": "U0OLA",
            "reaction": "ok",
            "item": {"type": "message", "channel": "C1", "ts": "1.1"},
            "event_ts": "1.2",
        },
    },
    {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": {"id": "U0OLA", "team_id": TEAM},
        "trigger_id": "1.2.3",
        "channel": {"id": "C1"},
        "container": {"message_ts": "1.1"},
        "state": {"values": {"a": {"a": {"value": "x"}}}},
        "actions": [{"action_id": "ticket.take", "value": "7", "block_id": "b", "type": "button"}],
    },
    {
        "type": "view_submission",
        "team": {"id": TEAM},
        "user": {"id": "U0OLA"},
        "view": {
            "id": "V1",
            "callback_id": "form",
            "hash": "h",
            "type": "modal",
            "private_metadata": '{"action": "ask.send"}',
            "state": {"values": {"text": {"text": {"value": "x"}}}},
        },
    },
]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
async def test_a_payload_bent_out_of_shape_is_never_an_error_of_ours(
    here: SlackDesk, data: st.DataObject
) -> None:
    real = data.draw(st.sampled_from(REAL))
    way = data.draw(st.sampled_from(places(real)))
    body = json.dumps(changed(real, way, data.draw(shapes))).encode()
    answer = await here.people.send(body, JSON)
    assert answer.status_code in {200, 400}
