"""What tables of figures are made of: cells that lead to their tickets, lines, and grids."""

from dataclasses import dataclass

from bot.domain.agreement import Agreement
from bot.domain.measures import Measures, Row, Scope
from bot.domain.sight import Sight
from bot.pages.filters import Filters, towns_of
from bot.reports.figures import PROMISES, RATE, Figure, Part
from bot.reports.saying import written
from bot.texts import Texts

LISTED = "/tickets"
BEHIND = {"percent": "decided", "median": "timed", "p90": "timed", "p95": "timed"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What is shown, and the address of the tickets behind it, if there are any to open."""

    text: str
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """*meaning* is the definition, where the table has room for one beside the figure."""

    name: Cell
    cells: tuple[Cell, ...]
    meaning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table. *of* is what its lines are; *meanings* whether each has its definition beside it."""

    id: str
    title: str
    of: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    total: Line | None = None
    meanings: bool = False
    below: tuple[tuple[str, str], ...] = ()  # definitions: of the columns, or of the lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Who reads the figures of *scope*, and what their links narrow further."""

    scope: Scope
    filters: Filters
    sight: Sight
    agreement: Agreement
    say: Texts

    def cell(self, text: str, number: int, which: str, filters: Filters | None = None) -> Cell:
        """Return *text*, with a link to the *number* of tickets behind the figure *which*."""
        wanted = filters or self.filters
        own = {wanted.municipality} if wanted.municipality else None
        towns = own or towns_of(self.scope, self.agreement)
        if not number or not self.sight.may_open_all_of(towns):
            return Cell(text)
        return Cell(text, wanted.address(LISTED, figure=which))

    def count(self, number: int, which: str, filters: Filters | None = None) -> Cell:
        return self.cell(self.say.number(number), number, which, filters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn(Links):
    """What the tables are drawn from: the figures, and who reads them."""

    measures: Measures

    def figure(self, figure: Figure, row: Row, filters: Filters | None = None) -> Cell:
        which = "asked" if figure is RATE else figure.key
        text = written(figure.of(row), figure.unit, self.say)
        value = row.asked if figure is RATE else figure.of(row)
        return self.cell(text, value if isinstance(value, int) else 0, which, filters)

    def part(self, name: str, part: Part, row: Row, filters: Filters | None = None) -> Cell:
        """Return one *part* of the promise called *name*."""
        promise = dict(PROMISES)[name](row)
        value = part.of(promise)
        behind = BEHIND.get(part.key, part.key)
        several = {"decided": promise.decided, "timed": promise.spread.number}
        number = several.get(behind, value if isinstance(value, int) else 0)
        text = written(value, part.unit, self.say)
        return self.cell(text, number if value is not None else 0, f"{name}.{behind}", filters)
