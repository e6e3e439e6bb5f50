"""The ledger's pages: what is done without standing in the agreement, and what is asked in vain."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from bot.conversation import Desk
from bot.domain.agreement import Side
from bot.domain.calendar import NOTHING
from bot.domain.ledger import Entry, Ledger, Proposed
from bot.domain.measures import NO_TASK, By
from bot.domain.people import Person
from bot.domain.sight import sight_of
from bot.measuring import ledger
from bot.pages.figure_charts import short
from bot.pages.figure_tables import key_name
from bot.pages.figures import choices, title_of
from bot.pages.filters import NONE, Filters, filters_in
from bot.pages.grids import Cell, Grid, Line, Links
from bot.pages.shell import NothingHere, draw
from bot.pages.visitor import Visitor
from bot.render.charts import Chart, Series, svg
from bot.texts import Texts, texts

UNSPECIFIED, MISDIRECTED = "/unspecified", "/misdirected"
CUTS = (By.MUNICIPALITY, By.TASK)


def serve(web: FastAPI, desk: Desk) -> None:
    """Add the pages to *web*."""
    pages = LedgerPages(desk)
    web.add_api_route(UNSPECIFIED, pages.unspecified, response_class=HTMLResponse)
    web.add_api_route(MISDIRECTED, pages.misdirected, response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class Page:
    """A ledger, and who reads it. *which* is the figure that its numbers lead to."""

    links: Links
    found: Ledger
    which: str

    def before(self, filters: Filters | None = None) -> Filters | None:
        """Return *filters* in the period that this one is compared with, if there is one."""
        wanted = filters or self.links.filters
        return replace(wanted, period=self.found.before) if self.found.before else None


@dataclass(frozen=True, slots=True)
class LedgerPages:
    desk: Desk

    def unspecified(self, request: Request, person: Visitor) -> HTMLResponse:
        """Draw what is not in the agreement: how much, whose, and what to propose."""
        page = self._page(request, person, "worked", Side.UNSPECIFIED)
        found, say = page.found, page.links.say
        parts = {By.MUNICIPALITY: found.municipalities, By.TASK: found.tasks}
        return self._drawn(
            request,
            person,
            page,
            path=UNSPECIFIED,
            tiles=_tiles(page, found.unspecified, found.share, found.share_of_time),
            meaning=say("measures.definition.unspecified"),
            chart=_chart(page),
            grids=[_cut(page, by, entries) for by, entries in parts.items()],
            months=_months(page),
            proposal=[_proposed(each, page) for each in found.proposal],
        )

    def misdirected(self, request: Request, person: Visitor) -> HTMLResponse:
        """Draw the municipalities' own tasks that the host was asked about."""
        page = self._page(request, person, "misdirected", None)
        found, say = page.found, page.links.say
        parts = {By.MUNICIPALITY: found.misdirected_by, By.TASK: found.misdirected_tasks}
        return self._drawn(
            request,
            person,
            page,
            path=MISDIRECTED,
            tiles=_tiles(page, found.misdirected, None, None),
            meaning=say("measures.definition.misdirected"),
            chart="",
            grids=[_cut(page, by, entries) for by, entries in parts.items()],
            months=None,
            proposal=[],
        )

    def _page(self, request: Request, person: Person, which: str, side: Side | None) -> Page:
        now, book = self.desk.clock(), self.desk.agreements
        agreement = book.current_at(now)
        sight = sight_of(person, agreement)
        if not sight.sees_figures:
            raise NothingHere
        today = agreement.calendar.local_date(now)
        filters = replace(filters_in(request.query_params, book, today, sight), side=side)
        scope = filters.scope(sight, agreement)
        with self.desk.database.reading() as store:
            found = ledger(store, book, scope, now)
        say = texts(person.language)
        links = Links(scope=scope, filters=filters, sight=sight, agreement=agreement, say=say)
        return Page(links, found, which)

    def _drawn(
        self, request: Request, person: Person, page: Page, *, path: str, **values: Any
    ) -> HTMLResponse:
        links = page.links
        filters, sight, agreement, say = links.filters, links.sight, links.agreement, links.say
        chosen = choices(sight, agreement, say) | {"side": []}
        return draw(
            request,
            self.desk,
            person,
            "ledger.html",
            title=say(f"ledger_page.title_{page.which}"),
            about=title_of(filters, sight, agreement, say),
            path=path,
            filters=filters,
            task=NONE if filters.task == NO_TASK else filters.task,
            choices=chosen,
            is_hidden=filters.municipality is None and not sight.figures.issuperset(_towns(page)),
            **values,
        )


def _towns(page: Page) -> Iterable[str]:
    return page.links.agreement.municipalities


def _tiles(
    page: Page, entry: Entry, share: int | None, share_of_time: int | None
) -> list[tuple[str, Cell]]:
    say = page.links.say
    tiles = [(say("report.number"), page.links.count(entry.number, page.which))]
    if entry.time > NOTHING:
        time = say.duration(entry.time)
        spent = page.links.cell(time, entry.number, page.which)
        tiles.append((say("report.wait.time_spent"), spent))
    for name, percent in (("share", share), ("share_of_time", share_of_time)):
        if percent is not None:
            tiles.append((say(f"ledger_page.{name}"), Cell(say("sla.percent", percent=percent))))
    return [*tiles, (say("ledger_page.change"), Cell(_change(entry, say)))]


def _chart(page: Page) -> str:
    """Return the trend of the unspecified, month by month; nothing where there is none."""
    links, months = page.links, page.found.months
    if not any(months.values()):
        return ""
    say = links.say
    chart = Chart(
        title=say("ledger_page.by_month"),
        description=say("figures.chart_below"),
        of=say("report.month"),
        unit=say("report.number"),
        labels=tuple(short(By.MONTH, month, "", say) for month in months),
        series=(
            Series(
                name=say("report.number"),
                values=tuple(float(number) for number in months.values()),
                shown=tuple(say.number(number) for number in months.values()),
            ),
        ),
    )
    return svg(chart, "unspecified")


def _months(page: Page) -> Grid:
    links, say = page.links, page.links.say
    lines = tuple(
        Line(
            name=Cell(key_name(By.MONTH, month, links.agreement, say)),
            cells=(links.count(number, page.which, links.filters.narrowed(By.MONTH, month)),),
        )
        for month, number in page.found.months.items()
    )
    title, columns = say("ledger_page.by_month"), (say("report.number"),)
    return Grid(id="by-month", title=title, of=say("report.month"), columns=columns, lines=lines)


def _cut(page: Page, by: By, entries: Mapping[str, Entry]) -> Grid:
    """Return one cut, of whose rows a reader sees those of municipalities in sight."""
    say, sight = page.links.say, page.links.sight
    seen = {
        key: entry
        for key, entry in entries.items()
        if by is not By.MUNICIPALITY or key in sight.figures
    }
    has_time = any(entry.time > NOTHING for entry in seen.values())
    names = ["report.number", "report.wait.time_spent", "ledger_page.before", "ledger_page.change"]
    columns = [say(name) for name in names if has_time or name != "report.wait.time_spent"]
    return Grid(
        id=f"by-{by.value}",
        title=say(f"report.sheet.{by.value}"),
        of=say(f"report.of_{by.value}"),
        columns=tuple(columns),
        lines=tuple(_line(page, by, key, entry, has_time) for key, entry in seen.items()),
    )


def _line(page: Page, by: By, key: str, entry: Entry, has_time: bool) -> Line:  # noqa: FBT001
    links, say = page.links, page.links.say
    filters = links.filters.narrowed(by, key)
    earlier = page.before(filters)
    before = say.number(entry.before)
    time = links.cell(say.duration(entry.time), entry.number, page.which, filters)
    return Line(
        name=Cell(key_name(by, key, links.agreement, say)),
        cells=(
            links.count(entry.number, page.which, filters),
            *([time] if has_time else []),
            links.cell(before, entry.before, page.which, earlier) if earlier else Cell("–"),
            Cell(_change(entry, say)),
        ),
    )


def _change(entry: Entry, say: Texts) -> str:
    """Return e.g. «+3 (+50 %)»."""
    percent = entry.percent_change
    share = "" if percent is None else f" ({percent:+} %)"
    return f"{entry.change:+}{share}" if entry.change else say("ledger_page.no_change")


def _proposed(each: Proposed, page: Page) -> str:
    """Return the proposal in the words that stand on the strategic meeting's agenda."""
    say, period = page.links.say, page.found.scope.period
    return say(
        "ledger.own" if each.is_own else "ledger.belongs",
        task=page.links.agreement.tasks[each.task].name,
        number=say.number(each.entry.number),
        towns=each.towns,
        time=say.duration(each.entry.time),
        first=say.date(period.first),
        last=say.date(period.last),
    )
