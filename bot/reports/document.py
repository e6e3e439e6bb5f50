"""A report put into words: tables with values of their own kinds, which each format writes so."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from bot.domain.people import Language
from bot.render.charts import Chart
from bot.reports.seal import Seal

Cell = str | int | timedelta | Fraction | date | None
Named = tuple[str, str]


class Unit(StrEnum):
    """What the cells of a column are. None stands for no figure in every one of them."""

    NUMBER = "number"
    PERCENT = "percent"  # whole ones, rounded down
    TIME = "working time"  # a timedelta
    RATE = "per thousand inhabitants"  # a Fraction
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """*on_paper*: it stands in the document to be read as well, where there is little room."""

    key: str
    name: str
    unit: Unit = Unit.NUMBER
    on_paper: str = ""  # its name there


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row. *name* is a date where the rows are months."""

    key: str
    name: str | date
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table. *of* names its first column; *total* is what the lines add up to, if they do."""

    key: str
    title: str
    of: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    total: Line | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Everything a file says, in *language*. *made_at* (UTC) is the moment the log was cut at."""

    title: str
    language: Language
    made_at: datetime
    seal: Seal
    about: tuple[Named, ...]
    about_title: str
    overview: tuple[Sheet, ...]
    sheets: tuple[Sheet, ...]
    definitions: tuple[Named, ...]
    chart: Chart
    definitions_title: str
    signatures: tuple[str, ...]
