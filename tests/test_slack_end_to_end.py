"""One question, from Slack's own signed requests to its answer: the running app, real everything.

Only Slack itself is pretended, on loopback, and strictly: every mistake against it fails the test.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
import pytest
from pydantic import SecretStr

from bot.app import create_web
from bot.domain.people import Account, Person, PersonId, Platform
from bot.settings import Settings
from storage.database import Database
from tests.slack import SECRET, TEAM, TOKEN, PretendSlack, SignedSlack
from tests.slack_posted import Posted

VAT = "Når må mva-kompensasjonen for 1. termin være sendt?"
BANK = "Når er bankavstemmingen klar?"  # unlike the other, no colleague need approve its answer
OLA, KARI, RANDI, NILS = "U0OLA", "U0KARI", "U0RANDI", "U0NILS"
TEAM_CHANNEL = "C0TEAM"
NUMBER = "HALD-"


@dataclass
class Town:
    slack: PretendSlack
    people: SignedSlack
    client: httpx.AsyncClient

    async def card(self, channel: str, title: str) -> Posted:
        """Wait for our message in *channel* whose title holds *title*, as it stands now."""

        def found() -> list[Posted]:
            return [m for m in self.slack.messages(channel) if title in m.title]

        await self.slack.until(lambda: bool(found()))
        return found()[-1]

    async def reads(self, message: Posted, words: str) -> None:
        """Wait until *message*, redrawn or not, says *words*."""
        await self.slack.until(lambda: words in message.words)


@asynccontextmanager
async def town(url: str) -> AsyncIterator[Town]:
    move_in(url)
    async with PretendSlack() as slack:
        slack.has_user(NILS, "Nils Vandve", "nils.vandve@donna.example")
        settings = Settings(
            _env_file=None,
            database_url=url,
            slack_signing_secret=SecretStr(SECRET),
            slack_bot_token=SecretStr(TOKEN),
            slack_api_url=slack.address,
            team_channel=TEAM_CHANNEL,
        )
        web = create_web(settings)
        wire = httpx.ASGITransport(web)
        async with (
            web.router.lifespan_context(web),
            httpx.AsyncClient(transport=wire, base_url="http://desk") as client,
        ):
            yield Town(slack, SignedSlack(client), client)


def move_in(url: str) -> None:
    """Let the directory know Ola in Herøy, Herøy's main contact Kari, and Randi, the lead."""
    database = Database(url)
    with database.transaction() as store:
        for name, user, of, roles in (
            ("Ola", OLA, "heroy", {"asker"}),
            ("Kari", KARI, "alstahaug", {"host-team", "contact-heroy"}),
            ("Randi", RANDI, "alstahaug", {"host-team", "lead"}),
        ):
            who = PersonId(name)
            email = f"{name.lower()}@{of}.example"
            store.people.introduce(
                Person(id=who, name=name, email=email, municipality=of, roles=frozenset(roles))
            )
            store.people.link(who, Account(Platform.SLACK, TEAM, user), channel=user)
    database.close()


@pytest.fixture
async def here(database_url: str) -> AsyncIterator[Town]:
    async with town(database_url) as here:
        yield here


async def test_a_question_goes_to_its_answer_and_back(here: Town) -> None:
    answer = await here.people.dm(OLA, BANK)
    assert answer.status_code == 200

    receipt = await here.card(OLA, "Vi har fått spørsmålet ditt")
    assert receipt.thread_ts is not None
    assert "Bankavstemming" in receipt.words
    assert "Kari, hovedkontakt for Herøy" in receipt.words
    card = await here.card(TEAM_CHANNEL, "Herøy: Bankavstemming")
    own = await here.card(KARI, "Herøy: Bankavstemming")

    await here.people.press(KARI, card, "ticket.take")
    await here.reads(card, "Kari har den")
    await here.reads(own, "Kari har den")
    await here.reads(receipt, "Kari har den")

    await here.people.press(KARI, card, "ticket.answer")
    await here.slack.hears("views.open")
    await here.people.submit(KARI, here.slack.windows[-1], {"text": "Innen 10. april."})
    sent = await here.card(OLA, "Kari svarer")
    assert "Innen 10. april." in sent.words
    assert sent.thread_ts == receipt.thread_ts

    await here.people.dm(OLA, "Gjelder det kirken også?", thread_ts=receipt.thread_ts)
    reply = await here.card(TEAM_CHANNEL, "Ola i Herøy skrev")
    assert "Gjelder det kirken også?" in reply.words
    assert reply.thread_ts == card.ts

    await here.people.press(KARI, card, "ticket.resolve")
    await here.card(OLA, "Kari har løst saken")
    await here.reads(receipt, "Saken er løst")


async def test_an_emoji_on_the_question_back_is_a_reply(here: Town) -> None:
    await here.people.dm(OLA, VAT)
    card = await here.card(TEAM_CHANNEL, "Herøy: Merverdiavgift")
    await here.people.press(KARI, card, "ticket.ask_back")
    await here.slack.hears("views.open")
    await here.people.submit(KARI, here.slack.windows[-1], {"text": "Stemmer det?"})
    asked_back = await here.card(OLA, "Kari spør deg")
    await here.reads(card, "Venter på svar fra kommunen")

    await here.people.reaction(OLA, asked_back.channel, asked_back.ts, emoji="+1", author="U0BOT")

    await here.reads(card, "Kari har den")


async def test_talk_in_the_teams_own_thread_stays_there(here: Town) -> None:
    await here.people.dm(OLA, VAT)
    card = await here.card(TEAM_CHANNEL, "Herøy: Merverdiavgift")
    await here.card(KARI, "Herøy: Merverdiavgift")
    before = len(here.slack.messages(OLA))

    await here.people.says(KARI, "Han spør alltid", channel=TEAM_CHANNEL, thread_ts=card.ts)
    await here.people.press(KARI, card, "ticket.take")
    await here.reads(card, "Kari har den")

    assert len(here.slack.messages(OLA)) == before


async def test_a_mention_fires_twice_and_is_one_question_answered_in_private(here: Town) -> None:
    ts = here.people.stamp()
    await here.people.says(OLA, f"<@U0BOT> {VAT}", ts=ts, event_ts=ts)
    await here.people.mention(OLA, VAT, ts=ts, event_ts=ts)

    await here.card(OLA, "Vi har fått spørsmålet ditt")
    await here.card(TEAM_CHANNEL, "Herøy")
    await here.slack.hears("chat.postEphemeral")

    assert len([m for m in here.slack.messages(TEAM_CHANNEL) if NUMBER in m.title]) == 1
    open_channel = [m for m in here.slack.messages("C0OPEN") if m.only_to is None]
    assert open_channel == []


async def test_the_command_asks_and_without_words_opens_a_form(here: Town) -> None:
    await here.people.command(OLA, "/spor", VAT)
    await here.card(OLA, "Vi har fått spørsmålet ditt")

    await here.people.command(OLA, "/spor")
    await here.slack.hears("views.open")
    window = here.slack.windows[-1]
    empty = await here.people.submit(OLA, window, {"text": ""})
    assert empty.json()["response_action"] == "errors"
    sent = await here.people.submit(
        OLA, window, {"text": "Hvem fører bilagene i bankavstemmingen?"}
    )
    assert sent.status_code == 200

    await here.slack.until(lambda: len(_receipts(here)) == 2)


async def test_a_ticket_emoji_asks_for_who_wrote_the_message(here: Town) -> None:
    here.slack.has_message("C0OPEN", "1772438400.000100", VAT, OLA)

    await here.people.reaction(KARI, "C0OPEN", "1772438400.000100", author=OLA)

    await here.card(OLA, "Vi har fått spørsmålet ditt")


async def test_a_shortcut_asks_about_a_message(here: Town) -> None:
    await here.people.shortcut(OLA, "C0OPEN", "1772438400.000200", VAT, OLA)

    await here.card(OLA, "Vi har fått spørsmålet ditt")


async def test_somebody_new_is_placed_by_the_profile_slack_vouches_for(here: Town) -> None:
    await here.people.dm(NILS, VAT)

    await here.card(NILS, "Vi har fått spørsmålet ditt")
    await here.card(TEAM_CHANNEL, "Dønna: Merverdiavgift")


async def test_somebody_unknown_is_turned_away_kindly_and_the_lead_is_told(here: Town) -> None:
    here.slack.has_user("U0WHO", "Hvem Der", "hvem@evil-donna.example")

    await here.people.dm("U0WHO", VAT)

    await here.card("U0WHO", "Vi vet ikke hvilken kommune du hører til")
    told = await here.card(RANDI, "Noen vi ikke kan plassere")
    assert VAT not in told.words
    assert here.slack.messages(TEAM_CHANNEL) == []


async def test_a_neighbours_press_on_a_card_is_refused_and_changes_nothing(here: Town) -> None:
    await here.people.dm(OLA, VAT)
    receipt = await here.card(OLA, "Vi har fått spørsmålet ditt")
    before = receipt.words

    await here.people.press(NILS, receipt, "asker.withdraw")

    await here.slack.until(lambda: any("finnes ikke" in m.title for m in here.slack.posted))
    assert receipt.words == before


async def test_ones_own_page_shows_ones_own_questions(here: Town) -> None:
    await here.people.dm(OLA, VAT)
    await here.card(OLA, "Vi har fått spørsmålet ditt")

    await here.people.home(OLA)
    await here.people.home(KARI)
    await here.people.home(NILS)
    await here.slack.hears("views.publish", times=3)

    assert VAT in str(here.slack.homes[OLA])
    assert VAT in str(here.slack.homes[KARI])
    assert VAT not in str(here.slack.homes[NILS])


async def test_the_figures_come_by_command(here: Town) -> None:
    await here.people.command(OLA, "/sla")

    figures = await here.card(OLA, "")
    assert "dine egne spørsmål" in figures.words
    assert "Dønna" not in figures.words


async def test_the_lead_s_figures_come_with_a_picture_that_slack_is_handed(here: Town) -> None:
    await here.people.command(RANDI, "/sla")

    figures = await here.card(RANDI, "Svartider: alle kommuner")
    [picture] = [block for block in figures.blocks if block["type"] == "image"]
    assert here.slack.uploads[picture["slack_file"]["id"]].startswith(b"\x89PNG")
    assert picture["alt_text"].startswith("Første svar: ")


@pytest.mark.parametrize(
    "text",
    ["", "😀😀", "<!channel>", "x" * 40_000, "\u202eesrever \u0000\u0007", "*_~`<script>"],
    ids=["empty", "emoji", "markup", "long", "control", "formatting"],
)
async def test_odd_words_get_a_card_and_never_an_error(here: Town, text: str) -> None:
    answer = await here.people.dm(OLA, text)

    assert answer.status_code == 200
    await here.slack.until(lambda: len(here.slack.messages(OLA)) > 0)
    assert "<!channel>" not in str([m.blocks for m in here.slack.posted])


async def test_the_same_event_told_eleven_times_is_one_question(here: Town) -> None:
    ts = here.people.stamp()
    for _ in range(11):
        answer = await here.people.dm(OLA, VAT, ts=ts, event_ts=ts)
        assert answer.status_code == 200

    await here.card(KARI, "Herøy")
    await here.slack.until(lambda: len(_receipts(here)) == 1)
    assert len([m for m in here.slack.messages(TEAM_CHANNEL) if NUMBER in m.title]) == 1


async def test_the_process_says_that_it_is_alive_and_ready(here: Town) -> None:
    assert (await here.client.get("/healthz")).status_code == 200
    assert (await here.client.get("/readyz")).json() == {"status": "ready"}


def _receipts(here: Town) -> list[Posted]:
    return [m for m in here.slack.messages(OLA) if "HALD-" in m.title]
