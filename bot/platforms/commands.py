"""The commands that people write. Where a platform knows none, they are words to the bot."""

import re

NAMES = (
    "agenda",
    "møte",
    "mote",
    "spor",
    "sla",
    "telefon",
    "fravær",
    "fravaer",
    "koble",
    "saker",
    "bestill",
    "presedens",
    "språk",
    "sprak",
    "årshjul",
    "arshjul",
)
COMMAND = re.compile(rf"/({'|'.join(NAMES)})(?:\s+(.*))?", re.DOTALL)
