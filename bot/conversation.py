"""What comes in, what goes out, and what a handler is given. No platform is named here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from bot.again import Again
from bot.agreements import parse_agreement
from bot.agreements.book import AgreementBook
from bot.cards.blocks import Card
from bot.domain import Refusal
from bot.domain.agreement import Agreement
from bot.domain.events import Via
from bot.domain.files import FileId, FileRules, SharedFile
from bot.domain.people import Account, Person, Place, Platform, Profile
from bot.domain.tickets import Slot, Ticket
from bot.domain.understanding import Understanding
from bot.metrics import Metrics
from bot.outside import Outside
from storage.database import Database, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class _Came:
    """Every delivery of the same event has the same *key*. *at* is the platform's own time, in UTC.

    *profile* is what the platform tells of an account that the desk may not know yet.
    """

    key: str
    account: Account
    at: datetime
    profile: Profile | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(_Came):
    """Someone wrote. *to_us*: in a direct conversation, or with a mention; else in some thread.

    *message* is the key of the message itself, the same when it is edited or deleted.
    *is_direct* tells a conversation that only this person and the bot can read. *link* opens the
    message in the platform itself, for whoever may read it there.
    """

    place: Place
    message: str
    text: str
    to_us: bool
    is_direct: bool
    files: tuple[SharedFile, ...] = ()
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commanded(_Came):
    """Someone used a command, such as ``/spor``. *place* is the person's own with the bot.

    *trigger* lets the platform open a window at once; it lives for seconds.
    """

    place: Place
    command: str
    text: str
    trigger: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked(_Came):
    """Someone turned a message into a question: the ticket emoji, or a shortcut.

    *author* wrote the message at *message_at*; *text* is None when we may not read it.
    *place* is where the message stands, with its thread.
    """

    place: Place
    message: str
    message_at: datetime
    author: Account | None
    author_profile: Profile | None
    text: str | None
    via: Via
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reacted(_Came):
    """Someone put an emoji (its name, without colons) on a message, in the thread *place*."""

    place: Place
    message: str
    emoji: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited(_Came):
    """Someone changed a message of theirs; *text* is what it says now."""

    place: Place
    message: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted(_Came):
    """Someone deleted a message of theirs."""

    place: Place
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(_Came):
    """Someone pressed a button on one of our cards. *fields* is what the card's inputs hold."""

    place: Place
    action: str
    value: str
    fields: Mapping[str, str] = field(default_factory=dict)
    card: str | None = None  # the platform's name for the message with the card
    trigger: str | None = None
    redraws: bool = False  # the platform's answer to the press can draw the card anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted(_Came):
    """Someone sent in a form that stood in a window of its own. *place* is their own with us."""

    place: Place
    action: str
    value: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(_Came):
    """Someone looks at their own page with the bot (Slack's App Home)."""

    place: Place


Inbound = Said | Commanded | Marked | Reacted | Edited | Deleted | Pressed | Submitted | Opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Put this card somewhere.

    *to* is a place, or a slot: then it goes into the thread below the slot's standing card.
    *once*: saying it again changes nothing. *slot*: the card becomes this slot's standing card.
    *only_to*: shown to this account alone where others read too; never for what must last.
    *carries*: the ticket and message key of a person's words, so that a refusal is remembered.
    *file*: it comes along with the card.
    """

    to: "Place | Slot"
    card: Card
    once: str | None = None
    slot: Slot | None = None
    only_to: Account | None = None
    carries: tuple[UUID, str] | None = None
    file: FileId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Redraw a slot's standing card, or what carried *message* below it. The latest wins."""

    slot: Slot
    card: Card
    message: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """Show this at once to who acted: a form in a window (*trigger*), or their own page (none).

    It is not stored and may be lost, so it never carries anything that must arrive.
    """

    card: Card
    trigger: str | None = None


Outgoing = Say | Change | Again | Show


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the door shows at once when an event has been handled."""

    cards: tuple[Show, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)  # in a form that stays, by field name
    redrawn: Card | None = None  # that form again, where it stood in a message
    is_refused: bool = False  # nothing came of the event but words about why


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a handler may use: who speaks, what time it is, and one open transaction."""

    speaker: Person
    now: datetime
    at: datetime  # the platform's time of the event
    new_id: Callable[[], UUID]
    agreements: AgreementBook
    understand: "Understand"
    team: Place | None
    store: Store
    address: str | None = None  # of our own pages, for whoever reads elsewhere

    @property
    def agreement(self) -> Agreement:
        """The version that holds today, in the cooperation's own time zone."""
        return self.agreements.current_at(self.now)

    def frozen(self, ticket: Ticket) -> Agreement:
        """Return the version that *ticket* began with, whatever has been agreed since."""
        return frozen_agreement(ticket, self.agreements, self.store)


def frozen_agreement(ticket: Ticket, book: AgreementBook, store: Store) -> Agreement:
    """Return *ticket*'s own version, closed on the days that have been added since, too.

    A version that another process brought is read from the database.
    """
    if ticket.agreement not in book:
        source = store.agreements.source(ticket.agreement)
        book.add(parse_agreement(source, ticket.agreement))
    return book.closed_on(ticket.agreement, store.closing_days.of(ticket.cooperation))


Understand = Callable[[str], Understanding]


class FormIncomplete(Refusal):
    """Something in a form is missing or wrong: *errors* says what, by field.

    *redrawn*: the form again, with what was written, for a form that stands in a message.
    """

    key = "refusal.form_incomplete"

    def __init__(self, errors: Mapping[str, str], redrawn: Card) -> None:
        super().__init__()
        self.errors = errors
        self.redrawn = redrawn


class NotDelivered(Exception):
    """The card was not taken. *final*: trying again is vain. *retry_after*: seconds to wait."""

    def __init__(
        self, reason: str, *, final: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(reason)
        self.final = final
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a card ended up: a person's own id may have become a channel's on the way."""

    channel: str
    message: str
    link: str | None = None  # opens it there, for whoever may read it


class Sender(Protocol):
    async def send(self, to: Place, card: Card, only_to: Account | None) -> Sent:
        """Deliver *card* and say where it stands.

        :raises NotDelivered: whatever went wrong on the way
        """

    async def change(self, at: Place, message: str, card: Card) -> None:
        """Redraw the card that was sent as *message*.

        :raises NotDelivered: whatever went wrong on the way
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The helpdesk at work. Built once, in bot.app; passed to everything that runs."""

    database: Database
    agreements: AgreementBook
    understand: Understand
    clock: Callable[[], datetime]
    new_id: Callable[[], UUID]
    senders: Mapping[Platform, Sender]
    team: Place | None
    files: FileRules = field(default_factory=FileRules)
    outside: Outside = field(default_factory=Outside)
    metrics: Metrics = field(default_factory=Metrics)
