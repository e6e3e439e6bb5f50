"""Whatever can happen to a ticket: random events, of which those are left out that are refused."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import strategies as st

from bot.domain import Refusal, events
from bot.domain.agreement import Priority, Side
from bot.domain.deflection import Deflected
from bot.domain.events import Event, Figure
from bot.domain.joining import MergedInto
from bot.domain.moves import after
from bot.domain.tickets import Ticket
from bot.domain.time_spent import TimeSpent
from tests.stories import (
    AGREEMENT,
    CONTACT,
    MONDAY_NINE,
    Happening,
    Story,
    answered,
    asked_back,
    needs_help,
    proved_to_be_own,
    replied,
    resolved,
    withdrawn,
)

LAST = MONDAY_NINE + timedelta(days=30)
NOBODY = UUID(int=9)


def _by(kind: type[Event], **more: object) -> Happening:
    return lambda at: kind(at=at, received_at=at, by=CONTACT, **more)


def reopened(at: datetime) -> Event:
    return events.Reopened(at=at, received_at=at, by=CONTACT)


def _target_set(at: datetime) -> Event:
    due = AGREEMENT.calendar.due(at, timedelta(hours=2))
    told = {"figure": Figure.RESOLUTION, "due": due, "reason": "avtalt"}
    return events.TargetSet(at=at, received_at=at, by=CONTACT, **told)


def _never_arrived(at: datetime) -> Event:
    return events.Answered(at=at, received_at=at, by=None, message=str(uuid4()), text="Fra boten.")


HAPPENINGS: Sequence[Happening] = (
    answered,
    answered,
    asked_back,
    replied,
    replied,
    resolved,
    resolved,
    withdrawn,
    needs_help,
    proved_to_be_own,
    _target_set,
    _never_arrived,
    _by(events.Taken),
    _by(events.WentOn),
    reopened,
    _by(events.WaitsForThirdParty, party="banken"),
    _by(events.PriorityChanged, priority=Priority.URGENT),
    _by(events.TaskChanged, task="payments", side=Side.HOST),
    _by(events.TaskChanged, task="vat", side=Side.HOST),
    _by(events.Chosen, task="vat", side=Side.HOST),
    _by(TimeSpent, minutes=30),
    _by(Deflected, answer=1, ticket=NOBODY),
    _by(MergedInto, ticket=NOBODY, number="HALD-2026-0009"),
)


@st.composite
def tickets(draw: st.DrawFn) -> tuple[Ticket, tuple[Event, ...]]:
    """Draw a ticket with its log, within thirty days."""
    side = draw(st.sampled_from(Side))
    story = Story(side=side, task="vat" if side is Side.HOST else "invoicing")
    minutes = draw(st.lists(st.integers(0, 29 * 24 * 60), max_size=9).map(sorted))
    ticket, log = story.ticket(), list(story.log())
    for minute in minutes:
        event = draw(st.sampled_from(HAPPENINGS))(MONDAY_NINE + timedelta(minutes=minute))
        try:
            ticket = after(ticket, event)
        except Refusal:
            continue
        log.append(event)
    return ticket, tuple(log)
