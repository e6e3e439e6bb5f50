"""A report as a PDF with tags and bookmarks (PDF/UA-1), dated when the log was cut.

Only the fonts that come along are used, so that it is the same on every machine.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import matplotlib as mpl
import typst

from bot.render.charts import svg
from bot.reports.document import Document, Line, Sheet, Unit
from bot.reports.saying import written
from bot.texts import Texts, texts

TEMPLATE = Path(__file__).with_name("report.typ")
FONTS = [Path(mpl.get_data_path()) / "fonts" / "ttf"]  # the charts' own typeface


def as_pdf(document: Document) -> bytes:
    """Return the document on A4 pages."""
    told = json.dumps(_told(document, texts(document.language)), ensure_ascii=False)
    written = typst.compile(
        TEMPLATE,
        format="pdf",
        sys_inputs={"report": told},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        font_paths=FONTS,
    )
    if not isinstance(written, bytes):
        raise TypeError("a PDF is one file")
    return written


def _told(document: Document, say: Texts) -> dict[str, object]:
    chart = document.chart
    drawn = {"svg": svg(chart), "alt": chart.description, "title": chart.title}
    return {
        "title": document.title,
        "language": document.language,
        "seal": str(document.seal),
        "made_at": _moment(document.made_at),
        "footer": say("report.footer", fingerprint=document.seal.fingerprint),
        "about": document.about,
        "parts": [
            _part(say("report.overview"), document.overview, say, chart=drawn),
            _part(say("report.in_parts"), document.sheets, say),
        ],
        "definitions_title": document.definitions_title,
        "definitions": document.definitions,
        "signatures_title": say("report.signed"),
        "signatures": document.signatures,
    }


def _moment(moment: datetime) -> dict[str, int]:
    names = ("year", "month", "day", "hour", "minute", "second")
    return dict(zip(names, moment.astimezone(UTC).timetuple()[: len(names)], strict=True))


def _part(
    title: str, sheets: tuple[Sheet, ...], say: Texts, chart: dict[str, str] | None = None
) -> dict[str, object]:
    return {"title": title, "chart": chart, "sheets": [_sheet(sheet, say) for sheet in sheets]}


def _sheet(sheet: Sheet, say: Texts) -> dict[str, object]:
    shown = [place for place, column in enumerate(sheet.columns) if column.on_paper]
    return {
        "title": sheet.title,
        "columns": [sheet.of, *(sheet.columns[place].on_paper for place in shown)],
        "rows": [_row(line, sheet, shown, say) for line in sheet.lines],
        "total": _row(sheet.total, sheet, shown, say) if sheet.total else [],
    }


def _row(line: Line, sheet: Sheet, shown: list[int], say: Texts) -> list[str]:
    name = written(line.name, Unit.TEXT, say)
    return [name, *(written(line.cells[place], sheet.columns[place].unit, say) for place in shown)]
