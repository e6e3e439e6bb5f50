"""A municipality's own channel in Teams: asked with a mention, gone on with in the thread without.

For that the bot may read all of a channel (ChannelMessage.Read.Group), and leaves the rest alone.
"""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.agreements import AgreementBook
from bot.domain.people import Platform
from storage.database import Database
from tests.helpdesk import AGREEMENT, TEAM, VAT
from tests.teams.activities import CHANNEL, MENTION, ROOT, in_channel
from tests.teams.card_rules import words
from tests.teams.test_conversation import Town, open_town

IN_THREAD = f"{CHANNEL};messageid={ROOT}"


@pytest.fixture
async def town(database: Database) -> AsyncIterator[Town]:
    """The channel is Herøy's own, and Ola has asked in it."""
    heroy = replace(AGREEMENT.municipalities["heroy"], channels=(CHANNEL,))
    members = {**AGREEMENT.municipalities, "heroy": heroy}
    book = AgreementBook([replace(AGREEMENT, municipalities=members)])
    async with open_town(database, book) as town:
        await town.hears(in_channel(f"{MENTION} {VAT}", id=ROOT))
        yield town


def read_by_the_team(town: Town) -> list[str]:
    cards = town.helpdesk.chats[Platform.SLACK].unheard.pop(TEAM, [])
    return [card.plain() for card in cards]


async def test_the_answer_comes_in_the_thread_and_leads_to_the_message(town: Town) -> None:
    [receipt] = town.cards()
    assert receipt.conversation == IN_THREAD
    assert VAT in words(receipt.card)
    assert "https://teams.microsoft.com/l/message/" in str(receipt.card)


async def test_a_reply_in_the_thread_needs_no_mention(town: Town) -> None:
    read_by_the_team(town)
    await town.hears(in_channel("Det gjelder også kirken.", id="1481567603900", entities=[]))

    [brought] = town.helpdesk.chats[Platform.SLACK].unheard[TEAM]
    assert "/1481567603900?" in str(brought.body)  # the way to the message
    assert read_by_the_team(town) == ["Ola i Herøy skrev – Det gjelder også kirken."]
    assert len(town.helpdesk.tickets()) == 1


async def test_what_people_say_to_each_other_elsewhere_is_left_alone(town: Town) -> None:
    read_by_the_team(town)
    elsewhere = in_channel("Noen som vil ha kaffe?", id="1481567700000", entities=[])
    elsewhere["conversation"]["id"] = f"{CHANNEL};messageid=1481567700000"
    await town.hears(elsewhere)

    assert read_by_the_team(town) == []
    assert len(town.cards()) == len(town.helpdesk.tickets()) == 1
