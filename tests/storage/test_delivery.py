"""The post: what waits is sent, failures wait their turn, and a refusal is not forgotten."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import structlog
from sqlalchemy import update

from bot.cards.blocks import Card, Quote
from bot.conversation import Desk, NotDelivered
from bot.domain import events
from bot.domain.people import Place, Platform
from bot.domain.tickets import SlotRole, Ticket
from bot.outside import Outside
from bot.pages.grids import LISTED
from schedules.deliver_outbox import deliver_outbox, deliver_when_it_rings
from schedules.forget_seen import forget_seen
from storage.database import Database
from storage.models import LetterRow
from tests.storage.post_office import Post
from tests.storage.town import (
    KARIS_OWN,
    NOW,
    OLAS_OWN,
    SECOND,
    TEAM,
    answered,
    asked,
    slot_of,
)

SECRET = "Fødselsnummeret er 010170 12345"


@pytest.fixture
def post(town: Database) -> Post:
    return Post(town)


def answers(post: Post, ticket: Ticket, text: str) -> None:
    """Let Kari answer Ola, with a card that carries her words."""
    with post.database.transaction() as store:
        answer = answered(text, message="answer-1")
        store.tickets.record(store.tickets.get(ticket.id), answer)
        card = Card(title="Svar", body=(Quote(text=text),))
        store.outbox.put(to=OLAS_OWN, card=card, now=post.now, carries=(ticket.id, "answer-1"))


def test_everything_that_waits_arrives_in_order(post: Post) -> None:
    post.put("1", "2", "3")
    assert post.delivers() == ["1", "2", "3"]
    assert post.delivers() == []


def test_a_card_and_what_is_said_below_it_arrive_in_one_round(post: Post) -> None:
    slot = slot_of(asked(post.database), SlotRole.TEAM)
    with post.database.transaction() as store:
        store.outbox.put(to=TEAM, card=Card(title="card"), now=NOW, slot=slot)
        store.outbox.put(to=slot, card=Card(title="below"), now=NOW)
        store.outbox.redraw(slot, Card(title="redrawn"), NOW)
    post.delivers()
    assert post.chat.came == [(TEAM.channel, None, "card"), (TEAM.channel, "m1", "below")]
    assert post.chat.redrawn == [("m1", "redrawn")]


def test_a_card_of_a_tickets_knows_the_page_where_all_of_it_stands(post: Post) -> None:
    ticket = asked(post.database)
    slot = slot_of(ticket, SlotRole.TEAM)
    with post.database.transaction() as store:
        store.outbox.put(to=TEAM, card=Card(title="card"), now=NOW, slot=slot)
        store.outbox.put(to=slot, card=Card(title="below"), now=NOW)
    post.put("of no ticket")
    post.desk = replace(post.desk, outside=Outside(address="https://desk.example"))
    post.delivers()

    page = f"https://desk.example{LISTED}/{ticket.number}"
    assert [card.whole for card in post.chat.cards] == [page, page, None]


def test_without_an_address_of_our_own_there_is_no_such_page(post: Post) -> None:
    slot = slot_of(asked(post.database), SlotRole.TEAM)
    with post.database.transaction() as store:
        store.outbox.put(to=TEAM, card=Card(title="card"), now=NOW, slot=slot)
    post.delivers()

    assert [card.whole for card in post.chat.cards] == [None]


def test_a_failing_place_waits_and_the_others_do_not(post: Post) -> None:
    post.chat.trouble[TEAM.channel] = [NotDelivered("internal_error")]
    post.put("1", "2")
    post.put("for Ola", to=OLAS_OWN)
    assert post.delivers() == ["for Ola"]
    assert post.delivers(after=SECOND) == []
    assert post.delivers(after=SECOND) == ["1", "2"]


def test_a_platform_that_asks_for_patience_gets_it(post: Post) -> None:
    post.chat.trouble[TEAM.channel] = [NotDelivered("ratelimited", retry_after=30)]
    post.put("1", "2")
    post.delivers()
    assert post.delivers(after=29 * SECOND) == []
    assert post.delivers(after=SECOND) == ["1", "2"]


def test_a_fault_of_our_own_stops_nobody_elses_post_and_tells_no_secrets(post: Post) -> None:
    post.chat.trouble[TEAM.channel] = [ValueError(SECRET)]
    post.put("1")
    post.put("for Ola", to=OLAS_OWN)
    with structlog.testing.capture_logs() as log:
        assert post.delivers() == ["for Ola"]
    assert {line["letter"] for line in log} == {1}
    assert "ValueError" in str(log)
    assert "010170" not in str(log)
    assert post.delivers(after=2 * SECOND) == ["1"]


def test_a_card_of_another_programs_waits_and_stops_nobody_elses_post(post: Post) -> None:
    """Two versions run side by side while a new one is rolled out."""
    post.put("new-fashioned")
    with post.database.transaction() as store:
        strange = {"title": "new-fashioned", "body": [{"kind": "hologram"}]}
        store._session.execute(update(LetterRow).values(card=strange))
    post.put("for Ola", to=OLAS_OWN)
    assert post.delivers() == ["for Ola"]
    assert post.waiting() == 1


def test_a_letter_for_a_platform_we_do_not_serve_waits_until_we_do(post: Post) -> None:
    post.put("1", to=Place(Platform.TEAMS, "19:abc"))
    with structlog.testing.capture_logs() as log:
        assert post.delivers() == []
    assert [line["reason"] for line in log] == ["nobody here sends to teams"]
    assert post.waiting() == 1


def test_a_refused_answer_is_put_down_on_its_ticket_and_the_team_is_told(post: Post) -> None:
    ticket, now = asked(post.database), NOW
    post.chat.trouble[OLAS_OWN.channel] = [NotDelivered("is_archived", final=True)]
    slot = slot_of(ticket, SlotRole.TEAM)
    with post.database.transaction() as store:
        store.outbox.put(to=TEAM, card=Card(title="card"), now=NOW, slot=slot)
    post.delivers()
    answers(post, ticket, "I morgen.")
    with structlog.testing.capture_logs() as log:
        post.delivers()

    with post.database.reading() as store:
        last = store.tickets.log(ticket.id)[-1]
    assert last == events.NotDelivered(at=now, received_at=now, message="answer-1")
    assert post.chat.came[-1] == (TEAM.channel, "m1", f"{ticket.number} · En melding kom ikke fram")
    assert "I morgen." in post.chat.cards[-1].plain()
    assert "Slack tok ikke imot den: is_archived" in post.chat.cards[-1].plain()
    assert "I morgen." not in str(log)


def test_a_team_without_a_card_of_the_ticket_is_told_in_its_channel(post: Post) -> None:
    ticket = asked(post.database)
    post.chat.trouble[OLAS_OWN.channel] = [NotDelivered("is_archived", final=True)]
    answers(post, ticket, "I morgen.")
    post.delivers()
    assert [(channel, thread) for channel, thread, _ in post.chat.came] == [(TEAM.channel, None)]


def test_the_clock_of_a_refused_answer_is_watched_again(post: Post) -> None:
    ticket, tomorrow = asked(post.database), NOW + timedelta(days=1)
    post.chat.trouble[OLAS_OWN.channel] = [NotDelivered("is_archived", final=True)]
    answers(post, ticket, "I morgen.")
    with post.database.transaction() as store:
        assert store.tickets.to_look_at(tomorrow) == []
    post.delivers()
    with post.database.transaction() as store:
        assert [found.id for found in store.tickets.to_look_at(tomorrow)] == [ticket.id]


def test_a_refused_answer_does_not_block_the_place_when_the_team_cannot_be_told(
    post: Post,
) -> None:
    """The calendar does not reach that far, so no deadline can be counted."""
    ticket, beyond = asked(post.database), timedelta(days=40_000)
    post.chat.trouble[OLAS_OWN.channel] = [NotDelivered("is_archived", final=True)]
    answers(post, ticket, SECRET)
    post.put("next", to=OLAS_OWN)
    with structlog.testing.capture_logs() as log:
        assert post.delivers(after=beyond) == ["next"]
    assert [line["event"] for line in log] == ["letter.nobody_told", "letter.given_up"]
    assert "010170" not in str(log)


def test_a_message_refused_in_two_places_is_told_of_once(post: Post) -> None:
    ticket = asked(post.database)
    for place in (OLAS_OWN, KARIS_OWN):
        post.chat.trouble[place.channel] = [NotDelivered("is_archived", final=True)]
    answers(post, ticket, "I morgen.")
    with post.database.transaction() as store:
        carried = (ticket.id, "answer-1")
        store.outbox.put(to=KARIS_OWN, card=Card(title="Svar"), now=NOW, carries=carried)
    assert len(post.delivers()) == 1
    with post.database.reading() as store:
        kinds = [event.kind for event in store.tickets.log(ticket.id)]
    assert kinds == ["asked", "answered", "not_delivered"]


async def test_a_slow_place_holds_up_nobody_else(post: Post) -> None:
    post.chat.hold = asyncio.Event()
    post.put("late", to=Place(Platform.SLACK, "slow"))
    post.put("1", "2", "3")
    async with asyncio.timeout(10):
        delivering = asyncio.create_task(deliver_outbox(post.desk))
        await until(lambda: len(post.chat.came) == 3)
        post.chat.hold.set()
        await delivering
    assert [title for _, _, title in post.chat.came] == ["1", "2", "3", "late"]


async def test_the_bell_brings_a_letter_past_one_that_is_still_on_its_way(post: Post) -> None:
    bell, post.chat.hold = asyncio.Event(), asyncio.Event()
    post.put("late", to=Place(Platform.SLACK, "slow"))
    async with asyncio.timeout(10):
        delivering = asyncio.create_task(deliver_when_it_rings(bell, post.desk))
        bell.set()
        await until(lambda: post.chat.is_held)
        post.put("1", "2")
        bell.set()
        await until(lambda: len(post.chat.came) == 2)
        delivering.cancel()  # the process ends: what is on its way arrives first
        post.chat.hold.set()
        await asyncio.wait([delivering])
    assert [title for _, _, title in post.chat.came] == ["1", "2", "late"]
    assert post.waiting() == 0


async def test_a_post_that_cannot_send_comes_to_rest(post: Post) -> None:
    """It asks the outbox a few times, and not over and over."""
    bell, looked = asyncio.Event(), 0

    def clock() -> datetime:
        nonlocal looked
        looked += 1
        return NOW

    desk = Desk(
        database=post.database,
        agreements=post.desk.agreements,
        understand=post.desk.understand,
        clock=clock,
        new_id=post.desk.new_id,
        senders={},
        team=None,
    )
    post.put("1", "2")
    delivering = asyncio.create_task(deliver_when_it_rings(bell, desk))
    bell.set()
    await asyncio.sleep(0.5)
    delivering.cancel()
    await asyncio.wait([delivering])
    assert 2 <= looked <= 4


def test_events_are_forgotten_after_thirty_days_and_looked_for_once_a_day(post: Post) -> None:
    with post.database.transaction() as store:
        store.seen.first_time("old", NOW - timedelta(days=30, seconds=1))
        store.seen.first_time("young", NOW - timedelta(days=30))
    forget_seen(post.desk)
    with post.database.transaction() as store:
        assert not store.seen.first_time("young", NOW)
        assert store.seen.first_time("old", NOW - timedelta(days=40))
    forget_seen(post.desk)
    with post.database.transaction() as store:
        assert not store.seen.first_time("old", NOW)


async def until(is_so) -> None:
    while not is_so():  # noqa: ASYNC110 - what we wait for happens in threads and in the chat
        await asyncio.sleep(0.01)
