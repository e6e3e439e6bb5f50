"""From the file in an agreement's folder to the domain's own order forms."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from bot.agreements import AgreementError, read_source
from bot.agreements.complaints import refusal
from bot.domain.agreement import Agreement
from bot.domain.order_forms import OrderForm
from bot.orders.advice import misfits_in
from bot.orders.file import OrdersFile
from bot.orders.fitting import misfits

ORDERS = "orders.toml"

Forms = Mapping[str, OrderForm]


def read_orders(folder: Path, agreement: Agreement) -> Forms:
    """Return the forms in *folder*, by id and in the file's order; none without such a file.

    :raises AgreementError: the file cannot be used; each line names file, line and field, and says
        what to write
    """
    path = folder / ORDERS
    if not path.exists():
        return {}
    return parse_orders(read_source(path), f"{folder.name}/{ORDERS}", agreement)


def parse_orders(source: str, name: str, agreement: Agreement) -> Forms:
    """Read order forms from their text. *name* is what complaints call it.

    :raises AgreementError: they cannot be read, or do not fit *agreement*
    """
    try:
        tables = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise AgreementError([_not_toml(source, name, str(error))]) from error
    try:
        file = OrdersFile.model_validate(tables)
    except ValidationError as errors:
        found = misfits_in(errors)
        raise refusal(found, source=source, name=name, tables=tables) from errors
    if wrong := list(misfits(file, agreement)):
        raise refusal(wrong, source=source, name=name, tables=tables)
    return {entry.id: entry.form() for entry in file.forms}


def _not_toml(source: str, name: str, said: str) -> str:
    place = re.search(r" \(at line (\d+), column \d+\)", said)
    line = int(place[1]) if place else source.count("\n") + 1
    why = said[: place.start()] if place else said
    return f"{name}, line {line}: this is not TOML: {why}. Write each form below [[forms]]."
