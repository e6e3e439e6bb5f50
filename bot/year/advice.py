"""What to write instead: one piece of advice for each field of the yearly wheel."""

from collections.abc import Iterator

from pydantic import ValidationError

from bot.agreements.advice import advise_on_name
from bot.agreements.complaints import PLAIN, Misfit
from bot.agreements.lines import Where
from bot.year.file import DeadlineEntry, Table, Words, YearFile

TABLES: dict[str, type[Table]] = {"deadlines": DeadlineEntry, "name": Words}
WORDS = 'the words in quotes, in each language: nb = "…", nn = "…" and en = "…"'
DAYS = '"02-22", "last day of 06", "last working day of 12" or "working day 5 of 01"'
ADVICE = {
    "basis": '"statutory" or "local"',
    "closed_day": '"keep", "previous" or "next": where a weekend or a holiday goes',
    "deadlines": "one [[deadlines]] table for each deadline",
    "due": f"one or more days of the year, each written as {DAYS}",
    "en": WORDS,
    "id": 'small letters, digits and hyphens, such as "annual-accounts"',
    "local": f'a municipality\'s own days, such as heroy = ["05-20"]; a day is {DAYS}',
    "municipalities": "the ids of the members that have it, or leave it out for every member",
    "name": 'the words in each language: { nb = "…", nn = "…", en = "…" }',
    "nb": WORDS,
    "nn": WORDS,
    "remind": "so many working days before, the most first, such as [10, 3, 0]",
    "source": 'the law or the rule that says so, in quotes, such as "kommuneloven § 14-6"',
    "task": "the id of a task that is the host's or the partner's, such as \"vat\"",
}


def misfits_in(errors: ValidationError) -> Iterator[Misfit]:
    """Yield what pydantic found, in the words of this project."""
    for error in errors.errors():
        where, said = error["loc"], error["msg"].removeprefix("Value error, ")
        if where[-1] == "[key]":  # a name that is not fit to be one
            yield Misfit(where[:-1], "is not fit to be a name", advise(("id",)))
        elif error["type"] == "extra_forbidden":
            yield Misfit(where, "is not a key that belongs here", _advise_on_key(where))
        else:
            plain = PLAIN.get(error["type"], said[0].lower() + said[1:])
            yield Misfit(where, plain, advise(where))


def advise(where: Where) -> str:
    """Return what to write at *where*, as the end of a sentence that begins with «Write»."""
    names = [part for part in where if isinstance(part, str) and part in ADVICE]
    return ADVICE[names[-1]] if names else ADVICE["deadlines"]


def _advise_on_key(where: Where) -> str:
    around = [part for part in where[:-1] if part in TABLES]
    table = TABLES[str(around[-1])] if around else YearFile
    return advise_on_name(str(where[-1]), list(table.model_fields))
