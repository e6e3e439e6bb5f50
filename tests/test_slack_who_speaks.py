"""The desk is told who speaks in Slack, as far as Slack vouches for it."""

from collections.abc import AsyncIterator

import pytest

from bot.conversation import Marked, Said
from bot.domain.people import Account, Language, Platform, Profile
from tests.slack import BOT
from tests.slack_desk import OPEN, TS, SlackDesk, slack_desk


@pytest.fixture
async def here() -> AsyncIterator[SlackDesk]:
    async with slack_desk() as here:
        yield here


async def test_the_desk_is_told_who_it_does_not_know(here: SlackDesk) -> None:
    here.desk.strangers = {"U0OLA"}
    here.slack.has_user("U0OLA", "Ola Nordmann", "ola@heroy.example", locale="nn-NO")
    await here.people.dm("U0OLA", "Hei")
    assert here.last.profile == Profile(
        name="Ola Nordmann", email="ola@heroy.example", language=Language.NN
    )


async def test_slack_is_not_asked_about_who_is_known(here: SlackDesk) -> None:
    await here.people.dm("U0OLA", "Hei")
    assert here.slack.called("users.info") == []


async def test_an_address_that_slack_does_not_vouch_for_is_not_told(here: SlackDesk) -> None:
    here.desk.strangers = {"U0OLA"}
    here.slack.has_user("U0OLA", "Ola", "ola@heroy.example", is_email_confirmed=False)
    await here.people.dm("U0OLA", "Hei")
    assert here.last.profile == Profile(name="Ola")


@pytest.mark.parametrize(
    "flags",
    [
        {"is_restricted": True},
        {"is_ultra_restricted": True},
        {"is_stranger": True},
        {"team_id": "T0OTHER"},
    ],
    ids=str,
)
async def test_guests_are_told_as_guests(here: SlackDesk, flags: dict) -> None:
    here.desk.strangers = {"U0OLA"}
    here.slack.has_user("U0OLA", "Ola", "ola@heroy.example", **flags)
    await here.people.dm("U0OLA", "Hei")
    assert here.last.profile is not None
    assert here.last.profile.is_guest


async def test_somebody_from_another_workspace_is_somebody_else(here: SlackDesk) -> None:
    await here.people.says(
        "U0OLA", f"<@{BOT}> hei", team="T0OTHER", user_team="T0OTHER", channel=OPEN
    )
    assert here.last.account == Account(Platform.SLACK, "T0OTHER", "U0OLA")


async def test_a_bot_that_looks_like_a_person_is_not_heard(here: SlackDesk) -> None:
    here.desk.strangers = {"U0ROBOT"}
    here.slack.has_user("U0ROBOT", "Robot", is_bot=True)
    answer = await here.people.dm("U0ROBOT", "Hei")
    assert answer.status_code == 200
    assert here.desk.events == []


async def test_a_question_is_not_lost_when_slack_does_not_say_who_asks(here: SlackDesk) -> None:
    here.desk.strangers = {"U0OLA"}
    here.slack.breaks("users.info")
    await here.people.dm("U0OLA", "Hei")
    assert here.last.profile is None


async def test_the_author_of_a_marked_message_is_told_too(here: SlackDesk) -> None:
    here.desk.strangers = {"U0KARI"}
    here.slack.has_user("U0KARI", "Kari Nordmann", "kari@donna.example")
    await here.people.shortcut("U0OLA", OPEN, TS, "Når er fristen?", "U0KARI")
    assert isinstance(here.last, Marked)
    assert here.last.author_profile == Profile(name="Kari Nordmann", email="kari@donna.example")


async def test_slack_is_asked_only_once_who_we_are(here: SlackDesk) -> None:
    for _ in range(3):
        await here.people.dm("U0OLA", "Hei")
    assert len(here.slack.called("auth.test")) == 1


async def test_people_are_heard_when_slack_does_not_say_who_we_are(here: SlackDesk) -> None:
    here.slack.breaks("auth.test")
    await here.people.mention("U0OLA", "Hei")
    assert isinstance(here.last, Said)
    assert here.last.text == "Hei"
