"""Events of a question that had been answered before: offered, not enough, or that solved it."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from bot.domain.happened import Happened


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered(Happened):
    """The asker was shown what had been answered before. Nobody works less for it.

    *answer*: the number under which it is kept. *ticket*: the resolved one that it was given on,
    which may be another municipality's and is never shown.
    """

    kind: Literal["offered"] = "offered"
    answer: int
    ticket: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class NotEnough(Happened):
    """The asker has read the answer that was offered, and still needs help."""

    kind: Literal["not_enough"] = "not_enough"
    answer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deflected(Happened):
    """The asker said that the answer offered solved it: nobody needs to write one."""

    kind: Literal["deflected"] = "deflected"
    answer: int
    ticket: UUID
