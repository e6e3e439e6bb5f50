"""Rules about opening hours: what OpenStreetMap's syntax allows, and this calendar does not."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import combinations, pairwise

# The library's own description of itself leaves its errors out.
from opening_hours import (  # type: ignore[attr-defined]
    OpeningHours,
    ParserError,
    State,
)

SPAN = r"(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)"
SPANS = re.compile(rf"{SPAN}(?:\s*,\s*{SPAN})*")
DAY = 24 * 60
# Leap years, early and late Easters and every weekday for every date stand between these.
SAMPLE = (datetime(2024, 1, 1), datetime(2036, 1, 1))  # noqa: DTZ001 local time, as the rules are
UNFIT = {
    r"\bPH\b": "public holidays come from `country`, and close by themselves: leave PH out",
    r"\bSH\b": "nobody has told this calendar when schools are closed: write the dates instead",
    r"\b(sunrise|sunset|dawn|dusk)\b": "opening hours do not follow the sun: write times of day",
    r"\bunknown\b": "a deadline cannot be counted in hours that may be open: write open or off",
    r"\d\+": "open-ended hours have no end to count to: write when they close",
}


def check_rule(written: str) -> str:
    """Return the rule as it is written.

    :raises ValueError: it cannot be read, does not fit this calendar, or opens twice at a time
    """
    rule = _without_comments(written)
    for pattern, why in UNFIT.items():
        if re.search(pattern, rule):
            raise ValueError(why)
    try:
        OpeningHours(written)
    except ParserError as error:
        raise ValueError(f'"{written}" is not a rule about opening hours') from error
    for spans in SPANS.finditer(rule):
        _check_spans(spans[0])
    for part in rule.split(";"):
        _check_additions(part)
    return written


def check_rules(rules: tuple[str, ...]) -> None:
    """Refuse two rules for the same days: the later would silently put the earlier out of force.

    :raises ValueError: there are two such rules
    """
    parts = [part for rule in rules for part in _without_comments(rule).split(";")]
    for one, other in combinations(parts, 2):
        if _days_of(one) == _days_of(other):
            raise ValueError(
                f"{one.strip()} and {other.strip()} are for the same days, "
                "and only the later would hold"
            )


def intervals(rules: str, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Return when *rules* are open between two local times, in local time without a zone."""
    for opens, closes, state, _ in OpeningHours(rules).intervals(start, end):
        if state is State.OPEN:
            yield opens, closes


def _without_comments(rule: str) -> str:
    return re.sub(r'"[^"]*"', "", rule)  # a comment says why, in words that are not ours


def _days_of(rule: str) -> str:
    """Return what stands before the hours of *rule*: the days it is about."""
    return re.split(r"\d{1,2}:\d\d|\b(?:off|closed|open)\b", rule, maxsplit=1)[0].strip()


def _check_spans(written: str) -> None:
    """Refuse hours of one rule that overlap: the library would silently melt them into one."""
    spans = sorted(map(_minutes, re.finditer(SPAN, written)))
    tomorrow = (spans[0][0] + DAY, spans[0][1] + DAY)
    for earlier, later in pairwise([*spans, tomorrow]):
        if later[0] < earlier[1]:
            raise ValueError(f"the hours {written} overlap")


def _minutes(span: re.Match[str]) -> tuple[int, int]:
    opens = int(span[1]) * 60 + int(span[2])
    closes = int(span[3]) * 60 + int(span[4])
    if opens == closes:
        raise ValueError(f"the hours {span[0]} end as they begin")
    return (opens, closes) if closes > opens else (opens, closes + DAY)


def _check_additions(rule: str) -> None:
    """Refuse an addition such as `Mo-Fr 08:00-12:00, We 11:00-15:00` that opens twice at a time."""
    marked = re.sub(r"(\d:\d\d(?:\s+(?:open|off|closed))?)\s*,\s*(?!\d{1,2}:)", r"\1;", rule)
    for one, other in combinations(marked.split(";"), 2):
        if _meet(intervals(one, *SAMPLE), intervals(other, *SAMPLE)):
            raise ValueError(f"the hours {one.strip()} and {other.strip()} overlap")


def _meet(
    some: Iterable[tuple[datetime, datetime]], others: Iterable[tuple[datetime, datetime]]
) -> bool:
    both = sorted([*some, *others])
    return any(later[0] < earlier[1] for earlier, later in pairwise(both))
