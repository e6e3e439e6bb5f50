"""What somebody wants to see of the queue, in their own words: «mine dønna», «mva i dag»."""

import re
from collections.abc import Mapping
from typing import TypeVar

from bot.domain.agreement import Agreement
from bot.domain.queue import Part, Wanted

Name = TypeVar("Name", bound=str)

_PARTS: Mapping[Part, tuple[str, ...]] = {
    Part.ALL: ("alle", "all", "alt"),
    Part.MINE: ("mine", "mi"),
    Part.FREE: ("ledige", "ledig", "free", "unassigned"),
    Part.WAITING: ("venter", "ventar", "waiting"),
    Part.TODAY: ("i dag", "today"),
}


def read_wanted(words: str, agreement: Agreement) -> tuple[Wanted, str]:
    """Return what *words* ask for, and those of them that nobody understands.

    A task is named by its id, or by words of its name that no other task has together.
    """
    rest = " ".join(words.casefold().split())
    part, rest = _named(_PARTS, rest)
    members = {
        member.id: (f"{member.name} kommune", member.name, member.id)
        for member in agreement.municipalities.values()
    }
    municipality, rest = _named(members, rest)
    task = _task(rest, agreement) if rest else None
    wanted = Wanted(part=part or Part.ALL, municipality=municipality, task=task)
    return wanted, "" if task else rest


def _named(names: Mapping[Name, tuple[str, ...]], text: str) -> tuple[Name | None, str]:
    """Return whose name stands in *text*, the longest first, and the rest of it."""
    written = [(name.casefold(), what) for what, each in names.items() for name in each]
    for name, what in sorted(written, key=lambda pair: len(pair[0]), reverse=True):
        if found := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            return what, " ".join(rest.split())
    return None, text


def _task(words: str, agreement: Agreement) -> str | None:
    if words in agreement.tasks:
        return words
    found = [
        task.id
        for task in agreement.tasks.values()
        if all(word in task.name.casefold() for word in words.split())
    ]
    return found[0] if len(found) == 1 else None
