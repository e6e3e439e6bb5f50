"""A decision that changes the agreement is linked to the version that carries it out."""

from argparse import Namespace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from bot.agreements import AgreementBook
from bot.cli.meetings import carry_out, decisions
from bot.domain.meetings import Meeting, MeetingId
from bot.domain.minutes import Decision, DecisionId, NoChange
from bot.domain.people import PersonId
from tests.helpdesk import AGREEMENT, Helpdesk

HELD = datetime(2026, 3, 18, 9, tzinfo=UTC)


def test_a_decision_stays_open_until_a_version_carries_it_out(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    database, book = helpdesk.desk.database, AgreementBook([AGREEMENT])
    meeting = Meeting(
        id=MeetingId(UUID(int=1)),
        cooperation="hald",
        series="cooperation",
        municipality=None,
        day=date(2026, 3, 18),
        starts_at=HELD,
        ends_at=HELD.replace(hour=12),
    )
    decision = Decision(
        id=DecisionId(UUID(int=2)),
        meeting=meeting.id,
        number=1,
        text="Tre timers svarfrist",
        by=PersonId("Randi"),
        at=HELD,
        changes_agreement=True,
    )
    with database.transaction() as store:
        store.meetings.add(meeting)
        store.minutes.decide(decision)
    assert "not carried out  Tre timers svarfrist" in decisions(database, book, Namespace())

    carry_out(database, book, Namespace(decision=decision.id))
    assert "2026-01-01  Tre timers svarfrist" in decisions(database, book, Namespace())
    with pytest.raises(NoChange):
        carry_out(database, book, Namespace(decision=UUID(int=9)))
