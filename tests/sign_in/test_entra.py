"""Of Entra's tenants ours alone are let in, and addresses count where the tenant owns them."""

import pytest

from tests.sign_in.door import OLA, Door, Visiting
from tests.sign_in.issuer import PretendIssuer

HEROY = "11111111-2222-3333-4444-555555555555"
ALSTAHAUG = "66666666-7777-8888-9999-000000000000"


def in_entra(tenant: str, **claims: object) -> dict[str, object]:
    return {
        "sub": "ola-in-entra",
        "tid": tenant,
        "email": OLA["email"],
        "preferred_username": OLA["email"],
        **claims,
    }


@pytest.mark.parametrize(
    ("claims", "is_let_in"),
    [
        ({}, True),  # a member's user name: the tenant has proved that the domain is its own
        ({"preferred_username": "OLA.Husver@heroy.example"}, True),
        ({"preferred_username": "olahus@heroy.example"}, False),
        ({"preferred_username": "olahus@heroy.example", "xms_edov": True}, True),
        ({"preferred_username": "olahus@heroy.example", "xms_edov": "1"}, True),
        ({"preferred_username": "olahus@heroy.example", "xms_edov": False}, False),
        ({"preferred_username": "x@evil.example", "email_verified": True}, False),
        ({"idp": "https://sts.windows.net/somebody-elses/"}, False),  # a guest
        ({"acct": 1}, False),  # a guest
        ({"acct": 0}, True),
        ({"preferred_username": None}, False),
    ],
)
async def test_of_entra_an_address_counts_only_where_the_tenant_owns_it(
    door: Door, issuer: PretendIssuer, claims: dict[str, object], *, is_let_in: bool
) -> None:
    issuer.person = in_entra(HEROY, **claims)
    door.opens(issuer, oidc_tenants=HEROY)
    async with door.browser() as browser:
        await browser.signs_in()
        assert (await browser.sees() == "Ola Husvær") is is_let_in


@pytest.mark.parametrize("tenant", [ALSTAHAUG, "", None, f"{HEROY}x"])
async def test_another_tenants_people_are_not_let_in(
    door: Door, issuer: PretendIssuer, tenant: str | None
) -> None:
    issuer.person = in_entra(HEROY, tid=tenant)
    door.opens(issuer, oidc_tenants=HEROY)
    async with door.browser() as browser:
        assert (await browser.signs_in()).status_code == 403


async def signs_in_of_many(browser: Visiting, issuer: PretendIssuer, tenant: str, iss: str) -> int:
    issuer.person = in_entra(tenant, iss=f"{issuer.address}/{iss}/v2.0", idp=None)
    return (await browser.signs_in()).status_code


async def test_where_one_issuer_signs_in_many_tenants_ours_alone_are_let_in(
    door: Door, issuer: PretendIssuer
) -> None:
    issuer.says = {"issuer": f"{issuer.address}/{{tenantid}}/v2.0"}
    door.opens(issuer, oidc_tenants=f" {HEROY.upper()}, {ALSTAHAUG}")
    async with door.browser() as browser:
        evil = "12345678-2222-3333-4444-555555555555"
        assert await signs_in_of_many(browser, issuer, evil, iss=evil) == 403
        assert await signs_in_of_many(browser, issuer, HEROY, iss=evil) == 403
        assert await signs_in_of_many(browser, issuer, HEROY, iss=ALSTAHAUG) == 403
        assert await signs_in_of_many(browser, issuer, HEROY, iss=HEROY) == 303
        assert await browser.sees() == "Ola Husvær"


async def test_an_issuer_of_many_tenants_is_not_believed_where_ours_are_not_named(
    door: Door, issuer: PretendIssuer
) -> None:
    issuer.says = {"issuer": f"{issuer.address}/{{tenantid}}/v2.0"}
    door.opens(issuer)
    async with door.browser() as browser:
        assert (await browser.ours.get("/sign-in")).status_code == 502
