"""The figures as tables: every number a link to its tickets, for whoever may open them all."""

from datetime import timedelta

from bot.domain.agreement import Agreement
from bot.domain.measures import By, Row, percent
from bot.domain.sight import Sight
from bot.pages.filters import Filters
from bot.pages.grids import Cell, Drawn, Grid, Line
from bot.reports.document import Unit
from bot.reports.figures import COUNTS, PARTS, PROMISES, RATE, Figure
from bot.reports.saying import written
from bot.reports.wording import row_name
from bot.texts import Texts

SHARED = ("deflected", "reopened", "retasked", "misdirected")  # shown as a share of all, too
IN_CUTS = (
    ("first_response", ("reached", "percent", "overdue", "median", "p90")),
    ("resolution", ("reached", "percent", "overdue", "median", "p90")),
)
COUNTED_IN_CUTS = ("asked", "open", "reopened", "retasked", "misdirected")


def tiles(drawn: Drawn) -> list[Line]:
    """Return what most people look for first."""
    say, total, parts = drawn.say, drawn.measures.total, {part.key: part for part in PARTS}
    named = {
        say("stats.asked"): drawn.count(total.asked, "asked"),
        say("report.figure.open"): drawn.count(total.open, "open"),
        say("stats.answered_in_time"): drawn.part("first_response", parts["percent"], total),
        say("stats.resolved_in_time"): drawn.part("resolution", parts["percent"], total),
        say("figures.answer_median"): drawn.part("first_response", parts["median"], total),
        say("report.wait.waited_for_asker"): drawn.cell(
            say.duration(total.waited_for_asker.total),
            total.waited_for_asker.number,
            "waited_for_asker",
        ),
    }
    return [Line(name=Cell(name), cells=(cell,)) for name, cell in named.items()]


def promises(drawn: Drawn) -> Grid:
    """Return how each promise was kept, with what each promise and each column means."""
    say, total = drawn.say, drawn.measures.total
    lines = [
        Line(
            name=Cell(say(f"report.promise.{name}")),
            cells=tuple(drawn.part(name, part, total) for part in PARTS),
        )
        for name, _ in PROMISES
    ]
    return Grid(
        id="promises",
        title=say("figures.promises"),
        of=say("report.of_promise"),
        columns=tuple(say(f"report.part.{part.key}") for part in PARTS),
        lines=tuple(lines),
        below=(
            *((say(f"report.promise.{name}"), _meaning(name, say)) for name, _ in PROMISES),
            *((say(f"report.part.{part.key}"), _meaning(part.key, say)) for part in PARTS),
        ),
    )


def questions(drawn: Drawn) -> Grid:
    """Return every count, each with its share and its definition beside it."""
    say, total = drawn.say, drawn.measures.total
    lines = [
        Line(
            name=Cell(say(f"report.figure.{figure.key}")),
            cells=(drawn.figure(figure, total), _share(drawn, figure, total)),
            meaning=_meaning(figure.key, say),
        )
        for figure in (*COUNTS, RATE)
    ]
    return Grid(
        id="questions",
        title=say("figures.questions"),
        of=say("report.of_question"),
        columns=(say("report.number"), say("figures.share")),
        lines=tuple(lines),
        meanings=True,
    )


def ages(drawn: Drawn) -> Grid:
    """Return what is open, by how many working days it has been so."""
    say, found = drawn.say, drawn.measures.open_by_age
    lines = [
        Line(
            name=Cell(say(f"report.age.{band.name}")),
            cells=(drawn.count(number, f"open_by_age.{band}"),),
        )
        for band, number in found.items()
    ]
    total = Line(name=Cell(say("stats.total")), cells=(Cell(say.number(sum(found.values()))),))
    return Grid(
        id="ages",
        title=say("figures.ages"),
        of=say("report.of_age"),
        columns=(say("report.number"),),
        lines=tuple(lines),
        total=total,
    )


def waits(drawn: Drawn) -> Grid:
    """Return who was waited for, and for how long: the time that is owed the other way."""
    say, total = drawn.say, drawn.measures.total
    asker, others, spent = total.waited_for_asker, total.waited_for_third_party, total.spent
    lines = (
        _time(drawn, "waited_for_asker", asker.number, asker.total, asker.median),
        _time(drawn, "waited_for_third_party", others.number, others.total, others.median),
        _time(drawn, "time_spent", spent.tickets, spent.time, None),
    )
    return Grid(
        id="waits",
        title=say("figures.waits"),
        of=say("report.of_wait"),
        columns=tuple(say(f"report.wait.{name}") for name in ("tickets", "time", "median")),
        lines=lines,
        meanings=True,
    )


def _time(drawn: Drawn, name: str, number: int, total: timedelta, median: timedelta | None) -> Line:
    say, which = drawn.say, "spent" if name == "time_spent" else name
    return Line(
        name=Cell(say(f"report.wait.{name}")),
        cells=(
            drawn.count(number, which),
            drawn.cell(say.duration(total), number, which),
            drawn.cell(written(median, Unit.TIME, say), number if median else 0, which),
        ),
        meaning=_meaning(name, say),
    )


def helped(drawn: Drawn) -> Grid | None:
    """Return whether it helped, by municipality, where anybody in sight said so."""
    say = drawn.say
    given = {town: v for town, v in drawn.measures.helped.items() if town in drawn.sight.figures}
    if not given:
        return None
    lines = [
        Line(
            name=Cell(row_name(By.MUNICIPALITY, town, drawn.agreement, say)),
            cells=(
                Cell(written(verdicts.percent_good and verdicts.number, Unit.NUMBER, say)),
                Cell(written(verdicts.percent_good, Unit.PERCENT, say)),
            ),
        )
        for town, verdicts in given.items()
    ]
    return Grid(
        id="helped",
        title=say("report.sheet.helped"),
        of=say("report.of_municipality"),
        columns=(say("report.helped.answers"), say("report.helped.yes")),
        lines=tuple(lines),
        below=((say("report.helped.yes"), _meaning("helped", say)),),
    )


def cut(drawn: Drawn, by: By) -> Grid:
    """Return one cut, of whose rows a reader sees those of municipalities in sight."""
    say, rows = drawn.say, drawn.measures.cuts[by]
    shown = {key: row for key, row in rows.items() if _is_in_sight(by, key, drawn.sight)}
    lines = [_line(drawn, by, key, row) for key, row in shown.items()]
    total = Line(name=Cell(say("stats.total")), cells=_cells(drawn, drawn.measures.total, None))
    return Grid(
        id=f"by-{by.value}",
        title=say("figures.by_month" if by is By.MONTH else f"report.sheet.{by.value}"),
        of=say("report.month" if by is By.MONTH else f"report.of_{by.value}"),
        columns=_columns(say),
        lines=tuple(lines),
        total=total,
    )


def hidden(drawn: Drawn) -> bool:
    """Tell whether the totals hold municipalities whose own rows the reader does not see."""
    return any(town not in drawn.sight.figures for town in drawn.measures.cuts[By.MUNICIPALITY])


def _line(drawn: Drawn, by: By, key: str, row: Row) -> Line:
    filters = drawn.filters.narrowed(by, key)
    name = key_name(by, key, drawn.agreement, drawn.say)
    named = Cell(name, filters.address("/figures"))
    return Line(name=named, cells=_cells(drawn, row, filters))


def key_name(by: By, key: str, agreement: Agreement, say: Texts) -> str:
    """Return what the row *key* is called; a month as «mars 2026»."""
    if by is By.MONTH:
        year, month = key.split("-")
        return f"{say(f'month.{int(month)}')} {year}"
    return row_name(by, key, agreement, say)


def _cells(drawn: Drawn, row: Row, filters: Filters | None) -> tuple[Cell, ...]:
    parts = {part.key: part for part in PARTS}
    counts = {figure.key: figure for figure in COUNTS}
    return (
        *(drawn.figure(counts[key], row, filters) for key in COUNTED_IN_CUTS),
        drawn.figure(RATE, row, filters),
        *(drawn.part(name, parts[key], row, filters) for name, keys in IN_CUTS for key in keys),
        drawn.cell(
            drawn.say.duration(row.waited_for_asker.total),
            row.waited_for_asker.number,
            "waited_for_asker",
            filters,
        ),
    )


def _columns(say: Texts) -> tuple[str, ...]:
    return (
        *(say(f"report.figure.{key}") for key in (*COUNTED_IN_CUTS, RATE.key)),
        *(
            f"{say(f'report.promise.{name}')}: {say(f'report.part.{key}').lower()}"
            for name, keys in IN_CUTS
            for key in keys
        ),
        say("report.wait.waited_for_asker"),
    )


def _is_in_sight(by: By, key: str, sight: Sight) -> bool:
    return by is not By.MUNICIPALITY or key in sight.figures


def _share(drawn: Drawn, figure: Figure, total: Row) -> Cell:
    value = figure.of(total)
    if figure.key not in SHARED or not isinstance(value, int):
        return Cell("")
    text = written(percent(value, total.asked), Unit.PERCENT, drawn.say)
    return drawn.cell(text, value, figure.key)


def _meaning(key: str, say: Texts) -> str:
    return say(f"measures.definition.{key}")
