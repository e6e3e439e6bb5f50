"""Somebody writes /sla: the command that comes in, and what is said to them for it."""

from datetime import datetime
from uuid import uuid4

from bot.agreements.book import AgreementBook
from bot.conversation import Commanded, Context, Say
from bot.domain.people import Account, Person, Place
from bot.domain.understanding import Talk, Understanding
from handlers.sla import show_statistics
from storage.database import Database
from tests.stories import AGREEMENT


def answer_to_sla(
    desk: Database,
    speaker: Person,
    text: str,
    *,
    at: datetime,
    place: Place,
    address: str | None = None,
) -> Say:
    """Return the one thing said to *speaker* for /sla and *text*, written in *place*."""
    commanded = Commanded(
        key="1",
        account=Account(place.platform, "T", speaker.name),
        at=at,
        place=place,
        command="sla",
        text=text,
    )
    with desk.transaction() as store:
        context = Context(
            speaker=speaker,
            now=at,
            at=at,
            new_id=uuid4,
            agreements=AgreementBook([AGREEMENT]),
            understand=lambda _: Understanding(talk=Talk.QUESTION),
            team=None,
            store=store,
            address=address,
        )
        [said] = show_statistics(commanded, context)
    assert isinstance(said, Say)
    return said
