"""A report as JSON: the figures that the seal is a hash of, and what they mean."""

import json
from datetime import UTC

from bot.reports.document import Document
from bot.reports.report import Report, figures_of


def as_json(report: Report, document: Document) -> bytes:
    """Return the file: UTF-8, times in whole seconds of working time, null where there is none."""
    told = {
        "seal": str(document.seal),
        "fingerprint": document.seal.fingerprint,
        "title": document.title,
        "cooperation": report.agreement.id,
        "municipality": report.municipality,
        "month": str(report.month),
        "as_of": report.as_of.astimezone(UTC).isoformat(),
        "time_zone": report.agreement.calendar.zone.key,
        "figures": figures_of(report),
        "definitions": dict(document.definitions),
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()
