"""The tally: the figures of the agreement that a ticket's log adds up to, as one canonical text.

The same log under the same agreement gives the same bytes, whoever counts and when: what is open
is counted up to the last event, never to the clock on the wall. Kept beside the ticket, and
compared with what its log gives when it is counted again.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain.agreement import Agreement
from bot.domain.events import Event
from bot.domain.sla import Figures, Stretch, figures

SECOND = timedelta(seconds=1)


def tally(log: Sequence[Event], agreement: Agreement) -> str:
    """Return every figure at the time of the last event of *log*, as JSON in one line.

    Moments are ISO 8601 in UTC, lengths whole seconds of working time, names in order.
    """
    return tally_of(last_figures(log, agreement))


def last_figures(log: Sequence[Event], agreement: Agreement) -> Figures:
    """Return the figures at the time of the last event of *log*."""
    return figures(log, agreement, max(event.at for event in log))


def tally_of(now: Figures) -> str:
    """Return the tally of figures that have been counted."""
    nexts = now.next_responses
    told = {
        "started_at": _moment(now.started_at),
        "ended_at": _moment(now.ended_at),
        "first_response": _stretch(now.first_response),
        "next_responses": {
            "count": len(nexts),
            "breached": sum(each.is_breached for each in nexts),
            "longest_seconds": max((each.used // SECOND for each in nexts), default=0),
        },
        "first_resolution": _stretch(now.first_resolution),
        "total_resolution": _stretch(now.resolution),
        "waited_for_asker_seconds": now.waited_for_asker // SECOND,
        "waited_for_third_party_seconds": now.waited_for_third_party // SECOND,
    }
    return json.dumps(told, sort_keys=True, separators=(",", ":"))


def unfold(tallied: str) -> Mapping[str, str]:
    """Return each figure of a tally by its name, such as «first_response.due», as it is written."""
    return dict(_leaves(json.loads(tallied), ""))


def _leaves(told: Mapping[str, object], above: str) -> Iterator[tuple[str, str]]:
    for name, value in told.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", json.dumps(value)


def _stretch(stretch: Stretch | None) -> dict[str, object] | None:
    if stretch is None:
        return None
    return {
        "due": _moment(stretch.due),
        "ended": _moment(stretch.end),
        "used_seconds": stretch.used // SECOND,
        "breached": stretch.is_breached,
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
