"""What people do in Slack reaches the desk, said in the desk's own words."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.cards.blocks import Button, Buttons, Card, Input, Text
from bot.conversation import (
    Commanded,
    Deleted,
    Edited,
    Marked,
    Opened,
    Pressed,
    Reacted,
    Said,
    Show,
    Shown,
    Submitted,
)
from bot.domain.events import Via
from bot.domain.people import Account, Language, Place, Platform, Profile
from bot.platforms.slack_app import slack_client
from bot.platforms.slack_sender import SlackSender
from tests.slack import BOT, TEAM, TOKEN
from tests.slack_desk import SlackDesk, slack_desk

OLA = Account(Platform.SLACK, TEAM, "U0OLA")
KARI = Account(Platform.SLACK, TEAM, "U0KARI")
OPEN = "C0OPEN"
TS = "1772438400.000100"
AT = datetime(2026, 3, 2, 8, 0, 0, 100, tzinfo=UTC)
NAME = f"slack:{TEAM}:{OPEN}:{TS}"


@pytest.fixture
async def here() -> AsyncIterator[SlackDesk]:
    async with slack_desk() as here:
        yield here


async def test_a_direct_message_is_a_question_to_us(here: SlackDesk) -> None:
    answer = await here.people.dm("U0OLA", "Når må bilag være inne?", ts=TS)
    assert answer.status_code == 200
    name = f"slack:{TEAM}:D0OLA:{TS}"
    assert here.desk.events == [
        Said(
            key=name,
            account=OLA,
            at=AT,
            place=Place(Platform.SLACK, "D0OLA", TS),
            message=name,
            text="Når må bilag være inne?",
            to_us=True,
            is_direct=True,
        )
    ]


async def test_a_reply_in_a_thread_stands_in_that_thread(here: SlackDesk) -> None:
    await here.people.dm("U0OLA", "Takk!", thread_ts=TS)
    assert here.last.place == Place(Platform.SLACK, "D0OLA", TS)


async def test_a_mention_is_the_same_however_slack_tells_of_it(here: SlackDesk) -> None:
    await here.people.mention("U0OLA", "hvem fører bilag?", ts=TS)
    await here.people.says("U0OLA", f"<@{BOT}> hvem fører bilag?", ts=TS)
    once, again = here.desk.events
    assert once == again
    assert once == Said(
        key=NAME,
        account=OLA,
        at=AT,
        place=Place(Platform.SLACK, OPEN, TS),
        message=NAME,
        text="hvem fører bilag?",
        to_us=True,
        is_direct=False,
    )


async def test_talk_in_a_thread_is_heard_and_other_talk_is_not(here: SlackDesk) -> None:
    await here.people.says("U0OLA", "Noen som vet?", ts=TS)
    await here.people.says("U0KARI", "Ja, jeg.", thread_ts=TS)
    [heard] = here.desk.events
    assert isinstance(heard, Said)
    assert (heard.text, heard.to_us) == ("Ja, jeg.", False)


async def test_a_file_comes_with_its_name(here: SlackDesk) -> None:
    files = [{"id": "F1", "name": "faktura.pdf", "mimetype": "application/pdf"}]
    await here.people.dm("U0OLA", "Hva er dette?", subtype="file_share", files=files)
    assert isinstance(here.last, Said)
    assert here.last.text == "Hva er dette?\nfaktura.pdf"


async def test_a_forwarded_message_comes_with_its_words(here: SlackDesk) -> None:
    shared = [{"text": "Kan noen svare på &lt;dette&gt;?", "is_share": True}]
    await here.people.dm("U0OLA", "", attachments=shared)
    assert isinstance(here.last, Said)
    assert here.last.text == "Kan noen svare på <dette>?"


@pytest.mark.parametrize(
    "event",
    [
        {"bot_id": "B0OTHER"},
        {"subtype": "bot_message"},
        {"subtype": "channel_join"},
        {"subtype": "channel_topic"},
        {"user": BOT},
        {"user": "USLACKBOT"},
        {"user": None},
    ],
    ids=str,
)
async def test_bots_and_slack_itself_are_not_heard(here: SlackDesk, event: dict) -> None:
    answer = await here.people.dm("U0OLA", "Hei", **event)
    assert answer.status_code == 200
    assert here.desk.events == []


async def test_what_we_post_ourselves_is_not_heard(here: SlackDesk) -> None:
    ours = {"type": "message", "user": BOT, "bot_id": "B0BOT", "text": "Kort", "ts": TS}
    for subtype in ("message_changed", "message_deleted"):
        answer = await here.people.event(
            {
                "type": "message",
                "subtype": subtype,
                "channel": OPEN,
                "ts": TS,
                "deleted_ts": TS,
                "message": ours,
                "previous_message": ours | {"text": "Før"},
            }
        )
        assert answer.status_code == 200
    assert here.desk.events == []


async def test_an_edited_message_says_what_it_says_now(here: SlackDesk) -> None:
    await here.people.edit("U0OLA", OPEN, TS, "Ny tekst", thread_ts="1772438000.000001")
    assert isinstance(here.last, Edited)
    assert (here.last.message, here.last.text) == (NAME, "Ny tekst")
    assert here.last.place.thread == "1772438000.000001"
    assert here.last.key != NAME


async def test_a_links_preview_is_no_edit(here: SlackDesk) -> None:
    message = {"type": "message", "user": "U0OLA", "text": "<https://a.example>", "ts": TS}
    await here.people.event(
        {
            "type": "message",
            "subtype": "message_changed",
            "channel": OPEN,
            "ts": TS,
            "message": message | {"attachments": [{"text": "Forhåndsvisning"}]},
            "previous_message": message,
        }
    )
    assert here.desk.events == []


async def test_a_deleted_message_is_known_by_its_name(here: SlackDesk) -> None:
    await here.people.delete("U0OLA", OPEN, TS)
    assert isinstance(here.last, Deleted)
    assert (here.last.account, here.last.message) == (OLA, NAME)


async def test_a_deleted_message_with_answers_below_it_is_deleted_too(here: SlackDesk) -> None:
    before = {"type": "message", "user": "U0OLA", "text": "Hei", "ts": TS}
    stone = {"user": "USLACKBOT", "subtype": "tombstone", "text": "Deleted.", "ts": TS}
    await here.people.event(
        {
            "type": "message",
            "subtype": "message_changed",
            "channel": OPEN,
            "ts": "1772438500.000001",
            "message": stone,
            "previous_message": before,
        }
    )
    assert isinstance(here.last, Deleted)
    assert here.last.message == NAME


async def test_a_command_is_private_wherever_it_is_given(here: SlackDesk) -> None:
    answer = await here.people.command("U0OLA", "/spor", "Hva er fristen &amp; satsen?")
    assert (answer.status_code, answer.text) == (200, "")
    event = here.last
    assert isinstance(event, Commanded)
    assert (event.command, event.text) == ("spor", "Hva er fristen & satsen?")
    assert (event.account, event.place) == (OLA, Place(Platform.SLACK, "U0OLA"))
    assert abs((datetime.now(UTC) - event.at).total_seconds()) < 10


async def test_a_command_may_speak_of_a_payload(here: SlackDesk) -> None:
    await here.people.command("U0OLA", "/spor", "Hva er payload?")
    assert isinstance(here.last, Commanded)
    assert here.last.text == "Hva er payload?"


async def test_a_ticket_emoji_brings_the_message_and_who_wrote_it(here: SlackDesk) -> None:
    here.slack.has_message(OPEN, TS, "Hvem &amp; når?", "U0KARI", thread_ts="1772438000.000001")
    await here.people.reaction("U0OLA", OPEN, TS, author="U0KARI")
    event = here.last
    assert isinstance(event, Marked)
    assert (event.account, event.author, event.via) == (OLA, KARI, Via.REACTION)
    assert (event.message, event.message_at, event.text) == (NAME, AT, "Hvem & når?")
    assert event.place == Place(Platform.SLACK, OPEN, "1772438000.000001")


async def test_a_marked_message_that_we_may_not_read_is_marked_all_the_same(
    here: SlackDesk,
) -> None:
    await here.people.reaction("U0OLA", OPEN, TS, author="U0KARI")
    assert isinstance(here.last, Marked)
    assert here.last.text is None


async def test_a_bot_that_may_not_look_into_threads_looks_into_the_channel(
    here: SlackDesk,
) -> None:
    here.slack.has_message(OPEN, TS, "Hvem?", "U0KARI")
    here.slack.fails("conversations.replies", "not_allowed_token_type")
    await here.people.reaction("U0OLA", OPEN, TS, author="U0KARI")
    assert isinstance(here.last, Marked)
    assert here.last.text == "Hvem?"


async def test_our_own_card_is_no_question(here: SlackDesk) -> None:
    await here.people.reaction("U0OLA", OPEN, TS, author=BOT)
    assert here.desk.events == []


async def test_any_other_emoji_is_told_without_asking_slack(here: SlackDesk) -> None:
    await here.people.reaction("U0OLA", OPEN, TS, emoji="white_check_mark", author="U0KARI")
    assert isinstance(here.last, Reacted)
    assert (here.last.emoji, here.last.message) == ("white_check_mark", NAME)
    assert here.slack.called("conversations.replies") == []


async def test_a_shortcut_brings_the_message(here: SlackDesk) -> None:
    await here.people.shortcut("U0OLA", OPEN, TS, "Når er fristen?", "U0KARI")
    event = here.last
    assert isinstance(event, Marked)
    assert (event.account, event.author, event.via) == (OLA, KARI, Via.SHORTCUT)
    assert (event.message, event.text) == (NAME, "Når er fristen?")


async def test_a_bots_message_is_asked_about_by_who_marks_it(here: SlackDesk) -> None:
    await here.people.shortcut("U0OLA", OPEN, TS, "Epost videresendt", None)
    assert isinstance(here.last, Marked)
    assert here.last.author is None


FORM = Card(
    title="Svar",
    body=(
        Input(name="text", label="Svar"),
        Buttons(
            buttons=(
                Button(label="Mva", action="asker.choose", value="7:vat"),
                Button(label="Lån", action="asker.choose", value="7:loans"),
                Button(label="Send", action="ticket.answer.send", value="7", style="primary"),
            )
        ),
    ),
)


async def test_a_press_brings_what_was_written_in_the_card(here: SlackDesk) -> None:
    sender = SlackSender(slack_client(TOKEN, here.slack.address))
    sent = await sender.send(Place(Platform.SLACK, OPEN, TS), FORM, None)
    [message] = here.slack.posted
    await here.people.press("U0OLA", message, "ticket.answer.send", fields={"text": "Fredag"})
    event = here.last
    assert isinstance(event, Pressed)
    assert (event.action, event.value, event.fields) == (
        "ticket.answer.send",
        "7",
        {"text": "Fredag"},
    )
    assert (event.place, event.card) == (Place(Platform.SLACK, OPEN, TS), sent.message)


async def test_two_buttons_that_do_the_same_are_told_apart(here: SlackDesk) -> None:
    sender = SlackSender(slack_client(TOKEN, here.slack.address))
    sent = await sender.send(Place(Platform.SLACK, "U0OLA"), FORM, None)
    [message] = here.slack.messages("U0OLA")
    await here.people.press("U0OLA", message, "asker.choose", value="7:loans")
    event = here.last
    assert isinstance(event, Pressed)
    assert (event.action, event.value) == ("asker.choose", "7:loans")
    assert event.place == Place(Platform.SLACK, "D0OLA", sent.message)


async def test_a_form_in_a_window_is_sent_in(here: SlackDesk) -> None:
    here.desk.shown = Shown(cards=(Show(card=FORM, trigger="1.2.3"),))
    await here.people.command("U0OLA", "/spor")
    await here.slack.hears("views.open")
    here.desk.shown = Shown()
    [view] = here.slack.windows
    answer = await here.people.submit("U0OLA", view, {"text": "Hei & hå"})
    assert (answer.status_code, answer.text) == (200, "")
    event = here.last
    assert isinstance(event, Submitted)
    assert (event.action, event.value, event.fields) == (
        "ticket.answer.send",
        "7",
        {"text": "Hei & hå"},
    )


async def test_a_form_with_errors_stays_open_and_can_be_sent_in_again(here: SlackDesk) -> None:
    here.desk.shown = Shown(cards=(Show(card=FORM, trigger="1.2.3"),))
    await here.people.command("U0OLA", "/spor")
    await here.slack.hears("views.open")
    here.desk.shown = Shown(errors={"text": "Skriv noe", "who": "Velg noen"})
    [view] = here.slack.windows
    answer = await here.people.submit("U0OLA", view, {"text": ""})
    assert answer.json() == {"response_action": "errors", "errors": {"text": "Velg noen"}}
    await here.people.submit("U0OLA", view, {"text": "Nå"})
    _, first, second = here.desk.events
    assert first.key != second.key


async def test_a_window_that_comes_too_late_becomes_a_message(here: SlackDesk) -> None:
    here.slack.fails("views.open", "expired_trigger_id")
    here.desk.shown = Shown(cards=(Show(card=FORM, trigger="1.2.3"),))
    await here.people.command("U0OLA", "/spor")
    await here.slack.hears("chat.postMessage")
    [message] = here.slack.messages("U0OLA")
    assert message.button("ticket.answer.send")["value"] == "7"


async def test_somebody_who_opens_their_page_is_shown_it(here: SlackDesk) -> None:
    here.desk.shown = Shown(
        cards=(Show(card=Card(title="Mine spørsmål", body=(Text(text="Ingen."),))),)
    )
    await here.people.home("U0OLA")
    await here.slack.hears("views.publish")
    assert isinstance(here.last, Opened)
    assert here.last.place == Place(Platform.SLACK, "D0OLA")
    assert here.slack.homes["U0OLA"]["blocks"][0]["text"]["text"] == "Mine spørsmål"


async def test_the_other_tab_is_no_page(here: SlackDesk) -> None:
    await here.people.home("U0OLA", tab="messages")
    assert here.desk.events == []


async def test_the_bell_rings_after_every_event(here: SlackDesk) -> None:
    assert not here.door.bell.is_set()
    await here.people.dm("U0OLA", "Hei")
    assert here.door.bell.is_set()


class TestWhoSpeaks:
    async def test_the_desk_is_told_who_it_does_not_know(self, here: SlackDesk) -> None:
        here.desk.strangers = {"U0OLA"}
        here.slack.has_user("U0OLA", "Ola Nordmann", "ola@heroy.example", locale="nn-NO")
        await here.people.dm("U0OLA", "Hei")
        assert here.last.profile == Profile(
            name="Ola Nordmann", email="ola@heroy.example", language=Language.NN
        )

    async def test_slack_is_not_asked_about_who_is_known(self, here: SlackDesk) -> None:
        await here.people.dm("U0OLA", "Hei")
        assert here.slack.called("users.info") == []

    async def test_an_address_that_slack_does_not_vouch_for_is_not_told(
        self, here: SlackDesk
    ) -> None:
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
    async def test_guests_are_told_as_guests(self, here: SlackDesk, flags: dict) -> None:
        here.desk.strangers = {"U0OLA"}
        here.slack.has_user("U0OLA", "Ola", "ola@heroy.example", **flags)
        await here.people.dm("U0OLA", "Hei")
        assert here.last.profile is not None
        assert here.last.profile.is_guest

    async def test_somebody_from_another_workspace_is_somebody_else(self, here: SlackDesk) -> None:
        await here.people.says(
            "U0OLA", f"<@{BOT}> hei", team="T0OTHER", user_team="T0OTHER", channel=OPEN
        )
        assert here.last.account == Account(Platform.SLACK, "T0OTHER", "U0OLA")

    async def test_a_bot_that_looks_like_a_person_is_not_heard(self, here: SlackDesk) -> None:
        here.desk.strangers = {"U0ROBOT"}
        here.slack.has_user("U0ROBOT", "Robot", is_bot=True)
        answer = await here.people.dm("U0ROBOT", "Hei")
        assert answer.status_code == 200
        assert here.desk.events == []

    async def test_a_question_is_not_lost_when_slack_does_not_say_who_asks(
        self, here: SlackDesk
    ) -> None:
        here.desk.strangers = {"U0OLA"}
        here.slack.breaks("users.info")
        await here.people.dm("U0OLA", "Hei")
        assert here.last.profile is None

    async def test_the_author_of_a_marked_message_is_told_too(self, here: SlackDesk) -> None:
        here.desk.strangers = {"U0KARI"}
        here.slack.has_user("U0KARI", "Kari Nordmann", "kari@donna.example")
        await here.people.shortcut("U0OLA", OPEN, TS, "Når er fristen?", "U0KARI")
        assert isinstance(here.last, Marked)
        assert here.last.author_profile == Profile(name="Kari Nordmann", email="kari@donna.example")

    async def test_slack_is_asked_only_once_who_we_are(self, here: SlackDesk) -> None:
        for _ in range(3):
            await here.people.dm("U0OLA", "Hei")
        assert len(here.slack.called("auth.test")) == 1

    async def test_people_are_heard_when_slack_does_not_say_who_we_are(
        self, here: SlackDesk
    ) -> None:
        here.slack.breaks("auth.test")
        await here.people.mention("U0OLA", "Hei")
        assert isinstance(here.last, Said)
        assert here.last.text == "Hei"
