"""Is there somebody for every role that the agreement names, and can the desk reach them?"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from bot.checkup.findings import Finding, error, ok, warning
from bot.domain.agreement import Agreement, Side, Who
from bot.domain.people import Account, Person, PersonId
from bot.domain.routing import holders

IMPORT = "`vertsdesk people import`"
MOST_NAMES = 8


def check_roles(agreement: Agreement, people: Sequence[Person]) -> Iterator[Finding]:
    """Yield the roles (or addresses) that nobody has, or that somebody outside the team has."""
    in_team = _asked_in_team(agreement)
    empty = [who for who in _named(agreement) if not holders(who, people)]
    for who in empty:
        whose = "the address" if "@" in who else "the role"
        mend = f"Give it to somebody with {IMPORT}, or write somebody else in the agreement"
        level = error if who == agreement.lead else warning
        yield level("roles", f"nobody has {whose} {who}", mend)
    for who in in_team:
        outside = [person for person in holders(who, people) if not person.is_host_team]
        if outside:
            yield warning(
                "roles",
                f"{_names(outside)} has {who} but is not in the host team, and is passed by",
                f"Give them the role host-team too, with {IMPORT}",
            )
    managers = holders(agreement.manager, people)
    host = agreement.municipalities[agreement.host].name
    if managers and not any(person.municipality == agreement.host for person in managers):
        yield warning(
            "roles",
            f"nobody in {host} is {agreement.manager}: a warning goes no higher than to the lead",
            f"Give the role to whoever is above the lead in {host}, with {IMPORT}",
        )
    if not empty:
        yield ok("roles", "somebody has every role that the agreement names")


def check_accounts(
    people: Sequence[Person], accounts: Mapping[PersonId, Sequence[Account]]
) -> Iterator[Finding]:
    """Yield who cannot be reached yet: first the host team, whom the desk has to write to."""
    without = [person for person in people if person.id not in accounts]
    team = [person for person in without if person.is_host_team]
    others = [person for person in without if not person.is_host_team]
    if team:
        yield warning(
            "accounts",
            f"{_names(team)} of the host team cannot be written to: no account is linked",
            "Let each write one word to the bot, or import them with a slack column",
        )
    if others:
        yield ok("accounts", f"{_names(others)} will be linked when they first write")
    if not without:
        yield ok("accounts", "everybody can be reached")


def _named(agreement: Agreement) -> Sequence[Who]:
    """Return everybody whom the agreement names, each once, in order."""
    named = [*_asked_in_team(agreement), agreement.manager]
    for member in agreement.municipalities.values():
        named += [member.own_contact] if member.own_contact else []
    for rule in agreement.contact_rules:
        named += [rule.who, *rule.deputies]
    for meeting in agreement.meetings.values():
        named += [*meeting.attendees, *([meeting.caller] if meeting.caller else [])]
    return list(dict.fromkeys([*named, *map(Who, agreement.roles)]))


def _asked_in_team(agreement: Agreement) -> Sequence[Who]:
    """Return those who are asked as people of the host's: others with the role are passed by."""
    asked = [agreement.lead]
    for member in agreement.municipalities.values():
        asked += [member.contact, *member.deputies]
    for rule in agreement.contact_rules:
        if {agreement.side_of(task) for task in rule.tasks} != {Side.PARTNER}:
            asked += [rule.who, *rule.deputies]
    return list(dict.fromkeys(asked))


def _names(people: Collection[Person]) -> str:
    names = [person.name for person in people]
    if len(names) > MOST_NAMES:
        names = [*names[:MOST_NAMES], f"{len(names) - MOST_NAMES} more"]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
