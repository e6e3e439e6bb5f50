"""From the file in an agreement's folder to the domain's own yearly wheel."""

from pathlib import Path

from bot.agreements import read_source
from bot.agreements.parsing import FileKind, parse
from bot.domain.agreement import Agreement
from bot.domain.year_rules import Wheel
from bot.year.advice import INSTEAD
from bot.year.file import YearFile
from bot.year.fitting import misfits

YEAR = "year.toml"
KIND = FileKind(
    top=YearFile, misfits_in=INSTEAD.misfits_in, layout="each deadline below [[deadlines]]"
)


def read_year(folder: Path, agreement: Agreement) -> Wheel:
    """Return the deadlines in *folder*, by id and in the file's order; none without such a file.

    :raises AgreementError: the file cannot be used; each line names file, line and field, and says
        what to write
    """
    path = folder / YEAR
    if not path.exists():
        return {}
    return parse_year(read_source(path), f"{folder.name}/{YEAR}", agreement)


def parse_year(source: str, name: str, agreement: Agreement) -> Wheel:
    """Read the yearly wheel from its text. *name* is what complaints call it.

    :raises AgreementError: it cannot be read, or does not fit *agreement*
    """
    file = parse(source, name, KIND, lambda file: misfits(file, agreement))
    return {entry.id: entry.deadline() for entry in file.deadlines}
