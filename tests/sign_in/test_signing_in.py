"""People sign in with their employer's account, come where they wanted to, and out again."""

from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import text

from schedules.forget_seen import forget_seen
from tests.sign_in.door import ADDRESS, KARI, OLA, Door, Visiting, words
from tests.sign_in.issuer import CLIENT, PretendIssuer

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
async def browser(door: Door, issuer: PretendIssuer) -> AsyncIterator[Visiting]:
    """Ola's, before a door that is open."""
    door.opens(issuer)
    issuer.person = OLA
    async with door.browser() as opened:
        yield opened


async def test_a_link_from_the_chat_opens_its_page_after_signing_in(browser: Visiting) -> None:
    assert await browser.sees() is None
    back = await browser.signs_in("/whoever?year=2026&task=vat")

    assert (back.status_code, back.headers["location"]) == (303, "/whoever?year=2026&task=vat")
    assert await browser.sees() == "Ola Husvær"


async def test_the_issuer_is_asked_with_everything_that_keeps_others_out(
    door: Door, issuer: PretendIssuer
) -> None:
    door.opens(issuer)
    async with door.browser() as browser:
        await browser.goes_to_issuer()
        await browser.goes_to_issuer()
    one, other = issuer.asked

    assert one["response_type"] == "code"
    assert one["client_id"] == CLIENT
    assert one["redirect_uri"] == f"{ADDRESS}/sign-in/callback"
    assert one["scope"].split() == ["openid", "profile", "email"]
    assert one["code_challenge_method"] == "S256"
    for name in ("state", "nonce", "code_challenge"):
        assert len(one[name]) >= 43
        assert one[name] != other[name]


async def test_no_script_and_no_other_site_gets_hold_of_the_cookies(browser: Visiting) -> None:
    sent = await browser.ours.get("/sign-in")
    came = await browser.comes_back(await browser.outside.get(sent.headers["location"]))
    for cookie in (sent.headers["set-cookie"], came.headers.get_list("set-cookie")[0]):
        assert cookie.startswith("__Host-vertsdesk_")
        said = {part.strip().lower() for part in cookie.split(";")}
        assert {"secure", "httponly", "samesite=lax", "path=/"} <= said
        assert not any(part.startswith("domain") for part in said)


async def test_on_this_very_machine_it_works_without_https(
    door: Door, issuer: PretendIssuer
) -> None:
    door.address = "http://127.0.0.1:8000"
    door.opens(issuer)
    issuer.person = OLA
    async with door.browser() as browser:
        await browser.signs_in()
        assert await browser.sees() == "Ola Husvær"
        assert {name for name in browser.ours.cookies if name.startswith("vertsdesk_visit")}


@pytest.mark.parametrize(
    "settings",
    [
        {"oidc_issuer": None},
        {"oidc_client_id": None},
        {"secret": None},
        {"oidc_issuer": "http://login.example"},
    ],
)
async def test_where_something_is_missing_the_page_says_so(
    door: Door, issuer: PretendIssuer, settings: dict[str, None]
) -> None:
    door.opens(issuer, **settings)
    async with door.browser("nn-NO,nn;q=0.9,en;q=0.5") as browser:
        sent = await browser.ours.get("/whoever")
        closed = await browser.ours.get(sent.headers["location"])
    assert closed.status_code == 503
    assert "Innlogging er ikkje sett opp her enno" in words(closed)
    assert issuer.hits == []


async def test_nobody_signs_in_over_a_line_that_others_hear(
    door: Door, issuer: PretendIssuer
) -> None:
    door.address = "http://desk.example"
    door.opens(issuer)
    async with door.browser() as browser:
        assert (await browser.ours.get("/sign-in")).status_code == 503


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "https://evil.example", "/\\evil.example", "/%0d%0aX: y\r\n", ""]
)
async def test_signing_in_leads_nowhere_but_to_us(browser: Visiting, wanted: str) -> None:
    sent = await browser.ours.get("/sign-in", params={"next": wanted})
    back = await browser.comes_back(await browser.outside.get(sent.headers["location"]))
    assert back.headers["location"] == "/home"


async def test_two_windows_that_sign_in_at_once_do_not_disturb_each_other(
    browser: Visiting,
) -> None:
    one = await browser.goes_to_issuer("/whoever?one")
    other = await browser.goes_to_issuer("/whoever?other")
    assert (await browser.comes_back(one)).headers["location"] == "/whoever?one"
    assert (await browser.comes_back(other)).headers["location"] == "/whoever?other"


async def test_whoever_signs_in_gets_a_new_key_and_the_old_one_opens_nothing(
    door: Door, issuer: PretendIssuer
) -> None:
    door.opens(issuer)
    issuer.person = OLA
    async with door.browser() as browser, door.browser() as thief:
        browser.holds("chosen by somebody else")
        await browser.signs_in()
        old = browser.key
        assert old != "chosen by somebody else"

        issuer.person = KARI
        from_issuer = await browser.outside.get(
            (await browser.ours.get("/sign-in")).headers["location"]
        )
        await browser.comes_back(from_issuer)
        assert await browser.sees() == "Kari Nordnes"
        thief.holds(old)
        assert await thief.sees() is None


async def test_a_visit_ends_by_itself(door: Door, browser: Visiting) -> None:
    await browser.signs_in()
    for _ in range(14):
        door.passes(50 * MINUTE)
        assert await browser.sees() == "Ola Husvær"
    door.passes(50 * MINUTE)
    assert await browser.sees() is None

    await browser.signs_in()
    door.passes(HOUR)
    assert await browser.sees() is None


async def test_a_visit_that_is_over_is_forgotten_the_day_after(
    door: Door, browser: Visiting
) -> None:
    await browser.signs_in()
    forget_seen(door.desk)
    assert await browser.sees() == "Ola Husvær"
    door.passes(24 * HOUR)
    forget_seen(door.desk)
    with door.database.reading() as store:
        assert store._session.scalar(text("SELECT count(*) FROM visit")) == 0


async def test_whoever_signs_out_is_out_here_and_at_the_issuer(
    door: Door, issuer: PretendIssuer
) -> None:
    door.opens(issuer)
    issuer.person = OLA
    async with door.browser("en") as browser:
        await browser.signs_in()
        key = browser.key
        out = await browser.signs_out()
        onward = out.text.split("0; url=")[1].split('"')[0].replace("&amp;", "&")
        told = parse_qs(urlsplit(onward).query)
        back = await browser.outside.get(onward)

        assert "You are signed out" in words(out)
        assert told["client_id"] == [CLIENT]
        assert len(told["id_token_hint"][0].split(".")) == 3
        assert back.headers["location"] == f"{ADDRESS}/sign-out/done"
        assert "You are signed out" in words(await browser.ours.get("/sign-out/done"))
        browser.holds(key)
        assert await browser.sees() is None


async def test_where_the_issuer_has_no_such_page_one_is_out_here(
    issuer: PretendIssuer, browser: Visiting
) -> None:
    issuer.says = {"end_session_endpoint": None}
    await browser.signs_in()
    out = await browser.signs_out()
    assert "refresh" not in out.text
    assert await browser.sees() is None


async def test_nobody_is_signed_out_by_somebody_elses_form(
    door: Door, issuer: PretendIssuer
) -> None:
    door.opens(issuer)
    issuer.person = OLA
    async with door.browser() as browser, door.browser() as other:
        await browser.signs_in()
        await other.signs_in()
        theirs = (await other.ours.get("/whoever")).json()["csrf"]
        for csrf in ("", "x", theirs):
            assert (await browser.ours.post("/sign-out", data={"csrf": csrf})).status_code == 403
        assert await browser.sees() == "Ola Husvær"


async def test_the_page_that_says_goodbye_leads_nowhere_it_is_told_to(
    door: Door, issuer: PretendIssuer
) -> None:
    door.opens(issuer)
    async with door.browser() as browser:
        page = await browser.ours.get("/sign-out/done", params={"onward": "https://evil.example"})
    assert "evil" not in page.text
