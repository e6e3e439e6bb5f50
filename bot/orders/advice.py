"""What to write instead: one piece of advice for each field of a file with order forms."""

from collections.abc import Iterator

from pydantic import ValidationError

from bot.agreements.advice import advise_on_name
from bot.agreements.complaints import PLAIN, Misfit
from bot.agreements.lines import Where
from bot.orders.file import (
    ConditionTable,
    FieldEntry,
    FormEntry,
    OptionEntry,
    OrdersFile,
    StepEntry,
    Table,
    Words,
)

TABLES: dict[str, type[Table]] = {
    "forms": FormEntry,
    "fields": FieldEntry,
    "options": OptionEntry,
    "checklist": StepEntry,
    "only_if": ConditionTable,
    "title": Words,
    "label": Words,
    "pattern_help": Words,
}
WORDS = 'the words in quotes, in each language: nb = "…", nn = "…" and en = "…"'
TABLE_OF_WORDS = '{ nb = "…", nn = "…", en = "…" }'
ADVICE = {
    "approver": 'a role from the agreement\'s [roles], such as "approver", or an e-mail address',
    "checklist": "one [[forms.checklist]] table for each step the host takes",
    "en": WORDS,
    "field": "the id of a choice that stands above in the same form",
    "fields": "one [[forms.fields]] table for each field, at least one and at most 30",
    "forms": "one [[forms]] table for each form",
    "id": 'small letters, digits and hyphens, such as "start-date"',
    "is": 'one or more of that choice\'s options, such as ["new", "changed"]',
    "kind": '"text", "date", "choice", "number", "person" or "email"',
    "label": TABLE_OF_WORDS,
    "least": "a whole number without quotes, and on a number only",
    "most": "a whole number without quotes, not below least, and on a number only",
    "nb": WORDS,
    "nn": WORDS,
    "not_past": "true or false, and on a date only",
    "only_if": 'when it is asked for, such as { field = "what", is = ["new"] }, or leave it out',
    "options": f'what can be chosen, such as [{{ id = "new", {TABLE_OF_WORDS[2:]}]',
    "own_approval": "true (an approver may approve what they order themselves) or false",
    "pattern": 'a regular expression that the whole text matches, such as "[0-9]{4}"',
    "pattern_help": f"what the pattern asks for, in words: {TABLE_OF_WORDS}",
    "required": "true or false",
    "several": "how many can be chosen, from 1 to 10, and on a choice only",
    "task": "the id of one of the agreement's tasks that the host has",
    "title": TABLE_OF_WORDS,
}


def misfits_in(errors: ValidationError) -> Iterator[Misfit]:
    """Yield what pydantic found, in the words of this project."""
    for error in errors.errors():
        where, said = error["loc"], error["msg"].removeprefix("Value error, ")
        if error["type"] == "extra_forbidden":
            yield Misfit(where, "is not a key that belongs here", _advise_on_key(where))
        else:
            plain = PLAIN.get(error["type"], said[0].lower() + said[1:])
            yield Misfit(where, plain, advise(where))


def advise(where: Where) -> str:
    """Return what to write at *where*, as the end of a sentence that begins with «Write»."""
    names = [part for part in where if isinstance(part, str) and part in ADVICE]
    return ADVICE[names[-1]] if names else ADVICE["forms"]


def _advise_on_key(where: Where) -> str:
    around = [part for part in where[:-1] if part in TABLES]
    table = TABLES[str(around[-1])] if around else OrdersFile
    known = [field.alias or name for name, field in table.model_fields.items()]
    return advise_on_name(str(where[-1]), known)
