"""The event log: everything that can happen to a ticket. The log is the only truth.

*at* is when it happened (the platform's time), *received_at* when we heard of it; both UTC.
*by* is who did it; None is the bot itself. *message* is the key of a person's message, so that
a later event can say that it was deleted or never arrived.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from bot.domain.agreement import Priority, Side
from bot.domain.deflection import Deflected, NotEnough, Offered
from bot.domain.happened import Happened
from bot.domain.joining import Linked, MergedInto, SplitOff, TookOver
from bot.domain.people import PersonId
from bot.domain.review import Approved, ReviewAsked, SentBack
from bot.domain.time_spent import TimeSpent


class Figure(StrEnum):
    """What is promised of a ticket, each with a deadline of its own."""

    FIRST_RESPONSE = "first_response"
    NEXT_RESPONSE = "next_response"
    RESOLUTION = "resolution"


class Via(StrEnum):
    """How a question came in."""

    DIRECT = "direct"
    MENTION = "mention"
    COMMAND = "command"
    FORM = "form"
    SHORTCUT = "shortcut"
    REACTION = "reaction"
    PHONE = "phone"
    SPLIT = "split"  # a message of an older ticket, made a question of its own


class Reached(StrEnum):
    """Which step of routing found the contact."""

    SPECIALIST = "specialist"
    CONTACT = "contact"
    DEPUTY = "deputy"
    LEAD = "lead"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Happened):
    """A question came in. *by* is the asker. *message_at* is older than *at* for an old message
    that was marked; *marked_by* is who marked it for the asker, or put down what was said on the
    phone, at *received_at*. *seems_urgent*, and *second*, the words that ask for another thing,
    are what the bot read in the text and offers. *link* opens the message, for whoever may read
    it there.
    """

    kind: Literal["asked"] = "asked"
    message: str
    text: str
    via: Via
    task: str | None
    side: Side
    choices: tuple[str, ...] = ()  # offered to the asker when unsure
    follows: str | None = None  # the number of an older ticket that this one goes on from
    message_at: datetime | None = None
    marked_by: PersonId | None = None
    seems_urgent: bool = False
    second: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen(Happened):
    """The asker said which task it is; None is «something else»."""

    kind: Literal["chosen"] = "chosen"
    task: str | None
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsHelp(Happened):
    """«I still need help»: from now on the host's, and counted as unspecified."""

    kind: Literal["needs_help"] = "needs_help"


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """Somebody routing passed by: away until *until*, or not found in the directory at all."""

    step: Reached
    who: str  # a person's id, or the role or e-mail nobody has
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed(Happened):
    """The ticket was given to *to* (None: nobody is available), and why."""

    kind: Literal["routed"] = "routed"
    to: PersonId | None
    reached: Reached
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken(Happened):
    kind: Literal["taken"] = "taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Happened):
    kind: Literal["handed_over"] = "handed_over"
    to: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Happened):
    """A person of the host's team wrote to the asker, visibly."""

    kind: Literal["answered"] = "answered"
    message: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBack(Happened):
    """The host asked the municipality a visible question, and waits: resolution is paused."""

    kind: Literal["asked_back"] = "asked_back"
    message: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitsForThirdParty(Happened):
    kind: Literal["waits_for_third_party"] = "waits_for_third_party"
    party: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WentOn(Happened):
    """The host works on: a pause ends without the asker having written."""

    kind: Literal["went_on"] = "went_on"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskerWrote(Happened):
    """The asker, or a colleague in the same municipality, wrote. *is_thanks*: starts nothing."""

    kind: Literal["asker_wrote"] = "asker_wrote"
    message: str
    text: str
    is_thanks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskChanged(Happened):
    kind: Literal["task_changed"] = "task_changed"
    task: str | None
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityChanged(Happened):
    kind: Literal["priority_changed"] = "priority_changed"
    priority: Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved(Happened):
    kind: Literal["resolved"] = "resolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(Happened):
    kind: Literal["reopened"] = "reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Happened):
    kind: Literal["withdrawn"] = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited(Happened):
    """Somebody changed a message of theirs; both texts are kept. *is_askers*: and so is a reply."""

    kind: Literal["edited"] = "edited"
    message: str
    text: str
    is_askers: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted(Happened):
    """A message was deleted by who wrote it. Within 60 s it never counted as an answer."""

    kind: Literal["deleted"] = "deleted"
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotDelivered(Happened):
    """The platform refused a message for good: it never counted as an answer."""

    kind: Literal["not_delivered"] = "not_delivered"
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetSet(Happened):
    """Somebody in the host's team set the deadline of what runs now by hand: *due*, in UTC."""

    kind: Literal["target_set"] = "target_set"
    figure: Figure
    due: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned(Happened):
    """*percent* of the target for *figure* was used up, and *to* were told.

    The target is the one that began at *since* and *allowed* so much working time; neither is known
    in the oldest logs. Nobody is told what lies too far back, or what a later warning says as well.
    """

    kind: Literal["warned"] = "warned"
    percent: int
    figure: Figure = Figure.FIRST_RESPONSE
    since: datetime | None = None
    allowed: timedelta | None = None
    to: tuple[PersonId, ...] = ()


Event = (
    Asked
    | Chosen
    | NeedsHelp
    | Routed
    | Taken
    | HandedOver
    | Answered
    | AskedBack
    | WaitsForThirdParty
    | WentOn
    | AskerWrote
    | TaskChanged
    | PriorityChanged
    | Resolved
    | Reopened
    | Withdrawn
    | Edited
    | Deleted
    | NotDelivered
    | Warned
    | TargetSet
    | Linked
    | SplitOff
    | MergedInto
    | TookOver
    | TimeSpent
    | ReviewAsked
    | SentBack
    | Approved
    | Offered
    | NotEnough
    | Deflected
)
