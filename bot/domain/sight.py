"""Sight: what a person may look into. What is out of sight does not exist for them."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.agreement import Agreement, Who
from bot.domain.people import Person, PersonId, Role
from bot.domain.routing import holders
from bot.domain.sharing import Sharing
from bot.domain.tickets import Ticket

NOBODYS: frozenset[str] = frozenset()
PAIR = 2  # members, of whom the rest of a total would be the other one's


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What *person*, of the municipality *home*, may look into of what is the *cooperation*'s.

    *tickets*: the municipalities whose tickets they may open, None for every one; what they have
    asked themselves they may open besides. *figures*: the municipalities whose figures they may
    see. *totals*: whether they may see those of all members together. *is_host*: whether they
    read what the host's team keeps for itself. *is_reader_only*: an auditor, who changes nothing.
    *leads*: the host's lead, or one of its managers: they alone read who covers what.
    """

    person: PersonId
    home: str | None
    cooperation: str
    tickets: frozenset[str] | None = NOBODYS
    figures: frozenset[str] = NOBODYS
    totals: bool = False
    is_host: bool = False
    is_reader_only: bool = False
    leads: bool = False

    def may_open(self, ticket: Ticket) -> bool:
        if ticket.cooperation != self.cooperation:
            return False
        is_own = ticket.asker == self.person and ticket.municipality == self.home
        return is_own or self.may_open_all_of({ticket.municipality})

    def may_open_all_of(self, municipalities: Collection[str]) -> bool:
        """Tell whether every ticket of these *municipalities* may be opened."""
        return self.tickets is None or self.tickets.issuperset(municipalities)

    def may_measure(self, municipality: str | None) -> bool:
        """Tell whether the figures of *municipality*, None for all together, may be seen."""
        return self.totals if municipality is None else municipality in self.figures

    @property
    def sees_figures(self) -> bool:
        return self.totals or bool(self.figures)


def sight_of(person: Person, agreement: Agreement) -> Sight:
    """Return what *person* may look into by the rule for sharing in *agreement*."""
    everybody, home = frozenset(agreement.municipalities), person.municipality
    if person.is_reader_only:
        return Sight(
            person=person.id,
            home=home,
            cooperation=agreement.id,
            tickets=None,
            figures=everybody,
            totals=True,
            is_host=True,
            is_reader_only=True,
        )
    rule = _rule_for(person, agreement)
    if rule is None:
        return Sight(person=person.id, home=home, cooperation=agreement.id)
    own = everybody & {home}
    return Sight(
        person=person.id,
        home=home,
        cooperation=agreement.id,
        tickets=None if person.is_host_team else own,
        figures=everybody if rule is Sharing.ALL else own,
        totals=rule is Sharing.ALL or (rule is not Sharing.OWN and len(everybody) > PAIR),
        is_host=person.is_host_team,
        leads=_leads(person, agreement),
    )


def _leads(person: Person, agreement: Agreement) -> bool:
    is_the_hosts = person.municipality == agreement.host
    return Role.LEAD in person.roles or (is_the_hosts and Role.MANAGER in person.roles)


def _rule_for(person: Person, agreement: Agreement) -> Sharing | None:
    """Return how far *person* looks; None for who asks, and sees what they asked themselves."""
    is_managers = person.is_manager and person.municipality == agreement.host
    if person.is_host_team or is_managers:
        return agreement.sharing.host
    named = (holders(Who(who), [person]) for who in agreement.sharing.readers)
    reads = person.is_manager or any(named)
    return agreement.sharing.members if reads and person.municipality else None
