"""What the API tells of figures. Too few tickets, and too few verdicts, are told of by null."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Self

from pydantic import BaseModel

from bot.domain import measures
from bot.domain.measures import Age, By
from bot.domain.satisfaction import Verdicts
from bot.pages.api_models import SECOND, seconds

MINUTE = timedelta(minutes=1)


class Promise(BaseModel):
    """How a promise was kept. The three lengths are null of too few tickets."""

    in_time: int
    late: int
    unpromised: int
    overdue: int
    not_yet_due: int
    percent_in_time: int | None
    timed: int
    median_seconds: int | None
    p90_seconds: int | None
    p95_seconds: int | None

    @classmethod
    def of(cls, kept: measures.Promise) -> Self:
        return cls(
            in_time=kept.in_time,
            late=kept.late,
            unpromised=kept.unpromised,
            overdue=kept.overdue,
            not_yet_due=kept.not_yet_due,
            percent_in_time=kept.percent_in_time,
            timed=kept.spread.number,
            median_seconds=seconds(kept.spread.median),
            p90_seconds=seconds(kept.spread.p90),
            p95_seconds=seconds(kept.spread.p95),
        )


class Waited(BaseModel):
    tickets: int
    total_seconds: int
    median_seconds: int | None

    @classmethod
    def of(cls, waited: measures.Waited) -> Self:
        return cls(
            tickets=waited.number,
            total_seconds=waited.total // SECOND,
            median_seconds=seconds(waited.median),
        )


class Row(BaseModel):
    """One row of figures. The rows of each cut add up to the total."""

    asked: int
    answered: int
    open: int
    withdrawn: int
    merged: int
    deflected: int
    own_task: int
    third_party: int
    out_of_scope: int
    left_late: int
    reopened: int
    retasked: int
    misdirected: int
    first_response: Promise
    next_response: Promise
    first_resolution: Promise
    resolution: Promise
    waited_for_asker: Waited
    waited_for_third_party: Waited
    spent_minutes: int
    per_thousand: float | None

    @classmethod
    def of(cls, row: measures.Row) -> Self:
        return cls(
            asked=row.asked,
            answered=row.answered,
            open=row.open,
            withdrawn=row.withdrawn,
            merged=row.merged,
            deflected=row.deflected,
            own_task=row.own_task,
            third_party=row.third_party,
            out_of_scope=row.out_of_scope,
            left_late=row.left_late,
            reopened=row.reopened,
            retasked=row.retasked,
            misdirected=row.misdirected,
            first_response=Promise.of(row.first_response),
            next_response=Promise.of(row.next_response),
            first_resolution=Promise.of(row.first_resolution),
            resolution=Promise.of(row.resolution),
            waited_for_asker=Waited.of(row.waited_for_asker),
            waited_for_third_party=Waited.of(row.waited_for_third_party),
            spent_minutes=row.spent.time // MINUTE,
            per_thousand=None if row.per_thousand is None else round(float(row.per_thousand), 3),
        )


class Satisfaction(BaseModel):
    """How many were asked whether it helped. Both are null where there are too few to be shown."""

    verdicts: int | None
    percent_good: int | None

    @classmethod
    def of(cls, given: Verdicts) -> Self:
        share = given.percent_good
        return cls(verdicts=None if share is None else given.number, percent_good=share)


class Counted(BaseModel):
    """Figures of the tickets asked from *first* to *last*. *municipality*: null for all together.

    *agreements*: the versions the tickets keep. *log_digest*: SHA-256 over all that they rest on.
    """

    cooperation: str
    municipality: str | None
    first: date
    last: date
    total: Row
    cuts: Mapping[By, Mapping[str, Row]]
    open_by_age: Mapping[Age, int]
    satisfaction: Satisfaction
    agreements: list[str]
    log_digest: str

    @classmethod
    def of(cls, found: measures.Measures, municipality: str | None) -> Self:
        return cls(
            cooperation=found.scope.cooperation,
            municipality=municipality,
            first=found.scope.period.first,
            last=found.scope.period.last,
            total=Row.of(found.total),
            cuts={
                by: {name: Row.of(row) for name, row in rows.items()}
                for by, rows in found.cuts.items()
            },
            open_by_age=found.open_by_age,
            satisfaction=Satisfaction.of(found.helped_in_all),
            agreements=list(found.agreements),
            log_digest=found.log_digest,
        )


class Measures(Counted):
    """As they stood at *as_of*."""

    as_of: datetime
