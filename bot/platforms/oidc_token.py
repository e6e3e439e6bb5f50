"""What an issuer's token proves: whose it is, and which e-mail address the issuer vouches for."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

# Only what needs the issuer's own secret key: a shared secret, or none at all, proves nothing.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
LEEWAY = 60  # seconds that two clocks may differ by
TENANT = "{tenantid}"  # what Entra writes for the tenant where its issuer is that of many
OF_ENTRA = re.compile(
    r"https://login\.microsoftonline\.(?:com|us)/([0-9a-f-]{36})/v2\.0/?", re.IGNORECASE
)


class NotProven(Exception):
    """The token is none of this issuer's for us, now. Says what is wrong with it, for the log."""


class UnknownKey(NotProven):
    """It is signed by a key that we have not been told of; the issuer may have a new one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a token must say. *tenants*: those of Entra that are let in, in small letters."""

    issuer: str
    client_id: str
    tenants: frozenset[str] = frozenset()

    def issuer_of(self, tenant: str) -> str:
        return self.issuer.replace(TENANT, tenant)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """Who has signed in. *email* is empty unless the issuer vouches for it."""

    issuer: str
    subject: str
    email: str


def tenants_of(issuer: str, named: str) -> frozenset[str]:
    """Return the tenants that are let in: the *named* ones (commas between), or the issuer's own.

    None at all means that the issuer is not Entra.
    """
    found = OF_ENTRA.fullmatch(issuer)
    told = [tenant.strip().lower() for tenant in named.split(",") if tenant.strip()]
    return frozenset(told or ([found[1].lower()] if found else []))


def proven(token: str, keys: KeySet, expected: Expected, nonce: str, now: datetime) -> Proven:
    """Return whose *token* is.

    :raises UnknownKey: its key is not among *keys*
    :raises NotProven: anything else is wrong with it
    """
    try:
        claims = _checked(token, keys, expected, nonce, now)
    except InvalidKeyIdError as unknown:
        raise UnknownKey("kid") from unknown
    except (JoseError, ValueError, TypeError) as wrong:
        raise NotProven(getattr(wrong, "error", type(wrong).__name__)) from wrong
    issuer, subject = str(claims["iss"]), str(claims["sub"])
    return Proven(issuer=issuer, subject=subject, email=vouched_email(claims, expected.tenants))


def vouched_email(claims: dict[str, Any], tenants: frozenset[str]) -> str:
    """Return the address that the issuer vouches for; empty when it vouches for none.

    Entra's ``email`` is whatever stands in the directory, and proves nothing by itself: another
    tenant's administrator may write anybody's address there. So of Entra it counts where Entra
    says that the domain's owner is verified (``xms_edov``), or where it is a member's own user
    name as well, whose domain the tenant has proved to be its own; a guest's is not. Of others it
    counts where they say that it is verified, in so many words.
    """
    email = claims.get("email")
    if not isinstance(email, str) or "@" not in email:
        return ""
    if not tenants:
        return email if claims.get("email_verified") is True else ""
    is_owned = claims.get("xms_edov") in {True, "1", "true"}
    is_member = claims.get("idp") in {None, claims.get("iss")} and claims.get("acct") in {None, 0}
    user = claims.get("preferred_username")
    is_user = isinstance(user, str) and user.casefold() == email.casefold()
    return email if is_owned or (is_member and is_user) else ""


def _checked(
    token: str, keys: KeySet, expected: Expected, nonce: str, now: datetime
) -> dict[str, Any]:
    registry = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
    read = jwt.decode(token, key=keys, registry=registry)
    tenant = _tenant(read.claims, expected)
    must_be = {
        "iss": {"essential": True, "value": expected.issuer_of(tenant)},
        "sub": {"essential": True},
        "aud": {"essential": True, "value": expected.client_id},
        "nonce": {"essential": True, "value": nonce},
    }
    params = {"client_id": expected.client_id, "nonce": nonce}
    claims = CodeIDToken(read.claims, read.header, must_be, params)
    claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
    audience = claims["aud"]
    if isinstance(audience, list) and len(audience) > 1 and "azp" not in claims:
        raise NotProven("azp")  # a token for several says which of them asked for it
    return dict(claims)


def _tenant(claims: dict[str, Any], expected: Expected) -> str:
    """Return the tenant that the token comes from, if tenants are asked for."""
    if not expected.tenants:
        return ""
    tenant = claims.get("tid")
    if not isinstance(tenant, str) or tenant.lower() not in expected.tenants:
        raise NotProven("tid")
    return tenant
