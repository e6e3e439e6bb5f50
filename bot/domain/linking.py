"""Two accounts, one person: who they are from then on, and when they cannot be one."""

from datetime import datetime, timedelta

from bot.domain import Refusal
from bot.domain.people import Person, Role

CODE_HOLDS = timedelta(minutes=15)
CODE_LENGTH = 8


class OtherMunicipality(Refusal):
    """They belong to different municipalities, and neither may see the other's tickets."""

    key = "link.other_municipality"


class BothListed(Refusal):
    """Both are in the staff list, with roles: whoever keeps the list has to say who it is."""

    key = "link.both_listed"


def united(one: Person, other: Person) -> tuple[Person, Person]:
    """Return who stays, and who is the same from now on: who can do more stays, else *one*.

    :raises OtherMunicipality: they are not employed by the same one
    :raises BothListed: both have roles
    """
    if one.municipality is None or one.municipality != other.municipality:
        raise OtherMunicipality
    if _has_role(one) and _has_role(other):
        raise BothListed
    return (other, one) if _has_role(other) else (one, other)


def still_holds(made_at: datetime, now: datetime) -> bool:
    """Tell whether a code made at *made_at* can be used."""
    return now < made_at + CODE_HOLDS


def _has_role(person: Person) -> bool:
    return not person.roles <= {Role.ASKER}
