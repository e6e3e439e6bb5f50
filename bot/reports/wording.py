"""A report put into words: every table, name and definition in one language."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from bot.domain.agreement import Agreement
from bot.domain.measures import NO_TASK, By, Row, Waited
from bot.domain.people import Language
from bot.domain.satisfaction import Verdicts
from bot.domain.statistics import SMALLEST_GROUP
from bot.reports.definitions import definitions
from bot.reports.document import Cell, Column, Document, Line, Named, Sheet, Unit
from bot.reports.figures import COUNTS, FIGURES, ON_PAPER, PARTS, PROMISES, Figure
from bot.reports.report import CUTS, Report
from bot.reports.saying import moment, month_name
from bot.reports.seal import Seal
from bot.reports.trend import trend_chart
from bot.texts import Texts, texts


def document_of(report: Report, language: Language) -> Document:
    """Return everything the report's files say in *language*."""
    say, seal = texts(language), report.seal(language)
    return Document(
        title=title_of(report, say),
        language=language,
        made_at=report.as_of,
        seal=seal,
        about=_about(report, seal, say),
        about_title=say("report.about"),
        overview=(_promises(report, say), _counts(report, say), _ages(report, say)),
        sheets=(
            _trend(report, say),
            *(_cut(report, by, say) for by in CUTS if _says_something(report, by)),
            _waits(report, say),
            *_helped(report, say),
        ),
        definitions=definitions(say),
        chart=trend_chart(report.of_year, say),
        definitions_title=say("report.definitions"),
        signatures=_signatures(report, say),
    )


def title_of(report: Report, say: Texts) -> str:
    """Return e.g. «Rapport: Dønna, oktober 2026»."""
    month = month_name(report.month.period.first, say)
    return say("report.title", scope=scope_name(report, say), month=month)


def scope_name(report: Report, say: Texts) -> str:
    if report.municipality is None:
        return say("stats.everybody")
    return report.agreement.municipalities[report.municipality].name


def row_name(by: By, key: str, agreement: Agreement, say: Texts) -> str:
    """Return what the row *key* of a cut is called."""
    match by:
        case By.MUNICIPALITY:
            member = agreement.municipalities.get(key)
            return member.name if member else key
        case By.TASK:
            task = agreement.tasks.get(key)
            return task.name if task else say("report.no_task") if key == NO_TASK else key
        case By.SIDE:
            return say(f"stats.of_{key}")
        case By.PRIORITY:
            return say(f"priority.{key}")
        case By.MONTH:
            return key


def _about(report: Report, seal: Seal, say: Texts) -> tuple[Named, ...]:
    zone = report.agreement.calendar.zone
    versions = ", ".join(digest[:12] for digest in report.of_year.agreements)
    return (
        (say("report.cooperation"), report.agreement.name),
        (say("report.scope"), scope_name(report, say)),
        (say("report.month"), month_name(report.month.period.first, say)),
        (say("report.cut_at"), f"{moment(report.as_of.astimezone(zone), say)} ({zone.key})"),
        (say("report.fingerprint"), seal.fingerprint),
        (say("report.log"), seal.log),
        (say("report.figures"), seal.figures),
        (say("report.agreements"), versions or say("stats.no_figure")),
        (say("report.small"), say("report.small_text", smallest=SMALLEST_GROUP)),
    )


def _promises(report: Report, say: Texts) -> Sheet:
    paper = ("reached", "percent", "overdue", "not_yet_due", "median", "p90", "p95")
    columns = [
        Column(
            key=part.key,
            name=say(f"report.part.{part.key}"),
            unit=part.unit,
            on_paper=say(f"report.short.{part.key}") if part.key in paper else "",
        )
        for part in PARTS
    ]
    total = report.of_month.total
    lines = [
        Line(
            key=name,
            name=say(f"report.promise.{name}"),
            cells=tuple(part.of(promise(total)) for part in PARTS),
        )
        for name, promise in PROMISES
    ]
    return _sheet("promises", say("report.of_promise"), columns, lines, say)


def _counts(report: Report, say: Texts) -> Sheet:
    total = report.of_month.total
    lines = [
        Line(key=figure.key, name=name_of(figure, say), cells=(figure.of(total),))
        for figure in COUNTS
    ]
    return _sheet("questions", say("report.of_question"), [_number(say)], lines, say)


def _ages(report: Report, say: Texts) -> Sheet:
    ages = report.of_month.open_by_age
    lines = [
        Line(key=str(age), name=say(f"report.age.{age.name}"), cells=(number,))
        for age, number in ages.items()
    ]
    total = Line(key="total", name=say("stats.total"), cells=(sum(ages.values()),))
    return _sheet("open_by_age", say("report.of_age"), [_number(say)], lines, say, total=total)


def _trend(report: Report, say: Texts) -> Sheet:
    months = report.of_year.cuts[By.MONTH]
    lines = [_figures(key, date.fromisoformat(f"{key}-01"), row) for key, row in months.items()]
    total = _figures("total", say("stats.total"), report.of_year.total)
    return _sheet("trend", say("report.month"), _columns(say), lines, say, total=total)


def _cut(report: Report, by: By, say: Texts) -> Sheet:
    rows = report.of_month.cuts[by]
    lines = [
        _figures(key, row_name(by, key, report.agreement, say), row) for key, row in rows.items()
    ]
    total = _figures("total", say("stats.total"), report.of_month.total)
    return _sheet(by.value, say(f"report.of_{by.value}"), _columns(say), lines, say, total=total)


def _says_something(report: Report, by: By) -> bool:
    """Tell whether there is anything to cut: one municipality is not cut by municipality."""
    return by is not By.MUNICIPALITY or report.municipality is None


def _waits(report: Report, say: Texts) -> Sheet:
    total = report.of_month.total
    names = ("tickets", "time", "median")
    units = (Unit.NUMBER, Unit.TIME, Unit.TIME)
    columns = [
        Column(key=name, name=said, unit=unit, on_paper=said)
        for name, unit in zip(names, units, strict=True)
        for said in [say(f"report.wait.{name}")]
    ]
    spent = (total.spent.tickets, total.spent.time, None)
    lines = [
        _wait("waited_for_asker", _waited(total.waited_for_asker), say),
        _wait("waited_for_third_party", _waited(total.waited_for_third_party), say),
        _wait("time_spent", spent, say),
    ]
    return _sheet("waits", say("report.of_wait"), columns, lines, say)


def _helped(report: Report, say: Texts) -> Iterable[Sheet]:
    """Return whether it helped, per municipality, where anybody said so."""
    given: Mapping[str, Verdicts] = report.of_month.helped
    if not given:
        return
    units = {"answers": Unit.NUMBER, "yes": Unit.PERCENT}
    columns = [
        Column(key=key, name=said, unit=unit, on_paper=said)
        for key, unit in units.items()
        for said in [say(f"report.helped.{key}")]
    ]
    lines = [
        Line(
            key=town,
            name=row_name(By.MUNICIPALITY, town, report.agreement, say),
            cells=_verdict(verdicts),
        )
        for town, verdicts in given.items()
    ]
    yield _sheet("helped", say("report.of_municipality"), columns, lines, say)


def _verdict(verdicts: Verdicts) -> tuple[Cell, ...]:
    percent = verdicts.percent_good
    return (None if percent is None else verdicts.number, percent)


def _waited(waited: Waited) -> tuple[Cell, ...]:
    return waited.number, waited.total, waited.median


def _wait(key: str, cells: tuple[int | timedelta | Cell, ...], say: Texts) -> Line:
    return Line(key=key, name=say(f"report.wait.{key}"), cells=cells)


def _figures(key: str, name: str | date, row: Row) -> Line:
    return Line(key=key, name=name, cells=tuple(figure.of(row) for figure in FIGURES))


def _columns(say: Texts) -> list[Column]:
    return [
        Column(
            key=figure.key,
            name=name_of(figure, say),
            unit=figure.unit,
            on_paper=say(f"report.short.{figure.key}") if figure.key in ON_PAPER else "",
        )
        for figure in FIGURES
    ]


def name_of(figure: Figure, say: Texts) -> str:
    """Return e.g. «Første svar: i tide»."""
    first, *rest = (say(word) for word in figure.words)
    return ": ".join([first, *(word[:1].lower() + word[1:] for word in rest)])


def _number(say: Texts) -> Column:
    return Column(key="number", name=say("report.number"), on_paper=say("report.number"))


def _sheet(
    key: str,
    of: str,
    columns: list[Column],
    lines: list[Line],
    say: Texts,
    *,
    total: Line | None = None,
) -> Sheet:
    return Sheet(
        key=key,
        title=say(f"report.sheet.{key}"),
        of=of,
        columns=tuple(columns),
        lines=tuple(lines),
        total=total,
    )


def _signatures(report: Report, say: Texts) -> tuple[str, ...]:
    """Return who signs: the host, and the municipality the report is of."""
    towns = report.agreement.municipalities
    signers = dict.fromkeys([report.agreement.host, report.municipality or report.agreement.host])
    return tuple(say("report.signature", name=towns[town].name) for town in signers)
