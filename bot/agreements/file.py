"""How an agreement is written down: the tables of the file, and what may stand in them."""

from dataclasses import replace
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from bot.agreements.sharing import SharingTable, Table
from bot.agreements.values import (
    Day,
    DayOfYear,
    Domain,
    Flag,
    Id,
    Inhabitants,
    LengthText,
    MeetingLength,
    NoticeDay,
    Percent,
    Percents,
    Place,
    Prefix,
    PromiseText,
    Recurrence,
    Rule,
    Text,
    TimeText,
    VideoLink,
    WhoText,
    WorkingDayCount,
    Year,
    Years,
    write_day_of_year,
)
from bot.domain.agreement import (
    NOTICE_DAYS,
    Clause,
    ContactRule,
    Form,
    MeetingSeries,
    Municipality,
    Promise,
    Rank,
    Rung,
    Side,
    Targets,
    Task,
    ThirdParty,
    Who,
)
from bot.domain.meeting_plans import OnClosedDay, Schedule
from bot.domain.seasons import Season

PROMISES = ("first_response", "next_response", "resolution")


class CalendarTable(Table):
    zone: ZoneInfo
    country: str = Field(pattern=r"^[A-Z]{2}$")
    holiday_names: str = Field(pattern=r"^[a-z]{2,3}(_[A-Z]{2})?$")
    years: Years
    opening_hours: tuple[Rule, ...] = Field(min_length=1)


class SeasonEntry(Table):
    """What is promised in part of the year; what is left out is as in all the rest of it."""

    first: DayOfYear = Field(alias="from")
    last: DayOfYear = Field(alias="to")
    first_response: PromiseText | None = None
    next_response: PromiseText | None = None
    resolution: PromiseText | None = None

    @property
    def promises(self) -> dict[str, Promise]:
        """What it changes, at least one thing."""
        each = {name: getattr(self, name) for name in PROMISES}
        return {name: promise for name, promise in each.items() if promise}

    @property
    def season(self) -> Season:
        return Season(self.first, self.last)

    @property
    def written(self) -> str:
        return f"{write_day_of_year(self.first)} to {write_day_of_year(self.last)}"

    def targets(self, usual: Targets) -> Targets:
        return replace(
            usual,
            season=self.season,
            changed=frozenset(self.promises),
            first_response=self.first_response or usual.first_response,
            next_response=self.next_response or usual.next_response,
            resolution=self.resolution or usual.resolution,
        )


class TargetsTable(Table):
    first_response: PromiseText
    next_response: PromiseText | None = None
    resolution: PromiseText | None = None
    seasons: tuple[SeasonEntry, ...] = ()

    def targets(self) -> Targets:
        usual = Targets(
            first_response=self.first_response,
            next_response=self.next_response,
            resolution=self.resolution,
        )
        return replace(usual, seasons=tuple(season.targets(usual) for season in self.seasons))


class MunicipalityEntry(Table):
    id: Id
    name: Text
    inhabitants: Inhabitants
    joined: Year
    starts: Day | None = None
    contact: WhoText
    deputies: tuple[WhoText, ...] = ()
    own_contact: WhoText | None = None
    domains: tuple[Domain, ...] = ()
    channels: tuple[Text, ...] = ()
    closing_days: tuple[Day, ...] = ()

    @property
    def people(self) -> int:
        """How many live there by the latest number."""
        return self.inhabitants[-1][1]

    def municipality(self) -> Municipality:
        return Municipality(
            id=self.id,
            name=self.name,
            inhabitants=self.people,
            counts=self.inhabitants,
            joined=self.joined,
            starts=self.starts,
            contact=Who(self.contact),
            deputies=_whos(self.deputies),
            own_contact=Who(self.own_contact) if self.own_contact else None,
            domains=self.domains,
            channels=self.channels,
            closing_days=tuple(sorted(self.closing_days)),
        )


class ClauseEntry(Table):
    section: Text
    number: Place


class TaskEntry(Table):
    id: Id
    name: Text
    side: Side
    clauses: tuple[ClauseEntry, ...] = ()
    preconditions: tuple[Text, ...] = ()
    targets: Id = "normal"
    third_party: Id | None = None
    order_form: Text | None = None
    second_eyes: Flag = False

    def task(self) -> Task:
        return Task(
            id=self.id,
            name=self.name,
            side=self.side,
            clauses=tuple(Clause(clause.section, clause.number) for clause in self.clauses),
            preconditions=self.preconditions,
            targets=self.targets,
            third_party=self.third_party,
            order_form=self.order_form,
            second_eyes=self.second_eyes,
        )


class ThirdPartyEntry(Table):
    id: Id
    name: Text
    what: Text
    reach: Text

    def third_party(self) -> ThirdParty:
        return ThirdParty(id=self.id, name=self.name, what=self.what, reach=self.reach)


class ContactRuleEntry(Table):
    who: WhoText
    tasks: tuple[Id, ...] = Field(min_length=1)
    municipality: Id | None = None
    deputies: tuple[WhoText, ...] = ()

    def rule(self) -> ContactRule:
        return ContactRule(
            who=Who(self.who),
            tasks=frozenset(self.tasks),
            municipality=self.municipality,
            deputies=_whos(self.deputies),
        )


class MeetingEntry(Table):
    id: Id
    name: Text
    level: Literal["operational", "strategic", "principle"]
    each: Flag = False
    attendees: tuple[WhoText, ...] = Field(min_length=1)
    purpose: tuple[Text, ...] = Field(min_length=1)
    recurrence: Recurrence | None = None
    starts: Day | None = None
    at: TimeText | None = None
    length: MeetingLength | None = None
    closed_day: OnClosedDay = OnClosedDay.MOVE
    place: Text | None = None
    video: VideoLink | None = None
    caller: WhoText | None = None
    notice_days: tuple[NoticeDay, ...] = Field(default=NOTICE_DAYS, min_length=1)

    @property
    def schedule(self) -> Schedule | None:
        """When it recurs; None when it does not, or something of that is missing."""
        if not (self.recurrence and self.starts and self.at and self.length):
            return None
        return Schedule(
            recurrence=self.recurrence,
            first=self.starts,
            at=self.at,
            length=self.length,
            on_closed_day=self.closed_day,
        )

    def series(self) -> MeetingSeries:
        return MeetingSeries(
            id=self.id,
            name=self.name,
            level=self.level,
            each=self.each,
            attendees=_whos(self.attendees),
            purpose=self.purpose,
            schedule=self.schedule,
            place=self.place or "",
            video=self.video or "",
            caller=Who(self.caller) if self.caller else None,
            notice_days=self.notice_days,
        )


class EscalationEntry(Table):
    percent: Percent
    to: tuple[Rank, ...] = Field(min_length=1)

    def rung(self) -> Rung:
        return Rung(self.percent, self.to)


class AgreementFile(Table):
    id: Id
    name: Text
    form: Form
    host: Id
    prefix: Prefix
    effective_from: Day
    lead: WhoText
    manager: WhoText
    warn_at: Percents
    escalation: tuple[EscalationEntry, ...] = ()
    choose_within: LengthText
    reopen_within: WorkingDayCount
    third_party_pauses: Flag = False
    time_spent: Flag = False
    roles: dict[Id, Text] = Field(default_factory=dict)
    calendar: CalendarTable
    targets: dict[Id, TargetsTable]
    municipalities: tuple[MunicipalityEntry, ...] = Field(min_length=1)
    tasks: tuple[TaskEntry, ...] = Field(min_length=1)
    third_parties: tuple[ThirdPartyEntry, ...] = ()
    contact_rules: tuple[ContactRuleEntry, ...] = ()
    meetings: tuple[MeetingEntry, ...] = ()
    sharing: SharingTable = SharingTable()


def _whos(written: tuple[str, ...]) -> tuple[Who, ...]:
    return tuple(Who(who) for who in written)
