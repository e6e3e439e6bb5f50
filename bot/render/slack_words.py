"""Words for Slack: escaped, never read as markup, and cut at a word where Slack sets a limit."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

Drawn = dict[str, Any]

TEXT_LIMIT = 3000
FIELD_LIMIT = 2000
LABEL_LIMIT = 150
NOTHING = "–"  # Slack refuses an empty text
MORE = "…"
ENTITY_LENGTH = 5  # the longest thing that one character becomes: &amp;

_REACHED_AT = re.compile(  # in escaped words, where & begins an entity
    r"(?P<page>https?://(?:&amp;|[^\s|&])*[^\s|&.,;:!?)»])"
    r"|(?<![\w.+-])(?P<mail>[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)"
)


def mrkdwn(text: str, limit: int = TEXT_LIMIT) -> Drawn:
    """Draw our own words; addresses in them can be pressed.

    Verbatim: else Slack would make a mention of what only looks like one.
    """
    return {"type": "mrkdwn", "text": fitting(text, limit, linked), "verbatim": True}


def link(words: str, address: str) -> Drawn:
    """Draw *words* that open *address* when pressed."""
    shown = fitting(" ".join(words.split()).replace("|", "/"), LABEL_LIMIT, escaped)
    return {"type": "mrkdwn", "text": f"<{_unbroken(address)}|{shown}>", "verbatim": True}


def plain(text: str, limit: int = TEXT_LIMIT) -> Drawn:
    """Draw words in which Slack finds no markup at all."""
    return {"type": "plain_text", "text": fitting(text, limit, escaped), "emoji": False}


def label(text: str, limit: int) -> Drawn:
    """Draw the words on a button, a field or a heading: one line."""
    return {"type": "plain_text", "text": fitting(" ".join(text.split()), limit, escaped)}


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def linked(text: str) -> str:
    return _REACHED_AT.sub(_link, escaped(text))


def fitting(text: str, limit: int, dress: Callable[[str], str]) -> str:
    """Return *text* dressed for Slack, cut at a word so that no more than *limit* is left of it."""
    text = text.strip() or NOTHING
    if len(text) <= limit and len(dressed := dress(text)) <= limit:
        return dressed
    return dress(text[: _end(text, limit - len(MORE), dress)].rstrip()) + MORE


def pieces(text: str, limit: int, most: int) -> Iterator[str]:
    """Part *text* at words so that every piece, escaped, fits in *limit*; *most* pieces in all."""
    rest = text.strip()
    for _ in range(most - 1):
        if len(escaped(rest)) <= limit:
            break
        end = _end(rest, limit, escaped)
        yield rest[:end].rstrip()
        rest = rest[end:].lstrip()
    if rest:
        yield rest


def _end(text: str, limit: int, dress: Callable[[str], str]) -> int:
    """Return where to cut *text*: after a word, if there is one not too far back."""
    end = limit
    while (excess := len(dress(text[:end].rstrip())) - limit) > 0:
        end -= -(-excess // ENTITY_LENGTH)
    gap = max(text.rfind(" ", 0, end + 1), text.rfind("\n", 0, end + 1))
    return gap if gap > end * 3 // 4 else end


def _unbroken(address: str) -> str:
    """Return *address* without what would end a link of Slack's before its end."""
    return escaped(re.sub(r"[\s<>|]", lambda found: quote(found[0]), address))


def _link(found: re.Match[str]) -> str:
    page, mail = found["page"], found["mail"]
    return f"<{page}>" if page else f"<mailto:{mail}|{mail}>"
