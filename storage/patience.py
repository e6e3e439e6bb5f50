"""How long to wait before a letter is tried again."""

from datetime import timedelta
from math import isnan

FIRST_WAIT = timedelta(seconds=2)  # doubled after each failure
LONGEST_WAIT = timedelta(minutes=5)
SHORTEST_RETRY_AFTER, LONGEST_RETRY_AFTER = 1.0, 3600.0  # seconds
DOUBLINGS = 10  # more than enough to reach the longest wait


def next_wait(attempts: int, retry_after: float | None) -> timedelta:
    """Return the wait after so many *attempts*; *retry_after*: the seconds a platform asks for."""
    if retry_after is not None and not isnan(retry_after):
        return timedelta(seconds=min(max(retry_after, SHORTEST_RETRY_AFTER), LONGEST_RETRY_AFTER))
    doublings = min(max(attempts - 1, 0), DOUBLINGS)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
