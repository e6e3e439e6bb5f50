"""What people write in Slack, as plain readable text."""

import re

_MENTION = re.compile(r"<([@#!])([^<>|]*)(?:\|([^<>]*))?>")
_ADDRESS = re.compile(
    r"<((?:https?|mailto|tel|ftp|slack):[^<>|\s]+)(?:\|([^<>]*))?>", re.IGNORECASE
)
_UNSEEN = re.compile(  # no letters: controls, overrides of the writing direction, broken halves
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def readable(text: str, bot: str | None = None) -> str:
    """Return *text* without Slack's markup, and without the mention of *bot*, its user id."""
    unmentioned = re.sub(rf"<@{re.escape(bot)}(\|[^<>]*)?>", " ", text) if bot else text
    named = _MENTION.sub(_name, unmentioned)
    return written(_ADDRESS.sub(_address, named))


def written(text: str) -> str:
    """Return what somebody wrote in a field: decoded, and without what cannot be seen or stored."""
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def mentions(text: str, bot: str | None) -> bool:
    """Tell whether *text* calls *bot*, a user id."""
    return bot is not None and any(
        found[1] == "@" and found[2] == bot for found in _MENTION.finditer(text)
    )


def _name(found: re.Match[str]) -> str:
    """Read a mention of a person, a channel or a group; a date brings its own words."""
    kind, who, label = found[1], found[2], found[3]
    if kind == "#":
        return f"#{label or who}"
    if who.startswith("date^"):
        return label or ""
    name = label or who.split("^")[-1]
    return name if name.startswith("@") else f"@{name}"


def _address(found: re.Match[str]) -> str:
    """Read a link: its words, and where it goes when the words do not say."""
    address, label = found[1], found[2]
    place = re.sub(r"^(mailto|tel):", "", address)
    if not label or label in place:
        return place
    return f"{label} ({place})"
