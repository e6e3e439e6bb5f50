"""What people do in Teams is read as what they meant."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from bot.conversation import Commanded, Pressed, Said
from bot.domain.people import Account, Place, Platform
from bot.platforms.teams_events import heard
from bot.platforms.teams_payloads import Activity
from tests.teams.activities import (
    BOT,
    CHANNEL,
    MENTION,
    OLA_ID,
    OWN,
    ROOT,
    TENANT,
    in_channel,
    message,
    press,
)

NOW = datetime(2026, 3, 2, 8, 0, 5, tzinfo=UTC)
OLA_HERE = Account(Platform.TEAMS, TENANT, OLA_ID)


def read(payload: dict[str, Any]) -> Said | Commanded | Pressed | None:
    return heard(Activity.model_validate(payload), TENANT, NOW)


def said(payload: dict[str, Any]) -> Said:
    event = read(payload)
    assert isinstance(event, Said)
    return event


def test_what_ola_writes_to_the_bot_alone_is_a_question() -> None:
    key = f"teams:{TENANT}:{OWN}:1485983408511"
    assert read(message("Når er fristen?")) == Said(
        key=key,
        account=OLA_HERE,
        at=datetime(2026, 3, 2, 8, 0, 1, 294000, tzinfo=UTC),
        place=Place(Platform.TEAMS, OWN, "1485983408511"),
        message=key,
        text="Når er fristen?",
        to_us=True,
        is_direct=True,
    )


def test_a_mention_in_a_channel_is_for_us_and_stands_in_its_thread() -> None:
    event = said(in_channel(f"{MENTION}&nbsp;når er fristen?\n"))
    assert event.place == Place(Platform.TEAMS, CHANNEL, ROOT)
    assert event.text == "når er fristen?"
    assert (event.to_us, event.is_direct) == (True, False)


def test_what_is_written_in_a_channel_without_a_mention_is_not_for_us() -> None:
    assert not said(in_channel("hei", entities=[])).to_us


def test_other_people_who_are_mentioned_keep_their_names() -> None:
    other = {"type": "mention", "mentioned": {"id": "29:kari", "name": "Kari"}}
    ours = {"type": "mention", "mentioned": {"id": BOT, "name": "Vertsdesk"}, "text": MENTION}
    payload = in_channel(f"{MENTION} spør <at>Kari</at> < 3 & 4", entities=[ours, other])
    assert said(payload).text == "spør @Kari < 3 & 4"


def test_a_reply_that_quotes_a_card_belongs_to_that_card() -> None:
    quote = {"type": "quotedReply", "quotedReply": {"messageId": "1485983500000"}}
    event = said(message('<quoted messageId="1485983500000"/> Takk!', entities=[quote]))
    assert event.place == Place(Platform.TEAMS, OWN, "1485983500000")
    assert event.text == "Takk!"


def test_the_same_message_has_the_same_key_however_often_it_comes() -> None:
    assert said(message("Hei")).key == said(message("Hei")).key
    assert said(message("Hei")).key != said(message("Hei", id="1485983408512")).key


@pytest.mark.parametrize(
    ("text", "command", "rest"),
    [
        ("/spor Når er fristen?", "spor", "Når er fristen?"),
        ("/spor", "spor", ""),
        ("/sla 2026-03", "sla", "2026-03"),
        ("/spor linje 1\nlinje 2", "spor", "linje 1\nlinje 2"),
    ],
)
def test_a_command_is_written_as_a_message(text: str, command: str, rest: str) -> None:
    event = read(message(text))
    assert isinstance(event, Commanded)
    assert (event.command, event.text) == (command, rest)
    assert event.place == Place(Platform.TEAMS, OWN)


def test_a_command_in_a_channel_is_answered_in_private() -> None:
    event = read(in_channel(f"{MENTION} /sla"))
    assert isinstance(event, Commanded)
    assert event.place == Place(Platform.TEAMS, OLA_ID)


@pytest.mark.parametrize("text", ["/spore noe", "/hjelp", "si /spor til meg"])
def test_what_only_looks_like_a_command_is_a_question(text: str) -> None:
    assert said(message(text)).text == text


def test_a_command_that_was_not_meant_for_us_is_left_alone() -> None:
    assert isinstance(read(in_channel("/sla", entities=[])), Said)


def test_a_press_tells_the_button_the_card_and_what_its_fields_hold() -> None:
    event = read(press("ticket.answer.send", "7", text="Den er\u202e 1. april.\x00"))
    assert event == Pressed(
        key=f"teams:{TENANT}:{OWN}:f:622749630322482883",
        account=OLA_HERE,
        at=datetime(2026, 3, 2, 8, 0, 1, 294000, tzinfo=UTC),
        place=Place(Platform.TEAMS, OWN, "1485983500000"),
        action="ticket.answer.send",
        value="7",
        fields={"text": "Den er 1. april."},
        card="1485983500000",
    )


def test_a_press_in_a_channel_stands_in_its_thread() -> None:
    conversation = in_channel("")["conversation"]
    event = read(press("ticket.take", "7") | {"conversation": conversation})
    assert event is not None
    assert event.place == Place(Platform.TEAMS, CHANNEL, ROOT)


def test_a_press_whose_payload_says_nothing_is_refused() -> None:
    for value in (None, [], {"action": "ticket.take"}, {"action": {"data": 3}}):
        with pytest.raises(ValidationError):
            read(press("ticket.take", "7") | {"value": value})
    assert read(press("ticket.take", "7") | {"value": {"action": {"data": {}}}}) is None


@pytest.mark.parametrize(
    "change",
    [
        {"type": "conversationUpdate", "membersAdded": [{"id": BOT}]},
        {"type": "messageReaction", "reactionsAdded": [{"type": "like"}]},
        {"type": "typing"},
        {"type": "aTypeFromTheFuture"},
        {"type": "invoke", "name": "task/fetch", "value": {}},
        {"from": {"id": BOT, "name": "Vertsdesk"}},
        {"from": {"id": "29:1bot", "role": "bot"}},
    ],
)
def test_what_is_no_word_or_press_of_a_person_is_not_for_us(change: dict[str, Any]) -> None:
    assert read(message("Hei") | change) is None


def test_what_teams_leaves_out_or_adds_costs_nobody_their_question() -> None:
    odd = {
        "timestamp": None,
        "locale": None,
        "entities": [{"type": "somethingNew", "mentioned": None}],
        "attachments": None,
        "channelData": {"tenant": {"id": TENANT}, "source": {"name": "message"}},
        "from": {"id": "29:gjest", "name": None, "type": "somebodyNew"},
    }
    event = said(message("Hei") | odd)
    assert (event.text, event.at) == ("Hei", NOW)
    assert event.account.user == "29:gjest"


def test_a_file_without_a_word_is_told_by_its_name() -> None:
    file = {"contentType": "application/vnd.microsoft.teams.file.download.info", "name": "bud.xlsx"}
    assert said(message("", attachments=[file])).text == "bud.xlsx"


@pytest.mark.parametrize("name", ["../../x", "a/b", "a?b", "a#b", ".", "a\nb", "x" * 600, ""])
def test_an_id_that_would_lead_elsewhere_in_an_address_is_none(name: str) -> None:
    with pytest.raises(ValidationError):
        Activity.model_validate(message("Hei", conversation={"id": name, "tenantId": TENANT}))
