"""Answers that may help again: what a ticket's log has of one, who may read it, what gives away.

Only the asker's own municipality reads an answer as it was written. Others read it when the host's
team has said that it is general, and then in words that tell nothing of where it came from.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.deflection import NotEnough, Offered
from bot.domain.events import (
    Answered,
    Asked,
    AskedBack,
    Deleted,
    Edited,
    Event,
    NeedsHelp,
    NotDelivered,
    Reopened,
)
from bot.domain.tickets import TicketId

LEFT_OUT = "…"
_A_NAME = 3  # letters; shorter parts of a name are words like any other


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAnswer:
    """A question that was answered. *likeness* (0–1): to what was asked for, 1 is word for word.

    *ticket* is the resolved one; whoever reads the answer is never told which, if it *is_general*.
    """

    id: int
    ticket: TicketId
    question: str
    answer: str
    task: str | None
    is_general: bool
    likeness: float = 1.0


@dataclass(frozen=True, slots=True)
class Settled:
    """What was asked and what was answered, as both stand after edits."""

    question: str
    answer: str


def settled(log: Sequence[Event]) -> Settled | None:
    """Return what *log* has of an answer; None when a person's words are gone, or never came."""
    gone = {event.message for event in log if isinstance(event, Deleted | NotDelivered)}
    newest = {event.message: event.text for event in log if isinstance(event, Edited)}
    asked = next(event for event in log if isinstance(event, Asked))
    answers = [
        newest.get(event.message, event.text)
        for event in log
        if isinstance(event, Answered) and event.by and event.message not in gone
    ]
    if not answers or asked.message in gone:
        return None
    return Settled(newest.get(asked.message, asked.text), "\n\n".join(answers))


def standing_offer(log: Iterable[Event]) -> Offered | None:
    """Return the offer that the asker can still say yes to, or has said yes to."""
    offer: Offered | None = None
    for event in log:
        match event:
            case Offered():
                offer = event
            case NotEnough() | NeedsHelp() | Reopened() | Answered() | AskedBack():
                offer = None
    return offer


def giveaways(text: str, names: Iterable[str], prefix: str) -> tuple[str, ...]:
    """Return the words of *text* that tell whose it was: parts of *names*, and ticket numbers.

    *prefix* is what the numbers of the cooperation's tickets begin with.
    """
    return tuple(dict.fromkeys(found[0] for found in _telling(names, prefix).finditer(text)))


def without_giveaways(text: str, names: Iterable[str], prefix: str) -> str:
    return _telling(names, prefix).sub(LEFT_OUT, text)


def _telling(names: Iterable[str], prefix: str) -> re.Pattern[str]:
    parts = {part for name in names for part in re.findall(r"\w+", name) if len(part) >= _A_NAME}
    longest_first = sorted(parts, key=lambda part: (-len(part), part))
    number = rf"{re.escape(prefix)}-\d{{4}}-\d+"
    either = "|".join([number, *(rf"{re.escape(part)}s?" for part in longest_first)])
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)
