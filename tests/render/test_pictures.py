"""A picture on a card: each chat takes it, and whoever cannot see it reads what it shows."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.cards.blocks import Card, Picture, Text
from bot.conversation import NotDelivered
from bot.domain.people import Language, Place, Platform
from bot.platforms.slack_app import slack_client
from bot.platforms.slack_pictures import PATIENCE
from bot.platforms.slack_sender import SlackSender
from bot.render.adaptive_card import adaptive_card
from bot.render.block_kit import block_kit
from bot.render.html import html
from bot.render.pdf import pdf
from schedules.deliver_outbox import SENDING_TAKES
from tests.slack import TOKEN, PretendSlack, no_pictures
from tests.slack_limits import wrong_with_message
from tests.teams.card_rules import wrong_with

ADDRESS = 'https://desk.example/pictures/a.png?x=1&y="2"'
PICTURE = Picture(address=ADDRESS, alt="Svart i tide: mars 90 %, april < 95 %")
CARD = Card(title="Rapport", body=(Text(text="Mars"), PICTURE))
LONG = Card(title="Rapport", body=(Picture(address=ADDRESS, alt="Svart i tide " * 400),))
TEAM_CHANNEL = Place(Platform.SLACK, "C0TEAM")


PNG = b"\x89PNG and so on"


@pytest.fixture
async def slack() -> AsyncIterator[PretendSlack]:
    async with PretendSlack() as slack:
        yield slack


@pytest.fixture
def sender(slack: PretendSlack) -> SlackSender:
    return SlackSender(slack_client(TOKEN, slack.address), {ADDRESS: PNG}.get)


@pytest.mark.parametrize("card", [CARD, LONG])
def test_slack_and_teams_take_it_with_its_words(card: Card) -> None:
    in_slack = block_kit(card, {ADDRESS: "F00000001"})
    assert wrong_with_message(in_slack) == []
    assert wrong_with(adaptive_card(card)) == []
    assert "Svart i tide" in in_slack[-1]["alt_text"]
    assert "Svart i tide" in adaptive_card(card)["body"][-1]["altText"]


def test_a_picture_made_for_another_chat_is_said_in_words_in_teams() -> None:
    drawn = adaptive_card(
        Card(title="Rapport", body=(Picture(address="/pictures/a.png", alt="Opp"),))
    )
    assert wrong_with(drawn) == []
    assert "'Opp'" in str(drawn)
    assert "/pictures" not in str(drawn)


def test_on_the_page_its_address_and_words_cannot_break_out() -> None:
    drawn = html(CARD)
    assert "y=&quot;2&quot;" in drawn
    assert 'alt="Svart i tide: mars 90 %, april &lt; 95 %"' in drawn


def test_on_paper_it_is_left_out() -> None:
    without = Card(title=CARD.title, body=CARD.body[:1])
    assert pdf(CARD, Language.NB) == pdf(without, Language.NB)


async def test_slack_is_handed_the_picture_and_fetches_nothing_from_us(
    sender: SlackSender, slack: PretendSlack
) -> None:
    await sender.send(TEAM_CHANNEL, CARD, None)
    [message] = slack.posted
    [picture] = [block for block in message.blocks if block["type"] == "image"]
    assert slack.uploads[picture["slack_file"]["id"]] == PNG
    assert picture["alt_text"] == "Svart i tide: mars 90 %, april &lt; 95 %"
    assert ADDRESS not in str(message.blocks)
    assert "channel_id" not in slack.called("files.completeUploadExternal")[0]


async def test_a_picture_stands_on_a_card_that_is_redrawn_too(
    sender: SlackSender, slack: PretendSlack
) -> None:
    sent = await sender.send(TEAM_CHANNEL, Card(title="Rapport"), None)
    await sender.change(TEAM_CHANNEL, sent.message, CARD)
    [message] = slack.posted
    assert [block["type"] for block in message.blocks].count("image") == 1


async def test_a_picture_that_slack_is_long_in_looking_through_is_said_in_words(
    sender: SlackSender, slack: PretendSlack
) -> None:
    slack.reading = 99
    await sender.send(TEAM_CHANNEL, CARD, None)
    assert_in_words(slack)


async def test_a_slack_that_does_not_answer_about_a_file_keeps_no_card_waiting(
    sender: SlackSender, slack: PretendSlack
) -> None:
    slack.hangs("files.getUploadURLExternal", 2 * PATIENCE)
    await asyncio.wait_for(sender.send(TEAM_CHANNEL, CARD, None), SENDING_TAKES)
    assert_in_words(slack)


@pytest.mark.parametrize("method", ["getUploadURLExternal", "completeUploadExternal", "info"])
async def test_where_slack_takes_no_files_the_card_comes_in_words(
    sender: SlackSender, slack: PretendSlack, method: str
) -> None:
    slack.fails(f"files.{method}", "missing_scope")
    await sender.send(TEAM_CHANNEL, CARD, None)
    assert_in_words(slack)


async def test_a_picture_that_is_no_more_is_said_in_words(slack: PretendSlack) -> None:
    await SlackSender(slack_client(TOKEN, slack.address), no_pictures).send(
        TEAM_CHANNEL, CARD, None
    )
    assert_in_words(slack)
    assert slack.uploads == {}


async def test_where_slack_refuses_it_the_card_comes_in_words(
    sender: SlackSender, slack: PretendSlack
) -> None:
    slack.fails("chat.postMessage", "invalid_blocks")
    await sender.send(TEAM_CHANNEL, CARD, None)
    assert_in_words(slack)


async def test_a_card_redrawn_comes_in_words_too(sender: SlackSender, slack: PretendSlack) -> None:
    sent = await sender.send(TEAM_CHANNEL, Card(title="Rapport"), None)
    slack.fails("chat.update", "invalid_blocks")
    await sender.change(TEAM_CHANNEL, sent.message, CARD)
    assert_in_words(slack)


async def test_what_is_wrong_with_other_blocks_is_not_hidden(
    sender: SlackSender, slack: PretendSlack
) -> None:
    slack.fails("chat.postMessage", "invalid_blocks")
    with pytest.raises(NotDelivered, match="invalid_blocks"):
        await sender.send(TEAM_CHANNEL, Card(title="Rapport"), None)


def assert_in_words(slack: PretendSlack) -> None:
    [message] = slack.posted
    assert "mars 90 %" in message.words
    assert all(block["type"] != "image" for block in message.blocks)
