"""What people change, delete or mark in Teams is heard too, and so is who has just got the app."""

from typing import Any

import pytest

from bot.conversation import Deleted, Edited, Opened, Reacted
from bot.domain.people import Place, Platform
from bot.platforms.teams_events import heard
from bot.platforms.teams_payloads import Activity
from tests.teams.activities import OWN, TENANT, in_channel, message
from tests.teams.hearing import NOW, read, said


def changed(text: str, kind: str, what: str) -> dict[str, Any]:
    told = {"tenant": {"id": TENANT}, "eventType": what}
    return message(text) | {"type": kind, "channelData": told}


@pytest.mark.parametrize("what", ["editMessage", "undeleteMessage"])
def test_what_somebody_changes_or_takes_back_into_life_says_what_it_says_now(what: str) -> None:
    event = read(changed("Når er fristen for mva?", "messageUpdate", what))
    assert isinstance(event, Edited)
    assert event.message == said(message("Når er fristen?")).message
    assert event.text == "Når er fristen for mva?"
    assert event.key != event.message


def test_what_somebody_deletes_is_deleted() -> None:
    event = read(changed("", "messageDelete", "softDeleteMessage"))
    assert isinstance(event, Deleted)
    assert event.message == said(message("Når er fristen?")).message


def test_a_change_twice_is_two_and_the_same_change_twice_is_one() -> None:
    first = changed("en", "messageUpdate", "editMessage")
    later = first | {"timestamp": "2026-03-02T08:05:00Z"}
    assert read(first).key == read(first).key != read(later).key


@pytest.mark.parametrize(
    ("kind", "emoji"),
    [("like", "+1"), ("heart", "heart"), ("sad", "cry"), ("1f3ab_ticket", "ticket")],
)
def test_an_emoji_has_the_name_it_has_elsewhere(kind: str, emoji: str) -> None:
    reaction = {"type": "messageReaction", "reactionsAdded": [{"type": kind}]}
    event = read(message("", replyToId="1485983500000") | reaction)
    assert isinstance(event, Reacted)
    assert event.emoji == emoji
    assert event.place == Place(Platform.TEAMS, OWN, "1485983500000")


def test_two_emoji_at_once_are_two() -> None:
    added = {"type": "messageReaction", "reactionsAdded": [{"type": "like"}, {"type": "heart"}]}
    assert len(heard(Activity.model_validate(message("") | added), TENANT, NOW)) == 2


def test_who_has_just_got_the_app_sees_their_own_page() -> None:
    event = read(message("") | {"type": "installationUpdate", "action": "add"})
    assert isinstance(event, Opened)
    assert event.place == Place(Platform.TEAMS, OWN)
    added = {"type": "installationUpdate", "action": "add"}
    assert read(in_channel("") | added) is None
