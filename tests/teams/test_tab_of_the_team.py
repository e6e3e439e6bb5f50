"""In their tab in Teams the host's people see the queue as well, a part of it at a time."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from bot.domain.people import Account, PersonId, Platform
from schedules.deliver_outbox import deliver_outbox
from storage.database import Database
from tests.conftest import at_work
from tests.helpdesk import VAT, Helpdesk
from tests.pretend_chat import Pair
from tests.teams.activities import CLIENT, OLA_ID, TENANT
from tests.teams.desk import TeamsDesk, teams_desk
from tests.teams.pretend import token


@pytest.fixture
def helpdesk(database: Database) -> Iterator[Helpdesk]:
    """Ola and Nils have asked; Kari of the host's team, and Nils, look at their tabs."""
    with at_work(database, Pair(Platform.TEAMS, Platform.TEAMS)) as helpdesk:
        helpdesk.opens()
        helpdesk.asks("Ola", VAT)
        helpdesk.asks("Nils", "Når kjøres utbetalingene denne uka?")
        helpdesk.forgets()
        yield helpdesk


@pytest.fixture
async def here(helpdesk: Helpdesk, database: Database) -> AsyncIterator[TeamsDesk]:
    async with teams_desk(lambda _: helpdesk.dispatch, database) as here:
        yield here


def is_at(helpdesk: Helpdesk, name: str) -> None:
    """Let *name* be who has the account that looks."""
    with helpdesk.desk.database.transaction() as store:
        account = Account(Platform.TEAMS, TENANT, OLA_ID)
        store.people.link(PersonId(name), account, channel=name)


async def looks(here: TeamsDesk, query: str = "") -> httpx.Response:
    issuer = f"{here.teams.url}/{TENANT}/v2.0"
    bearer = token(iss=issuer, aud=CLIENT, tid=TENANT, oid=OLA_ID, scp="access_as_user")
    return await here.client.get(
        f"/teams/tab/mine{query}", headers={"Authorization": f"Bearer {bearer}"}
    )


async def test_the_team_sees_the_queue_and_their_own_questions(
    here: TeamsDesk, helpdesk: Helpdesk
) -> None:
    is_at(helpdesk, "Kari")
    page = (await looks(here)).text
    assert VAT in page
    assert "utbetalingene" in page
    assert 'data-action="queue.show" data-value="today"' in page
    assert "Mine spørsmål" in page
    assert 'data-action="ticket.' not in page


async def test_the_queue_is_filtered_by_part_municipality_and_task(
    here: TeamsDesk, helpdesk: Helpdesk
) -> None:
    is_at(helpdesk, "Kari")
    donna = (await looks(here, "?part=all&municipality=donna&task=all")).text
    assert VAT not in donna
    assert "utbetalingene" in donna
    vat = (await looks(here, "?part=all&municipality=all&task=vat")).text
    assert VAT in vat
    assert "utbetalingene" not in vat
    mine = (await looks(here, "?part=mine")).text
    assert VAT in mine
    assert "utbetalingene" not in mine


async def test_who_only_asks_sees_their_own_and_gets_no_queue_by_asking_for_one(
    here: TeamsDesk, helpdesk: Helpdesk
) -> None:
    is_at(helpdesk, "Nils")
    chat = helpdesk.chats[Platform.TEAMS]
    chat.channels.add(OLA_ID)
    own = (await looks(here)).text
    assert "utbetalingene" in own
    assert VAT not in own
    assert VAT not in (await looks(here, "?part=all")).text
    await deliver_outbox(helpdesk.desk)
    told = [card.title for card in chat.unheard.pop(OLA_ID)]
    assert told == ["Bare teamet i vertskommunen kan gjøre dette."]
