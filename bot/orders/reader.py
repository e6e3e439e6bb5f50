"""From the file in an agreement's folder to the domain's own order forms."""

from collections.abc import Mapping
from pathlib import Path

from bot.agreements import read_source
from bot.agreements.parsing import FileKind, parse
from bot.domain.agreement import Agreement
from bot.domain.order_forms import OrderForm
from bot.orders.advice import INSTEAD
from bot.orders.file import OrdersFile
from bot.orders.fitting import misfits

ORDERS = "orders.toml"
KIND = FileKind(top=OrdersFile, misfits_in=INSTEAD.misfits_in, layout="each form below [[forms]]")

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
    file = parse(source, name, KIND, lambda file: misfits(file, agreement))
    return {entry.id: entry.form() for entry in file.forms}
