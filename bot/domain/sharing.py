"""What an agreement says about who looks into whose figures."""

from dataclasses import dataclass
from enum import StrEnum


class Sharing(StrEnum):
    """How far somebody looks whose business one municipality is."""

    OWN = "own"
    OWN_AND_TOTALS = "own-and-totals"  # and what all the members' figures add up to
    ALL = "all"  # every member's figures, and never another member's tickets


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingRule:
    """*host*: for the host's team, lead and managers. *members*: for each member's managers.

    *readers* are roles or e-mail addresses: whoever of a member has one reads as its managers do.
    """

    host: Sharing = Sharing.ALL
    members: Sharing = Sharing.OWN_AND_TOTALS
    readers: tuple[str, ...] = ()
