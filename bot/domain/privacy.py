"""Personal data: numbers that belong to somebody, and have no place in a helpdesk."""

from enum import StrEnum


class Kind(StrEnum):
    """What kind of number it is."""

    IDENTITY = "identity"  # fødselsnummer, D-number and their like
    ACCOUNT = "account"  # a bank account
    CARD = "card"  # a payment card
