"""Is the agreement filled in for these municipalities, or does it still hold what it came with?"""

from collections.abc import Iterator

from bot.checkup.findings import Finding, ok, warning
from bot.domain.agreement import Agreement

# Set aside by RFC 2606 and RFC 6761: nobody's address ends in one of these.
NOBODYS = ("example", "example.com", "example.net", "example.org", "invalid", "test", "localhost")


def check_members(agreement: Agreement) -> Iterator[Finding]:
    """Yield what there is to say of the members' e-mail domains and own contacts."""
    for member in agreement.municipalities.values():
        about = f"members: {member.name}"
        theirs = [domain for domain in member.domains if _is_nobodys(domain)]
        if theirs:
            yield warning(
                about,
                f"{', '.join(theirs)} is only an example, so nobody new is placed here",
                f"Write {member.name}'s own e-mail domains under `domains` in the agreement",
            )
        elif not member.domains:
            yield warning(
                about,
                "it has no e-mail domain, so nobody new is placed here",
                f"Write its own under `domains` in the agreement, or import {member.name}'s people",
            )
        else:
            yield ok(about, f"newcomers are placed by {', '.join(member.domains)}")
        if member.own_contact is None:
            yield warning(
                about,
                "nobody has the municipality's own tasks, so its askers are sent to no one",
                "Write an `own_contact` for it in the agreement",
            )


def _is_nobodys(domain: str) -> bool:
    return any(domain == end or domain.endswith(f".{end}") for end in NOBODYS)
