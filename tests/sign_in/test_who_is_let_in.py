"""Nobody is let in whom the issuer does not vouch for, and nobody is guessed at."""

from datetime import timedelta

import pytest

from storage.database import Database
from tests.sign_in.door import KARI, OLA, Door, words
from tests.sign_in.issuer import OURS, SOMEBODY_ELSES, PretendIssuer, new_key

MINUTE = timedelta(minutes=1)
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
