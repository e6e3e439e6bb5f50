"""Ready answers: what the team says again and again, with gaps that the ticket fills."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.people import Language

GAPS = ("navn", "kommune", "nummer", "oppgave", "frist", "avsender")
_GAP = re.compile(r"\{([^{}]*)\}")

Wording = Mapping[Language, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyAnswer:
    """One answer, in every language, to questions about *tasks*; to all of them if there is none.

    A gap in its text is one of GAPS in braces: «Hei {navn}!».
    """

    id: str
    tasks: frozenset[str]
    title: Wording
    text: Wording


def wrong_gaps(text: str) -> list[str]:
    """Return what stands in braces in *text* and is no gap, and braces that have no partner."""
    found = [f"{{{name}}}" for name in _GAP.findall(text) if name not in GAPS]
    return [*found, *re.findall(r"[{}]", _GAP.sub("", text))]


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return *text* with each gap filled; what people wrote in *values* is never read for gaps."""
    return _GAP.sub(lambda gap: values.get(gap[1], gap[0]), text)


def fitting(answers: Sequence[ReadyAnswer], task: str | None) -> tuple[ReadyAnswer, ...]:
    """Return those for *task*, in order, and after them those for every task."""
    of_task = [answer for answer in answers if task in answer.tasks]
    return (*of_task, *(answer for answer in answers if not answer.tasks))
