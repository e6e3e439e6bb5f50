"""The figures as charts, each with the table that it was drawn from, and its links."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.domain.measures import By, Row
from bot.pages.figure_tables import key_name
from bot.pages.grids import Cell, Drawn, Grid, Line
from bot.render.charts import Chart, Kind, Series, svg
from bot.reports.figures import PARTS
from bot.texts import Texts

FULL = 100  # per cent
OUTCOMES = ("in_time", "late", "overdue", "not_yet_due", "unpromised")
KEPT = ("first_response", "resolution")
Counted = Callable[[Row], float | None]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart, drawn, and the table behind it."""

    svg: str
    grid: Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One series: what is counted, and the cell that says it, by the key of a cut's row."""

    name: str
    counted: Counted
    cell: Callable[[str, Row], Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """Which rows of which cut, and how they are drawn."""

    name: str
    title: str
    by: By
    cut: Mapping[str, Row]
    kind: Kind
    most: float | None = None


def pictures(drawn: Drawn) -> list[Picture]:
    """Return the charts that say something of what is drawn."""
    months = drawn.measures.cuts[By.MONTH]
    towns = drawn.measures.cuts[By.MUNICIPALITY]
    seen = {town: row for town, row in towns.items() if town in drawn.sight.figures}
    drawings = [_outcomes(drawn, months), _in_time(drawn, By.MONTH, months, Kind.LINES)]
    if len(seen) > 1:
        drawings.append(_in_time(drawn, By.MUNICIPALITY, seen, Kind.BARS))
    return [*drawings, _ages(drawn)] if any(drawn.measures.open_by_age.values()) else drawings


def _outcomes(drawn: Drawn, months: Mapping[str, Row]) -> Picture:
    """Return what was asked each month, by what became of the first answer."""
    say, parts = drawn.say, {part.key: part for part in PARTS}

    def outcome(key: str) -> _Row:
        part = parts[key]
        return _Row(
            name=say(f"report.part.{key}"),
            counted=lambda row: float(getattr(row.first_response, key)),
            cell=lambda month, row: drawn.part(
                "first_response", part, row, drawn.filters.narrowed(By.MONTH, month)
            ),
        )

    apart = _Row(
        name=say("stats.apart"),
        counted=lambda row: float(row.apart),
        cell=lambda month, row: drawn.count(
            row.apart, "apart", drawn.filters.narrowed(By.MONTH, month)
        ),
    )
    rows = [*(outcome(key) for key in OUTCOMES), apart]
    title = say("figures.chart_outcomes")
    plan = _Plan(name="outcomes", title=title, by=By.MONTH, cut=months, kind=Kind.STACKED)
    return _picture(drawn, plan, rows)


def _in_time(drawn: Drawn, by: By, cut: Mapping[str, Row], kind: Kind) -> Picture:
    """Return how many per cent were answered and resolved in time, row by row of a cut."""
    say = drawn.say
    part = next(part for part in PARTS if part.key == "percent")

    def kept(name: str) -> _Row:
        return _Row(
            name=say(f"report.promise.{name}"),
            counted=lambda row: getattr(row, name).percent_in_time,
            cell=lambda key, row: drawn.part(name, part, row, drawn.filters.narrowed(by, key)),
        )

    name, title = f"in-time-{by.value}", say(f"figures.chart_in_time_{by.value}")
    plan = _Plan(name=name, title=title, by=by, cut=cut, kind=kind, most=FULL)
    return _picture(drawn, plan, [kept(name) for name in KEPT])


def _picture(drawn: Drawn, plan: _Plan, rows: list[_Row]) -> Picture:
    say, by, cut = drawn.say, plan.by, plan.cut
    names = [key_name(by, key, drawn.agreement, say) for key in cut]
    cells = [tuple(each.cell(key, row) for key, row in cut.items()) for each in rows]
    series = tuple(
        Series(
            name=each.name,
            values=tuple(each.counted(row) for row in cut.values()),
            shown=tuple(cell.text for cell in these),
        )
        for each, these in zip(rows, cells, strict=True)
    )
    chart = Chart(
        title=plan.title,
        description=say("figures.chart_below"),
        of=say("report.month" if by is By.MONTH else f"report.of_{by.value}"),
        unit=say("report.chart_unit" if plan.most else "report.number"),
        labels=tuple(short(by, key, name, say) for key, name in zip(cut, names, strict=True)),
        series=series,
        kind=plan.kind,
        most=plan.most,
    )
    lines = tuple(
        Line(name=Cell(name), cells=tuple(these[place] for these in cells))
        for place, name in enumerate(names)
    )
    return Picture(svg(chart, plan.name), _grid(plan.name, chart, lines))


def short(by: By, key: str, name: str, say: Texts) -> str:
    """Return what stands below the bars: a month as «mar 26»."""
    if by is not By.MONTH:
        return name
    year, month = key.split("-")
    return f"{say(f'month.{int(month)}')[:3]} {year[2:]}"


def _ages(drawn: Drawn) -> Picture:
    """Return what is open, by how many working days it has been so."""
    say, found = drawn.say, drawn.measures.open_by_age
    cells = [drawn.count(number, f"open_by_age.{band}") for band, number in found.items()]
    chart = Chart(
        title=say("figures.ages"),
        description=say("figures.chart_below"),
        of=say("report.of_age"),
        unit=say("report.number"),
        labels=tuple(say(f"report.age.{band.name}") for band in found),
        series=(
            Series(
                name=say("report.figure.open"),
                values=tuple(float(number) for number in found.values()),
                shown=tuple(cell.text for cell in cells),
            ),
        ),
    )
    lines = tuple(
        Line(name=Cell(label), cells=(cell,))
        for label, cell in zip(chart.labels, cells, strict=True)
    )
    return Picture(svg(chart, "open-by-age"), _grid("open-by-age", chart, lines))


def _grid(name: str, chart: Chart, lines: tuple[Line, ...]) -> Grid:
    return Grid(
        id=f"{name}-table",
        title=chart.title,
        of=chart.of,
        columns=tuple(series.name for series in chart.series),
        lines=lines,
    )
