"""Is this file the report it says it is? It is made again from the log, and compared."""

from dataclasses import dataclass
from enum import StrEnum

from bot.reports.files import written
from bot.reports.report import Report
from bot.reports.seal import Seal

STARTS = {b"%PDF": "pdf", b"PK": "xlsx", b"{": "json"}


class Finding(StrEnum):
    """What came of the comparison."""

    SAME = "same"
    LOG = "log"  # other events are known of those months now
    FIGURES = "figures"  # the same events, and other figures
    FILE = "file"  # the same events and figures, and another file


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """*found* stands in the file; *now* is what the report has when it is made again."""

    finding: Finding
    found: Seal
    now: Seal


def ending_of(file: bytes) -> str:
    """Return which of our formats the file is, by how it begins."""
    return next((ending for start, ending in STARTS.items() if file.startswith(start)), "csv")


def verify(file: bytes, found: Seal, report: Report) -> Verified:
    """Compare the *file*, in which the seal *found* stands, with *report*, made as that says."""
    now = report.seal(found.language)
    if found.log != now.log:
        finding = Finding.LOG
    elif found.figures != now.figures:
        finding = Finding.FIGURES
    else:
        is_same = written(report, ending_of(file), found.language) == file
        finding = Finding.SAME if is_same else Finding.FILE
    return Verified(finding=finding, found=found, now=now)
