"""The desk with its pages, for tests of who covers what: who is there, and what is solved.

Kari has solved all there was of VAT. In July the whole unit is away but Randi.
"""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from fastapi import FastAPI, Request

from bot.agreements import AgreementBook
from bot.conversation import Desk
from bot.demo import demo_people
from bot.domain.agreement import Agreement
from bot.domain.events import Event
from bot.domain.people import Absence, Language, Person, PersonId
from bot.pages import cover, shell, vulnerability, what_if
from bot.pages.visitor import let_in
from storage.database import Database
from tests.stories import AGREEMENT, Story, answered, resolved

LEAD, MANAGER, TEAM = "randi.solvang", "geir.altersund", "kari.nordnes"
AUDITOR = "rolf.revisor"
SUMMER = (datetime(2026, 7, 5, 22, tzinfo=UTC), datetime(2026, 7, 19, 22, tzinfo=UTC))
BOOK = AgreementBook([AGREEMENT])
NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
FORM = "a-form-of-ours"


def of_the_host(who: str, role: str, language: Language = Language.NB) -> Person:
    return Person(
        id=PersonId(who),
        name=who.title(),
        municipality="alstahaug",
        roles=frozenset({role}),
        language=language,
    )


OTHERS = (
    of_the_host(AUDITOR, "auditor"),
    of_the_host("leder-nn", "manager", Language.NN),
    of_the_host("leder-en", "manager", Language.EN),
)
PEOPLE = {person.id: person for person in (*demo_people(AGREEMENT), *OTHERS)}


class Visitors:
    """Who visits is said by a header: a double of the real doors, at the edge of the app."""

    def of(self, request: Request) -> Person | None:
        return PEOPLE.get(PersonId(request.headers.get("x-visitor", "")))

    def csrf(self, request: Request) -> str:
        return FORM


def settle(database: Database) -> None:
    with database.transaction() as store:
        for person in PEOPLE.values():
            gone = person.is_host_team and person.id != LEAD
            absences = (Absence(*SUMMER),) if gone else ()
            store.people.introduce(replace(person, absences=absences))
        for town in AGREEMENT.municipalities:
            for hours in range(1, 7):
                then = ((60 * hours, answered), (60 * hours + 1, solved_by_kari))
                Story(municipality=town, then=then).is_stored(store)


def solved_by_kari(at: datetime) -> Event:
    return replace(resolved(at), by=PersonId(TEAM))


def served(database: Database, agreement: Agreement = AGREEMENT) -> FastAPI:
    """Return the pages, which tell how far a replay has come of ten tickets or more."""
    desk = Desk(
        database=database,
        agreements=AgreementBook([agreement]),
        understand=lambda _: pytest.fail("nobody asks anything here"),
        clock=lambda: NOW,
        new_id=uuid4,
        senders={},
        team=None,
    )
    web = FastAPI()
    for page in (shell, cover, vulnerability):
        page.serve(web, desk)
    what_if.serve(web, desk, told_from=10)
    let_in(web, Visitors())
    return web
