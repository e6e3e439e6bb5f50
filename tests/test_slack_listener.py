"""What people do in Slack reaches the desk, said in the desk's own words."""

from collections.abc import AsyncIterator

import pytest

from bot.conversation import (
    Deleted,
    Edited,
    Marked,
    Reacted,
    Said,
)
from bot.domain.events import Via
from bot.domain.people import Place, Platform
from tests.slack import BOT, SITE, TEAM
from tests.slack_desk import AT, KARI, NAME, OLA, OPEN, TS, SlackDesk, slack_desk

LINK = f"{SITE}archives/{OPEN}/p{TS.replace('.', '')}"


@pytest.fixture
async def here() -> AsyncIterator[SlackDesk]:
    async with slack_desk() as here:
        yield here


async def test_a_direct_message_is_a_question_to_us(here: SlackDesk) -> None:
    answer = await here.people.dm("U0OLA", "Når må bilag være inne?", ts=TS)
    assert answer.status_code == 200
    name = f"slack:{TEAM}:D0OLA:{TS}"
    assert here.desk.events == [
        Said(
            key=name,
            account=OLA,
            at=AT,
            place=Place(Platform.SLACK, "D0OLA", TS),
            message=name,
            text="Når må bilag være inne?",
            to_us=True,
            is_direct=True,
            link=f"{SITE}archives/D0OLA/p{TS.replace('.', '')}",
        )
    ]


async def test_a_reply_in_a_thread_stands_in_that_thread(here: SlackDesk) -> None:
    await here.people.dm("U0OLA", "Takk!", thread_ts=TS)
    assert here.last.place == Place(Platform.SLACK, "D0OLA", TS)


async def test_a_mention_is_the_same_however_slack_tells_of_it(here: SlackDesk) -> None:
    await here.people.mention("U0OLA", "hvem fører bilag?", ts=TS)
    await here.people.says("U0OLA", f"<@{BOT}> hvem fører bilag?", ts=TS)
    once, again = here.desk.events
    assert once == again
    assert once == Said(
        key=NAME,
        account=OLA,
        at=AT,
        place=Place(Platform.SLACK, OPEN, TS),
        message=NAME,
        text="hvem fører bilag?",
        to_us=True,
        is_direct=False,
        link=LINK,
    )


async def test_talk_in_a_thread_is_heard_and_other_talk_is_not(here: SlackDesk) -> None:
    await here.people.says("U0OLA", "Noen som vet?", ts=TS)
    await here.people.says("U0KARI", "Ja, jeg.", thread_ts=TS)
    [heard] = here.desk.events
    assert isinstance(heard, Said)
    assert (heard.text, heard.to_us) == ("Ja, jeg.", False)


async def test_a_file_comes_with_its_name(here: SlackDesk) -> None:
    files = [{"id": "F1", "name": "faktura.pdf", "mimetype": "application/pdf"}]
    await here.people.dm("U0OLA", "Hva er dette?", subtype="file_share", files=files)
    assert isinstance(here.last, Said)
    assert here.last.text == "Hva er dette?\nfaktura.pdf"


async def test_a_forwarded_message_comes_with_its_words(here: SlackDesk) -> None:
    shared = [{"text": "Kan noen svare på &lt;dette&gt;?", "is_share": True}]
    await here.people.dm("U0OLA", "", attachments=shared)
    assert isinstance(here.last, Said)
    assert here.last.text == "Kan noen svare på <dette>?"


@pytest.mark.parametrize(
    "event",
    [
        {"bot_id": "B0OTHER"},
        {"subtype": "bot_message"},
        {"subtype": "channel_join"},
        {"subtype": "channel_topic"},
        {"user": BOT},
        {"user": "USLACKBOT"},
        {"user": None},
    ],
    ids=str,
)
async def test_bots_and_slack_itself_are_not_heard(here: SlackDesk, event: dict) -> None:
    answer = await here.people.dm("U0OLA", "Hei", **event)
    assert answer.status_code == 200
    assert here.desk.events == []


async def test_what_we_post_ourselves_is_not_heard(here: SlackDesk) -> None:
    ours = {"type": "message", "user": BOT, "bot_id": "B0BOT", "text": "Kort", "ts": TS}
    for subtype in ("message_changed", "message_deleted"):
        answer = await here.people.event(
            {
                "type": "message",
                "subtype": subtype,
                "channel": OPEN,
                "ts": TS,
                "deleted_ts": TS,
                "message": ours,
                "previous_message": ours | {"text": "Før"},
            }
        )
        assert answer.status_code == 200
    assert here.desk.events == []


async def test_an_edited_message_says_what_it_says_now(here: SlackDesk) -> None:
    await here.people.edit("U0OLA", OPEN, TS, "Ny tekst", thread_ts="1772438000.000001")
    assert isinstance(here.last, Edited)
    assert (here.last.message, here.last.text) == (NAME, "Ny tekst")
    assert here.last.place.thread == "1772438000.000001"
    assert here.last.key != NAME


async def test_a_links_preview_is_no_edit(here: SlackDesk) -> None:
    message = {"type": "message", "user": "U0OLA", "text": "<https://a.example>", "ts": TS}
    await here.people.event(
        {
            "type": "message",
            "subtype": "message_changed",
            "channel": OPEN,
            "ts": TS,
            "message": message | {"attachments": [{"text": "Forhåndsvisning"}]},
            "previous_message": message,
        }
    )
    assert here.desk.events == []


async def test_a_deleted_message_is_known_by_its_name(here: SlackDesk) -> None:
    await here.people.delete("U0OLA", OPEN, TS)
    assert isinstance(here.last, Deleted)
    assert (here.last.account, here.last.message) == (OLA, NAME)


async def test_a_deleted_message_with_answers_below_it_is_deleted_too(here: SlackDesk) -> None:
    before = {"type": "message", "user": "U0OLA", "text": "Hei", "ts": TS}
    stone = {"user": "USLACKBOT", "subtype": "tombstone", "text": "Deleted.", "ts": TS}
    await here.people.event(
        {
            "type": "message",
            "subtype": "message_changed",
            "channel": OPEN,
            "ts": "1772438500.000001",
            "message": stone,
            "previous_message": before,
        }
    )
    assert isinstance(here.last, Deleted)
    assert here.last.message == NAME


async def test_a_ticket_emoji_brings_the_message_and_who_wrote_it(here: SlackDesk) -> None:
    here.slack.has_message(OPEN, TS, "Hvem &amp; når?", "U0KARI", thread_ts="1772438000.000001")
    await here.people.reaction("U0OLA", OPEN, TS, author="U0KARI")
    event = here.last
    assert isinstance(event, Marked)
    assert (event.account, event.author, event.via) == (OLA, KARI, Via.REACTION)
    assert (event.message, event.message_at, event.text) == (NAME, AT, "Hvem & når?")
    assert event.place == Place(Platform.SLACK, OPEN, "1772438000.000001")


async def test_a_marked_message_that_we_may_not_read_is_marked_all_the_same(
    here: SlackDesk,
) -> None:
    await here.people.reaction("U0OLA", OPEN, TS, author="U0KARI")
    assert isinstance(here.last, Marked)
    assert here.last.text is None


async def test_a_bot_that_may_not_look_into_threads_looks_into_the_channel(
    here: SlackDesk,
) -> None:
    here.slack.has_message(OPEN, TS, "Hvem?", "U0KARI")
    here.slack.fails("conversations.replies", "not_allowed_token_type")
    await here.people.reaction("U0OLA", OPEN, TS, author="U0KARI")
    assert isinstance(here.last, Marked)
    assert here.last.text == "Hvem?"


async def test_our_own_card_is_no_question(here: SlackDesk) -> None:
    await here.people.reaction("U0OLA", OPEN, TS, author=BOT)
    assert here.desk.events == []


async def test_any_other_emoji_is_told_without_asking_slack(here: SlackDesk) -> None:
    await here.people.reaction("U0OLA", OPEN, TS, emoji="white_check_mark", author="U0KARI")
    assert isinstance(here.last, Reacted)
    assert (here.last.emoji, here.last.message) == ("white_check_mark", NAME)
    assert here.slack.called("conversations.replies") == []


async def test_a_shortcut_brings_the_message(here: SlackDesk) -> None:
    await here.people.shortcut("U0OLA", OPEN, TS, "Når er fristen?", "U0KARI")
    event = here.last
    assert isinstance(event, Marked)
    assert (event.account, event.author, event.via) == (OLA, KARI, Via.SHORTCUT)
    assert (event.message, event.text) == (NAME, "Når er fristen?")


async def test_a_bots_message_is_asked_about_by_who_marks_it(here: SlackDesk) -> None:
    await here.people.shortcut("U0OLA", OPEN, TS, "Epost videresendt", None)
    assert isinstance(here.last, Marked)
    assert here.last.author is None


async def test_a_message_that_is_marked_and_one_in_a_thread_are_linked_to(here: SlackDesk) -> None:
    here.slack.has_message(OPEN, TS, "Når er fristen?", "U0KARI")
    await here.people.reaction("U0OLA", OPEN, TS, author="U0KARI")
    assert isinstance(here.last, Marked)
    assert here.last.link == LINK
    await here.people.shortcut("U0OLA", OPEN, TS, "Når er fristen?", "U0KARI")
    assert isinstance(here.last, Marked)
    assert here.last.link == LINK
    await here.people.mention("U0OLA", "Og dette?", ts="1772438500.000200", thread_ts=TS)
    assert isinstance(here.last, Said)
    assert here.last.link == (f"{SITE}archives/{OPEN}/p1772438500000200?thread_ts={TS}&cid={OPEN}")


async def test_without_knowing_where_the_workspace_is_nothing_is_linked(here: SlackDesk) -> None:
    here.slack.breaks("auth.test")
    await here.people.dm("U0OLA", "Når er fristen?")
    assert isinstance(here.last, Said)
    assert here.last.link is None
