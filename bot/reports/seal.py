"""The seal of a report: which month it is of, and hashes of the log and the figures it rests on.

It stands in every file in one line of plain characters, and is read back from there.
"""

import re
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO

from bot.domain.months import Month, read_month
from bot.domain.people import Language

EVERYBODY = "all"
GROUPS, OF = 4, 4  # the fingerprint: four groups of four hexadecimal digits
LONGEST = 20_000_000  # bytes of a part of a file in which we look for a seal
_SEAL = re.compile(
    r"vertsdesk-report/1 cooperation=(?P<cooperation>[\w.-]+) month=(?P<month>\d{4}-\d\d)"
    r" municipality=(?P<municipality>[\w.-]+) as-of=(?P<as_of>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"
    r" language=(?P<language>nb|nn|en) log=(?P<log>[0-9a-f]{64}) figures=(?P<figures>[0-9a-f]{64})",
    re.ASCII,
)
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"


class NoSeal(Exception):
    """There is no seal in the file: it is no report of ours, or what names it was taken away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """*log*: over every ticket's log, as cut at *as_of* (UTC, whole seconds). *figures*: over all.

    *municipality* is None for the whole cooperation.
    """

    cooperation: str
    month: Month
    municipality: str | None
    as_of: datetime
    language: Language
    log: str
    figures: str

    def __str__(self) -> str:
        return (
            f"vertsdesk-report/1 cooperation={self.cooperation} month={self.month}"
            f" municipality={self.municipality or EVERYBODY}"
            f" as-of={self.as_of.astimezone(UTC).strftime(_MOMENT)}"
            f" language={self.language} log={self.log} figures={self.figures}"
        )

    @property
    def fingerprint(self) -> str:
        """Sixteen digits that two people can read to each other, the same in every language."""
        digits = sha256(f"{self.log}{self.figures}".encode()).hexdigest()
        return " ".join(digits[start : start + OF] for start in range(0, GROUPS * OF, OF))


def read_seal(written: bytes) -> Seal:
    """Return the seal that stands in a report's file, whatever its format.

    :raises NoSeal: there is none
    """
    found = _SEAL.search(_plain(written))
    try:
        return _seal(found) if found else _none()
    except ValueError as error:
        raise NoSeal from error


def _none() -> Seal:
    raise NoSeal


def _seal(found: re.Match[str]) -> Seal:
    municipality = found["municipality"]
    return Seal(
        cooperation=found["cooperation"],
        month=read_month(found["month"]),
        municipality=None if municipality == EVERYBODY else municipality,
        as_of=datetime.strptime(found["as_of"], _MOMENT).replace(tzinfo=UTC),
        language=Language(found["language"]),
        log=found["log"],
        figures=found["figures"],
    )


def _plain(written: bytes) -> str:
    """Return what the file says in plain characters; an Excel file says it in a part of its own."""
    if zipfile.is_zipfile(BytesIO(written)):
        written = _told_of_itself(written)
    return written.decode("utf-8", "replace")


def _told_of_itself(workbook: bytes) -> bytes:
    try:
        with zipfile.ZipFile(BytesIO(workbook)) as packed:
            part = packed.getinfo("docProps/core.xml")
            return packed.read(part) if part.file_size <= LONGEST else b""
    except (KeyError, NotImplementedError, RuntimeError, zipfile.BadZipFile):  # broken, or locked
        return b""
