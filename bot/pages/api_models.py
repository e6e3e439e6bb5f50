"""What the API tells. No names of people, nothing that anybody has written, nothing of the team's.

Moments are in UTC, days local to the cooperation, lengths of working time in whole seconds.
"""

from datetime import datetime, timedelta
from typing import Self

from pydantic import BaseModel

from bot.agreements.values import write_promise
from bot.domain.agreement import Agreement, Priority, Side
from bot.domain.events import Figure
from bot.domain.explain import Explanation, Reason
from bot.domain.tickets import Status
from bot.domain.tickets import Ticket as Asked

SECOND = timedelta(seconds=1)


class Municipality(BaseModel):
    id: str
    name: str
    inhabitants: int


class Task(BaseModel):
    id: str
    name: str
    side: Side
    clauses: list[str]


class Cooperation(BaseModel):
    """The agreement that holds today. *digest* names its very words."""

    id: str
    name: str
    version: str
    digest: str
    time_zone: str
    host: str
    municipalities: list[Municipality]
    tasks: list[Task]

    @classmethod
    def of(cls, agreement: Agreement) -> Self:
        return cls(
            id=agreement.id,
            name=agreement.name,
            version=agreement.version,
            digest=agreement.digest,
            time_zone=agreement.calendar.zone.key,
            host=agreement.host,
            municipalities=[
                Municipality(id=town.id, name=town.name, inhabitants=town.inhabitants)
                for town in agreement.municipalities.values()
            ],
            tasks=[
                Task(
                    id=task.id,
                    name=task.name,
                    side=task.side,
                    clauses=[f"{clause.section} {clause.number}" for clause in task.clauses],
                )
                for task in agreement.tasks.values()
            ],
        )


class Ticket(BaseModel):
    """A ticket, without who asked, who answers, and what was said."""

    number: str
    municipality: str
    asked_at: datetime
    task: str | None
    side: Side
    counted_as: Side
    status: Status
    priority: Priority
    resolved_at: datetime | None
    last_event_at: datetime | None
    agreement: str

    @classmethod
    def of(cls, ticket: Asked) -> Self:
        return cls.model_validate(ticket, from_attributes=True)


class Tickets(BaseModel):
    """A page of tickets, in the order they were asked. *next*: the cursor of the next page."""

    tickets: list[Ticket]
    next: str | None


class Line(BaseModel):
    """One interval. Only what is open counts. *name*: the holiday's, or the third party's id."""

    start: datetime
    end: datetime
    counts: bool
    reason: Reason
    name: str | None


class Deadline(BaseModel):
    """How a deadline came about, as «why this deadline?» says it."""

    figure: Figure
    task: str | None
    clauses: list[str]
    promise: str | None
    is_set_by_hand: bool
    start: datetime
    end: datetime | None
    due: datetime | None
    allowed_seconds: int | None
    counted_seconds: int
    lines: list[Line]

    @classmethod
    def of(cls, told: Explanation) -> Self:
        return cls(
            figure=told.figure,
            task=told.task,
            clauses=[f"{clause.section} {clause.number}" for clause in told.clauses],
            promise=write_promise(told.promise) if told.promise else None,
            is_set_by_hand=told.by_hand is not None,
            start=told.start,
            end=told.end,
            due=told.due,
            allowed_seconds=seconds(told.allowed),
            counted_seconds=told.counted // SECOND,
            lines=[
                Line(
                    start=line.start,
                    end=line.end,
                    counts=line.counted,
                    reason=line.reason,
                    name=line.name,
                )
                for line in told.lines
            ],
        )


class Clock(BaseModel):
    """A ticket's deadlines with their working, by the version of the agreement that it keeps."""

    number: str
    agreement: str
    version: str
    time_zone: str
    deadlines: list[Deadline]


def seconds(length: timedelta | None) -> int | None:
    return None if length is None else length // SECOND
