"""The figures' page: what was asked and how the promises were kept, for whoever may see it."""

from dataclasses import dataclass, replace

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from bot.conversation import Desk
from bot.domain.agreement import Agreement, Priority, Side
from bot.domain.measures import NO_TASK, By
from bot.domain.people import Person
from bot.domain.sight import Sight, sight_of
from bot.domain.statistics import SMALLEST_GROUP
from bot.measuring import measure
from bot.pages import figure_charts, figure_tables
from bot.pages.filters import ALL, NONE, Filters, filters_in
from bot.pages.grids import Drawn
from bot.pages.shell import NothingHere, draw
from bot.pages.visitor import Visitor
from bot.reports.wording import row_name
from bot.texts import Texts, texts

CUTS = (By.MUNICIPALITY, By.MONTH, By.SIDE, By.PRIORITY, By.TASK)
Choice = tuple[str, str]  # what the address says, and what people read


def serve(web: FastAPI, desk: Desk) -> None:
    """Add the page to *web*."""
    web.add_api_route("/figures", FiguresPage(desk).figures, response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class FiguresPage:
    desk: Desk

    def figures(self, request: Request, person: Visitor) -> HTMLResponse:
        """Draw the figures of what the address asks for, by default of this year so far."""
        drawn = self._drawn(request, person)
        say, month = drawn.say, drawn.filters.month
        return draw(
            request,
            self.desk,
            person,
            "figures.html",
            title=title_of(drawn.filters, drawn.sight, drawn.agreement, say),
            drawn=drawn,
            choices=choices(drawn.sight, drawn.agreement, say),
            filters=drawn.filters,
            task=NONE if drawn.filters.task == NO_TASK else drawn.filters.task,
            month=figure_tables.key_name(By.MONTH, month, drawn.agreement, say) if month else None,
            whole=replace(drawn.filters, month=None).address("/figures"),
            tiles=figure_tables.tiles(drawn),
            smallest=SMALLEST_GROUP,
            pictures=figure_charts.pictures(drawn) if drawn.measures.total.asked else [],
            grids=[
                figure_tables.promises(drawn),
                figure_tables.questions(drawn),
                figure_tables.ages(drawn),
                figure_tables.waits(drawn),
            ],
            helped=figure_tables.helped(drawn),
            cuts=[figure_tables.cut(drawn, by) for by in CUTS],
            is_hidden=figure_tables.hidden(drawn),
            versions=", ".join(drawn.measures.agreements),
        )

    def _drawn(self, request: Request, person: Person) -> Drawn:
        now = self.desk.clock()
        agreement = self.desk.agreements.current_at(now)
        sight = sight_of(person, agreement)
        if not sight.sees_figures:
            raise NothingHere
        today = agreement.calendar.local_date(now)
        filters = filters_in(request.query_params, self.desk.agreements, today, sight)
        scope = filters.scope(sight, agreement)
        with self.desk.database.reading() as store:
            measures = measure(store, self.desk.agreements, scope, now)
        return Drawn(
            measures=measures,
            scope=scope,
            filters=filters,
            sight=sight,
            agreement=agreement,
            say=texts(person.language),
        )


def title_of(filters: Filters, sight: Sight, agreement: Agreement, say: Texts) -> str:
    """Return whose figures they are, and of when."""
    first, last = filters.period.first, filters.period.last
    days = say.date(first)
    if last > first:
        days = say("stats.span", first=days, last=say.date(last))
    towns = {filters.municipality} if filters.municipality else sight.figures
    names = [town.name for town in agreement.municipalities.values() if town.id in towns]
    is_everybody = filters.municipality is None and sight.totals
    scope = say("stats.everybody") if is_everybody else ", ".join(names)
    return say("figures.title", scope=scope, period=days)


def choices(sight: Sight, agreement: Agreement, say: Texts) -> dict[str, list[Choice]]:
    """Return what each filter can be set to, by its name in the address."""
    towns = [town for town in agreement.municipalities.values() if town.id in sight.figures]
    return {
        "municipality": [
            *([(ALL, say("stats.everybody"))] if sight.totals else []),
            *((town.id, town.name) for town in towns),
        ],
        "task": [
            *((task, row_name(By.TASK, task, agreement, say)) for task in agreement.tasks),
            (NONE, row_name(By.TASK, NO_TASK, agreement, say)),
        ],
        "side": [(side, row_name(By.SIDE, side, agreement, say)) for side in Side],
        "priority": [(each, row_name(By.PRIORITY, each, agreement, say)) for each in Priority],
    }
