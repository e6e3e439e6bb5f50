"""A ticket's life, told event by event. Kari asks from Herøy; Per answers in Sandnessjøen."""

from datetime import timedelta
from typing import Any

from bot.agreements import HALD, read_agreement
from bot.domain.agreement import Side
from bot.domain.events import (
    Answered,
    Asked,
    AskedBack,
    AskerWrote,
    Chosen,
    Event,
    TaskChanged,
    Via,
    WaitsForThirdParty,
)
from bot.domain.people import PersonId
from bot.domain.sla import Figures, Stretch, figures
from tests.domain.oracle import at

AGREEMENT = read_agreement(HALD)
KARI, PER = PersonId("kari"), PersonId("per")
USUAL: dict[type[Event], dict[str, Any]] = {
    Asked: {
        "by": KARI,
        "message": "question",
        "text": "Hvem retter bilaget?",
        "via": Via.DIRECT,
        "task": "payments",
        "side": Side.HOST,
    },
    Answered: {"message": "answer", "text": "Det gjør vi."},
    AskedBack: {"message": "counter-question", "text": "Hvilket bilag?"},
    AskerWrote: {"by": KARI, "message": "reply", "text": "Det fra mars."},
    WaitsForThirdParty: {"party": "hald-ikt"},
    Chosen: {"by": KARI, "task": "payments", "side": Side.HOST},
    TaskChanged: {"task": "payments", "side": Side.HOST},
}


def then(kind: type[Event], when: str, **more: Any) -> Event:
    """Return what happened *when* (local time), with what is usual filled in."""
    told = {"by": PER, **USUAL.get(kind, {}), **more}
    return kind(at=at(when), received_at=at(when), **told)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def now(log: list[Event], when: str) -> Figures:
    """Return the figures as they stand *when* (local time), under HALD's agreement."""
    return figures(log, AGREEMENT, at(when))


def first(log: list[Event], when: str) -> Stretch:
    stretch = now(log, when).first_response
    assert stretch
    return stretch


def resolution(log: list[Event], when: str) -> Stretch:
    stretch = now(log, when).resolution
    assert stretch
    return stretch


ASKED = then(Asked, "2026-03-02 09:00")  # a Monday: 4 h is 13:00, 3 working days is Thursday
