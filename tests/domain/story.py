"""A ticket's life, told event by event. Kari asks from Herøy; Per answers in Sandnessjøen."""

from typing import Any

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
from tests.domain.oracle import at

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
