"""Nobody is let in whom the issuer does not vouch for, and nobody is guessed at."""

import re
from datetime import timedelta

import pytest

from storage.database import Database
from tests.sign_in.door import KARI, OLA, Door, Visiting, words
from tests.sign_in.issuer import OURS, SOMEBODY_ELSES, PretendIssuer, new_key

MINUTE = timedelta(minutes=1)
HEROY = "11111111-2222-3333-4444-555555555555"
ALSTAHAUG = "66666666-7777-8888-9999-000000000000"
LIES = {
    "another issuer": lambda claims: {**claims, "iss": "https://login.evil.example"},
    "no issuer": lambda claims: {**claims, "iss": None},
    "another audience": lambda claims: {**claims, "aud": "somebody-else"},
    "another audience, though asked for by us": lambda claims: {
        **claims,
        "aud": ["somebody-else"],
        "azp": "vertsdesk",
    },
    "for several, of whom it does not say who asked": lambda claims: {
        **claims,
        "aud": ["vertsdesk", "somebody-else"],
    },
    "for several, of whom another asked": lambda claims: {
        **claims,
        "aud": ["vertsdesk", "somebody-else"],
        "azp": "somebody-else",
    },
    "another nonce": lambda claims: {**claims, "nonce": "of another flow"},
    "no nonce": lambda claims: {k: v for k, v in claims.items() if k != "nonce"},
    "expired": lambda claims: {**claims, "exp": claims["iat"] - 61},
    "never expiring": lambda claims: {k: v for k, v in claims.items() if k != "exp"},
    "of tomorrow": lambda claims: {**claims, "iat": claims["iat"] + 86_400},
    "not valid yet": lambda claims: {**claims, "nbf": claims["iat"] + 600},
    "nobody's": lambda claims: {k: v for k, v in claims.items() if k != "sub"},
}


@pytest.mark.parametrize("lie", LIES)
async def test_a_token_with_one_thing_wrong_lets_nobody_in(
    door: Door, issuer: PretendIssuer, lie: str
) -> None:
    issuer.person, issuer.lies = OLA, LIES[lie]
    door.opens(issuer)
    async with door.browser("en") as browser:
        refused = await browser.signs_in()
        assert refused.status_code == 403
        assert "We could not confirm the sign-in service's answer" in words(refused)
        assert await browser.sees() is None


async def test_a_token_that_somebody_else_signed_lets_nobody_in(
    door: Door, issuer: PretendIssuer
) -> None:
    issuer.person, issuer.key = OLA, SOMEBODY_ELSES
    door.opens(issuer)
    async with door.browser() as browser:
        assert (await browser.signs_in()).status_code == 403


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
async def test_a_token_that_anybody_could_sign_lets_nobody_in(
    door: Door, issuer: PretendIssuer, algorithm: str
) -> None:
    issuer.person, issuer.algorithm = OLA, algorithm
    door.opens(issuer)
    async with door.browser() as browser:
        assert (await browser.signs_in()).status_code == 403


async def test_a_new_key_of_the_issuers_is_fetched_once_and_not_for_every_made_up_one(
    door: Door, issuer: PretendIssuer
) -> None:
    issuer.person = OLA
    door.opens(issuer)
    async with door.browser() as browser:
        await browser.signs_in()
        await browser.signs_out()
        issuer.key = new_key("second")
        assert (await browser.signs_in()).status_code == 403
        assert issuer.hits.count("/keys") == 1

        door.passes(MINUTE)
        issuer.told = (OURS, issuer.key)
        await browser.signs_in()
        assert await browser.sees() == "Ola Husvær"
        assert issuer.hits.count("/keys") == 2


@pytest.mark.parametrize("wrong", ["another state", "no state", "another browser", "too late"])
async def test_an_answer_that_this_browser_did_not_ask_for_is_refused(
    door: Door, issuer: PretendIssuer, wrong: str
) -> None:
    issuer.person = OLA
    door.opens(issuer)
    async with door.browser() as browser, door.browser() as other:
        answer = await browser.goes_to_issuer()
        address = answer.headers["location"]
        coming = browser
        match wrong:
            case "another state":
                address = re.sub("state=.{8}", r"\g<0>x", address)
            case "no state":
                address = re.sub("&state=[^&]+", "", address)
            case "another browser":
                coming = other
            case "too late":
                door.passes(10 * MINUTE)
        refused = await coming.ours.get(address)

        assert refused.status_code == 400
        assert "Prøv igjen" in words(refused)
        assert "/token" not in issuer.hits
        assert await coming.sees() is None


async def test_an_answer_is_good_for_one_time(door: Door, issuer: PretendIssuer) -> None:
    issuer.person = OLA
    door.opens(issuer)
    async with door.browser() as browser:
        answer = await browser.goes_to_issuer()
        await browser.comes_back(answer)
        assert (await browser.comes_back(answer)).status_code == 400


async def test_an_answer_from_another_issuer_is_refused(door: Door, issuer: PretendIssuer) -> None:
    issuer.person = OLA
    issuer.says = {"authorization_response_iss_parameter_supported": True}
    door.opens(issuer)
    async with door.browser() as browser:
        for told in ({}, {"iss": "https://login.evil.example"}):
            issuer.answers = told
            assert (await browser.signs_in()).status_code == 502
        issuer.answers = {"iss": issuer.address}
        assert (await browser.signs_in()).status_code == 303


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Innloggingen ble avbrutt"),
        ("nn-NO, en", "Innlogginga vart avbroten"),
        ("en-GB, nb", "Signing in was cancelled"),
        ("no", "Innloggingen ble avbrutt"),
        ("de, en", "Signing in was cancelled"),
        ("", "Innloggingen ble avbrutt"),
    ],
)
async def test_whoever_is_refused_by_the_issuer_reads_why_in_their_language_with_a_number(
    door: Door, issuer: PretendIssuer, language: str, text: str
) -> None:
    issuer.answers = {"error": "access_denied", "error_description": "<script>"}
    door.opens(issuer)
    async with door.browser(language) as browser:
        refused = await browser.signs_in()
    assert refused.status_code == 403
    assert text in words(refused)
    assert re.search(r": [0-9a-f]{6}", words(refused))
    assert "<script>" not in refused.text


@pytest.mark.parametrize("breaks", ["/.well-known/openid-configuration", "/token", "/keys"])
async def test_an_issuer_that_does_not_answer_is_told_of(
    door: Door, issuer: PretendIssuer, breaks: str
) -> None:
    issuer.person, issuer.breaks = OLA, breaks
    door.opens(issuer)
    async with door.browser() as browser:
        at_door = await browser.ours.get("/sign-in?next=/whoever")
        if at_door.status_code == 303:
            back = await browser.outside.get(at_door.headers["location"])
            at_door = await browser.comes_back(back)
        assert at_door.status_code == 502
        assert "svarer ikke som den skal" in words(at_door)

        issuer.breaks = ""
        await browser.signs_in()
        assert await browser.sees() == "Ola Husvær"


@pytest.mark.parametrize(
    "says",
    [
        {"issuer": "https://login.evil.example"},
        {"issuer": None},
        {"token_endpoint": "http://login.evil.example/token"},
        {"jwks_uri": "ftp://login.example/keys"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": None},
    ],
)
async def test_an_issuer_that_describes_itself_as_somebody_else_is_not_believed(
    door: Door, issuer: PretendIssuer, says: dict[str, str | None]
) -> None:
    issuer.says = says
    door.opens(issuer)
    async with door.browser() as browser:
        assert (await browser.ours.get("/sign-in")).status_code == 502


async def test_somebody_nobody_knows_is_told_so_and_not_guessed_at(
    door: Door, issuer: PretendIssuer
) -> None:
    issuer.person = {"sub": "x", "email": "new.one@heroy.example", "email_verified": True}
    door.opens(issuer)
    async with door.browser() as browser:
        refused = await browser.signs_in()
        assert refused.status_code == 403
        assert "new.one@heroy.example" in words(refused)
        assert await browser.sees() is None
    with door.database.reading() as store:
        assert store.people.by_email("new.one@heroy.example") is None


@pytest.mark.parametrize("verified", [False, None, "true", 1])
async def test_an_address_that_the_issuer_does_not_vouch_for_is_nobodys(
    door: Door, issuer: PretendIssuer, verified: object
) -> None:
    issuer.person = {**OLA, "email_verified": verified}
    door.opens(issuer)
    async with door.browser() as browser:
        assert "går ikke god for" in words(await browser.signs_in())
        assert await browser.sees() is None


async def test_whoever_is_linked_is_known_by_their_account_whatever_their_address(
    door: Door, issuer: PretendIssuer
) -> None:
    issuer.person = OLA
    door.opens(issuer)
    async with door.browser() as browser, door.browser() as later:
        await browser.signs_in()
        issuer.person = {"sub": OLA["sub"], "email": KARI["email"], "email_verified": True}
        await later.signs_in()
        assert await later.sees() == "Ola Husvær"


async def test_an_address_that_is_given_to_somebody_new_does_not_let_them_in_as_the_old_one(
    door: Door, issuer: PretendIssuer
) -> None:
    issuer.person = OLA
    door.opens(issuer)
    async with door.browser() as browser, door.browser() as newcomer:
        await browser.signs_in()
        issuer.person = {**OLA, "sub": "somebody-new"}
        refused = await newcomer.signs_in()
        assert "koblet til en annen konto" in words(refused)
        assert await newcomer.sees() is None
        forget(door.database, "ola.husver")
        await newcomer.signs_in()
        assert await newcomer.sees() == "Ola Husvær"


def forget(database: Database, person: str) -> None:
    with database.transaction() as store:
        store.subjects.forget(person)


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
