"""Agreements: one file each, read once into the domain's own Agreement."""

from bot.agreements.book import AgreementBook
from bot.agreements.complaints import AgreementError
from bot.agreements.reader import (
    HALD,
    find_agreement,
    parse_agreement,
    parse_file,
    read_agreement,
    read_source,
)

__all__ = [
    "HALD",
    "AgreementBook",
    "AgreementError",
    "find_agreement",
    "parse_agreement",
    "parse_file",
    "read_agreement",
    "read_source",
]
