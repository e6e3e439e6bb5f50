"""The picture of a report: how much was answered and resolved in time, month by month."""

from collections.abc import Callable, Iterable

from bot.domain.measures import By, Measures, Row
from bot.render.charts import Chart, Kind, Series
from bot.reports.document import Unit
from bot.reports.saying import written
from bot.texts import Texts

FULL = 100


def trend_chart(of_year: Measures, say: Texts) -> Chart:
    """Return the chart of the months in *of_year*. Its description says the same in words."""
    months = of_year.cuts[By.MONTH]
    answered = _percents(months.values(), lambda row: row.first_response.percent_in_time)
    resolved = _percents(months.values(), lambda row: row.resolution.percent_in_time)
    labels = tuple(_label(month, say) for month in months)
    series = (
        _series(say("report.promise.first_response"), answered, say),
        _series(say("report.promise.resolution"), resolved, say),
    )
    return Chart(
        title=say("report.chart"),
        description=_description(labels, series, say),
        of=say("report.month"),
        unit=say("report.chart_unit"),
        labels=labels,
        series=series,
        kind=Kind.LINES,
        most=FULL,
    )


def _percents(rows: Iterable[Row], of: Callable[[Row], int | None]) -> tuple[int | None, ...]:
    return tuple(of(row) for row in rows)


def _series(name: str, percents: tuple[int | None, ...], say: Texts) -> Series:
    shown = tuple(written(percent, Unit.PERCENT, say) for percent in percents)
    return Series(name=name, values=percents, shown=shown)


def _label(month: str, say: Texts) -> str:
    """Return e.g. «okt. 26»."""
    year, number = month.split("-")
    return f"{say(f'month.{int(number)}')[:3]} {year[2:]}"


def _description(labels: tuple[str, ...], series: tuple[Series, ...], say: Texts) -> str:
    lines = (
        say(
            "report.chart_line",
            name=one.name,
            figures=", ".join(f"{m} {s}" for m, s in zip(labels, one.shown, strict=True)),
        )
        for one in series
    )
    return " ".join(lines)
