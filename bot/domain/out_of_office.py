"""Out of office: what a person's own calendar says, beside what they have said themselves.

What somebody has said goes first: what the calendar has besides is put in around it, and what they
took away again stays away as long as the calendar says the same.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.people import Absence, Person

SHORTEST = timedelta(hours=2)  # less than that is a meeting, and no absence


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open, in UTC."""

    start: datetime
    end: datetime

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """*person* as they are now. *put*: what is theirs by the calendar; *declined*: what they took
    away. *new*: what has just been put in.
    """

    person: Person
    put: tuple[Span, ...]
    declined: tuple[Span, ...] = ()
    new: tuple[Absence, ...] = ()


def follow(was: Followed, read: Iterable[Span], now: datetime) -> Followed:
    """Return *was* with what has now been *read* in the calendar, and nothing else of it.

    What has been of an absence stays, whatever the calendar says afterwards.
    """
    before = {Span(one.start, one.end): one for one in was.person.absences}
    found = joined(read)
    declined = _still(found, [*was.declined, *(span for span in was.put if span not in before)])
    said = [span for span in before if span not in was.put]
    wanted = [
        span
        for span in without(found, [*said, *declined])
        if span.end > now and span.end - span.start >= SHORTEST
    ]
    past = [Span(span.start, min(span.end, now)) for span in was.put if span in before]
    been = without([span for span in past if span.start < span.end], wanted)
    kept = {span: before.get(span, Absence(span.start, span.end)) for span in (*been, *wanted)}
    spans = {**{span: before[span] for span in said}, **kept}
    return Followed(
        person=replace(was.person, absences=tuple(spans[span] for span in sorted(spans))),
        put=tuple(wanted),
        declined=tuple(declined),
        new=tuple(kept[span] for span in wanted if span not in before),
    )


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return *spans* in order, those that meet as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """Return what is left of *spans*, in order, when *taken* is cut out of them."""
    cuts = joined(taken)
    return [piece for span in spans for piece in _cut(span, cuts)]


def _cut(span: Span, cuts: Iterable[Span]) -> Iterator[Span]:
    start = span.start
    for cut in cuts:
        if cut.overlaps(span):
            if start < cut.start:
                yield Span(start, cut.start)
            start = max(start, cut.end)
    if start < span.end:
        yield Span(start, span.end)


def _still(found: Iterable[Span], declined: Iterable[Span]) -> list[Span]:
    """Return of *declined* what is still *found*."""
    known = list(found)
    return sorted({one for one in declined if any(one.overlaps(span) for span in known)})
