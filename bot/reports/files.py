"""A report as a file: which formats there are, and what the file is called."""

from bot.domain.people import Language
from bot.reports.as_csv import as_csv
from bot.reports.as_json import as_json
from bot.reports.as_pdf import as_pdf
from bot.reports.as_xlsx import as_xlsx
from bot.reports.report import Report
from bot.reports.seal import EVERYBODY
from bot.reports.wording import document_of

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
DRAWN = {"pdf": as_pdf, "xlsx": as_xlsx, "csv": as_csv}


def written(report: Report, ending: str, language: Language) -> bytes:
    """Return the report as a file. The same report is always the same bytes.

    :raises KeyError: *ending* is none of MEDIA_TYPES
    """
    document = document_of(report, language)
    if ending == "json":
        return as_json(report, document)
    return DRAWN[ending](document)


def file_name(report: Report, ending: str) -> str:
    """Return e.g. «hald-2026-10-donna.pdf»."""
    return f"{report.agreement.id}-{report.month}-{report.municipality or EVERYBODY}.{ending}"
