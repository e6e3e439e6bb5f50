"""Every card of an order, and of a dispute, is one that Slack, Teams and our own page can draw."""

import pytest

from bot.cards.blocks import Card, Input, Select
from bot.render.adaptive_card import adaptive_card
from bot.render.block_kit import block_kit
from bot.render.html import html
from bot.render.slack_views import window
from tests.helpdesk import TEAM, VAT, Helpdesk
from tests.orders.ordering import places
from tests.slack_limits import wrong_with_message, wrong_with_view
from tests.teams.card_rules import wrong_with


@pytest.fixture
def seen(helpdesk: Helpdesk) -> list[Card]:
    """What everybody has before them when orders are placed, decided and disputed."""
    helpdesk.opens()
    for name in ("Anita", "Turid"):
        helpdesk.has(name, of="heroy", roles={"asker", "approver"})
    helpdesk.commands("Ola", "bestill")
    forms = []
    for form in ("system-users", "dimensions-codes"):
        helpdesk.presses("Ola", "order.open", task=form)
        forms.append(helpdesk.shown["Ola"].card)
    places(helpdesk, "Ola")
    helpdesk.commands("Anita", "bestill")
    helpdesk.presses("Anita", "order.decline")
    forms.append(helpdesk.shown["Anita"].card)
    helpdesk.presses("Anita", "order.approve")
    helpdesk.asks("Nils", VAT)
    helpdesk.presses("Per", "ticket.more", on=TEAM)
    helpdesk.presses("Per", "ticket.dispute")
    forms.append(helpdesk.shown["Per"].card)
    helpdesk.fills_in("Per", reason="Uklart", meanwhile="keep")
    helpdesk.commands("Randi", "presedens")
    helpdesk.presses("Randi", "dispute.settle")
    forms.append(helpdesk.shown["Randi"].card)
    helpdesk.forgets()
    stand = [
        c for chat in helpdesk.chats.values() for cs in chat.cards.values() for c in cs.values()
    ]
    return [*forms, *stand]


def test_they_can_be_drawn_everywhere(seen: list[Card]) -> None:
    assert len(seen) > 12
    for card in seen:
        assert wrong_with_message(block_kit(card)) == []
        assert wrong_with_view(window(card)) == []
        assert wrong_with(adaptive_card(card)) == []
        assert card.title.replace("«", "") in html(card).replace("«", "")


def test_slack_insists_only_on_what_must_be_filled_in(seen: list[Card]) -> None:
    form = next(card for card in seen if card.title == "Bruker og tilgang")
    fields = {block.name: block for block in form.body if isinstance(block, Input | Select)}
    drawn = {block["block_id"]: block for block in window(form)["blocks"] if "element" in block}

    assert {name for name, block in drawn.items() if not block.get("optional")} == {
        "what",
        "person",
        "email",
        "start",
        "_approver",
    }
    assert fields.keys() == drawn.keys()
