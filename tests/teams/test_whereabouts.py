"""Every activity tells how its writer and its conversation are reached, or that they are not."""

from typing import Any

import pytest
from pydantic import ValidationError

from bot.platforms.teams_payloads import Activity
from bot.platforms.teams_whereabouts import whereabouts
from storage.teams import TeamsAddress
from tests.teams.activities import BOT, CHANNEL, OLA_ID, OWN, TENANT, in_channel, message


def reached(payload: dict[str, Any]) -> dict[str, TeamsAddress]:
    return dict(whereabouts(Activity.model_validate(payload), TENANT))


def test_every_word_tells_how_its_writer_and_its_conversation_are_reached() -> None:
    there = TeamsAddress(TENANT, "https://smba.trafficmanager.net/emea/")
    assert reached(message("Hei")) == {OWN: there, OLA_ID: there}


@pytest.mark.parametrize(
    "change",
    [
        {"type": "installationUpdate", "action": "remove"},
        {"type": "conversationUpdate", "membersRemoved": [{"id": BOT}]},
    ],
)
def test_where_the_app_is_taken_away_nothing_can_be_written(change: dict[str, Any]) -> None:
    assert {address.is_gone for address in reached(message("") | change).values()} == {True}
    assert set(reached(in_channel("") | change)) == {CHANNEL}


def test_somebody_else_who_leaves_takes_nothing_away() -> None:
    left = {"type": "conversationUpdate", "membersRemoved": [{"id": "29:kari"}]}
    assert not reached(message("") | left)[OWN].is_gone


@pytest.mark.parametrize("name", ["../../x", "a/b", "a?b", "a#b", ".", "a\nb", "x" * 600, ""])
def test_an_id_that_would_lead_elsewhere_in_an_address_is_none(name: str) -> None:
    with pytest.raises(ValidationError):
        Activity.model_validate(message("Hei", conversation={"id": name, "tenantId": TENANT}))
