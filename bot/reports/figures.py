"""The figures of a report: what each is called, what kind it is, and where it is measured."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from bot.domain.measures import Promise, Row
from bot.reports.document import Cell, Unit
from bot.reports.rounding import tenths


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of a row. *words* are the text keys that name it together."""

    key: str
    unit: Unit
    words: tuple[str, ...]
    of: Callable[[Row], Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One figure of a promise."""

    key: str
    unit: Unit
    of: Callable[[Promise], Cell]


PROMISES: tuple[tuple[str, Callable[[Row], Promise]], ...] = (
    ("first_response", lambda row: row.first_response),
    ("next_response", lambda row: row.next_response),
    ("first_resolution", lambda row: row.first_resolution),
    ("resolution", lambda row: row.resolution),
)
PARTS = (
    Part(key="reached", unit=Unit.NUMBER, of=lambda promise: promise.reached),
    Part(key="in_time", unit=Unit.NUMBER, of=lambda promise: promise.in_time),
    Part(key="late", unit=Unit.NUMBER, of=lambda promise: promise.late),
    Part(key="overdue", unit=Unit.NUMBER, of=lambda promise: promise.overdue),
    Part(key="not_yet_due", unit=Unit.NUMBER, of=lambda promise: promise.not_yet_due),
    Part(key="unpromised", unit=Unit.NUMBER, of=lambda promise: promise.unpromised),
    Part(key="percent", unit=Unit.PERCENT, of=lambda promise: promise.percent_in_time),
    Part(key="median", unit=Unit.TIME, of=lambda promise: promise.spread.median),
    Part(key="p90", unit=Unit.TIME, of=lambda promise: promise.spread.p90),
    Part(key="p95", unit=Unit.TIME, of=lambda promise: promise.spread.p95),
)


def _counted(key: str, of: Callable[[Row], Cell], unit: Unit = Unit.NUMBER) -> Figure:
    return Figure(key=key, unit=unit, words=(f"report.figure.{key}",), of=of)


COUNTS = (
    _counted("asked", lambda row: row.asked),
    _counted("open", lambda row: row.open),
    _counted("withdrawn", lambda row: row.withdrawn),
    _counted("merged", lambda row: row.merged),
    _counted("deflected", lambda row: row.deflected),
    _counted("own_task", lambda row: row.own_task),
    _counted("third_party", lambda row: row.third_party),
    _counted("out_of_scope", lambda row: row.out_of_scope),
    _counted("left_late", lambda row: row.left_late),
    _counted("reopened", lambda row: row.reopened),
    _counted("retasked", lambda row: row.retasked),
    _counted("misdirected", lambda row: row.misdirected),
)
SHARES = (  # of all that was asked
    _counted("percent_reopened", lambda row: row.percent_reopened, Unit.PERCENT),
    _counted("percent_retasked", lambda row: row.percent_retasked, Unit.PERCENT),
    _counted("percent_deflected", lambda row: row.percent_deflected, Unit.PERCENT),
)
RATE = _counted("per_thousand", lambda row: row.per_thousand, Unit.RATE)


def _promised(name: str, promise: Callable[[Row], Promise], part: Part) -> Figure:
    return Figure(
        key=f"{name}.{part.key}",
        unit=part.unit,
        words=(f"report.promise.{name}", f"report.part.{part.key}"),
        of=lambda row: part.of(promise(row)),
    )


FIGURES: tuple[Figure, ...] = (
    *COUNTS,
    *SHARES,
    RATE,
    *(_promised(name, promise, part) for name, promise in PROMISES for part in PARTS),
)
ON_PAPER = (  # what a page has room for
    "asked",
    "first_response.percent",
    "first_response.median",
    "first_response.p90",
    "resolution.percent",
    "resolution.median",
    "resolution.p90",
    "resolution.overdue",
)


def plain(cell: Cell) -> int | float | str | None:
    """Return *cell* for a program: times in whole seconds, rates to one decimal."""
    match cell:
        case None | int() | str():
            return cell
        case timedelta():
            return cell // timedelta(seconds=1)
        case _:
            return tenths(cell) / 10 if isinstance(cell, Fraction) else cell.isoformat()
