"""A picture on a card: each chat takes it, and whoever cannot see it reads what it shows."""

from collections.abc import AsyncIterator

import pytest

from bot.cards.blocks import Card, Picture, Text
from bot.conversation import NotDelivered
from bot.domain.people import Language, Place, Platform
from bot.platforms.slack_app import slack_client
from bot.platforms.slack_sender import SlackSender
from bot.render.adaptive_card import adaptive_card
from bot.render.block_kit import block_kit
from bot.render.html import html
from bot.render.pdf import pdf
from tests.slack import TOKEN, PretendSlack
from tests.slack_limits import wrong_with_message
from tests.teams.card_rules import wrong_with

ADDRESS = 'https://desk.example/pictures/a.png?x=1&y="2"'
PICTURE = Picture(address=ADDRESS, alt="Svart i tide: mars 90 %, april < 95 %")
CARD = Card(title="Rapport", body=(Text(text="Mars"), PICTURE))
LONG = Card(title="Rapport", body=(Picture(address=ADDRESS, alt="Svart i tide " * 400),))
TEAM_CHANNEL = Place(Platform.SLACK, "C0TEAM")


@pytest.fixture
async def slack() -> AsyncIterator[PretendSlack]:
    async with PretendSlack() as slack:
        yield slack


@pytest.fixture
def sender(slack: PretendSlack) -> SlackSender:
    return SlackSender(slack_client(TOKEN, slack.address))


@pytest.mark.parametrize("card", [CARD, LONG])
def test_slack_and_teams_take_it_with_its_words(card: Card) -> None:
    assert wrong_with_message(block_kit(card)) == []
    assert wrong_with(adaptive_card(card)) == []
    assert "Svart i tide" in block_kit(card)[-1]["alt_text"]
    assert "Svart i tide" in adaptive_card(card)["body"][-1]["altText"]


def test_on_the_page_its_address_and_words_cannot_break_out() -> None:
    drawn = html(CARD)
    assert "y=&quot;2&quot;" in drawn
    assert 'alt="Svart i tide: mars 90 %, april &lt; 95 %"' in drawn


def test_on_paper_it_is_left_out() -> None:
    without = Card(title=CARD.title, body=CARD.body[:1])
    assert pdf(CARD, Language.NB) == pdf(without, Language.NB)


async def test_where_slack_cannot_fetch_it_the_card_comes_in_words(
    sender: SlackSender, slack: PretendSlack
) -> None:
    slack.fails("chat.postMessage", "invalid_blocks")
    await sender.send(TEAM_CHANNEL, CARD, None)
    [message] = slack.posted
    assert "mars 90 %" in message.words
    assert all(block["type"] != "image" for block in message.blocks)


async def test_a_card_redrawn_comes_in_words_too(sender: SlackSender, slack: PretendSlack) -> None:
    sent = await sender.send(TEAM_CHANNEL, Card(title="Rapport"), None)
    slack.fails("chat.update", "invalid_blocks")
    await sender.change(TEAM_CHANNEL, sent.message, CARD)
    [message] = slack.posted
    assert "mars 90 %" in message.words


async def test_what_is_wrong_with_other_blocks_is_not_hidden(
    sender: SlackSender, slack: PretendSlack
) -> None:
    slack.fails("chat.postMessage", "invalid_blocks")
    with pytest.raises(NotDelivered, match="invalid_blocks"):
        await sender.send(TEAM_CHANNEL, Card(title="Rapport"), None)
