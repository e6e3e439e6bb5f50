"""An OpenID Connect issuer: found by its own description, asked who somebody is, and believed.

Authlib knows the protocol's words and rules; what goes over the wire goes by httpx.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from ssl import SSLContext
from typing import Any

import httpx
from authlib.common.urls import add_params_to_uri
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.discovery import get_well_known_url
from joserfc.jwk import KeySet
from pydantic import BaseModel, ValidationError

from bot.domain.letting_in import is_private
from bot.platforms.oidc_token import TENANT, Expected, Proven, UnknownKey, proven

TIMEOUT = 10  # seconds
READ_AGAIN = timedelta(hours=1)  # how long an issuer's description is believed
KEYS_AGAIN = timedelta(minutes=1)  # an unknown key makes us ask, but not for each made-up token
SCOPES = "openid profile email"
IN_HEADER, IN_BODY, NONE = "client_secret_basic", "client_secret_post", "none"


class IssuerTrouble(Exception):
    """The issuer does not answer as one should. Says where, for the log."""


class Description(BaseModel):
    """What an issuer says of itself: the few things that we need."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    end_session_endpoint: str | None = None
    token_endpoint_auth_methods_supported: list[str] = [IN_HEADER]
    authorization_response_iss_parameter_supported: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What the issuer knows of us. *comes_back*: where it sends people back to."""

    issuer: str
    client_id: str
    client_secret: str
    comes_back: str
    tenants: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Somebody is on their way through the issuer: what only their own browser and we know."""

    state: str
    nonce: str
    verifier: str
    wanted: str  # the page of ours that they want to see


@dataclass(slots=True)
class Issuer:
    registered: Registration
    clock: Callable[[], datetime]
    _described: Description | None = None
    _described_at: datetime | None = None
    _keys: KeySet | None = field(default=None, repr=False)
    _keys_at: datetime | None = None

    async def way_in(self, flow: Flow) -> str:
        """Return the issuer's own address at which somebody says who they are.

        :raises IssuerTrouble: it does not describe itself
        """
        described, ours = await self.described(), self.registered
        address: str = prepare_grant_uri(
            described.authorization_endpoint,
            client_id=ours.client_id,
            response_type="code",
            redirect_uri=ours.comes_back,
            scope=SCOPES,
            state=flow.state,
            nonce=flow.nonce,
            code_challenge=create_s256_code_challenge(flow.verifier),
            code_challenge_method="S256",
        )
        return address

    async def who(self, code: str, told_issuer: str | None, flow: Flow) -> tuple[Proven, str]:
        """Return who came back with *code*, and the token that proves it.

        *told_issuer*: the issuer that the answer came from, if it says so (RFC 9207).

        :raises IssuerTrouble: the issuer does not take the code, or has no keys
        :raises NotProven: the token is not for us, from it, of this flow and of now
        """
        described, ours = await self.described(), self.registered
        self._check_sender(described, told_issuer)
        token = await self._redeemed(described, code, flow)
        expected = Expected(issuer=described.issuer, client_id=ours.client_id, tenants=ours.tenants)
        now = self.clock()
        try:
            return proven(token, await self._known_keys(), expected, flow.nonce, now), token
        except UnknownKey:
            keys = await self._known_keys(anew=True)
            return proven(token, keys, expected, flow.nonce, now), token

    async def way_out(self, proof: str, back: str) -> str | None:
        """Return where somebody signs out of the issuer too; None when it has no such page.

        :raises IssuerTrouble: it does not describe itself
        """
        end = (await self.described()).end_session_endpoint
        if end is None:
            return None
        told = {
            "id_token_hint": proof,
            "client_id": self.registered.client_id,
            "post_logout_redirect_uri": back,
        }
        address: str = add_params_to_uri(end, told)
        return address

    async def described(self) -> Description:
        """Return what the issuer says of itself, now or within the last hour.

        :raises IssuerTrouble: it says nothing, or not what an issuer may say
        """
        now, told_at = self.clock(), self._described_at
        if self._described is None or told_at is None or now - told_at >= READ_AGAIN:
            address = get_well_known_url(self.registered.issuer, external=True)
            try:
                described = Description.model_validate(await _fetched("GET", address))
            except ValidationError as wrong:
                raise IssuerTrouble("description") from wrong
            self._check(described)
            self._described, self._described_at = described, now
        return self._described

    def _check(self, described: Description) -> None:
        """Refuse a description that is another issuer's, or leads where anybody may listen."""
        is_of_many = TENANT in described.issuer and bool(self.registered.tenants)
        if described.issuer != self.registered.issuer and not is_of_many:
            raise IssuerTrouble("another issuer")
        leads_to = (
            described.authorization_endpoint,
            described.token_endpoint,
            described.jwks_uri,
            described.end_session_endpoint,
        )
        if not all(is_private(address) for address in leads_to if address is not None):
            raise IssuerTrouble("not https")

    def _check_sender(self, described: Description, told: str | None) -> None:
        """Refuse an answer that another issuer has sent, if the answer says who sent it."""
        if told is None:
            if described.authorization_response_iss_parameter_supported:
                raise IssuerTrouble("no iss")
        elif TENANT not in described.issuer and told != described.issuer:
            raise IssuerTrouble("another iss")

    async def _redeemed(self, described: Description, code: str, flow: Flow) -> str:
        """Return the token that *code* stands for, from issuer to us directly."""
        ours = self.registered
        asked = prepare_token_request(
            "authorization_code",
            code=code,
            redirect_uri=ours.comes_back,
            code_verifier=flow.verifier,
        )
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        means = ClientAuth(ours.client_id, ours.client_secret, self._means(described))
        address, headers, body = means.prepare("POST", described.token_endpoint, headers, asked)
        told = await _fetched("POST", address, headers=headers, content=body)
        token = told.get("id_token")
        if not isinstance(token, str):
            raise IssuerTrouble("no id_token")
        return token

    def _means(self, described: Description) -> str:
        """Return how we tell the issuer that it is us who ask."""
        if not self.registered.client_secret:
            return NONE
        known = described.token_endpoint_auth_methods_supported
        return IN_BODY if IN_BODY in known else IN_HEADER  # a header leaves open how to quote

    async def _known_keys(self, *, anew: bool = False) -> KeySet:
        now, asked_at = self.clock(), self._keys_at
        is_old = asked_at is None or now - asked_at >= (KEYS_AGAIN if anew else READ_AGAIN)
        if self._keys is None or is_old:
            told = await _fetched("GET", (await self.described()).jwks_uri)
            try:
                self._keys = KeySet.import_key_set({"keys": told["keys"]})
            except Exception as wrong:  # whatever is wrong with them, they are no keys
                raise IssuerTrouble("keys") from wrong
            self._keys_at = now
        return self._keys


@cache
def _trusted() -> SSLContext:
    """Return whose certificates we believe; reading them takes longer than asking the issuer."""
    return httpx.create_ssl_context()


async def _fetched(method: str, address: str, **how: Any) -> dict[str, Any]:
    """Return the JSON object that *address* answers with.

    :raises IssuerTrouble: it answers with anything else, or not at all
    """
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT, verify=_trusted()) as client:
            answer = await client.request(method, address, **how)
        told = answer.json() if answer.is_success else None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as wrong:
        raise IssuerTrouble(type(wrong).__name__) from wrong
    if not isinstance(told, dict):
        raise IssuerTrouble(f"status {answer.status_code}")
    return told
