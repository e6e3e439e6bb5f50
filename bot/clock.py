"""The clock on the wall: the only place that looks at it. Everybody else is told the time."""

from datetime import UTC, datetime


def wall_clock() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)
