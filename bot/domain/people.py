"""People: who they are, where they are reached, and when they are away."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

PersonId = NewType("PersonId", str)


class Language(StrEnum):
    NB = "nb"
    NN = "nn"
    EN = "en"


class Platform(StrEnum):
    SLACK = "slack"
    TEAMS = "teams"
    WEB = "web"


class Role(StrEnum):
    """The roles every cooperation has. An agreement may name more, such as ``contact-heroy``."""

    ASKER = "asker"
    HOST_TEAM = "host-team"
    LEAD = "lead"
    MANAGER = "manager"
    ADMIN = "admin"
    AUDITOR = "auditor"  # reads all and changes nothing


HOST_ROLES = frozenset({Role.HOST_TEAM, Role.LEAD})


@dataclass(frozen=True, slots=True)
class Account:
    """Who someone is on one platform. The same user id may exist in two tenants."""

    platform: Platform
    tenant: str
    user: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card can be put. A person's *channel* is their direct conversation with the bot."""

    platform: Platform
    channel: str
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """A half-open span: one absence may begin the moment another ends."""

    start: datetime
    end: datetime
    deputy: PersonId | None = None

    def covers(self, moment: datetime) -> bool:
        return self.start <= moment < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in the directory. *municipality* is the employer, the host team's included."""

    id: PersonId
    name: str
    email: str = ""
    municipality: str | None = None
    roles: frozenset[str] = frozenset({Role.ASKER})
    language: Language = Language.NB
    absences: tuple[Absence, ...] = ()

    def absence_at(self, moment: datetime) -> Absence | None:
        return next((absence for absence in self.absences if absence.covers(moment)), None)

    @property
    def is_host_team(self) -> bool:
        """Whether this person answers for the host: one of its team, or its lead."""
        return not self.roles.isdisjoint(HOST_ROLES)

    @property
    def is_manager(self) -> bool:
        return not self.roles.isdisjoint({Role.LEAD, Role.MANAGER, Role.ADMIN})

    @property
    def is_reader_only(self) -> bool:
        """Whether this person reads all and changes nothing, whatever else they are."""
        return Role.AUDITOR in self.roles


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a platform tells about an account: enough to place somebody, or to see why not.

    *email* is empty unless the platform vouches for it. *is_guest* marks people who were let in
    from outside (a guest account, another organisation's shared channel).
    """

    name: str
    email: str = ""
    language: Language = Language.NB
    is_guest: bool = False
    is_bot: bool = False
