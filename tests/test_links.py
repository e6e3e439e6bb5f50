"""Links lead from a ticket to the message that asked, and from lists and cards to the ticket."""

from collections.abc import Iterator

import pytest

from bot.cards.blocks import Card, Link
from bot.domain.people import Platform
from storage.database import Database
from tests.conftest import at_work
from tests.helpdesk import TEAM, VAT, Helpdesk
from tests.pretend_chat import Pair

MESSAGE = "https://chat.example/C-all/1"


@pytest.fixture(params=[Pair(Platform.SLACK, Platform.SLACK), Pair(Platform.TEAMS, Platform.TEAMS)])
def helpdesk(request: pytest.FixtureRequest, database: Database) -> Iterator[Helpdesk]:
    with at_work(database, request.param) as helpdesk:
        yield helpdesk.opens()


def links(card: Card) -> dict[str, str]:
    return {block.label: block.address for block in card.body if isinstance(block, Link)}


def chat_link(helpdesk: Helpdesk, name: str) -> str:
    """Return what opens the first card that *name* has of the ticket."""
    chat = helpdesk.chat_of(name)
    number = helpdesk.newest_number()
    [message] = [m for m, card in chat.cards[name].items() if number in card.title][:1]
    return f"https://{chat.platform}.example/{name}/{message}"


def test_what_was_asked_where_others_read_it_is_one_press_away(helpdesk: Helpdesk) -> None:
    helpdesk.says("Ola", VAT, channel="C-all", link=MESSAGE)

    for name in ("Ola", "Kari", TEAM):
        assert links(helpdesk.card(name))["Gå til meldingen"] == MESSAGE
    helpdesk.forgets()


def test_a_marked_message_is_one_press_away_in_ones_own_language(helpdesk: Helpdesk) -> None:
    helpdesk.marks("Liv", "Eli", VAT, link=MESSAGE)

    assert links(helpdesk.card("Eli")) == {"Gå til meldinga": MESSAGE}
    helpdesk.forgets()


def test_what_only_the_asker_can_read_is_linked_to_nobody(helpdesk: Helpdesk) -> None:
    helpdesk.says("Ola", VAT, link=MESSAGE)

    assert links(helpdesk.card("Ola")) == links(helpdesk.card(TEAM)) == {}
    helpdesk.forgets()


def test_from_the_contacts_own_card_and_the_queue_one_goes_to_the_teams(helpdesk: Helpdesk) -> None:
    helpdesk.asks("Ola", VAT)
    helpdesk.presses("Kari", "ticket.take", on=TEAM)

    to_team = chat_link(helpdesk, TEAM)
    assert links(helpdesk.card("Kari")) == {"Gå til saken i teamets kanal": to_team}
    assert links(helpdesk.card(TEAM)) == {}
    assert to_team in links(helpdesk.opens_page("Kari")).values()
    helpdesk.commands("Kari", "saker")
    assert links(helpdesk.cards_heard("Kari")[-1]) == {"Gå til saken": to_team}
    helpdesk.forgets()


def test_from_ones_own_page_one_goes_to_ones_own_card(helpdesk: Helpdesk) -> None:
    helpdesk.asks("Ola", VAT)

    own = links(helpdesk.opens_page("Ola"))
    in_teams = helpdesk.homes["Ola"] is Platform.TEAMS  # where one's own chat cannot be linked to
    assert own == ({} if in_teams else {"Gå til saken": chat_link(helpdesk, "Ola")})
    helpdesk.forgets()


def test_nobody_outside_the_team_is_led_to_its_channel(helpdesk: Helpdesk) -> None:
    helpdesk.asks("Ola", VAT)
    helpdesk.presses("Kari", "ticket.take", on=TEAM)
    helpdesk.answers("Kari", "Fristen er 10. april.")

    seen = [card.model_dump_json() for card in helpdesk.chat_of("Ola").cards["Ola"].values()]
    seen.append(helpdesk.opens_page("Ola").model_dump_json())
    assert not [card for card in seen if f"/{TEAM}/" in card]
    helpdesk.forgets()
