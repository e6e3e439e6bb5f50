"""The agreement: the members, the tasks and whose they are, and the promises."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NewType, Self

from bot.domain.calendar import Calendar
from bot.domain.closing import ClosingDay, Closings
from bot.domain.meeting_plans import Schedule
from bot.domain.order_forms import OrderForm
from bot.domain.ready_answers import ReadyAnswer
from bot.domain.seasons import Season
from bot.domain.sharing import SharingRule
from bot.domain.year_rules import Deadline

Who = NewType("Who", str)  # an e-mail address, or else a role that people in the directory have


class Side(StrEnum):
    HOST = "host"
    PARTNER = "partner"
    UNSPECIFIED = "unspecified"  # not in the agreement, done all the same, and counted apart
    EXTERNAL = "external"  # a third party's
    NONE = "none"  # not a question for a finance unit at all


class Priority(StrEnum):
    NORMAL = "normal"
    URGENT = "urgent"


class Form(StrEnum):
    """How a cooperation is organised (kommuneloven kap. 17–20, IKS-loven, aksjeloven)."""

    HOST_MUNICIPALITY = "vertskommune"
    KO = "ko"
    IKS = "iks"
    AS = "as"


class Rank(StrEnum):
    """Who is warned, in line: whoever is away is followed by the next."""

    CONTACT = "contact"  # who has taken the ticket, or else was given it
    DEPUTIES = "deputies"
    SPECIALIST = "specialist"
    LEAD = "lead"
    MANAGER = "manager"  # of the host


@dataclass(frozen=True, slots=True)
class Rung:
    """Who is warned when *percent* of a target is used up."""

    percent: int
    to: tuple[Rank, ...]


LADDER = (
    Rung(50, (Rank.CONTACT,)),
    Rung(75, (Rank.CONTACT, Rank.DEPUTIES, Rank.LEAD)),
    Rung(90, (Rank.CONTACT, Rank.DEPUTIES, Rank.SPECIALIST, Rank.LEAD)),
    Rung(100, tuple(Rank)),
)  # of an agreement that has none of its own
NOTICE_DAYS = (14, 3, 0)


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """A promise in time inside opening hours: «4 h», «90 min»."""

    length: timedelta


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A promise in working days: until closing time on the n-th working day after the start's.

    The day of the start does not count, as with statutory time limits (domstolloven § 148).
    """

    days: int


@dataclass(frozen=True, slots=True)
class ByTime:
    """A promise «by HH:MM on the n-th working day» after the start's, in the calendar's zone."""

    at: time
    days: int


Promise = WorkingTime | WorkingDays | ByTime


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """What is promised of one kind of ticket. None where nothing is promised."""

    first_response: Promise
    next_response: Promise | None
    resolution: Promise | None
    season: Season | None = None  # the part of the year they are for; None for all the rest of it
    changed: frozenset[str] = frozenset()  # which of the three are others than in all the rest
    seasons: tuple["Targets", ...] = ()  # what is promised in parts of the year, which share no day

    def on(self, day: date) -> "Targets":
        """Return what is promised when the clock starts on *day*, a local date."""
        inside = (targets for targets in self.seasons if targets.season and day in targets.season)
        return next(inside, self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """A member. *own_contact* has its own tasks; *channels* are its own in the chats."""

    id: str
    name: str
    inhabitants: int  # by the latest number
    joined: int  # the year; *starts* is the first day of service for a member still to come
    contact: Who
    deputies: tuple[Who, ...] = ()
    own_contact: Who | None = None
    domains: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    starts: date | None = None
    closing_days: tuple[date, ...] = ()  # its own: they are shown, and never counted
    counts: tuple[tuple[date, int], ...] = ()  # how many inhabitants since when, the oldest first

    def inhabitants_on(self, day: date) -> int:
        """Return how many lived there on *day*; before the first count, as many as it says."""
        known = [number for since, number in self.counts if since <= day]
        first = self.counts[0][1] if self.counts else self.inhabitants
        return known[-1] if known else first


@dataclass(frozen=True, slots=True)
class Clause:
    section: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One line of the agreement, in its own wording; it may stand in several sections."""

    id: str
    name: str
    side: Side
    clauses: tuple[Clause, ...] = ()
    preconditions: tuple[str, ...] = ()
    targets: str = "normal"  # which set of targets, by name
    third_party: str | None = None
    order_form: str | None = None  # what the partner sends in, such as notice of new users
    second_eyes: bool = False  # a colleague approves each answer before it goes out


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdParty:
    id: str
    name: str
    what: str
    reach: str  # how to reach them, in the words of the agreement's owner


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRule:
    """Who has *tasks*, for everybody or for one municipality. The narrower rule wins."""

    who: Who
    tasks: frozenset[str]
    municipality: str | None = None
    deputies: tuple[Who, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingSeries:
    """One kind of meeting. *attendees* are roles; *each* says: one series for each municipality.

    With no *schedule* none is planned. *caller*: None means the main contact, or else the lead.
    *notice_days*: so many days before, people are told; the agenda is sent with the last of them
    before the day itself.
    """

    id: str
    name: str
    level: str  # operational | strategic | principle
    attendees: tuple[Who, ...]
    purpose: tuple[str, ...]
    each: bool = False
    schedule: Schedule | None = None
    place: str = ""
    video: str = ""
    caller: Who | None = None
    notice_days: tuple[int, ...] = NOTICE_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One version of one cooperation's agreement. Frozen: a ticket keeps the one it began with.

    Only closing days can be added; then *calendar* is closed on them too. *orders* are the forms
    that go with it today: they are no part of its words, and an order keeps its own. So it is with
    *year*, the deadlines of every year.
    """

    id: str
    name: str
    prefix: str  # of ticket numbers: HALD-2026-0001
    form: Form
    effective_from: date
    digest: str  # names these very words: two texts with the same date are two versions
    host: str
    lead: Who
    manager: Who
    calendar: Calendar
    targets: Mapping[str, Targets]
    warn_at: tuple[int, ...]  # percent of a target
    escalation: tuple[Rung, ...]  # at least one, the percentages rising
    choose_within: timedelta  # working time an unsure question waits for the asker's choice
    reopen_within: int  # working days
    third_party_pauses: bool  # whether resolution stands still while a third party has to act
    notes_time_spent: bool = False  # whether the team puts down minutes when it resolves a ticket
    municipalities: Mapping[str, Municipality]
    tasks: Mapping[str, Task]
    contact_rules: tuple[ContactRule, ...]
    third_parties: Mapping[str, ThirdParty]
    meetings: Mapping[str, MeetingSeries]
    roles: Mapping[str, str]  # the agreement's own roles, and what each is for
    sharing: SharingRule = field(default_factory=SharingRule)
    closings: Closings | None = field(default=None, repr=False)
    orders: Mapping[str, OrderForm] = field(default_factory=dict, compare=False, repr=False)
    year: Mapping[str, Deadline] = field(default_factory=dict, compare=False, repr=False)
    ready_answers: tuple[ReadyAnswer, ...] = field(default=(), compare=False, repr=False)

    @property
    def version(self) -> str:
        """What people call this version: its date."""
        return self.effective_from.isoformat()

    def closed_on(self, days: Iterable[ClosingDay]) -> Self:
        """Return this version, as it was written, with *days* as its closing days."""
        written = self.closings.written if self.closings else self.calendar
        closings = Closings.of(written, days)
        return replace(self, calendar=closings.known_at(None), closings=closings)

    def calendar_known_at(self, moment: datetime | None) -> Calendar:
        """Return the calendar with the closing days told by *moment* (None: every one)."""
        return self.closings.known_at(moment) if self.closings else self.calendar

    def targets_for(self, task: str | None, priority: Priority, on: date) -> Targets:
        """Return the promises for *task*; an urgent ticket's are the urgent ones in any case.

        *on* is the local date on which the ticket's clock started: it decides the season.
        """
        name = self.tasks[task].targets if task else "normal"
        return self.targets["urgent" if priority is Priority.URGENT else name].on(on)

    def rung(self, percent: int) -> Rung:
        """Return the highest rung reached at *percent* of a target; below all, the lowest."""
        reached = [rung for rung in self.escalation if rung.percent <= percent]
        return reached[-1] if reached else self.escalation[0]

    def side_of(self, task: str | None) -> Side:
        """Return whose *task* is; what nobody recognised is in no clause, and so unspecified."""
        return self.tasks[task].side if task else Side.UNSPECIFIED

    def specialists(self, task: str | None, municipality: str) -> ContactRule | None:
        """Return the rule for *task* that names *municipality*, or else the one for everybody."""
        rules = [rule for rule in self.contact_rules if task in rule.tasks]
        for narrower in (municipality, None):
            for rule in rules:
                if rule.municipality == narrower:
                    return rule
        return None
