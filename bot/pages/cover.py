"""The cover page: who answers in the weeks to come, as a map by week, and where there is nobody."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from bot.conversation import Desk
from bot.cover import Hole, Proof, Standing, Week, holes, prove, weeks
from bot.domain.agreement import Agreement
from bot.domain.people import Person, PersonId
from bot.domain.sight import Sight, sight_of
from bot.meetings.hall import agreement_now
from bot.pages.shell import NothingHere, Unclear, draw
from bot.pages.visitor import Visitor
from bot.texts import Texts, texts

ABREAST = 13  # weeks beside each other: a quarter
YEAR = 52  # weeks
MOST_HOLES = 200  # rows of a list; more are counted
MOST_TASKS = 3
DAY = timedelta(days=1)
SIGNS = {Standing.GAP: "!{number}", Standing.SINGLE: "1×{number}", Standing.COVERED: "·"}


class WrongStart(Unclear):
    key = "cover.wrong_start"


class WrongWeeks(Unclear):
    key = "cover.wrong_weeks"


@dataclass(frozen=True, slots=True)
class Square:
    """One municipality's week on the map: *sign* for those who see, *words* for those who hear."""

    sign: str
    words: str
    standing: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Map:
    """A quarter: *years* and *numbers* of its weeks, and each municipality's squares."""

    title: str
    mondays: Sequence[date]
    rows: Sequence[tuple[str, Sequence[Square]]]


@dataclass(frozen=True, slots=True)
class Span:
    first: date
    weeks: int

    @property
    def last(self) -> date:
        return self.first + timedelta(weeks=self.weeks) - DAY


def serve(web: FastAPI, desk: Desk) -> None:
    """Add the page to *web*."""
    web.add_api_route("/cover", CoverPage(desk).cover, response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class CoverPage:
    desk: Desk

    def cover(self, request: Request, person: Visitor) -> HTMLResponse:
        """Draw the weeks that the address asks for, by default the year to come.

        The host's team sees everybody's, a member's managers their own; names are for the host's
        lead and managers.
        """
        now, say = self.desk.clock(), texts(person.language)
        with self.desk.database.reading() as store:
            agreement = agreement_now(self.desk.agreements, store, now)
            people = store.people.directory()
        sight = sight_of(person, agreement)
        towns = _towns(sight, agreement)
        span = _span(request, agreement, agreement.calendar.local_date(now))
        proof = _narrowed(prove(agreement, people.values(), span.first, span.last), towns)
        return draw(
            request,
            self.desk,
            person,
            "cover.html",
            span=span,
            maps=list(_maps(proof, agreement, say)),
            lists=_lists(proof, agreement, _named(people, sight), say),
            days=len(proof.days),
            answers=sum(len(row.stands) * len(row.tasks) for row in proof.rows),
            has_names=sight.leads,
        )


def _towns(sight: Sight, agreement: Agreement) -> frozenset[str]:
    """Return whose cover is theirs to see.

    :raises NothingHere: nobody's
    """
    if sight.is_host or sight.leads:
        return frozenset(agreement.municipalities)
    own = frozenset(agreement.municipalities) & {sight.home}
    if not own or not sight.sees_figures:
        raise NothingHere
    return own


def _named(people: Mapping[PersonId, Person], sight: Sight) -> Mapping[PersonId, Person]:
    """Return whose names are told: of the team, and of municipalities that are in sight."""
    if not sight.leads:
        return {}
    return {
        who: one
        for who, one in people.items()
        if one.is_host_team or sight.may_open_all_of({one.municipality or ""})
    }


def _span(request: Request, agreement: Agreement, today: date) -> Span:
    """Return the days asked for.

    :raises Unclear: they are none, or lie beyond what is laid out
    """
    asked, calendar = request.query_params, agreement.calendar
    try:
        first = date.fromisoformat(asked.get("from") or today.isoformat())
    except ValueError as error:
        raise WrongStart from error
    number = asked.get("weeks") or str(YEAR)
    if not number.isascii() or not number.isdigit() or not 1 <= int(number[:4]) <= YEAR:
        raise WrongWeeks(most=str(YEAR))
    opens, closes = calendar.laid_out.opens, calendar.laid_out.closes - DAY
    span = Span(first, int(number))
    if first < calendar.local_date(opens + DAY) or span.last > calendar.local_date(closes):
        raise WrongStart
    return span


def _narrowed(proof: Proof, towns: frozenset[str]) -> Proof:
    return Proof(proof.days, tuple(row for row in proof.rows if row.municipality in towns))


def _maps(proof: Proof, agreement: Agreement, say: Texts) -> Iterator[Map]:
    found = {(week.municipality, week.monday): week for week in weeks(proof)}
    mondays = sorted({monday for _, monday in found})
    towns = list(dict.fromkeys(row.municipality for row in proof.rows))
    for start in range(0, len(mondays), ABREAST):
        part = mondays[start : start + ABREAST]
        rows = [
            (
                agreement.municipalities[town].name,
                [_square(found.get((town, monday)), monday, say) for monday in part],
            )
            for town in towns
        ]
        last = part[-1] + timedelta(days=6)
        title = say("cover.map", first=say.date(part[0]), last=say.date(last))
        yield Map(title, part, rows)


def _square(week: Week | None, monday: date, say: Texts) -> Square:
    if week is None:
        return Square("", say("cover.closed"), "closed")
    number = week.gaps or week.singles
    sign = SIGNS[week.standing].format(number=number)
    kind = week.standing.name.lower()
    words = say(f"cover.week_{kind}", number=say.number(number))
    return Square(sign, words, kind, f"/cover?from={monday}&weeks=1")


def _lists(
    proof: Proof, agreement: Agreement, names: Mapping[PersonId, Person], say: Texts
) -> list[tuple[str, list[tuple[str, ...]], int]]:
    """Return the gaps, and the single points: what they are called, rows, and how many more."""
    lists = []
    for standing in (Standing.GAP, Standing.SINGLE):
        found = holes(proof, standing)
        rows = _rows(found[:MOST_HOLES], agreement, names, say)
        lists.append((standing.name.lower(), rows, len(found) - len(rows)))
    return lists


def _rows(
    found: Sequence[Hole], agreement: Agreement, names: Mapping[PersonId, Person], say: Texts
) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for hole in found:
        name = agreement.municipalities[hole.municipality].name
        tasks = [agreement.tasks[task].name for task in hole.tasks[:MOST_TASKS]]
        more = len(hole.tasks) - len(tasks)
        row = (
            say("cover.own", municipality=name) if hole.is_home else name,
            "; ".join(tasks) + (f" (+{more})" if more else ""),
            say.date(hole.first),
            say.date(hole.last),
            say.number(hole.days),
        )
        rests_on = names.get(hole.rests_on) if hole.rests_on else None
        rows.append((*row, rests_on.name if rests_on else say("stats.no_figure")) if names else row)
    return rows
