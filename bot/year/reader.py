"""From the file in an agreement's folder to the domain's own yearly wheel."""

import re
import tomllib
from pathlib import Path

from pydantic import ValidationError

from bot.agreements import AgreementError, read_source
from bot.agreements.complaints import refusal
from bot.domain.agreement import Agreement
from bot.domain.year_rules import Wheel
from bot.year.advice import misfits_in
from bot.year.file import YearFile
from bot.year.fitting import misfits

YEAR = "year.toml"


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
    try:
        tables = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise AgreementError([_not_toml(source, name, str(error))]) from error
    try:
        file = YearFile.model_validate(tables)
    except ValidationError as errors:
        found = misfits_in(errors)
        raise refusal(found, source=source, name=name, tables=tables) from errors
    if wrong := list(misfits(file, agreement)):
        raise refusal(wrong, source=source, name=name, tables=tables)
    return {entry.id: entry.deadline() for entry in file.deadlines}


def _not_toml(source: str, name: str, said: str) -> str:
    place = re.search(r" \(at line (\d+), column \d+\)", said)
    line = int(place[1]) if place else source.count("\n") + 1
    why = said[: place.start()] if place else said
    return f"{name}, line {line}: this is not TOML: {why}. Write each deadline below [[deadlines]]."
