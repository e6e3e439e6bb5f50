"""What a program reads: figures, tickets and their clocks, and nothing of any person."""

import json

import jsonschema
import pytest

from bot.domain.letting_in import ApiScope
from storage.database import Database
from tests.api.reading import DONNAS, HEROYS, OF_NO_TASK, Library
from tests.stories import AGREEMENT

EVERYTHING = (
    "/cooperation",
    "/measures",
    "/tickets",
    f"/tickets/{HEROYS}",
    f"/tickets/{HEROYS}/clock",
    f"/tickets/{OF_NO_TASK}/clock",
)


async def test_the_agreement_of_today_is_told(library: Library) -> None:
    async with library.program(ApiScope.FIGURES) as program:
        told = (await program.get("/cooperation")).json()
    assert (told["id"], told["digest"], told["host"]) == ("hald", AGREEMENT.digest, "alstahaug")
    assert [town["id"] for town in told["municipalities"]] == list(AGREEMENT.municipalities)
    [vat] = [task for task in told["tasks"] if task["id"] == "vat"]
    assert vat["side"] == "host"


async def test_figures_add_up_in_every_cut(library: Library) -> None:
    async with library.program(ApiScope.FIGURES) as program:
        told = (await program.get("/measures?from=2026-03-01&to=2026-03-31")).json()
    assert told["total"]["asked"] == 3
    assert told["municipality"] is None
    assert told["total"]["first_response"]["median_seconds"] is None  # of too few
    assert told["satisfaction"] == {"verdicts": None, "percent_good": None}
    for rows in told["cuts"].values():
        assert sum(row["asked"] for row in rows.values()) == 3
    assert len(told["log_digest"]) == 64


async def test_a_municipalitys_program_reads_its_own_figures_alone(library: Library) -> None:
    async with library.program(of="heroy") as program:
        told = (await program.get("/measures")).json()
        assert (told["municipality"], told["total"]["asked"]) == ("heroy", 1)
        assert {name for name, row in told["cuts"]["municipality"].items() if row["asked"]} == {
            "heroy"
        }
        assert (await program.get("/measures?municipality=heroy")).json()["total"]["asked"] == 1
        for other in ("donna", "nowhere", "HEROY", ""):
            refused = await program.get("/measures", params={"municipality": other})
            assert refused.status_code == 404
            assert refused.json()["detail"] == "There is no such municipality."


async def test_figures_can_be_asked_of_one_task_side_and_priority(library: Library) -> None:
    async with library.program() as program:
        for asked, number in (
            ({"task": "vat"}, 2),
            ({"side": "unspecified"}, 1),
            ({"priority": "urgent"}, 0),
            ({"municipality": "donna", "task": "vat"}, 1),
            ({"from": "2026-03-03"}, 0),
        ):
            told = (await program.get("/measures", params=asked)).json()
            assert told["total"]["asked"] == number, asked


async def test_tickets_come_page_by_page_each_once(library: Library) -> None:
    async with library.program(ApiScope.TICKETS) as program:
        numbers, following, pages = [], None, 0
        while pages == 0 or following:
            asked = {"limit": 2} | ({"cursor": following} if following else {})
            page = (await program.get("/tickets", params=asked)).json()
            numbers += [ticket["number"] for ticket in page["tickets"]]
            following, pages = page["next"], pages + 1
        assert (numbers, pages) == ([HEROYS, DONNAS, OF_NO_TASK], 2)
        assert (await program.get("/tickets?municipality=heroy")).json()["next"] is None


async def test_a_ticket_is_told_without_who_and_what(library: Library) -> None:
    async with library.program(ApiScope.TICKETS) as program:
        told = (await program.get(f"/tickets/{HEROYS}")).json()
    assert told == {
        "number": HEROYS,
        "municipality": "heroy",
        "asked_at": "2026-03-02T08:00:00Z",
        "task": "vat",
        "side": "host",
        "counted_as": "host",
        "status": "resolved",
        "priority": "normal",
        "resolved_at": "2026-03-02T10:00:00Z",
        "last_event_at": "2026-03-02T10:00:00Z",
        "agreement": AGREEMENT.digest,
    }


async def test_a_clock_shows_its_working(library: Library) -> None:
    async with library.program(ApiScope.TICKETS) as program:
        told = (await program.get(f"/tickets/{HEROYS}/clock")).json()
    [first] = [each for each in told["deadlines"] if each["figure"] == "first_response"]
    assert first["counted_seconds"] == 3600
    counted = [line for line in first["lines"] if line["counts"]]
    assert [line["start"] for line in counted] == ["2026-03-02T08:00:00Z"]
    assert told["time_zone"] == "Europe/Oslo"


async def test_nothing_tells_of_people_or_of_what_they_wrote(library: Library) -> None:
    async with library.program() as program:
        for path in EVERYTHING:
            told = (await program.get(path)).text.casefold()
            for private in ("kari-the-asker", "ola-the-contact", "hvordan", "slik.", "dette."):
                assert private not in told, path


@pytest.mark.parametrize("other", [DONNAS, OF_NO_TASK])
async def test_anothers_ticket_is_as_one_that_there_is_not(library: Library, other: str) -> None:
    async with library.program(of="heroy") as program:
        own = (await program.get("/tickets")).json()["tickets"]
        assert [ticket["number"] for ticket in own] == [HEROYS]
        for path in ("/tickets/{}", "/tickets/{}/clock"):
            theirs = await program.get(path.format(other))
            nothing = await program.get(path.format("HALD-2026-9999"))
            assert theirs.status_code == nothing.status_code == 404
            assert theirs.content == nothing.content
            assert (await program.get(path.format(HEROYS))).status_code == 200
        listed = await program.get("/tickets?municipality=donna")
        assert listed.status_code == 404


async def test_a_page_of_anothers_tickets_cannot_be_had_by_a_cursor(library: Library) -> None:
    async with library.program() as everybodys, library.program(of="heroy") as heroys:
        cursor = (await everybodys.get("/tickets?limit=1")).json()["next"]
        assert (await heroys.get("/tickets", params={"cursor": cursor})).json()["tickets"] == []


@pytest.mark.parametrize("path", EVERYTHING)
async def test_whoever_has_it_already_is_told_so_until_it_changes(
    library: Library, path: str
) -> None:
    async with library.program() as program:
        first = await program.get(path)
        etag = first.headers["etag"]
        for named in (etag, f"W/{etag.removeprefix('W/')}", f'"other", {etag}', "*"):
            again = await program.get(path, headers={"If-None-Match": named})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == etag
        assert (await program.get(path, headers={"If-None-Match": '"other"'})).status_code == 200


async def test_figures_are_the_same_until_something_has_happened(library: Library) -> None:
    async with library.program() as program:
        known = {"If-None-Match": (await program.get("/measures")).headers["etag"]}
        library.now = library.now.replace(second=1)
        assert (await program.get("/measures", headers=known)).status_code == 304
        library.holds_tickets()
        assert (await program.get("/measures", headers=known)).status_code == 200


async def test_every_answer_is_what_the_description_says(library: Library) -> None:
    async with library.stranger() as anybody:
        description = (await anybody.get("/openapi.json")).json()
    assert description["servers"] == [{"url": "/api/v1"}]
    async with library.program() as program:
        for path in EVERYTHING:
            route = path.replace(HEROYS, "{number}").replace(OF_NO_TASK, "{number}")
            said = description["paths"][route]["get"]["responses"]["200"]
            schema = said["content"]["application/json"]["schema"]
            told = (await program.get(path)).json()
            jsonschema.validate(told, {**description, **schema})
            assert told
    assert json.dumps(description).count("HTTPBearer") > len(description["paths"])


async def test_every_problem_is_what_the_description_says(library: Library) -> None:
    async with library.stranger() as anybody, library.program(ApiScope.FIGURES) as program:
        description = (await anybody.get("/openapi.json")).json()
        problems = {
            "401": await anybody.get("/tickets"),
            "403": await program.get("/tickets"),
            "404": await program.get("/measures?municipality=nowhere"),
            "422": await program.get("/measures?from=x"),
        }
    for path in description["paths"].values():
        assert path["get"]["responses"].keys() == {"200", "304", *problems}
        for status, problem in problems.items():
            [(form, said)] = path["get"]["responses"][status]["content"].items()
            assert problem.headers["content-type"] == form
            jsonschema.validate(problem.json(), {**description, **said["schema"]})
            assert problem.json()["status"] == int(status)


def test_pages_are_the_same_on_both_databases(database: Database) -> None:
    Library(database).holds_tickets()
    with database.reading() as store:
        read, mark = [], None
        while page := store.ticket_pages.page("hald", None, mark, 1):  # two were asked at once
            read += page
            mark = (page[-1].asked_at, page[-1].number)
        assert [each.number for each in read] == [HEROYS, DONNAS, OF_NO_TASK]
        assert [each.number for each in store.ticket_pages.page("hald", "heroy", None, 9)] == [
            HEROYS
        ]
        assert store.ticket_pages.page("another", None, None, 9) == []
