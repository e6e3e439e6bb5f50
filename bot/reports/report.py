"""A report: the figures of one month and of the twelve that end with it, cut at one moment."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from bot.domain.agreement import Agreement
from bot.domain.measures import By, Measures, Row, Waited
from bot.domain.months import Month
from bot.domain.people import Language
from bot.domain.satisfaction import Verdicts
from bot.domain.time_spent import Spent
from bot.reports.figures import FIGURES, plain
from bot.reports.seal import Seal

CUTS = (By.MUNICIPALITY, By.TASK, By.SIDE, By.PRIORITY)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """*of_month* and *of_year*: of the month, and of the twelve that end with it, both at *as_of*.

    *municipality* is None for the whole cooperation. *agreement* is the version that held on the
    month's last day: it gives the names.
    """

    agreement: Agreement
    month: Month
    municipality: str | None
    as_of: datetime
    of_month: Measures
    of_year: Measures

    def seal(self, language: Language) -> Seal:
        """Return what names the report and the events it rests on."""
        return Seal(
            cooperation=self.agreement.id,
            month=self.month,
            municipality=self.municipality,
            as_of=self.as_of.astimezone(UTC),
            language=language,
            log=self.of_year.log_digest,
            figures=digest(figures_of(self)),
        )


def digest(figures: Mapping[str, object]) -> str:
    """Return the hash of *figures* as canonical JSON (SHA-256)."""
    canonical = json.dumps(figures, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(canonical.encode()).hexdigest()


def figures_of(report: Report) -> dict[str, object]:
    """Return every figure of the report, the same in all languages: times in whole seconds."""
    month = report.of_month
    return {
        "total": _row(month.total),
        "cuts": {by.value: _rows(month.cuts[by]) for by in CUTS},
        "trend": _rows(report.of_year.cuts[By.MONTH]),
        "open_by_age": {str(age): number for age, number in month.open_by_age.items()},
        "helped": {town: _verdicts(given) for town, given in sorted(month.helped.items())},
        "agreements": list(report.of_year.agreements),
    }


def _rows(rows: Mapping[str, Row]) -> dict[str, object]:
    return {key: _row(row) for key, row in rows.items()}


def _row(row: Row) -> dict[str, object]:
    return {
        **{figure.key: plain(figure.of(row)) for figure in FIGURES},
        "waited_for_asker": _waited(row.waited_for_asker),
        "waited_for_third_party": _waited(row.waited_for_third_party),
        "time_spent": _spent(row.spent),
    }


def _waited(waited: Waited) -> dict[str, object]:
    return {
        "tickets": waited.number,
        "total": waited.total // SECOND,
        "median": plain(waited.median),
    }


def _spent(spent: Spent) -> dict[str, object]:
    return {"tickets": spent.tickets, "total": spent.time // SECOND}


def _verdicts(given: Verdicts) -> dict[str, object]:
    """Return the share of yes; nothing at all of a few, which could be one person's."""
    percent = given.percent_good
    return {"answers": None if percent is None else given.number, "percent_yes": percent}
