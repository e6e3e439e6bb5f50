"""Words about one's own calendar: «kalender https://…/me.ics», «calendar off»."""

import re

from bot.domain import Refusal

OFF = "off"
_WORDS = re.compile(r"(?i)(?:kalender(?:en)?|calendar)\b[\s:]*(?P<rest>.*)", re.DOTALL)
_ADDRESS = re.compile(
    r"(?:https|webcal)://[^\s<>|•]{4,2000}|http://127\.0\.0\.1[:/][^\s<>|•]{1,2000}"
)
_OFF = {"av", "nei", "stopp", "off", "stop", "no"}


class CalendarUnclear(Refusal):
    key = "refusal.absence_calendar"


def calendar_in(words: str) -> str:
    """Return the address that *words* name, OFF for no calendar any more, or nothing at all.

    A chat may write an address as <address> or <address|its name>.

    :raises CalendarUnclear: they are about a calendar, and name no address
    """
    found = _WORDS.fullmatch(words.strip())
    if not found:
        return ""
    rest = found["rest"].strip().strip("<>").partition("|")[0]
    if rest.casefold().rstrip(".!") in _OFF:
        return OFF
    if not _ADDRESS.fullmatch(rest):
        raise CalendarUnclear
    return re.sub(r"^webcal:", "https:", rest)
