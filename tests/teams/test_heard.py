"""What people do in Teams is read as what they meant."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from pydantic import ValidationError

from bot.conversation import Commanded, Pressed, Said
from bot.domain.files import SharedFile
from bot.domain.people import Account, Place, Platform
from bot.platforms.teams_files import DOWNLOAD
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
from tests.teams.hearing import NOW, read, said

OLA_HERE = Account(Platform.TEAMS, TENANT, OLA_ID)


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
        link=said(message("Hei")).link,
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
        ("/Spør om mva", "spor", "om mva"),
        ("/ask about VAT", "spor", "about VAT"),
        ("/fråvær sjuk", "fravær", "sjuk"),
        ("/language en", "språk", "en"),
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
        redraws=True,
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
        {"type": "conversationUpdate", "membersRemoved": [{"id": BOT}]},
        {"type": "installationUpdate", "action": "remove"},
        {"type": "messageReaction", "reactionsRemoved": [{"type": "like"}]},
        {"type": "messageUpdate", "channelData": {"eventType": "somethingNew"}},
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


def test_in_a_channel_a_team_lets_us_read_all_of_it_is_told_and_not_meant_for_us() -> None:
    event = said(in_channel("Jeg spør hovedkontakten", entities=[]))
    assert (event.text, event.to_us) == ("Jeg spør hovedkontakten", False)
    assert event.place == Place(Platform.TEAMS, CHANNEL, ROOT)


def test_in_a_group_chat_we_are_called_by_name() -> None:
    chat = {"id": "19:gruppe@thread.v2", "conversationType": "groupChat", "tenantId": TENANT}
    event = said(in_channel(f"{MENTION} når er fristen?", conversation=chat))
    assert (event.to_us, event.is_direct) == (True, False)
    assert event.place == Place(Platform.TEAMS, "19:gruppe@thread.v2", event.key.rpartition(":")[2])
    assert not said(in_channel("hei", conversation=chat, entities=[])).to_us


def test_a_file_brings_its_address_and_without_a_word_it_is_told_by_its_name() -> None:
    content = {"downloadUrl": "https://heroy.sharepoint.com/x?tempauth=1", "fileType": "xlsx"}
    file = {"contentType": DOWNLOAD, "name": "bud.xlsx", "content": content}
    event = said(message("", attachments=[file]))
    assert event.text == "bud.xlsx"
    assert event.files == (SharedFile(name="bud.xlsx", source=content["downloadUrl"]),)
    assert said(message("Se her", attachments=[file])).text == "Se her"


def test_a_picture_in_the_message_is_a_file_too() -> None:
    address = "https://smba.trafficmanager.net/emea/v3/attachments/1/views/original"
    picture = {"contentType": "image/png", "contentUrl": address}
    [file] = said(message("Se her", attachments=[picture])).files
    assert file == SharedFile(name="bilde.png", source=address, media_type="image/png")


def test_in_a_channel_teams_tells_us_the_name_of_a_file_alone() -> None:
    file = {"contentType": "reference", "name": "bud.xlsx", "contentUrl": "https://x.example/"}
    event = said(in_channel(MENTION, attachments=[file], entities=[]))
    assert event.files == ()


def test_a_message_is_linked_to_where_it_stands() -> None:
    link = urlsplit(said(in_channel("hei", entities=[])).link or "")
    assert unquote(link.path) == f"/l/message/{CHANNEL}/1485983408511"
    assert parse_qs(link.query) == {"tenantId": [TENANT], "parentMessageId": [ROOT]}
    own = urlsplit(said(message("Hei")).link or "")
    assert parse_qs(own.query)["context"] == ['{"contextType": "chat"}']
