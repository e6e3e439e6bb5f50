"""Draw a chart, said once, as SVG for a page or as PNG for a chat. The same chart, the same bytes.

Series differ by pattern or mark as well as by colour, and every chart can be read as the table it
was drawn from. Nothing is taken from the machine: the typeface comes with the library.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from io import BytesIO
from threading import Lock

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bot.render.inline_svg import inline

INK, LINE, PAPER = "#17262d", "#d4dcdf", "#ffffff"
COLOURS = ("#12556b", "#a3331f", "#8a6d1c", "#6b3f6e", "#2f6242", "#41528f")
PATTERNS = ("", "//", "\\\\", "xx", "--", "||")
MARKS = ("o", "s", "^", "D", "v", "P")
DASHES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)))
SIZE = 7.2, 3.2  # inches; a page scales the drawing to its own width
DOTS = 150  # an inch, of a PNG
ROOM = 0.8  # of the way from one group of bars to the next
MOST_LABELS = 18
SLANTED_FROM = 9  # labels, of which the longer ones would run into each other
FLAT, SLANTED = 0.12, 0.24  # of the height, for what stands below the bars
NAMES, NAMED = 3, 0.07  # names in a row of the key, and its share of the height
KEPT = 200  # drawings: a page that is looked at again is not drawn again

mpl.rcParams.update(
    {
        "font.family": "DejaVu Sans",
        "font.size": 10,
        "svg.fonttype": "none",  # text stays text: it can be read aloud, searched and enlarged
        "svg.hashsalt": "vertsdesk",
        "text.parse_math": False,  # a name with a $ in it is a name
        "text.color": INK,
        "axes.labelcolor": INK,
        "axes.edgecolor": INK,
        "xtick.color": INK,
        "ytick.color": INK,
    }
)
_PEN = Lock()  # the library keeps its pens in common: one drawing at a time


class Kind(StrEnum):
    BARS = "bars"
    STACKED = "stacked"  # what adds up to a whole
    LINES = "lines"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One row of numbers. *shown* is each of them in words, as the table below the chart has it.

    A number that is not shown, as of too small a group, is None.
    """

    name: str
    values: tuple[float | None, ...]
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What to draw, in the reader's language.

    *labels* stand below, one for each number of every series; *of* says what they are (month,
    municipality), *unit* what the numbers are. *most* is where the scale ends, such as 100.
    """

    title: str
    description: str
    of: str
    unit: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    kind: Kind = Kind.BARS
    most: float | None = None


@lru_cache(KEPT)
def svg(chart: Chart, name: str = "chart") -> str:
    """Return *chart* as an element of a page. *name* begins every id in it.

    It has no styles and no scripts of its own, so that the strictest page can hold it.
    """
    drawn = BytesIO()
    with _PEN:
        metadata = {"Date": None, "Creator": None}
        _figure(chart).savefig(drawn, format="svg", metadata=metadata)
    return inline(drawn.getvalue(), chart.title, chart.description, name)


@lru_cache(KEPT)
def png(chart: Chart) -> bytes:
    """Return *chart* as a picture with its title above it; its description is the alt text."""
    drawn = BytesIO()
    with _PEN:
        figure = _figure(chart)
        figure.suptitle(chart.title, fontsize=11, fontweight="bold")
        figure.savefig(drawn, format="png", metadata={"Software": None})
    return drawn.getvalue()


def _figure(chart: Chart) -> Figure:
    figure = Figure(figsize=SIZE, dpi=DOTS, facecolor=PAPER)
    axes = figure.add_subplot()
    draw = _lines if chart.kind is Kind.LINES else _bars
    draw(axes, chart)
    axes.set_ylabel(chart.unit)
    axes.set_ylim(bottom=0, top=chart.most)
    every = -(-len(chart.labels) // MOST_LABELS) or 1  # of three years' months, each second one
    axes.set_xticks(range(0, len(chart.labels), every), chart.labels[::every])
    axes.grid(axis="y", color=LINE)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    below = FLAT
    if len(chart.labels) >= SLANTED_FROM:
        axes.tick_params(axis="x", labelrotation=30)
        below = SLANTED
    if len(chart.series) > 1:
        figure.legend(loc="lower center", ncols=NAMES, frameon=False, fontsize=9)
        below += NAMED * -(-len(chart.series) // NAMES)
    figure.subplots_adjust(left=0.1, right=0.97, top=0.9, bottom=below)  # quicker than measuring
    return figure


def _bars(axes: Axes, chart: Chart) -> None:
    is_stacked = chart.kind is Kind.STACKED
    width = ROOM if is_stacked else ROOM / max(1, len(chart.series))
    below = [0.0] * len(chart.labels)
    for number, series in enumerate(chart.series):
        heights = _numbers(series.values)
        shift = 0.0 if is_stacked else width * number - (ROOM - width) / 2
        axes.bar(
            [place + shift for place in range(len(chart.labels))],
            heights,
            width,
            bottom=below if is_stacked else 0.0,
            label=series.name,
            color=COLOURS[number % len(COLOURS)],
            hatch=PATTERNS[number % len(PATTERNS)],
            edgecolor=PAPER,
        )
        below = [low + height for low, height in zip(below, heights, strict=True)]


def _lines(axes: Axes, chart: Chart) -> None:
    for number, series in enumerate(chart.series):
        axes.plot(
            range(len(chart.labels)),
            [float("nan") if value is None else value for value in series.values],
            label=series.name,
            color=COLOURS[number % len(COLOURS)],
            marker=MARKS[number % len(MARKS)],
            linestyle=DASHES[number % len(DASHES)],
            clip_on=False,  # a mark at the very top is whole
        )


def _numbers(values: Iterable[float | None]) -> list[float]:
    return [value or 0.0 for value in values]
