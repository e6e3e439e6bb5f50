"""What kind of message it is: a question, thanks, a greeting, or nothing at all.

Only a message that holds nothing but known words and phrases of small talk is small talk. One word
that we do not know makes it a question: a question too many costs a moment, a question lost costs
somebody an answer.
"""

import re
from functools import cache
from typing import Final

from bot.domain.understanding import Talk
from bot.understanding.language import folded, plain, table, words

_LONGEST: Final = 200  # characters; and what a longer message ends with may be a question


def kind_of(seen: str) -> Talk:
    """Return what kind of message *seen* is: the visible text, its markup still in it."""
    text = plain(seen)
    if not any(sign.isalnum() for sign in text):
        return Talk.THANKS if any(sign in seen for sign in table()["talk"]["signs"]) else Talk.EMPTY
    if len(text) > _LONGEST:
        return Talk.QUESTION
    return _of_words(" ".join(words(text)), asks="?" in text)


def _of_words(said: str, *, asks: bool) -> Talk:
    rest, is_hello = _without("hello", said)
    rest, is_nothing = _without("nothing", rest)
    left = set(rest.split())
    if not left <= _vocabulary("thanks", "greeting", "small"):
        return Talk.QUESTION
    if left & _vocabulary("thanks") and not asks:
        return Talk.THANKS
    if is_hello or left & _vocabulary("greeting"):
        return Talk.GREETING
    return Talk.EMPTY if is_nothing and not asks else Talk.QUESTION


def _without(section: str, said: str) -> tuple[str, bool]:
    """Return *said* without the phrases of *section*, and whether there was any."""
    rest, many = _phrases(section).subn(" ", said)
    return rest, many > 0


@cache
def _phrases(section: str) -> re.Pattern[str]:
    known = {" ".join(words(phrase)) for phrase in table()["talk"][section]}
    longest_first = sorted(known, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, longest_first))})(?!\S)")


@cache
def _vocabulary(*sections: str) -> frozenset[str]:
    return folded(word for section in sections for word in table()["talk"][section])
