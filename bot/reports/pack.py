"""The pack for a control committee: a month's reports in every format, and a list with hashes."""

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from io import BytesIO

from bot.domain.agreement import Agreement
from bot.domain.months import Month
from bot.domain.people import Language
from bot.reports.files import MEDIA_TYPES, file_name, written
from bot.reports.report import Report
from bot.reports.undated import undated
from bot.reports.wording import scope_name
from bot.texts import texts

CONTENTS = "contents.txt"


def reported_on(agreement: Agreement, month: Month) -> list[str | None]:
    """Return of whom there are reports of *month*: of all together, and of each member in it."""
    served = (
        town.id
        for town in agreement.municipalities.values()
        if town.starts is None or town.starts <= month.period.last
    )
    return [None, *served]


def packed(reports: Iterable[Report], language: Language) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the pack with its name, and at last the list of them."""
    say, lines = texts(language), []
    for report in reports:
        lines += [scope_name(report, say), f"  {say('report.fingerprint')}: {_prints(report)}"]
        for ending in MEDIA_TYPES:
            name, content = file_name(report, ending), written(report, ending, language)
            lines.append(f"  {sha256(content).hexdigest()}  {name}")
            yield name, content
    head = [say("report.contents"), "", say("report.contents_how"), ""]
    yield CONTENTS, "\n".join([*head, *lines, ""]).encode()


def as_zip(files: Mapping[str, bytes]) -> bytes:
    """Return *files* in one, uncompressed and without dates: the same are always the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as together:
        for name, content in files.items():
            together.writestr(undated(name), content)
    return out.getvalue()


def _prints(report: Report) -> str:
    return report.seal(Language.NB).fingerprint
