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
ALIASES = {  # the same in nynorsk and English, and as it is spelt, where a command is a word
    "spør": "spor",
    "ask": "spor",
    "figures": "sla",
    "meeting": "møte",
    "phone": "telefon",
    "fråvær": "fravær",
    "fraver": "fravær",
    "absence": "fravær",
    "kople": "koble",
    "link": "koble",
    "tickets": "saker",
    "queue": "saker",
    "tinga": "bestill",
    "order": "bestill",
    "precedents": "presedens",
    "language": "språk",
    "year": "årshjul",
}

_WRITTEN = re.compile(rf"/({'|'.join([*NAMES, *ALIASES])})(?:\s+(.*))?", re.DOTALL | re.IGNORECASE)


def command_in(text: str) -> tuple[str, str] | None:
    """Return the command that *text* is, by the name it is handled under, and what follows it."""
    written = _WRITTEN.fullmatch(text)
    if written is None:
        return None
    name = written[1].lower()
    return ALIASES.get(name, name), written[2] or ""
