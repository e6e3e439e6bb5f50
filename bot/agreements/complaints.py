"""What is wrong with an agreement file, said so that whoever wrote it can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from pydantic import ValidationError

from bot.agreements.advice import advise, advise_on_key
from bot.agreements.lines import Where, line_of, lines_of

PLAIN = {"missing": "is missing", "too_short": "has nothing in it"}


class AgreementError(Exception):
    """The file cannot be used. Each line names file, line and field, and says what to write."""

    def __init__(self, complaints: Iterable[str]) -> None:
        self.complaints = tuple(complaints)
        super().__init__("\n".join(self.complaints))


@dataclass(frozen=True, slots=True)
class Misfit:
    """One mistake. *where*: keys and positions from the top of the file, as pydantic says it."""

    where: Where
    wrong: str
    advice: str


def misfits_in(errors: ValidationError) -> list[Misfit]:
    """Return what pydantic found, in the words of this project."""
    found = errors.errors()
    # An array whose every entry is wrong is also said to be empty, which it is not.
    around = {error["loc"][:length] for error in found for length in range(len(error["loc"]))}
    return [
        _misfit(error["type"], error["loc"], error["msg"])
        for error in found
        if error["type"] != "too_short" or error["loc"] not in around
    ]


def refusal(
    misfits: Iterable[Misfit], *, source: str, name: str, tables: dict[str, Any]
) -> AgreementError:
    """Return the refusal of the file *name*, in the order of its lines.

    *source* is its text, and *tables* what TOML's reader made of that.
    """
    lines = lines_of(source)
    found = [(line_of(lines, misfit.where), misfit) for misfit in misfits]
    return AgreementError(
        f"{name}, line {line}: {_field(misfit.where, tables)}: {misfit.wrong}. "
        f"Write {misfit.advice}."
        for line, misfit in sorted(found, key=itemgetter(0))
    )


def _misfit(kind: str, where: Where, said: str) -> Misfit:
    if where and where[-1] == "[key]":  # a name that is not fit to be one
        return Misfit(where[:-1], "is not fit to be a name", advise(("id",)))
    if kind == "extra_forbidden":
        return Misfit(where, "is not a key that belongs here", advise_on_key(where))
    if kind in PLAIN:
        return Misfit(where, PLAIN[kind], advise(where))
    wrong = said.removeprefix("Value error, ")
    return Misfit(where, wrong[0].lower() + wrong[1:], advise(where))


def _field(where: Where, tables: dict[str, Any]) -> str:
    """Return the field as people say it: `tasks.vat.side`; `contact_rules.2.who` is the second."""
    said, here = [], tables
    for part in where:
        here = _inside(here, part)
        is_named = (
            isinstance(part, int) and isinstance(here, dict) and isinstance(here.get("id"), str)
        )
        said.append(here["id"] if is_named else str(part + 1) if isinstance(part, int) else part)
    return ".".join(said)


def _inside(around: Any, part: str | int) -> Any:
    try:
        return around[part]
    except (KeyError, IndexError, TypeError):
        return None
