"""What the cards look like on every platform, step by step through a day: a change is seen here.

``VERTSDESK_GOLDEN=write python3 -m bot test tests/render/test_golden.py`` writes the files anew;
what has changed then is read in the diff.
"""

import ast
import json
import os
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import bot.cards
from bot.cards.blocks import Card, Input, Picture, Select
from bot.render.adaptive_card import adaptive_card, in_dialog
from bot.render.block_kit import block_kit
from bot.render.html import html
from bot.render.slack_views import window
from storage.database import Database
from tests.render.chapters import CHAPTERS
from tests.slack_limits import wrong_with_message, wrong_with_view
from tests.teams.card_rules import wrong_with
from tests.teams.card_schema import breaks

GOLDEN = Path(__file__).parent / "golden"
CARDS = Path(bot.cards.__file__).parent
ELSEWHERE = {  # drawn by hand above, or on the command line
    "apology",
    "ask_about",
    "by_calendar",
    "calendar",
    "compared",
    "feed",
    "unread",
    "warning_by_calendar",
}
WRITES = os.environ.get("VERTSDESK_GOLDEN") == "write"
FILE = "F00000001"  # what Slack calls the pictures that are put there


def in_slack(card: Card) -> list[dict[str, Any]]:
    files = {block.address: FILE for block in card.body if isinstance(block, Picture)}
    return block_kit(card, files)


PLATFORMS = {"slack": in_slack, "teams": adaptive_card, "web": html}

Day = Mapping[str, Sequence[Card]]


@pytest.fixture(scope="module")
def day(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Day:
    file = tmp_path_factory.mktemp("golden") / "desk.db"
    found: dict[str, list[Card]] = {}
    for chapter, (opens, steps) in CHAPTERS.items():
        file.write_bytes(sqlite_template.read_bytes())
        database = Database(f"sqlite:///{file}")
        day = opens(database)
        found |= {
            f"{chapter}: {name}": [_always_the_same(card) for card in day.cards_of(step)]
            for name, step in steps
        }
        day.goes_home()
        database.close()
    return found


def _always_the_same(card: Card) -> Card:
    """Return *card* with its pictures at addresses that are not drawn by lot."""
    body = (
        block.model_copy(update={"address": "/pictures/any.png"})
        if isinstance(block, Picture)
        else block
        for block in card.body
    )
    return card.model_copy(update={"body": tuple(body)})


def test_every_step_of_the_day_shows_something(day: Day) -> None:
    assert [name for name, cards in day.items() if not cards] == []


@pytest.mark.parametrize("platform", sorted(PLATFORMS))
def test_the_cards_look_as_they_did(day: Day, platform: str) -> None:
    draw = PLATFORMS[platform]
    drawn = {name: [draw(card) for card in cards] for name, cards in day.items()}
    file = GOLDEN / f"{platform}.json"
    if WRITES:
        file.write_text(_lines(drawn), "utf-8")
    before: dict[str, Any] = json.loads(file.read_text("utf-8"))
    assert list(drawn) == list(before)
    for name, cards in drawn.items():
        assert cards == before[name], f"{name}, {platform}: see how to write it anew above"


def test_slack_takes_every_message(day: Day) -> None:
    for name, cards in day.items():
        for card in cards:
            for drawn in (in_slack(card), block_kit(card)):
                assert wrong_with_message(drawn) == [], name


def test_slack_takes_every_form_as_a_window(day: Day) -> None:
    forms = [card for cards in day.values() for card in cards if _is_form(card)]
    assert len(forms) >= 6
    for card in forms:
        assert wrong_with_view(window(card)) == [], card.title


def test_teams_takes_every_card_and_every_form_as_a_dialog(day: Day) -> None:
    for name, cards in day.items():
        for card in cards:
            for drawn in (adaptive_card(card), in_dialog(card)):
                assert wrong_with(drawn) == [], name
                assert breaks(drawn) == [], name


def test_a_golden_file_holds_no_more_than_the_day_does() -> None:
    assert {file.name for file in GOLDEN.iterdir()} == {f"{name}.json" for name in PLATFORMS}


@pytest.mark.long
def test_every_card_that_there_is_comes_up(sqlite_template: Path, tmp_path: Path) -> None:
    seen: set[tuple[str, str]] = set()

    def watch(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and CARDS.as_posix() in code.co_filename:
            seen.add((Path(code.co_filename).name, code.co_name))

    for opens, steps in CHAPTERS.values():
        (tmp_path / "desk.db").write_bytes(sqlite_template.read_bytes())
        database = Database(f"sqlite:///{tmp_path}/desk.db")
        day = opens(database)
        sys.setprofile(watch)
        threading.setprofile(watch)
        for _, step in steps:
            day.cards_of(step)
        sys.setprofile(None)
        threading.setprofile(None)
        day.goes_home()
        database.close()
    assert set(_drawn_in_a_chat()) - seen == set()


def _drawn_in_a_chat() -> Iterator[tuple[str, str]]:
    """Yield every function that makes a card for a chat, with its file."""
    for file in sorted(CARDS.glob("*.py")):
        for node in ast.parse(file.read_text("utf-8")).body:
            is_card = (
                isinstance(node, ast.FunctionDef) and ast.unparse(node.returns or node) == "Card"
            )
            if is_card and not node.name.startswith("_") and node.name not in ELSEWHERE:
                yield file.name, node.name


def _lines(drawn: Mapping[str, Sequence[Any]]) -> str:
    """Return it as JSON with a line for each card: a changed line is a changed card."""
    steps = (
        f"{json.dumps(name, ensure_ascii=False)}: [\n"
        + ",\n".join(json.dumps(card, ensure_ascii=False) for card in cards)
        + "\n]"
        for name, cards in drawn.items()
    )
    return "{\n" + ",\n".join(steps) + "\n}\n"


def _is_form(card: Card) -> bool:
    return any(isinstance(block, Input | Select) for block in card.body)
