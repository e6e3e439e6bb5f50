"""Without a sign-in, the demo answers this machine's own page and nobody else."""

import re

import httpx
import pytest

from tests.web.counter import Counter

OLA = "ola.husver"
SAY = f"/chat/{OLA}/{OLA}/say"


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "[::1]:8000", "localhost"])
async def test_this_machine_is_let_in_by_any_of_its_names(
    browser: httpx.AsyncClient, host: str
) -> None:
    assert (await browser.get("/", headers={"Host": host})).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "10.0.0.5", "[", ""],
)
async def test_a_name_that_only_leads_here_is_refused(
    browser: httpx.AsyncClient, host: str
) -> None:
    for address in ("/", "/live", "/static/chat.js"):
        assert (await browser.get(address, headers={"Host": host})).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:3000"},
        {"Origin": "http://localhost:8000"},  # another name is another origin
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_a_form_on_somebody_elses_page_is_refused(
    counter: Counter, browser: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    refused = await browser.post(SAY, data={"text": "Hei"}, headers=headers)

    assert refused.status_code == 403
    assert counter.heard == []


async def test_our_own_page_is_let_in(counter: Counter, browser: httpx.AsyncClient) -> None:
    ours = {"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"}
    assert (await browser.post(SAY, data={"text": "Hei"}, headers=ours)).status_code == 200
    assert len(counter.heard) == 1


async def test_the_page_runs_nothing_from_anywhere_else(browser: httpx.AsyncClient) -> None:
    page = await browser.get("/")

    assert page.headers["content-security-policy"].startswith("default-src 'self'")
    outside = re.findall(r'(?:src|href|action)="((?!/(?!/)|#)[^"]*)"', page.text)
    assert outside == []
