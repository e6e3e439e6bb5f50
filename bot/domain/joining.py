"""Events of tickets that belong together: linked, merged, or split off from one another."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from bot.domain.happened import Happened
from bot.domain.people import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked(Happened):
    """The host's team sees that this ticket belongs with *number*. No asker is told."""

    kind: Literal["linked"] = "linked"
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitOff(Happened):
    """*message*, which the asker wrote on this ticket, became the ticket *number*."""

    kind: Literal["split_off"] = "split_off"
    message: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedInto(Happened):
    """The ticket goes on in another: what is said to its asker, and by them, is said there."""

    kind: Literal["merged_into"] = "merged_into"
    ticket: UUID
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TookOver(Happened):
    """The ticket *number* goes on in this one, which takes over the clock it had.

    *started_at*: when that clock began. *answered_at*: its first answer, if there was one.
    *waits_since*: the first message there that nobody had answered, if there was one.
    """

    kind: Literal["took_over"] = "took_over"
    ticket: UUID
    number: str
    asker: PersonId
    started_at: datetime
    answered_at: datetime | None = None
    waits_since: datetime | None = None
