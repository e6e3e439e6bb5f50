"""Moments as people write them in a form: «2026-03-05 14:00» or «5.3.2026 kl. 14.00»."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_TIME = r"[ T,]+(?:kl\.?\s*)?(?P<hour>\d{1,2})[:.](?P<minute>\d\d)"
_WAYS = (
    re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}}){_TIME}"),
    re.compile(rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>\d{{4}}){_TIME}"),
)


def written(moment: datetime, zone: ZoneInfo) -> str:
    """Return *moment* as people write it in *zone*, to the minute: «5.3.2026 14.00»."""
    local = moment.astimezone(zone)
    return f"{local.day}.{local.month}.{local.year} {local:%H.%M}"


def read_moment(words: str, zone: ZoneInfo) -> datetime | None:
    """Return the moment (UTC) that *words* name in *zone*; None when they name none.

    Of a time that the day has twice it is the first; one it skips is as long after the shift.
    """
    for way in _WAYS:
        if found := way.fullmatch(words.strip()):
            parts = {name: int(value) for name, value in found.groupdict().items()}
            try:
                return datetime(**parts, tzinfo=zone).astimezone(UTC)
            except (ValueError, OverflowError):
                return None
    return None
