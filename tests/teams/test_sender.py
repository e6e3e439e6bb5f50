"""Our cards reach Teams, and what Teams says no to is understood."""

from collections.abc import AsyncIterator
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from bot.cards.blocks import Card, Quote
from bot.conversation import NotDelivered, Sent
from bot.domain.people import Account, Place, Platform
from bot.files import Content
from bot.platforms.teams_app import Teams
from bot.platforms.teams_refusals import PASSING, REASONS
from bot.platforms.teams_sender import TeamsSender
from storage.database import Database
from storage.teams import TeamsAddress
from tests.teams.activities import CHANNEL, OLA_ID, OWN, ROOT, TENANT
from tests.teams.card_rules import words
from tests.teams.desk import memory_in
from tests.teams.pretend import OPENED, PretendTeams, bot_in, pretend_teams

OTHER_TENANT = "00000000-0000-4000-8000-00000000beef"
CARD = Card(title="Svar", body=(Quote(text="Fristen er 1. april."),))
OLA_HERE = Account(Platform.TEAMS, TENANT, OLA_ID)


@pytest.fixture
async def teams() -> AsyncIterator[PretendTeams]:
    async with pretend_teams() as pretend:
        yield pretend


@pytest.fixture
async def bot(teams: PretendTeams) -> AsyncIterator[Teams]:
    async with bot_in(teams) as bot:
        yield bot


@pytest.fixture
def sender(bot: Teams, database: Database) -> TeamsSender:
    return TeamsSender(bot, memory_in(database))


async def test_a_card_stands_where_it_was_sent(teams, sender) -> None:
    sent = await sender.send(Place(Platform.TEAMS, OWN, "1485983408511"), CARD, None)
    [posted] = teams.posted
    assert (posted.conversation, sent) == (OWN, Sent(OWN, posted.id))
    assert words(posted.card) == "Fristen er 1. april."
    assert posted.summary == "Svar – Fristen er 1. april."


async def test_a_card_for_a_thread_in_a_channel_goes_into_the_thread(teams, sender) -> None:
    sent = await sender.send(Place(Platform.TEAMS, CHANNEL, ROOT), CARD, None)
    assert teams.posted[0].conversation == f"{CHANNEL};messageid={ROOT}"
    assert sent.channel == CHANNEL
    link = urlsplit(sent.link or "")
    assert unquote(link.path) == f"/l/message/{CHANNEL}/{sent.message}"
    assert parse_qs(link.query) == {"tenantId": [TENANT], "parentMessageId": [ROOT]}


async def test_a_card_for_a_person_opens_their_own_conversation(teams, sender) -> None:
    sent = await sender.send(Place(Platform.TEAMS, OLA_ID), CARD, None)
    assert teams.posted[0].conversation == sent.channel == OPENED


async def test_what_one_alone_may_see_is_not_put_in_a_channel(teams, sender) -> None:
    sent = await sender.send(Place(Platform.TEAMS, CHANNEL, ROOT), CARD, OLA_HERE)
    assert [posted.conversation for posted in teams.posted] == [OPENED]
    assert sent.channel == OPENED


async def test_what_one_alone_may_see_stays_in_their_own_conversation(teams, sender) -> None:
    await sender.send(Place(Platform.TEAMS, OWN), CARD, OLA_HERE)
    assert [posted.conversation for posted in teams.posted] == [OWN]
    assert teams.opened == []


async def test_a_card_is_drawn_again_where_it_stands(teams, sender) -> None:
    place = Place(Platform.TEAMS, OWN)
    sent = await sender.send(place, CARD, None)
    await sender.change(place, sent.message, Card(title="Løst", body=(Quote(text="Nytt"),)))
    assert [(posted.versions, words(posted.card)) for posted in teams.posted] == [(2, "Nytt")]


async def test_a_card_that_is_gone_cannot_be_drawn_again(sender) -> None:
    with pytest.raises(NotDelivered) as refused:
        await sender.change(Place(Platform.TEAMS, OWN), "1", CARD)
    assert refused.value.final


@pytest.mark.parametrize(
    ("status", "is_final"),
    [(400, True), (401, False), (403, True), (404, True), (413, True), (500, False), (502, False)],
)
async def test_only_what_no_waiting_mends_is_final(teams, sender, status, is_final) -> None:
    teams.refuses = (status, {})
    with pytest.raises(NotDelivered) as refused:
        await sender.send(Place(Platform.TEAMS, OWN), CARD, None)
    assert (refused.value.final, refused.value.retry_after) == (is_final, None)


@pytest.mark.parametrize(
    ("status", "code", "reason", "is_final"),
    [
        (403, "BotNotInConversationRoster", "the app is not installed there", True),
        (403, "ConversationBlockedByUser", "they have blocked the app", True),
        (403, "BotDisabledByAdmin", "the administrator has turned the app off", True),
        (404, "ConversationNotFound", "there is no such conversation any more", True),
        (413, "MessageSizeTooBig", "the card is too large", True),
        (403, "SomethingNew", "Teams answered 403", True),
        (400, "Throttled", "Teams answered 400", False),
    ],
)
async def test_what_teams_calls_it_is_said_in_words(
    teams, sender, status, code, reason, *, is_final
) -> None:
    teams.refuses, teams.says = (status, {}), {"error": {"code": code, "message": "x"}}
    with pytest.raises(NotDelivered, match=reason) as refused:
        await sender.send(Place(Platform.TEAMS, OWN), CARD, None)
    assert refused.value.final is is_final


async def test_every_word_of_teams_that_we_know_is_final_or_is_not(teams, sender) -> None:
    for code in {*REASONS, *PASSING}:
        teams.refuses, teams.says = (403, {}), {"error": {"code": code, "message": "x"}}
        with pytest.raises(NotDelivered) as refused:
            await sender.send(Place(Platform.TEAMS, OWN), CARD, None)
        assert refused.value.final is (code in REASONS), code


async def test_who_never_had_the_app_is_refused_for_good_at_first_contact(teams, sender) -> None:
    teams.refuses = (403, {})
    teams.says = {"error": {"code": "BotNotInConversationRoster", "message": "x"}}
    with pytest.raises(NotDelivered, match="the app is not installed there") as refused:
        await sender.send(Place(Platform.TEAMS, OLA_ID), CARD, None)
    assert refused.value.final
    assert teams.posted == []


async def test_teams_own_word_for_it_may_stand_further_in(teams, sender) -> None:
    teams.refuses = (403, {})
    teams.says = {
        "error": {"code": "Forbidden", "innerHttpError": {"body": {"code": "BotDisabledByAdmin"}}}
    }
    with pytest.raises(NotDelivered, match="the administrator"):
        await sender.send(Place(Platform.TEAMS, OWN), CARD, None)


async def test_a_card_goes_to_the_service_that_the_conversation_named(teams, bot, database) -> None:
    memory = memory_in(database)
    bot.app.api.conversations.service_url = "http://127.0.0.1:1"
    await memory.note(OWN, TeamsAddress(TENANT, f"{teams.url}/emea"))
    with pytest.raises(NotDelivered, match="404"):
        await TeamsSender(bot, memory).send(Place(Platform.TEAMS, OWN), CARD, None)
    await memory.note(OWN, TeamsAddress(TENANT, teams.url))
    await TeamsSender(bot, memory_in(database)).send(Place(Platform.TEAMS, OWN), CARD, None)
    assert len(teams.posted) == 1


async def test_somebody_in_the_second_tenant_is_asked_for_there(teams, database) -> None:
    async with bot_in(teams, (TENANT, OTHER_TENANT)) as bot:
        memory = memory_in(database)
        await memory.note(OLA_ID, TeamsAddress(OTHER_TENANT, teams.url))
        await TeamsSender(bot, memory).send(Place(Platform.TEAMS, OLA_ID), CARD, None)
        assert [opened["tenantId"] for opened in teams.opened] == [OTHER_TENANT]
        assert await memory.address(OPENED) == TeamsAddress(OTHER_TENANT, teams.url)


async def test_a_card_is_taken_away(teams, sender) -> None:
    place = Place(Platform.TEAMS, OWN)
    sent = await sender.send(place, CARD, None)
    await sender.take_away(place, sent.message)
    assert teams.posted == []


async def test_files_go_to_one_person_alone(teams, sender) -> None:
    file = Content(name="svar.pdf", media_type="application/pdf", content=b"x")
    with pytest.raises(NotDelivered) as refused:
        await sender.send_file(Place(Platform.TEAMS, CHANNEL, ROOT), CARD, file)
    assert refused.value.final
    await sender.send_file(Place(Platform.TEAMS, OLA_ID), CARD, file)
    assert teams.posted[0].conversation == OPENED


@pytest.mark.parametrize(
    ("headers", "seconds"), [({"Retry-After": "17"}, 17.0), ({}, 1.0), ({"Retry-After": "x"}, 1.0)]
)
async def test_when_teams_asks_us_to_wait_we_know_how_long(teams, sender, headers, seconds) -> None:
    teams.refuses = (429, headers)
    with pytest.raises(NotDelivered) as refused:
        await sender.send(Place(Platform.TEAMS, OWN), CARD, None)
    assert (refused.value.final, refused.value.retry_after) == (False, seconds)


async def test_when_nobody_answers_it_is_tried_again(database: Database) -> None:
    async with pretend_teams() as gone:
        pass
    async with bot_in(gone) as bot:
        with pytest.raises(NotDelivered) as failed:
            await TeamsSender(bot, memory_in(database)).send(Place(Platform.TEAMS, OWN), CARD, None)
    assert not failed.value.final


async def test_without_a_token_nothing_is_sent_and_the_next_try_asks_for_one_again(
    teams, bot, sender
) -> None:
    answers = [ValueError("invalid_client"), OSError("no network")]
    given = bot.app.credentials.token

    def token(scope, tenant):
        if answers:
            raise answers.pop(0)
        return given(scope, tenant)

    bot.app.credentials.token = token
    for _ in range(2):
        with pytest.raises(NotDelivered):
            await sender.send(Place(Platform.TEAMS, OWN), CARD, None)
    assert (await sender.send(Place(Platform.TEAMS, OWN), CARD, None)).channel == OWN
    assert len(teams.posted) == 1
