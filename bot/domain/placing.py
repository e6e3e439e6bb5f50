"""Placing: who is behind an account that the desk does not know? Nobody is ever guessed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import normalize

from bot.domain.agreement import Municipality
from bot.domain.people import Language, Person, PersonId, Profile

# One @, something on both sides, a dot in the domain, and nothing that only a trick would need.
ADDRESS = re.compile(r"""[^\s@<>()\[\]\\,;:"\x00-\x1f\x7f]+@(?:[\w-]+\.)+[\w-]+""")
PUNYCODE = "xn--"


@dataclass(frozen=True, slots=True)
class Known:
    """The directory has this person already, by the e-mail address: link the account to them."""

    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Somebody new, whose e-mail domain is one municipality's own. They may ask, and no more."""

    name: str
    email: str
    municipality: str
    language: Language


class Why(StrEnum):
    """Why an account could not be placed."""

    BOT = "bot"
    GUEST = "guest"
    NO_EMAIL = "no-email"
    UNKNOWN_DOMAIN = "unknown-domain"
    SHARED_DOMAIN = "shared-domain"  # two municipalities have it, so it tells nothing


@dataclass(frozen=True, slots=True)
class Stranger:
    """An account that nothing can be said about: it gets a polite card, and the lead is told."""

    why: Why


Placing = Known | Newcomer | Stranger


def place(
    profile: Profile, same_email: Person | None, municipalities: Iterable[Municipality]
) -> Placing:
    """Say who *profile* is. *same_email* is the person in the directory with its e-mail address.

    Only the directory makes anybody more than an asker; a domain never does. Guests and bots
    are not placed even if the directory has their address: a platform lets in whom it likes.
    """
    if profile.is_bot:
        return Stranger(Why.BOT)
    if profile.is_guest:
        return Stranger(Why.GUEST)
    email = tidy(profile.email)
    if not is_address(email):
        return Stranger(Why.NO_EMAIL)
    if same_email:
        return Known(same_email.id)
    return _by_domain(profile, email, municipalities)


def tidy(email: str) -> str:
    """Return *email* the way the directory writes it: small letters, composed, domain readable."""
    name, at, domain = normalize("NFC", email).strip().lower().rpartition("@")
    return name + at + ".".join(_readable(label) for label in domain.split("."))


def is_address(email: str) -> bool:
    """Whether *email* can be an e-mail address at all."""
    return ADDRESS.fullmatch(email) is not None and email.isprintable()


def _by_domain(
    profile: Profile, email: str, municipalities: Iterable[Municipality]
) -> Newcomer | Stranger:
    domain = _domain(email)
    owners = {
        municipality.id
        for municipality in municipalities
        if domain in {_domain(f"@{theirs}") for theirs in municipality.domains}
    }
    if not owners:
        return Stranger(Why.UNKNOWN_DOMAIN)
    if len(owners) > 1:
        return Stranger(Why.SHARED_DOMAIN)
    return Newcomer(
        name=profile.name.strip() or email,
        email=email,
        municipality=owners.pop(),
        language=profile.language,
    )


def _domain(email: str) -> str:
    return tidy(email).rpartition("@")[2]


def _readable(label: str) -> str:
    """Undo Punycode in one part of a domain: ``xn--hery-ira`` is ``herøy``.

    Python's "idna" is not used: it reads ß as ss, which have been two domains since 2010.
    """
    if not label.startswith(PUNYCODE):
        return label
    try:
        readable = label.removeprefix(PUNYCODE).encode().decode("punycode")
    except UnicodeError:
        return label
    return readable if _is_proper(readable, label) else label


def _is_proper(readable: str, label: str) -> bool:
    """Whether *label* is the one spelling of *readable*: anything else only looks like a domain."""
    if readable.isascii() or not readable.isprintable():
        return False
    spelt = PUNYCODE + readable.encode("punycode").decode()
    return spelt == label and readable == normalize("NFC", readable).lower()
