"""Nobody learns anything of another municipality by any address: every route, pair and role.

A route that is not in tests/pages/walk.py fails here until somebody has said what is behind it.
"""

from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import closing

import httpx
import pytest
from fastapi import FastAPI
from starlette.routing import BaseRoute, Mount

from bot.domain.letting_in import ApiScope
from bot.domain.people import Person
from storage.database import Database
from tests.pages.town import LONG_AGO, TOWNS, Town
from tests.pages.walk import WALK, Visit

LOOKING = {"accept": "text/html"}
OWN, ALL, NONE = "own", "all", "none"
ASKER = {"totals": NONE, "figures": NONE, "list": NONE, "ticket": OWN, "lead": NONE}
READER = {"totals": ALL, "figures": OWN, "list": OWN, "ticket": OWN, "lead": NONE}
HOSTS_MANAGER = {
    "every": ALL,
    "totals": ALL,
    "figures": ALL,
    "list": OWN,
    "ticket": OWN,
    "lead": ALL,
}
TEAM = {
    "every": ALL,
    "totals": ALL,
    "figures": ALL,
    "list": ALL,
    "ticket": ALL,
    "lead": NONE,
}
LEAD = {**TEAM, "lead": ALL}
ROLES = {
    "asker": ASKER,
    "approver": READER,
    "manager": READER,
    "municipal-director": READER,
}
HOSTS = {"host-team": TEAM, "lead": LEAD, "manager": HOSTS_MANAGER, "auditor": TEAM}
HOST = "alstahaug"
SHUT = {"closed": {403, 404}, "program": {401}}  # to every person, whatever they may see
VISITORS = [
    *((town, role) for town in TOWNS if town != HOST for role in ROLES),
    (HOST, "asker"),
    (HOST, "approver"),
    (HOST, "municipal-director"),
    *((HOST, role) for role in HOSTS),
]


@pytest.fixture
async def browser(web: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    wire = httpx.ASGITransport(app=web)
    async with httpx.AsyncClient(transport=wire, base_url="https://desk.example") as client:
        yield client


def test_every_route_there_is_says_what_is_behind_it(web: FastAPI) -> None:
    assert sorted(set(paths_of(web.routes)) - WALK.keys()) == []


@pytest.mark.parametrize(("home", "role"), VISITORS)
async def test_nobody_learns_of_another_municipality_by_any_address(
    browser: httpx.AsyncClient, town: Town, home: str, role: str
) -> None:
    visitor = town.of(home, role)
    allowed = (HOSTS if home == HOST and role in HOSTS else ROLES)[role]
    as_visitor = {**LOOKING, "x-visitor": visitor.id}
    seen: dict[Visit, httpx.Response] = {}
    for target in TOWNS:
        for visit in [visit for about in WALK.values() for visit in about(town, target)]:
            if visit not in seen:
                answer = await browser.request(visit.method, visit.url, headers=as_visitor)
                seen[visit] = answer
                assert answer.status_code != 500, visit.url
                assert leaks(answer, visitor, allowed, town) == [], visit.url
            may = is_allowed(visit, allowed, own=target == home)
            assert_answered(visit, seen[visit], is_allowed=may)
            if visit.nowhere and not may:
                nowhere = await browser.get(visit.nowhere, headers=as_visitor)
                assert (nowhere.status_code, nowhere.text) == told(seen[visit])


async def test_a_stranger_is_sent_to_sign_in_and_learns_nothing(
    browser: httpx.AsyncClient, town: Town
) -> None:
    for target in TOWNS:
        for visit in [visit for about in WALK.values() for visit in about(town, target)]:
            answer = await browser.request(visit.method, visit.url, headers=LOOKING)
            assert [word for name in TOWNS for word in town.secrets_of(name) if word in answer.text
                    ] == []  # fmt: skip
            if visit.behind not in {"open", "closed"}:
                assert answer.status_code in {303, 401}, visit.url


@pytest.mark.parametrize("home", TOWNS)
async def test_a_program_reads_nothing_but_its_municipalitys(
    browser: httpx.AsyncClient, town: Town, url: str, home: str
) -> None:
    with closing(Database(url)) as database, database.transaction() as store:
        token = store.api_clients.add(f"arkiv-{home}", list(ApiScope), home, LONG_AGO)
    as_program = {"authorization": f"Bearer {token}"}
    others = [word for name in TOWNS if name != home for word in town.secrets_of(name)]
    for target in TOWNS:
        for visit in [visit for about in WALK.values() for visit in about(town, target)]:
            if visit.behind == "program":
                answer = await browser.get(visit.url, headers=as_program)
                may = target == home or not visit.nowhere
                assert answer.status_code == (200 if may else 404), visit.url
                assert [word for word in others if word in answer.text] == []
                if not may:
                    nowhere = await browser.get(visit.nowhere, headers=as_program)
                    assert (nowhere.status_code, nowhere.text) == (404, answer.text)


async def test_an_asker_does_not_see_what_a_colleague_asked(
    browser: httpx.AsyncClient, town: Town
) -> None:
    for name in TOWNS:
        askers = [
            person for person in town.people.values()
            if person.municipality == name and person.roles == {"asker"}
        ]  # fmt: skip
        for colleague in askers[1:]:
            as_colleague = {**LOOKING, "x-visitor": colleague.id}
            for ticket in town.tickets[name]:
                answer = await browser.get(f"/tickets/{ticket.number}", headers=as_colleague)
                assert answer.status_code == 404
            own = await browser.get("/mine", headers=as_colleague)
            assert not [one.number for one in town.tickets[name] if one.number in own.text]


def paths_of(routes: Iterable[BaseRoute], before: str = "") -> Iterator[str]:
    """Yield the path of every route, and of those in an application of its own below one."""
    for route in routes:
        path = f"{before}{getattr(route, 'path', repr(route))}"
        inner = getattr(getattr(route, "app", None), "routes", None)
        if isinstance(route, Mount) and inner:
            yield from paths_of(inner, path)
        else:
            yield path


def is_allowed(visit: Visit, allowed: dict[str, str], *, own: bool) -> bool:
    if visit.behind in {"open", "own"}:
        return True
    how = allowed.get(visit.behind, NONE)
    return how == ALL or (how == OWN and own)


def assert_answered(visit: Visit, answer: httpx.Response, *, is_allowed: bool) -> None:
    if visit.behind == "open":
        return
    expected = SHUT.get(visit.behind, {200, 303} if is_allowed else {404})
    assert answer.status_code in expected, (visit.url, answer.status_code)


def told(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.text


def leaks(
    answer: httpx.Response, visitor: Person, allowed: dict[str, str], town: Town
) -> list[str]:
    """Return what of other municipalities' stands in *answer*, to somebody who may not read it."""
    if allowed["ticket"] == ALL:
        return []
    others = [name for name in TOWNS if name != visitor.municipality]
    return [word for name in others for word in town.secrets_of(name) if word in answer.text]
