"""Flat: what one ticket counts for, as tables and arrays want it.

Moments are microseconds since 1970 (UTC), lengths microseconds of working time or NEVER, and all
that is one of a few things stands as one letter of *state*, in the order of STATE.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from bot.domain.agreement import Priority, Side
from bot.domain.calendar import EPOCH
from bot.domain.counted import Counted, Reading, Standing
from bot.domain.statistics import Outcome

MICROSECOND = timedelta(microseconds=1)
NEVER = -1  # the length where nothing is measured, or nothing is due yet
BETWEEN = ","  # tickets in a column that is one text; no name or number of ours holds it
UNREAD = "-"  # the outcome where nothing is measured
PROMISES = ("first_response", "next_response", "first_resolution", "resolution")
FLAGS = ("left_late", "reopened", "retasked")
STATE = ("standing", "side", "task_side", "priority", *PROMISES, *FLAGS)
LENGTHS = (*PROMISES, "waited_for_asker", "waited_for_third_party", "spent")

LETTERS = {
    Standing.OPEN: "o",
    Standing.RESOLVED: "r",
    Standing.WITHDRAWN: "w",
    Standing.MERGED: "m",
    Standing.DEFLECTED: "d",
    Standing.OWN_TASK: "p",
    Standing.THIRD_PARTY: "e",
    Standing.OUT_OF_SCOPE: "n",
}
STANDINGS = {letter: standing for standing, letter in LETTERS.items()}
SIDES = {side[0]: side for side in Side}
PRIORITIES = {priority[0]: priority for priority in Priority}
OUTCOMES = {outcome[0]: outcome for outcome in Outcome}


class Flat(NamedTuple):
    """One ticket. *task* is empty where there is none."""

    number: str
    municipality: str
    task: str
    state: str
    asked_at: int
    first_response: int
    next_response: int
    first_resolution: int
    resolution: int
    waited_for_asker: int
    waited_for_third_party: int
    spent: int
    digest: str


def flat(counted: Counted) -> Flat:
    """Return *counted* as it lies in a table."""
    return Flat(
        number=counted.number,
        municipality=counted.municipality,
        task=counted.task or "",
        state=state(counted),
        asked_at=micros(counted.asked_at),
        first_response=_used(counted.first_response),
        next_response=_used(counted.next_response),
        first_resolution=_used(counted.first_resolution),
        resolution=_used(counted.resolution),
        waited_for_asker=counted.waited_for_asker // MICROSECOND,
        waited_for_third_party=counted.waited_for_third_party // MICROSECOND,
        spent=counted.spent // MICROSECOND,
        digest=counted.digest,
    )


def state(counted: Counted) -> str:
    """Return a letter for each of STATE; of a flag, «1» or «0»."""
    outcomes = (getattr(counted, promise).outcome for promise in PROMISES)
    flags = (getattr(counted, flag) for flag in FLAGS)
    letters = (
        LETTERS[counted.standing],
        counted.side[0],
        counted.task_side[0],
        counted.priority[0],
        *(outcome[0] if outcome else UNREAD for outcome in outcomes),
        *("1" if flag else "0" for flag in flags),
    )
    return "".join(letters)


def micros(moment: datetime) -> int:
    """Return an aware *moment* as microseconds since 1970, exactly."""
    return (moment - EPOCH) // MICROSECOND


def moment(written: int) -> datetime:
    """Return the moment (UTC) that :func:`micros` wrote."""
    return EPOCH + written * MICROSECOND


def _used(reading: Reading) -> int:
    return NEVER if reading.used is None else reading.used // MICROSECOND
