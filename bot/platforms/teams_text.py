"""What people write in Teams, as plain readable text."""

import re
from collections.abc import Iterable

_UNSEEN = re.compile(  # no letters: controls, overrides of the writing direction, broken halves
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_MENTION = re.compile(r"<at\b[^<>]*>([^<>]*)</at>", re.IGNORECASE)
_QUOTED = re.compile(r"<quoted\b[^<>]*/>", re.IGNORECASE)


def readable(text: str, calls: Iterable[str]) -> str:
    """Return *text* without Teams' markup, and without the *calls* of the bot that are in it."""
    for call in calls:
        text = text.replace(call, " ")
    return written(_MENTION.sub(r"@\1", _QUOTED.sub(" ", text)))


def written(text: str) -> str:
    """Return what somebody wrote, without what cannot be seen or stored."""
    spaced = text.replace("&nbsp;", " ").replace("\xa0", " ")
    return _UNSEEN.sub("", spaced.replace("\r\n", "\n").replace("\r", "\n")).strip()
