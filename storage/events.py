"""Events as rows: when, who and what kind in columns of their own, the rest as JSON."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, TypeAdapter

from bot.domain.events import Event
from storage.models import EventRow

BESIDE = {"kind", "at", "received_at", "by"}  # have columns of their own

_EVENTS: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="kind")])


def row_of(event: Event, ticket_id: UUID, number: int) -> EventRow:
    """Return *event* as the *number*-th row of the ticket's log."""
    return EventRow(
        ticket_id=ticket_id,
        number=number,
        kind=event.kind,
        at=event.at,
        received_at=event.received_at,
        by=event.by,
        body=_EVENTS.dump_python(event, mode="json", exclude=BESIDE),
    )


def event_of(row: EventRow) -> Event:
    """Return the event that *row* keeps.

    :raises pydantic.ValidationError: the row is none of this program's events
    """
    beside: dict[str, Any] = {name: getattr(row, name) for name in BESIDE}
    return _EVENTS.validate_python({**row.body, **beside})
