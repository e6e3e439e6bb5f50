"""The door of our pages: where it is, where it leads, and why somebody is not let in."""

import re
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit

HOME = "/home"  # where somebody comes who has asked for no page
SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"  # the second takes a form
LONGEST_PATH = 2_000


class Why(StrEnum):
    """Why somebody is not let in."""

    NOT_SET_UP = "not_set_up"
    TOO_LATE = "too_late"  # or begun in another browser
    CANCELLED = "cancelled"
    ISSUER = "issuer"  # it does not answer as it should
    NOT_PROVEN = "not_proven"
    NO_EMAIL = "no_email"  # none that the issuer vouches for
    STRANGER = "stranger"
    TAKEN = "taken"  # the person is linked with another of the issuer's accounts


def own_path(wanted: str) -> str:
    """Return *wanted* when it is a path of ours, else where everybody begins.

    Whatever a browser may take for somebody else's address is none of ours: two slashes at the
    start, a backslash for one of them, a line break in between.
    """
    is_plain = wanted.isascii() and wanted.isprintable() and len(wanted) <= LONGEST_PATH
    if not is_plain or "\\" in wanted or not re.match("/(?!/)", wanted):
        return HOME
    is_way_in = wanted.startswith((SIGN_IN, SIGN_OUT))
    return HOME if is_way_in else wanted


def is_private(address: str) -> bool:
    """Tell whether nobody listens on the way to *address*: it is https, or this very machine."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        is_here = host == "localhost" or ip_address(host).is_loopback
    except ValueError:  # a name, or no address at all
        return address.startswith("https://")
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and is_here))


class ApiScope(StrEnum):
    """What a program may read. What the agreement says, every one may."""

    FIGURES = "figures"
    TICKETS = "tickets"
