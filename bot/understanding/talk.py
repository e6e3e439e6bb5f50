"""What kind of message it is: a question, thanks, a greeting, or nothing at all.

Only a message that holds nothing but known small talk is small talk. One word we do not know makes
it a question: a question too many costs a moment, a question lost costs somebody an answer.
"""

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
    said = set(words(text))
    if said <= _vocabulary("thanks", "greeting", "small"):
        if said & _vocabulary("thanks") and "?" not in text:
            return Talk.THANKS
        if said & _vocabulary("greeting"):
            return Talk.GREETING
    return Talk.QUESTION


@cache
def _vocabulary(*sections: str) -> frozenset[str]:
    return folded(word for section in sections for word in table()["talk"][section])
