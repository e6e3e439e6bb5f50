"""An answer that this browser did not ask for, and an issuer that is not itself, let nobody in."""

import re
from datetime import timedelta

import pytest

from tests.sign_in.door import OLA, Door, words
from tests.sign_in.issuer import PretendIssuer

MINUTE = timedelta(minutes=1)


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
