"""What a program may not read, and what there is not: told so that programs understand it."""

import pytest

from bot.domain.letting_in import ApiScope
from tests.api.reading import HEROYS, Library
from tests.stories import Story

PROBLEM = "application/problem+json"
GUARDED = (
    "/cooperation",
    "/measures",
    "/tickets",
    f"/tickets/{HEROYS}",
    f"/tickets/{HEROYS}/clock",
)


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer x", "Bearer .", "Basic eDp5", "Bearer 0123456789ab.x"]
)
async def test_without_a_token_nothing_is_told(library: Library, header: str | None) -> None:
    async with library.stranger() as nobody:
        for path in GUARDED:
            headers = {} if header is None else {"Authorization": header}
            refused = await nobody.get(path, headers=headers)
            assert refused.status_code == 401, path
            assert refused.headers["www-authenticate"] == "Bearer"
            assert refused.headers["content-type"] == PROBLEM
            assert refused.json()["title"] == "Unauthorized"


async def test_a_revoked_token_is_nobodys(library: Library) -> None:
    async with library.program() as program:
        with library.database.transaction() as store:
            [client] = store.api_clients.all()
            store.api_clients.revoke(client.name, library.now)
        assert (await program.get("/cooperation")).status_code == 401


@pytest.mark.parametrize(
    ("scope", "path"),
    [
        (ApiScope.FIGURES, "/tickets"),
        (ApiScope.FIGURES, f"/tickets/{HEROYS}"),
        (ApiScope.FIGURES, f"/tickets/{HEROYS}/clock"),
        (ApiScope.TICKETS, "/measures"),
    ],
)
async def test_a_token_opens_what_it_is_for_and_nothing_else(
    library: Library, scope: ApiScope, path: str
) -> None:
    async with library.program(scope) as program:
        refused = await program.get(path)
    assert (refused.status_code, refused.headers["content-type"]) == (403, PROBLEM)
    assert refused.json()["status"] == 403


@pytest.mark.parametrize(
    "asked",
    [
        "/measures?from=2026-02-30",
        "/measures?from=yesterday",
        "/measures?from=2026-03-02&to=2026-03-01",
        "/measures?from=2020-01-01&to=2026-01-01",
        "/measures?from=1999-01-01&to=1999-01-02",
        "/measures?from=0001-01-01&to=0001-01-02",
        "/measures?task=nothing",
        "/measures?side=left",
        "/measures?month=2026-03",
        "/tickets?limit=0",
        "/tickets?limit=101",
        "/tickets?limit=many",
        "/tickets?cursor=x",
        "/tickets?cursor=%C3%A6",
        "/tickets?cursor=MjAyNi0wMy0wMiBY",
        "/tickets?cursor=MjAyNi0wMy0wMlQwODowMDowMCswMDowMCA=",
        "/tickets?asker=ola",
    ],
)
async def test_what_cannot_be_is_told_of(library: Library, asked: str) -> None:
    async with library.program() as program:
        refused = await program.get(asked)
    assert (refused.status_code, refused.headers["content-type"]) == (422, PROBLEM)
    told = refused.json()
    assert (told["status"], told["type"]) == (422, "about:blank")
    assert told["detail"]


@pytest.mark.parametrize(
    "path", ["/nothing", "/tickets/x", "/tickets/%00", "/tickets/%27%20OR%201=1--", "/tickets/æ"]
)
async def test_what_there_is_not_is_not_found(library: Library, path: str) -> None:
    async with library.program() as program:
        refused = await program.get(path)
    assert (refused.status_code, refused.headers["content-type"]) == (404, PROBLEM)


async def test_nothing_can_be_changed(library: Library) -> None:
    async with library.program() as program:
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            for path in GUARDED:
                refused = await program.request(method, path)
                assert (refused.status_code, refused.headers["content-type"]) == (405, PROBLEM)


async def test_which_parameter_is_wrong_is_said(library: Library) -> None:
    async with library.program() as program:
        told = (await program.get("/measures?from=2026-02-30&side=left")).json()
    assert {one["parameter"] for one in told["errors"]} == {"from", "side"}


async def test_a_bug_tells_nothing_of_itself(library: Library) -> None:
    async with library.program() as program:
        library.web.routes[-1].app.state.desk = "no desk"
        broken = await program.get("/cooperation")
    assert (broken.status_code, broken.headers["content-type"]) == (500, PROBLEM)
    assert broken.json()["detail"] == ""


async def test_a_ticket_of_another_cooperation_is_as_one_that_there_is_not(
    library: Library,
) -> None:
    with library.database.transaction() as store:
        Story(cooperation="another", municipality="heroy").is_stored(store)
    async with library.program() as program:
        assert (await program.get("/tickets/HALD-2026-0004")).status_code == 404
        assert (await program.get("/tickets/HALD-2026-0004/clock")).status_code == 404
        assert len((await program.get("/tickets")).json()["tickets"]) == 3
