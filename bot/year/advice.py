"""What to write instead: one piece of advice for each field of the yearly wheel."""

from bot.agreements.beside import Advice
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
INSTEAD = Advice(top=YearFile, tables=TABLES, fields=ADVICE, otherwise="deadlines")
