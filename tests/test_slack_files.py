"""Files in Slack: fetched with our token, which is shown to Slack alone, and put where they go."""

import pytest

from bot.cards.blocks import Card
from bot.conversation import NotDelivered, Said
from bot.domain.people import Place, Platform
from bot.files import Content, FileCarrier, FileTooLarge
from bot.platforms.slack_app import slack_client
from bot.platforms.slack_sender import SlackSender
from tests.slack import TOKEN, PretendSlack, no_pictures
from tests.slack_desk import slack_desk

THREAD = Place(Platform.SLACK, "D0LA", "1780000000.000001")
LIST = Content(name="bilag.xlsx", media_type="application/pdf", content=b"1;2;3")


def sender(slack: PretendSlack, token: str = TOKEN) -> SlackSender:
    return SlackSender(slack_client(token, slack.address), no_pictures)


def address(slack: PretendSlack, name: str) -> str:
    return slack.address.replace("/api/", f"/files-pri/{name}")


async def test_a_file_is_fetched_with_our_token() -> None:
    async with PretendSlack() as slack:
        slack.files["bilag.xlsx"] = (b"1;2;3", "application/pdf")

        assert await sender(slack).fetch(address(slack, "bilag.xlsx"), 5) == b"1;2;3"


async def test_no_more_of_a_file_is_fetched_than_we_take() -> None:
    async with PretendSlack() as slack:
        slack.files["stor.pdf"] = (b"1" * 1_000_000, "application/pdf")

        with pytest.raises(FileTooLarge):
            await sender(slack).fetch(address(slack, "stor.pdf"), 999_999)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "https://evil.example/bilag.xlsx",
        "https://evil-slack.com/bilag.xlsx",
        "https://files.slack.com.evil.example/bilag.xlsx",
        "https://files.slack.com@evil.example/bilag.xlsx",
        "http://files.slack.com/bilag.xlsx",
        "file:///etc/passwd",
    ],
)
async def test_our_token_is_shown_to_nobody_else(source: str) -> None:
    async with PretendSlack() as slack:
        with pytest.raises(NotDelivered, match="does not lie in Slack") as refused:
            await sender(slack).fetch(source, 5)
        assert refused.value.final


@pytest.mark.parametrize(("token", "name"), [("xoxb-wrong", "bilag.xlsx"), (TOKEN, "borte.pdf")])
async def test_a_page_to_sign_in_at_is_no_file(token: str, name: str) -> None:
    async with PretendSlack() as slack:
        slack.files["bilag.xlsx"] = (b"1;2;3", "application/pdf")

        with pytest.raises(NotDelivered) as refused:
            await sender(slack, token).fetch(address(slack, name), 5)
        assert refused.value.final


async def test_a_file_is_put_into_the_thread_with_our_words() -> None:
    async with PretendSlack() as slack:
        sent = await sender(slack).send_file(THREAD, Card(title="Kari sender deg en fil"), LIST)

        [said] = slack.called("files.completeUploadExternal")
        assert (said["channel_id"], said["thread_ts"]) == ("D0LA", THREAD.thread)
        assert said["initial_comment"] == "Kari sender deg en fil"
        assert slack.uploads == {sent.message: b"1;2;3"}


async def test_slack_that_says_no_is_asked_again_by_the_outbox() -> None:
    async with PretendSlack() as slack:
        slack.is_busy("files.getUploadURLExternal", retry_after=7)

        with pytest.raises(NotDelivered) as refused:
            await sender(slack).send_file(THREAD, Card(title="En fil"), LIST)
        assert (refused.value.final, refused.value.retry_after) == (False, 7)


async def test_files_on_a_message_are_heard() -> None:
    async with slack_desk() as desk:
        file = {
            "id": "F1",
            "name": "bilag.xlsx",
            "mimetype": "application/pdf",
            "size": 5,
            "url_private_download": "https://files.slack.com/files-pri/T1-F1/bilag.xlsx",
        }
        elsewhere = {"name": "plan.docx", "is_external": True, "url_private": "https://x.example"}

        await desk.people.dm("U0LA", "Se vedlegg", subtype="file_share", files=[file, elsewhere])

        assert isinstance(desk.desk.events[-1], Said)
        found = [(one.name, one.size, one.source) for one in desk.desk.events[-1].files]
        assert found == [
            ("bilag.xlsx", 5, "https://files.slack.com/files-pri/T1-F1/bilag.xlsx"),
            ("plan.docx", None, ""),
        ]


async def test_slack_carries_files() -> None:
    async with PretendSlack() as slack:
        assert isinstance(sender(slack), FileCarrier)
