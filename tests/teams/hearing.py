"""What we hear of one activity that Teams sends."""

from datetime import UTC, datetime
from typing import Any

from bot.conversation import Said
from bot.platforms.teams_events import Heard, heard
from bot.platforms.teams_payloads import Activity
from tests.teams.activities import TENANT

NOW = datetime(2026, 3, 2, 8, 0, 5, tzinfo=UTC)


def read(payload: dict[str, Any]) -> Heard | None:
    """Return the one thing that was heard, or nothing."""
    events = heard(Activity.model_validate(payload), TENANT, NOW)
    assert len(events) <= 1
    return events[0] if events else None


def said(payload: dict[str, Any]) -> Said:
    event = read(payload)
    assert isinstance(event, Said)
    return event
