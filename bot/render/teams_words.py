"""Words for Teams: in plain runs where Teams reads no Markdown, escaped where it does."""

import re
from typing import Any
from urllib.parse import quote

Drawn = dict[str, Any]

LABEL_LIMIT = 200
NOTHING = "–"  # Teams draws no empty text
MORE = "…"

_MARKUP = re.compile(r"([\\`*_\[\]<&~{])")
_LIST = re.compile(r"^(\d{1,9})([.)])")
_BRACES = re.compile(r"\{(?=\{)")
_BLOCK = re.compile(r"^([#>+-])")


def runs(text: str, limit: int, **style: str | bool) -> Drawn:
    """Draw *text* as it was written, line breaks and all: Teams looks for no Markdown in a run."""
    words = _undated(cut(text, limit))
    run = {"type": "TextRun", "text": words, **style}
    return {"type": "RichTextBlock", "inlines": [run]}


def link(words: str, address: str) -> Drawn:
    """Draw *words* that open *address* when pressed."""
    whole = re.sub(r"\s", lambda found: quote(found[0]), address)
    opens = {"type": "Action.OpenUrl", "url": whole}
    run = {"type": "TextRun", "text": label(words, LABEL_LIMIT), "selectAction": opens}
    return {"type": "RichTextBlock", "inlines": [run | {"color": "Accent", "underline": True}]}


def heading(text: str, limit: int, size: str) -> Drawn:
    """Draw *text* so that a screen reader takes it for a heading; a run cannot be one."""
    return {
        "type": "TextBlock",
        "text": escaped(text, limit),
        "style": "heading",
        "size": size,
        "weight": "Bolder",
        "wrap": True,
    }


def escaped(text: str, limit: int) -> str:
    """Return *text* on one line, in which Markdown finds nothing."""
    line = cut(" ".join(text.split()), limit)
    inside = _MARKUP.sub(r"\\\1", line)
    return _LIST.sub(r"\1\\\2", _BLOCK.sub(r"\\\1", inside))


def label(text: str, limit: int) -> str:
    """Return the words on a button or a field, where Teams reads no Markdown: one line."""
    return _undated(cut(" ".join(text.split()), limit))


def cut(text: str, limit: int) -> str:
    """Return *text*, cut after a word so that no more than *limit* characters are left of it."""
    text = text.strip() or NOTHING
    if len(text) <= limit:
        return text
    end = limit - len(MORE)
    gap = max(text.rfind(" ", 0, end + 1), text.rfind("\n", 0, end + 1))
    return text[: gap if gap > end * 3 // 4 else end].rstrip() + MORE


def _undated(text: str) -> str:
    """Part the braces of what Teams would turn into a date, in runs too: {{DATE(…)}}."""
    return _BRACES.sub("{\u2060", text)
