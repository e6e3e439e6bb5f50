"""An absence as people write it: «borte 1.–21. juli, Kari svarer», «syk i dag», «away tomorrow»."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain import Refusal

DAY = timedelta(days=1)
SICK_DAYS = 3  # how long a word of one's own is enough (folketrygdloven § 8-24)
NOON = time(12)
BACK = frozenset({"tilbake", "attende", "back", "frisk"})
MONTHS = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des")
ENGLISH: Mapping[str, str] = {"may": "mai", "oct": "okt", "dec": "des"}
DAYS_ON: Mapping[str, int] = {
    "i dag": 0,
    "idag": 0,
    "today": 0,
    "i morgen": 1,
    "i morgon": 1,
    "tomorrow": 1,
}
WEEKDAYS: Mapping[str, int] = {
    name: number
    for names in (
        ("mandag", "tirsdag", "onsdag", "torsdag", "fredag"),
        ("måndag", "tysdag", "onsdag", "torsdag", "fredag"),
        ("monday", "tuesday", "wednesday", "thursday", "friday"),
    )
    for number, name in enumerate(names)
}
A_YEAR = 366  # days: how far ahead a day off each week is put down
_SICK = re.compile(r"(?:syk|sjuk|sick)\b\s*")
_AWAY = re.compile(r"(?:borte|vekke|ferie|fri|away|off|on leave)\b\s*")
_DEPUTY = re.compile(r"(?i)[,;]\s*(?P<who>[^,;]+?)\s+(?:svarer|svarar|answers|steps in)\.?\s*$")
_HALF = re.compile(
    r"\s*(?:(?P<before>før lunsj|om formiddagen|before lunch|in the morning)"
    r"|(?P<after>etter lunsj|om ettermiddagen|after lunch|in the afternoon))\s*$"
)
_TO = re.compile(r"\s*(?:–|—|(?<!\d{4})(?<!\d{4}-\d\d)-|\b(?:til og med|til|to|through)\b)\s*")
_WEEKLY = re.compile(
    r"(?P<never>(?:ikke|ikkje|not)\s+)?(?:borte\s+|vekke\s+|away\s+)?(?:hver|kvar|every)\s+"
    r"(?P<days>[a-zæøå]+(?:(?:\s*,\s*|\s+(?:og|and)\s+)[a-zæøå]+)*)(?P<rest>\s.*)?"
)
_AND = re.compile(r"\s*,\s*|\s+(?:og|and)\s+")
_UNTIL = re.compile(r"\s*(?:til og med|til|until|to)\s+(?P<day>.+)$")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)")
_DOTTED = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.?(?:(?P<year>\d{4}))?")
_NAMED = re.compile(r"(?P<day>\d{1,2})\.?(?:\s*(?P<month>[a-z]+)\.?)?(?:\s+(?P<year>\d{4}))?")


class AbsenceUnclear(Refusal):
    key = "refusal.absence_unclear"


class AbsenceBackwards(Refusal):
    key = "refusal.absence_backwards"


class AbsenceOver(Refusal):
    key = "refusal.absence_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """From when until when (UTC, half-open), and who answers, in the writer's own words."""

    start: datetime
    end: datetime
    deputy: str = ""
    is_sick: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly:
    """The same days of every week: when (UTC, half-open), and who answers.

    *is_over*: they are days off no more. *weekdays*: Monday is 0.
    """

    weekdays: frozenset[int]
    spans: tuple[tuple[datetime, datetime], ...]
    deputy: str = ""
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class _Day:
    day: int
    month: int | None
    year: int | None


def is_back(words: str) -> bool:
    return words.strip().casefold().rstrip(".!") in BACK


def read_weekly(words: str, now: datetime, zone: ZoneInfo) -> Weekly | None:
    """Return what *words* say of every week: «hver fredag etter lunsj til 30. juni, Kari svarer».

    None: they say nothing of every week. Without a last day it is a year of them.

    :raises Refusal: they name no day of the week, or no last day that is to come
    """
    rest, deputy = _without_deputy(words)
    rest = _AWAY.sub("", rest, count=1) if _AWAY.match(rest) else rest
    found = _WEEKLY.fullmatch(rest)
    if not found:
        return None
    try:
        weekdays = frozenset(WEEKDAYS[name] for name in _AND.split(found["days"]))
    except KeyError:
        raise AbsenceUnclear from None
    today, more = now.astimezone(zone).date(), found["rest"] or ""
    until = _UNTIL.search(more)
    last = _day(until["day"].strip(), None, today) if until else today + A_YEAR * DAY
    more = more[: until.start()] if until else more
    half = _HALF.fullmatch(more)
    if more.strip() and not half:
        raise AbsenceUnclear
    days = [today + n * DAY for n in range(min((last - today).days, A_YEAR) + 1)]
    spans = [_span_of(day, half, zone) for day in days if day.weekday() in weekdays]
    coming = tuple(span for span in spans if span[1] > now)
    if not coming:
        raise AbsenceOver
    return Weekly(weekdays=weekdays, spans=coming, deputy=deputy, is_over=bool(found["never"]))


def read_absence(words: str, now: datetime, zone: ZoneInfo) -> Wish:
    """Return what *words* ask for. Days are local ones in *zone*, and the last one is included.

    A day without a year is the next of that date. Sick is from *now* on, for three days if no
    more is said; half days meet at noon.

    :raises Refusal: they name no days, days in the wrong order, or days that are over
    """
    rest, deputy = _without_deputy(words)
    rest, sick = _SICK.subn("", rest, count=1) if _SICK.match(rest) else (rest, 0)
    rest = _AWAY.sub("", rest, count=1) if _AWAY.match(rest) else rest
    half = _HALF.search(rest)
    rest = (rest[: half.start()] if half else rest).strip()
    today = now.astimezone(zone).date()
    first, last = _sick_days(rest, today) if sick else _days(rest, today)
    start, end = _span_of(first, half, zone)[0], _span_of(last, half, zone)[1]
    if end <= now:
        raise AbsenceOver
    start = max(start, now) if sick else start
    return Wish(start=start, end=end, deputy=deputy, is_sick=bool(sick))


def _without_deputy(words: str) -> tuple[str, str]:
    """Return *words*, folded, without who answers; and who that is."""
    found = _DEPUTY.search(words)
    rest = words[: found.start()] if found else words
    return rest.strip().casefold().rstrip(".,!"), found["who"].strip() if found else ""


def _span_of(day: date, half: re.Match[str] | None, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return *day* from midnight to midnight, or its *half* before or after noon (UTC)."""
    noon = datetime.combine(day, NOON, zone).astimezone(UTC)
    start = noon if half and half["after"] else _midnight(day, zone)
    end = noon if half and half["before"] else _midnight(day + DAY, zone)
    return start, end


def _sick_days(words: str, today: date) -> tuple[date, date]:
    if not words:
        return today, today + (SICK_DAYS - 1) * DAY
    begins, _, ends = words.rpartition("til ") if "til " in words else words.rpartition("to ")
    return (today, _days(ends, today)[1]) if not begins else _days(words, today)


def _days(words: str, today: date) -> tuple[date, date]:
    parts = [part.strip() for part in _TO.split(words)]
    if len(parts) == 1:
        day = _day(parts[0], None, today)
        return day, day
    if len(parts) != len(("first", "last")):
        raise AbsenceUnclear
    begins, ends = parts
    return _in_order(begins, ends, today)


def _in_order(begins: str, ends: str, today: date) -> tuple[date, date]:
    last = _day(ends, None, today)
    first = _day(begins, last, today)
    if first > last and _has_no_year(ends):  # «20. desember til 5. januar»
        further = _of(last.year + 1, last.month, last.day)
        has_own_month = (found := _read(begins)) and found.month and found.month > last.month
        last = further if has_own_month else last
    if first > last:
        raise AbsenceBackwards
    return first, last


def _day(words: str, like: date | None, today: date) -> date:
    """Return the day that *words* name; what they leave out is as in *like*, or else to come."""
    if words in DAYS_ON:
        return today + DAYS_ON[words] * DAY
    found = _read(words)
    if found is None or (found.month is None and like is None):
        raise AbsenceUnclear
    month = found.month or (like.month if like else today.month)
    year = found.year or (like.year if like and found.month is None else None)
    if year:
        return _of(year, month, found.day)
    this = _of(today.year, month, found.day)
    return this if this >= today or like else _of(today.year + 1, month, found.day)


def _read(words: str) -> _Day | None:
    for way in (_ISO, _DOTTED, _NAMED):
        if found := way.fullmatch(words):
            month = _month(found["month"]) if found["month"] else None
            if found["month"] and month is None:
                return None
            return _Day(int(found["day"]), month, int(found["year"]) if found["year"] else None)
    return None


def _month(written: str) -> int | None:
    if written.isdigit():
        return int(written)
    short = ENGLISH.get(written[:3], written[:3])
    return MONTHS.index(short) + 1 if short in MONTHS else None


def _has_no_year(words: str) -> bool:
    found = _read(words)
    return found is not None and found.year is None


def _of(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise AbsenceUnclear from None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
