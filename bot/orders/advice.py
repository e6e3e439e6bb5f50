"""What to write instead: one piece of advice for each field of a file with order forms."""

from bot.agreements.beside import Advice
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
INSTEAD = Advice(top=OrdersFile, tables=TABLES, fields=ADVICE, otherwise="forms")
