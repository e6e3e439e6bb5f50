"""What a question's own words suggest, and what nobody has answered to yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.events import Asked, Event, PriorityChanged
from bot.domain.joining import SplitOff


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """*urgent*: it sounds as if it cannot wait. *second*: the words that ask for another thing."""

    urgent: bool = False
    second: str | None = None


NO_OFFERS: Final = Offers()


def offers(log: Sequence[Event]) -> Offers:
    """Return what is still to be offered of the question that *log* begins with.

    Who has set the priority, either way, is not asked of it again; nor who has split the question.
    """
    asked = log[0] if log else None
    if not isinstance(asked, Asked):
        return NO_OFFERS
    is_settled = any(isinstance(event, PriorityChanged) for event in log)
    is_split = any(isinstance(e, SplitOff) and e.message == asked.message for e in log)
    return Offers(
        urgent=asked.seems_urgent and not is_settled,
        second=None if is_split else asked.second,
    )
