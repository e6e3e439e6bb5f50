"""A draft of an answer, and the second pair of eyes that some tasks need before it goes out.

A draft is the team's own. The log keeps who wrote, sent back and approved one, and never its words.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from bot.domain import Refusal
from bot.domain.agreement import Agreement
from bot.domain.happened import Happened
from bot.domain.people import PersonId
from bot.domain.tickets import Ticket, TicketId

ANSWERING_FOR = timedelta(minutes=10)  # then somebody else may answer instead


class DraftGone(Refusal):
    """The draft has been sent, or is another one by now."""

    key = "refusal.draft_gone"


class OwnWork(Refusal):
    """Nobody approves, or sends back, what they have written themselves."""

    key = "refusal.own_work"


class State(StrEnum):
    DRAFT = "draft"
    AWAITING = "awaiting"  # a colleague's approval
    RETURNED = "returned"  # with a colleague's comment


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAsked(Happened):
    """*by* has written an answer that a colleague must approve. It has not been sent."""

    kind: Literal["review_asked"] = "review_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBack(Happened):
    kind: Literal["sent_back"] = "sent_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved(Happened):
    """*by* approved a colleague's answer, which is sent in the same moment."""

    kind: Literal["approved"] = "approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What *by* wrote last, at *at*. *key* names these very words. *resolves*: once sent."""

    ticket: TicketId
    key: str
    text: str
    by: PersonId
    at: datetime
    state: State = State.DRAFT
    resolves: bool = False
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Answering:
    """«Kari svarer»: until then nobody else does."""

    who: PersonId
    until: datetime


def needs_second_eyes(ticket: Ticket, agreement: Agreement) -> bool:
    """Tell whether the ticket's own version marks its task as one that two must look at."""
    return bool(ticket.task and agreement.tasks[ticket.task].second_eyes)


def the_same(draft: Draft | None, key: str) -> Draft:
    """Return *draft* if it is the one that *key* names.

    :raises DraftGone: it is not, or there is none
    """
    if draft is None or draft.key != key:
        raise DraftGone
    return draft


def to_review(draft: Draft | None, key: str, who: PersonId) -> Draft:
    """Return *draft*, which *who* may approve or send back.

    :raises DraftGone: it is another one, or does not wait for approval
    :raises OwnWork: they wrote it themselves
    """
    same = the_same(draft, key)
    if same.state is not State.AWAITING:
        raise DraftGone
    if same.by == who:
        raise OwnWork
    return same
