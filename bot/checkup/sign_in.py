"""Can people sign in to the pages, and does nobody listen on the way? No secret is shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.checkup.findings import Finding, error, ok, warning
from bot.domain.letting_in import is_private

ABOUT = "sign-in"
OF_MANY = re.compile(
    r"https://login\.microsoftonline\.\w+/(common|organizations|consumers)/v2\.0/?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """The settings for signing in, as they were given."""

    issuer: str | None = None
    client_id: str | None = None
    client_secret: str | None = None
    tenants: str = ""
    secret: str | None = None
    public_url: str | None = None


def check_sign_in(told: SignIn) -> Iterator[Finding]:
    """Yield what there is to say of how people sign in."""
    needed = {
        "VERTSDESK_OIDC_ISSUER": told.issuer,
        "VERTSDESK_OIDC_CLIENT_ID": told.client_id,
        "VERTSDESK_SECRET": told.secret,
        "VERTSDESK_PUBLIC_URL": told.public_url,
    }
    missing = [name for name, value in needed.items() if not value]
    if not any((told.issuer, told.client_id, told.client_secret)):
        mend = f"Set {' and '.join(missing)}, as the README says, if the pages are wanted"
        yield warning(ABOUT, "nobody can sign in to the pages; the chats need none of it", mend)
        return
    if missing:
        yield error(ABOUT, "it is set up only in part", f"Set {' and '.join(missing)} as well")
    else:
        yield ok(ABOUT, "everything is there")
    yield from _addresses(told)
    if not told.client_secret:
        says = "there is no client secret: the issuer must know us as a public client"
        yield warning(ABOUT, says, "Set VERTSDESK_OIDC_CLIENT_SECRET, if it gave us one")


def _addresses(told: SignIn) -> Iterator[Finding]:
    for name, value in (
        ("VERTSDESK_OIDC_ISSUER", told.issuer),
        ("VERTSDESK_PUBLIC_URL", told.public_url),
    ):
        if value and not is_private(value):
            says = f"{name} is no https address, so nobody is let in that way"
            yield error(ABOUT, says, f"Write {name} with https://")
    if told.issuer and "/.well-known/" in told.issuer:
        mend = "Leave /.well-known/openid-configuration out of VERTSDESK_OIDC_ISSUER"
        yield error(ABOUT, "the issuer is the address of its description", mend)
    if told.issuer and OF_MANY.fullmatch(told.issuer) and not told.tenants.strip():
        yield error(
            ABOUT,
            "the issuer signs in everybody's people, and nobody's are let in",
            "Set VERTSDESK_OIDC_TENANTS to the tenants' ids, or write one tenant's own issuer",
        )
