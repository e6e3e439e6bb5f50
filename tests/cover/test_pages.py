"""Cover, vulnerability and what-if as pages: who may see which, with names or without."""

import asyncio
import re
from dataclasses import replace
from html import unescape

import httpx
import pytest
from fastapi import FastAPI

from bot.agreements import HALD, read_source
from bot.domain.sharing import Sharing, SharingRule
from storage.database import Database
from tests.cover.desk import AUDITOR, BOOK, FORM, LEAD, MANAGER, TEAM, served
from tests.stories import AGREEMENT

PARTNER, ASKER = "bjorn.tenna", "ola.husver"
STAFF = (
    "Randi Solvang",
    "Kari Nordnes",
    "Per Tindvik",
    "Liv Sandhaug",
    "Marit Haugmo",
    "Torstein Breivik",
)


def answer(web: FastAPI, who: str, path: str, **asked: object) -> httpx.Response:
    """Ask for *path* as *who*'s browser would; with a form (*data*), send it."""

    async def ask() -> httpx.Response:
        wire = httpx.ASGITransport(app=web)
        async with httpx.AsyncClient(transport=wire, base_url="http://desk.example") as client:
            method = "POST" if "data" in asked else "GET"
            headers = {"x-visitor": who, "accept": "text/html"}
            return await client.request(method, path, headers=headers, **asked)

    return asyncio.run(ask())


def seen(web: FastAPI, who: str, path: str, **query: str) -> str:
    given = answer(web, who, path, params=query)
    assert given.status_code == 200, (who, path, given.status_code)
    return unescape(given.text)


def status(web: FastAPI, who: str, path: str, **query: str) -> int:
    return answer(web, who, path, params=query).status_code


def named(page: str) -> list[str]:
    """Return who of the unit is named below the page's top, where the visitor's own name stands."""
    main = page.partition("<main")[2]
    return [name for name in STAFF if name in main]


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/cover", {LEAD, MANAGER, TEAM, PARTNER, AUDITOR}),
        ("/vulnerability", {LEAD, MANAGER, TEAM, PARTNER, AUDITOR}),
        ("/what-if", {LEAD, MANAGER}),
    ],
)
def test_who_may_look_and_for_whom_there_is_nothing(
    web: FastAPI, path: str, allowed: set[str]
) -> None:
    everybody = {LEAD, MANAGER, TEAM, PARTNER, ASKER, AUDITOR}
    answers = {who: status(web, who, path) for who in everybody}

    assert answers == {who: 200 if who in allowed else 404 for who in everybody}


@pytest.mark.parametrize("who", [TEAM, PARTNER, AUDITOR])
def test_names_are_for_the_hosts_lead_and_managers(web: FastAPI, who: str) -> None:
    for path in ("/cover", "/vulnerability"):
        assert named(seen(web, who, path)) == []
        assert named(seen(web, LEAD, path))
        assert named(seen(web, MANAGER, path))
    for away in (TEAM, "nobody"):
        assert status(web, who, "/vulnerability", away=away, weeks="28") == 404


def test_a_partner_sees_its_own_weeks_alone(web: FastAPI) -> None:
    page = seen(web, PARTNER, "/cover")

    assert 'scope="row">Herøy' in page
    assert 'scope="row">Dønna' not in page
    assert 'scope="row">Dønna' in seen(web, LEAD, "/cover")


def test_the_map_says_in_signs_and_words_what_the_command_does(web: FastAPI) -> None:
    """From 6 July the lead alone is there: everything of the host's rests on her."""
    page = seen(web, LEAD, "/cover", **{"from": "2026-06-29", "weeks": "4"})
    squares = re.findall(
        r'<td class="(\w+)"><a href="(.*?)">.*?>(.*?)</span>.*?>(.*?)</span>', page
    )

    signs = [sign for _, _, sign, _ in squares[:4]]  # Alstahaug's: its own tasks rest on one
    assert [kind for kind, *_ in squares[:4]] == ["single"] * 4
    assert signs[0] == signs[3] < signs[1] == signs[2]
    _, link, sign, words = squares[1]
    assert link == "/cover?from=2026-07-06&weeks=1"
    assert words == f"{sign.removeprefix('1×')} oppgaver hviler på én person"
    assert "Randi Solvang" in page.partition("Én person</h2>")[2]
    assert "17. juli 2026" in seen(web, LEAD, "/cover", **{"from": "2026-07-06", "weeks": "2"})


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"from": "sommer"}, "Skriv en dato"),
        ({"from": "2199-01-01"}, "Skriv en dato"),
        ({"from": "0001-01-01"}, "Skriv en dato"),
        ({"weeks": "0"}, "Skriv et antall uker fra 1 til 52"),
        ({"weeks": "9" * 5000}, "Skriv et antall uker"),
        ({"weeks": "-1"}, "Skriv et antall uker"),
    ],
)
def test_weeks_that_cannot_be_are_explained(web: FastAPI, query: dict[str, str], told: str) -> None:
    given = answer(web, LEAD, "/cover", params=query)

    assert given.status_code == 422
    assert told in unescape(given.text)


def test_a_colour_is_told_with_a_sign_a_word_and_its_rule(web: FastAPI) -> None:
    page = seen(web, PARTNER, "/vulnerability")
    vat = page.partition("Merverdiavgift")[2].partition("</tr>")[0]

    assert '<td class="red"><span aria-hidden="true">▲</span> Rød</td>' in vat
    assert "bare én person har løst den" in vat
    assert "Rød: færre enn to er nevnt" in page
    assert "aldri for noen" in page


def test_what_breaks_without_somebody_in_some_weeks(web: FastAPI) -> None:
    page = seen(web, LEAD, "/vulnerability", away=TEAM, weeks="28-31")
    breaks = page.partition('id="breaks"')[2].partition("</section>")[0]

    assert "Om Kari Nordnes er borte fra 6. juli 2026 til og med 2. august 2026" in breaks
    assert "Merverdiavgift" in breaks
    assert status(web, LEAD, "/vulnerability", away=TEAM, weeks="99") == 422
    assert status(web, LEAD, "/vulnerability", away=ASKER, weeks="28") == 404


def replayed(web: FastAPI, who: str = LEAD, **form: str) -> tuple[int, str]:
    wanted = {"first": "2026-01-01", "last": "2026-03-31", "csrf": FORM, **form}
    given = answer(web, who, "/what-if", data=wanted)
    return given.status_code, unescape(given.text)


def test_words_that_are_pasted_are_replayed_before_and_after(web: FastAPI) -> None:
    words = read_source(HALD).replace('first_response = "4 h"', 'first_response = "2 h"')
    code, page = replayed(web, words=words, municipality="heroy")

    assert code == 200
    assert "Hva om avtalen fra 2026-01-01 hadde gjeldt: Herøy" in page
    row = page.partition("Første svar, i tide")[2].partition("</tr>")[0]
    before, after = re.findall(r"<td>(.*?)</td>", row)
    assert before != after
    assert named(page) == []
    assert page.rstrip().endswith("</html>")


def test_a_kept_version_replayed_against_itself_differs_in_nothing(web: FastAPI) -> None:
    code, page = replayed(web, MANAGER, version=BOOK.newest.digest)

    assert code == 200
    assert "24 spørsmål er spilt av på nytt." in page
    assert "Ingen oppgave får andre tall." in page


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({}, "Velg en versjon, eller lim inn en avtalefil."),
        ({"words": "id = ["}, "avtalen, line 1"),
        ({"words": "x" * 500_001}, "Avtalen er lengre enn"),
        ({"version": "' OR 1=1"}, "Velg en versjon"),
        ({"first": "2026-04-01", "version": BOOK.newest.digest}, "Skriv første og siste dag"),
        ({"first": "2019-12-01", "version": BOOK.newest.digest}, "set years in [calendar]"),
    ],
)
def test_what_cannot_be_replayed_is_explained_where_it_was_written(
    web: FastAPI, form: dict[str, str], told: str
) -> None:
    code, page = replayed(web, **form)

    assert code == 422
    assert told in page.partition('role="alert"')[2].partition("</p>")[0]


def test_a_replay_is_nobody_elses_to_ask_for(web: FastAPI) -> None:
    digest = BOOK.newest.digest
    assert {replayed(web, who, version=digest)[0] for who in (TEAM, PARTNER, AUDITOR)} == {404}
    assert replayed(web, LEAD, version=digest, municipality="bodo")[0] == 404
    assert replayed(web, LEAD, version=digest, csrf="somebody else's")[0] == 403


def test_where_only_ones_own_is_shared_nobody_sees_the_others_added_up(settled: Database) -> None:
    own = SharingRule(host=Sharing.OWN, members=Sharing.OWN)
    strict, digest = served(settled, replace(AGREEMENT, sharing=own)), BOOK.newest.digest
    vat = seen(strict, PARTNER, "/vulnerability").partition("Merverdiavgift")[2]

    assert '<td class="number">24</td>' not in vat.partition("</tr>")[0]
    assert '<td class="number">24</td>' in seen(strict, LEAD, "/vulnerability")
    assert replayed(strict, MANAGER, version=digest)[0] == 404
    assert replayed(strict, MANAGER, version=digest, municipality="heroy")[0] == 404
    assert replayed(strict, MANAGER, version=digest, municipality="alstahaug")[0] == 200


def test_how_far_a_long_replay_has_come_is_told_on_the_way(web: FastAPI) -> None:
    page = replayed(web, version=BOOK.newest.digest)[1]
    short = replayed(web, version=BOOK.newest.digest, municipality="heroy")[1]

    assert page.index("<li>24 av 24</li>") < page.index("Spilt av:")
    assert "<li>" not in short.partition('class="progress"')[2].partition("</ol>")[0]
