"""A card arrives in Slack where it should, or we are told why it did not."""

from collections.abc import AsyncIterator

import pytest

from bot.cards.blocks import Card, Quote, Text
from bot.conversation import NotDelivered, Sent
from bot.domain.people import Account, Place, Platform
from bot.platforms.slack_answers import FINAL
from bot.platforms.slack_app import slack_client
from bot.platforms.slack_sender import SlackSender
from tests.slack import SITE, TEAM, TOKEN, PretendSlack, no_pictures

CARD = Card(title="Spørsmålet ditt", body=(Text(text="Kari har det."),))
TEAM_CHANNEL = Place(Platform.SLACK, "C0TEAM")


@pytest.fixture
async def slack() -> AsyncIterator[PretendSlack]:
    async with PretendSlack() as slack:
        yield slack


@pytest.fixture
def sender(slack: PretendSlack) -> SlackSender:
    return SlackSender(slack_client(TOKEN, slack.address), no_pictures)


async def refused(sender: SlackSender) -> NotDelivered:
    with pytest.raises(NotDelivered) as caught:
        await sender.send(TEAM_CHANNEL, CARD, None)
    return caught.value


async def test_a_card_lands_in_its_thread(sender: SlackSender, slack: PretendSlack) -> None:
    sent = await sender.send(Place(Platform.SLACK, "C0TEAM", "1.000001"), CARD, None)
    [message] = slack.posted
    link = f"{SITE}archives/C0TEAM/p{message.ts.replace('.', '')}?thread_ts=1.000001&cid=C0TEAM"
    assert sent == Sent("C0TEAM", message.ts, link)
    assert (message.thread_ts, message.title) == ("1.000001", "Spørsmålet ditt")
    assert message.text == "Spørsmålet ditt – Kari har det."


async def test_a_persons_id_becomes_the_conversation_with_them(sender: SlackSender) -> None:
    sent = await sender.send(Place(Platform.SLACK, "U0OLA"), CARD, None)
    assert sent.channel == "D0OLA"


async def test_links_are_not_unfolded(sender: SlackSender, slack: PretendSlack) -> None:
    await sender.send(TEAM_CHANNEL, CARD, None)
    [call] = slack.called("chat.postMessage")
    assert (call["unfurl_links"], call["unfurl_media"]) == (False, False)


async def test_a_card_for_one_is_shown_to_that_one(
    sender: SlackSender, slack: PretendSlack
) -> None:
    ola = Account(Platform.SLACK, TEAM, "U0OLA")
    await sender.send(TEAM_CHANNEL, CARD, ola)
    await sender.send(Place(Platform.SLACK, "D0OLA"), CARD, ola)
    in_channel, alone = slack.posted
    assert (in_channel.only_to, alone.only_to) == ("U0OLA", None)


async def test_a_card_is_redrawn_where_it_stands(sender: SlackSender, slack: PretendSlack) -> None:
    sent = await sender.send(Place(Platform.SLACK, "U0OLA"), CARD, None)
    now = Card(title="Besvart")
    await sender.change(Place(Platform.SLACK, sent.channel), sent.message, now)
    [message] = slack.posted
    assert (message.title, message.versions) == ("Besvart", 2)


async def test_a_card_that_is_gone_is_not_redrawn_for_ever(sender: SlackSender) -> None:
    with pytest.raises(NotDelivered) as caught:
        await sender.change(TEAM_CHANNEL, "1.000001", CARD)
    assert caught.value.final


async def test_nobody_sleeps_while_slack_is_busy(sender: SlackSender, slack: PretendSlack) -> None:
    slack.is_busy(retry_after=30)
    told = await refused(sender)
    assert (told.final, told.retry_after) == (False, 30.0)
    assert len(slack.called("chat.postMessage")) == 1


@pytest.mark.parametrize("error", ["channel_not_found", "is_archived", "user_not_found"])
async def test_what_cannot_be_mended_is_final(
    sender: SlackSender, slack: PretendSlack, error: str
) -> None:
    slack.fails("chat.postMessage", error)
    told = await refused(sender)
    assert (told.final, str(told)) == (True, error)


async def test_everything_that_slack_says_for_good_is_final(
    sender: SlackSender, slack: PretendSlack
) -> None:
    for error in sorted(FINAL):
        slack.fails("chat.postMessage", error)
        assert (await refused(sender)).final, error


@pytest.mark.parametrize("error", ["invalid_auth", "missing_scope", "internal_error"])
async def test_what_can_be_mended_is_tried_again(
    sender: SlackSender, slack: PretendSlack, error: str
) -> None:
    slack.fails("chat.postMessage", error)
    told = await refused(sender)
    assert (told.final, told.retry_after) == (False, None)


async def test_an_error_page_is_tried_again(sender: SlackSender, slack: PretendSlack) -> None:
    slack.breaks("chat.postMessage")
    assert not (await refused(sender)).final


async def test_a_slack_that_cannot_be_reached_is_tried_again() -> None:
    nowhere = SlackSender(slack_client(TOKEN, "http://127.0.0.1:1/api/"), no_pictures)
    assert not (await refused(nowhere)).final


async def test_forty_thousand_characters_are_taken(
    sender: SlackSender, slack: PretendSlack
) -> None:
    await sender.send(TEAM_CHANNEL, Card(title="T", body=(Quote(text="<!channel> " * 3637),)), None)
    [message] = slack.posted
    assert "<!channel>" not in message.text + message.words
