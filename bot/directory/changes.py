"""What a people file would change: people are matched by e-mail, and nobody is removed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.directory.entries import Entry
from bot.directory.faults import Fault
from bot.domain.people import Account, Language, Person, PersonId, Role


class Kind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one line makes of one person: *before* is None for somebody new."""

    line: int
    before: Person | None
    after: Person
    links: tuple[Account, ...]  # those that are not linked yet

    @property
    def kind(self) -> Kind:
        if self.before is None:
            return Kind.NEW
        return Kind.CHANGED if self.differences else Kind.UNCHANGED

    @property
    def differences(self) -> tuple[str, ...]:
        """What the line changes, in words; empty for somebody new."""
        if self.before is None:
            return ()
        old, new = self.before, self.after
        pairs = (
            ("name", old.name, new.name),
            ("municipality", old.municipality or "none", new.municipality or "none"),
            ("roles", ", ".join(sorted(old.roles)), ", ".join(sorted(new.roles))),
            ("language", old.language, new.language),
        )
        changed = [f"{what}: {was} → {now}" for what, was, now in pairs if was != now]
        return (*changed, *(f"{account.platform}: {account.user}" for account in self.links))


def changes(
    entries: Iterable[Entry],
    people: Iterable[Person],
    accounts: Mapping[PersonId, Sequence[Account]],
    new_id: Callable[[], PersonId],
) -> tuple[tuple[Change, ...], tuple[Fault, ...]]:
    """Compare *entries* with the directory. With one fault or more, make none of the changes."""
    known = {person.email: person for person in people if person.email}
    owners = {account: person for person, theirs in accounts.items() for account in theirs}
    planned: list[Change] = []
    faults: list[Fault] = []
    for entry in entries:
        before = known.get(entry.email)
        after = _updated(before, entry) if before else _newcomer(entry, new_id())
        faults += _taken(entry, after, owners)
        links = tuple(account for account in entry.accounts if account not in owners)
        planned.append(Change(line=entry.line, before=before, after=after, links=links))
    return tuple(planned), tuple(faults)


def _updated(person: Person, entry: Entry) -> Person:
    """Change what the file tells; a column it does not have changes nothing."""
    return replace(
        person,
        name=entry.name,
        municipality=entry.municipality,
        roles=person.roles if entry.roles is None else entry.roles,
        language=entry.language or person.language,
    )


def _newcomer(entry: Entry, person_id: PersonId) -> Person:
    return Person(
        id=person_id,
        name=entry.name,
        email=entry.email,
        municipality=entry.municipality,
        roles=entry.roles or frozenset({Role.ASKER}),
        language=entry.language or Language.NB,
    )


def _taken(entry: Entry, person: Person, owners: Mapping[Account, PersonId]) -> list[Fault]:
    advice = "Check whose it is: an account is one person's, and moves only by hand"
    return [
        Fault(entry.line, account.platform, f"{account.user} is linked to somebody else", advice)
        for account in entry.accounts
        if owners.get(account, person.id) != person.id
    ]
