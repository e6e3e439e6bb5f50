"""What people write in Teams, as plain readable text."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser

_UNSEEN = re.compile(  # no letters: controls, overrides of the writing direction, broken halves
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_MENTION = re.compile(r"<at\b[^<>]*>([^<>]*)</at>", re.IGNORECASE)
_NEW_LINE = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "blockquote"}
_NOT_SAID = {"script", "style", "attachment"}
_QUOTED = re.compile(r"<quoted\b[^<>]*/>", re.IGNORECASE)


def readable(text: str, calls: Iterable[str]) -> str:
    """Return *text* without Teams' markup, and without the *calls* of the bot that are in it."""
    for call in calls:
        text = text.replace(call, " ")
    return written(_MENTION.sub(r"@\1", _QUOTED.sub(" ", text)))


def plain(html: str) -> str:
    """Return the words of a message that Teams tells of as HTML."""
    reading = _Reading()
    reading.feed(html)
    reading.close()
    return written(re.sub(r"\n{3,}", "\n\n", "".join(reading.words)))


def written(text: str) -> str:
    """Return what somebody wrote, without what cannot be seen or stored."""
    spaced = text.replace("&nbsp;", " ").replace("\xa0", " ")
    return _UNSEEN.sub("", spaced.replace("\r\n", "\n").replace("\r", "\n")).strip()


class _Reading(HTMLParser):
    """Keeps the words, and what a picture is called."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._unsaid = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _NEW_LINE and self.words:
            self.words.append("\n")
        self._unsaid += tag in _NOT_SAID
        if tag in {"img", "emoji"}:
            self.words.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        self._unsaid = max(0, self._unsaid - (tag in _NOT_SAID))

    def handle_data(self, data: str) -> None:
        if not self._unsaid:
            self.words.append(data)
