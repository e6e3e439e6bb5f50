"""A question in Teams goes to its answer and back: real rules, real database, the real SDK."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from bot.agreements import AgreementBook
from bot.dispatch import Dispatcher
from bot.domain.people import Platform
from bot.platforms.teams_app import Teams
from bot.platforms.teams_sender import TeamsSender
from handlers import TABLE
from schedules.deliver_outbox import deliver_outbox
from storage.database import Database
from tests.helpdesk import TEAM, VAT, Helpdesk
from tests.teams.activities import OLA, OLA_ID, OWN, message, press
from tests.teams.card_rules import buttons, words
from tests.teams.desk import TeamsDesk, memory_in, teams_desk
from tests.teams.pretend import Posted

OLA_IN_TEAMS = {"name": "Ola", "email": "ola.n@heroy.example", "objectId": OLA_ID}


class Town:
    """Ola asks in Teams; the host's team has its channel in the other chat."""

    def __init__(self, database: Database, agreements: AgreementBook | None = None) -> None:
        self.helpdesk = Helpdesk(database).opens()
        if agreements:
            self.helpdesk.starts_again(agreements)

    def inside(self, teams: Teams) -> Dispatcher:
        desk = self.helpdesk.desk
        sender = TeamsSender(teams, memory_in(desk.database))
        senders = dict(desk.senders) | {Platform.TEAMS: sender}
        self.helpdesk.desk = replace(desk, senders=senders)
        return Dispatcher(self.helpdesk.desk, TABLE)

    async def hears(self, activity: dict[str, Any]) -> None:
        answer = await self.here.hears(activity)
        assert answer.status_code == 200
        await deliver_outbox(self.helpdesk.desk)
        await self.here.has_shown()

    def cards(self) -> list[Posted]:
        return self.here.teams.posted

    here: TeamsDesk


@asynccontextmanager
async def open_town(
    database: Database, agreements: AgreementBook | None = None
) -> AsyncIterator[Town]:
    town = Town(database, agreements)
    async with teams_desk(town.inside, database) as here:
        here.teams.members[OLA] = OLA_IN_TEAMS
        town.here = here
        yield town


@pytest.fixture
async def town(database: Database) -> AsyncIterator[Town]:
    async with open_town(database) as town:
        yield town


async def test_a_question_is_given_a_number_and_its_answer_comes_back(town: Town) -> None:
    await town.hears(message(VAT))
    [receipt] = town.cards()
    assert receipt.conversation == OWN
    assert "HALD-2026-0001" in str(receipt.card)
    assert "asker.urgent" in {button["verb"] for button in buttons(receipt.card)}

    team = town.helpdesk.button("Kari", "ticket.answer", on=TEAM)
    town.helpdesk.dispatch(town.helpdesk.pressed("Kari", team, channel=TEAM))
    send = replace(
        town.helpdesk.pressed("Kari", team, channel=TEAM),
        action="ticket.answer.send",
        fields={"text": "Fristen er *10. april*."},
    )
    town.helpdesk.dispatch(send)
    await deliver_outbox(town.helpdesk.desk)
    answer = town.cards()[-1]
    assert answer.conversation == OWN
    assert "Fristen er *10. april*." in words(answer.card)


async def test_a_reply_that_quotes_the_card_reaches_the_team(town: Town) -> None:
    await town.hears(message(VAT))
    [receipt] = town.cards()
    quote = {"type": "quotedReply", "quotedReply": {"messageId": receipt.id}}
    reply = message("Det haster visst", id="1485983408599", entities=[quote])
    await town.hears(reply)
    team = town.helpdesk.chats[Platform.SLACK].unheard[TEAM]
    assert any("Det haster visst" in card.plain() for card in team)
    assert len(town.helpdesk.tickets()) == 1


async def test_the_same_message_twice_is_one_question(town: Town) -> None:
    for _ in range(2):
        await town.hears(message(VAT))
    assert len(town.helpdesk.tickets()) == 1
    assert len(town.cards()) == 1


async def test_a_button_on_the_receipt_redraws_it(town: Town) -> None:
    await town.hears(message(VAT))
    [receipt] = town.cards()
    [urgent] = [one for one in buttons(receipt.card) if one["verb"] == "asker.urgent"]
    await town.hears(press(urgent["verb"], urgent["data"]["value"], card=receipt.id))
    assert receipt.versions == 2


async def test_the_form_asks_and_what_is_written_in_it_is_a_question(town: Town) -> None:
    await town.hears(message("/spor"))
    [form] = town.cards()
    [send] = [one for one in buttons(form.card) if one["verb"] == "ask.send"]
    await town.hears(press(send["verb"], send["data"]["value"], card=form.id, text=VAT))
    assert len(town.helpdesk.tickets()) == 1
    assert "HALD-2026-0001" in str(town.cards()[-1].card)


async def test_who_teams_cannot_place_is_turned_away_kindly(town: Town) -> None:
    town.here.teams.members.clear()
    await town.hears(message(VAT))
    assert town.helpdesk.tickets() == []
    assert [posted.conversation for posted in town.cards()] == [OWN]
