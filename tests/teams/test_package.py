"""The package asks Teams for exactly what the code uses, in words that Teams takes."""

import argparse
import ast
import json
import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from jsonschema import Draft4Validator

from bot.cli import teams_package
from bot.domain.people import Language
from bot.platforms import teams_dialogs, teams_tab
from bot.platforms.teams_events import heard
from bot.platforms.teams_payloads import Activity
from bot.table import Table
from bot.teams_package.archive import package, translated, words
from bot.teams_package.icons import colour_icon, outline_icon
from bot.teams_package.manifest import RIGHTS, TAB_PATH
from bot.texts import texts
from handlers import TABLE
from tests.helpdesk import MONDAY_NINE
from tests.teams.activities import CLIENT, TENANT, in_channel, message

SCHEMAS = Path(__file__).parent / "schemas"
PLATFORMS = Path(__file__).parent.parent.parent / "bot" / "platforms"
HOST = "desk.example"


def schema(name: str) -> Draft4Validator:
    return Draft4Validator(json.loads((SCHEMAS / f"{name}.json").read_text("utf-8")))


def wrong(name: str, held: Any) -> list[str]:
    return [f"{list(error.path)}: {error.message}" for error in schema(name).iter_errors(held)]


@pytest.fixture(scope="module")
def held() -> dict[str, bytes]:
    with ZipFile(BytesIO(package(CLIENT, HOST))) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


# What Teams takes


def test_the_manifest_is_as_microsoft_says_it_must_be(held: dict[str, bytes]) -> None:
    assert wrong("manifest", json.loads(held["manifest.json"])) == []


def test_microsofts_rules_are_not_empty_words(held: dict[str, bytes]) -> None:
    whole = json.loads(held["manifest.json"])
    assert wrong("manifest", whole | {"id": "vertsdesk"})
    assert wrong("manifest", whole | {"name": {"short": "x" * 31, "full": "x"}})
    assert wrong("manifest", whole | {"rights": []})


@pytest.mark.parametrize("language", list(Language))
def test_the_words_of_every_language_are_taken(language: Language) -> None:
    assert wrong("words", words(texts(language))) == []


def test_the_other_languages_lie_in_the_package_and_name_places_that_are_there(
    held: dict[str, bytes],
) -> None:
    whole = json.loads(held["manifest.json"])
    others = [one["file"] for one in whole["localizationInfo"]["additionalLanguages"]]
    assert set(held) == {"manifest.json", *others, *whole["icons"].values()}
    for name in others:
        for path in set(json.loads(held[name])) - {"$schema"}:
            assert _at(whole, path), path


def _at(whole: Any, path: str) -> Any:
    """Follow a path such as ``bots[0].commandLists[0].commands[1].title``."""
    for part in path.replace("[", ".").replace("]", "").split("."):
        whole = whole[int(part)] if part.isdecimal() else whole[part]
    return whole


def test_the_default_language_says_the_same_as_its_own_words_would() -> None:
    whole = translated(CLIENT, HOST)
    for path, said in words(texts(Language.NB)).items():
        if path != "$schema":
            assert _at(whole, path) == said


@pytest.mark.parametrize(("icon", "side"), [(colour_icon, 192), (outline_icon, 32)])
def test_the_pictures_are_whole_and_of_the_size_that_teams_wants(icon: Any, side: int) -> None:
    drawn = icon()
    assert drawn.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", drawn[16:24]) == (side, side)
    start = drawn.index(b"IDAT")
    [length] = struct.unpack(">I", drawn[start - 4 : start])
    points = zlib.decompress(drawn[start + 4 : start + 4 + length])
    assert len(points) == side * (side * 4 + 1)


def test_the_small_picture_is_white_on_nothing() -> None:
    drawn = outline_icon()
    start = drawn.index(b"IDAT")
    [length] = struct.unpack(">I", drawn[start - 4 : start])
    points = zlib.decompress(drawn[start + 4 : start + 4 + length])
    rows = [points[n * 129 + 1 : (n + 1) * 129] for n in range(32)]
    seen = [row[n : n + 4] for row in rows for n in range(0, 128, 4)]
    assert {point[:3] for point in seen} == {b"\xff\xff\xff"}
    assert {point[3] for point in seen} >= {0, 255}


def test_the_same_package_is_the_same_file() -> None:
    assert package(CLIENT, HOST) == package(CLIENT, HOST)


# What it asks for, and what is used


def test_it_is_offered_wherever_a_word_to_it_is_heard_and_nowhere_else() -> None:
    [bot] = translated(CLIENT, HOST)["bots"]
    kinds = {"personal": "personal", "team": "channel", "groupChat": "groupChat"}
    assert set(bot["scopes"]) == set(kinds)
    for kind in kinds.values():
        where = in_channel("<at>Vertsdesk</at> hei")["conversation"] | {"conversationType": kind}
        activity = in_channel("<at>Vertsdesk</at> hei", conversation=where)
        [said] = heard(Activity.model_validate(activity), TENANT, MONDAY_NINE)
        assert said.to_us


def test_every_command_it_lists_is_handled_and_every_one_that_is_handled_is_listed() -> None:
    [bot] = translated(CLIENT, HOST)["bots"]
    [listed] = bot["commandLists"]
    titles = {command["title"].removeprefix("/") for command in listed["commands"]}
    assert isinstance(TABLE, Table)
    assert titles <= TABLE.commanded.keys()
    unlisted = TABLE.commanded.keys() - titles
    assert all(not name.isascii() for name in unlisted) or len(titles) == 10
    for title in titles:
        [heard_] = heard(Activity.model_validate(message(f"/{title}")), TENANT, MONDAY_NINE)
        assert heard_.command == title


def test_its_action_is_the_one_that_dialogs_answer() -> None:
    [extension] = translated(CLIENT, HOST)["composeExtensions"]
    [action] = extension["commands"]
    assert action["id"] == teams_dialogs.ASK
    assert action["fetchTask"] is True
    names = {node.value for node in _strings("teams_*.py") if "composeExtension/" in node.value}
    assert names == {teams_dialogs.ASKED_FOR, teams_dialogs.SENT}


def test_it_reads_all_of_a_channel_because_threads_are_followed_there() -> None:
    [said] = heard(Activity.model_validate(in_channel("hei", entities=[])), TENANT, MONDAY_NINE)
    assert not said.to_us
    assert set(RIGHTS) == {"ChannelMessage.Read.Group"}


def test_it_takes_files_because_files_are_fetched_and_given() -> None:
    [bot] = translated(CLIENT, HOST)["bots"]
    assert bot["supportsFiles"] is True
    assert any("fileConsent/invoke" in node.value for node in _strings("teams_files.py"))


def test_its_tab_and_its_pages_are_ours() -> None:
    whole = translated(CLIENT, HOST)
    [_, mine] = whole["staticTabs"]
    assert mine["contentUrl"] == f"https://{HOST}{teams_tab.PATH}?locale={{locale}}"
    assert teams_tab.PATH == TAB_PATH
    assert whole["developer"]["privacyUrl"] == f"https://{HOST}{teams_tab.ABOUT_PATH}"
    assert whole["validDomains"] == [HOST]
    assert whole["webApplicationInfo"]["resource"] == f"api://{HOST}/botid-{CLIENT}"


def _strings(files: str) -> list[ast.Constant]:
    return [
        node
        for file in PLATFORMS.glob(files)
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


# The command


def run(*wanted: str) -> int:
    parser = argparse.ArgumentParser()
    teams_package.add(parser.add_subparsers())
    parsed = parser.parse_args(["teams-package", *wanted])
    return int(parsed.run(parsed))


def test_the_package_is_written_where_it_is_wanted(tmp_path: Path) -> None:
    out = tmp_path / "app.zip"
    wanted = ("--app-id", CLIENT.upper(), "--host", HOST, "--out", str(out))
    assert run(*wanted) == 0
    assert out.read_bytes() == package(CLIENT, HOST)


def test_a_place_that_cannot_be_written_is_told_plainly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = ("--app-id", CLIENT, "--host", HOST, "--out", str(tmp_path / "no" / "app.zip"))
    assert run(*wanted) == 1
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("app_id", "host"),
    [("vertsdesk", HOST), (CLIENT, "https://desk.example"), (CLIENT, "desk"), (CLIENT, "-a.b")],
)
def test_what_teams_would_not_take_is_refused(app_id: str, host: str, tmp_path: Path) -> None:
    wanted = ("--app-id", app_id, "--host", host, "--out", str(tmp_path / "app.zip"))
    with pytest.raises(SystemExit, match="2"):
        run(*wanted)
