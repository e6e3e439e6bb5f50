"""The manifest asks Slack for exactly what the code uses: no more, no less."""

import argparse
import ast
import inspect
import json
import re
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.cli import slack
from bot.domain.people import Language
from bot.platforms.door import Door
from bot.platforms.slack_listener import listen
from bot.platforms.slack_manifest import EVENTS, METHODS, manifest
from bot.texts import texts
from tests.recorder import Recorder
from tests.slack_desk import NOON

PLATFORMS = Path(__file__).parent.parent / "bot" / "platforms"


class AttentiveApp(AsyncApp):
    """Bolt's app, which also says what it was asked to listen to."""

    def __init__(self) -> None:
        super().__init__(signing_secret="s", client=AsyncWebClient("xoxb-1"))
        self.listens_to: dict[str, set[str]] = {}

    def _listening(self, what: str, to: Any) -> None:
        name = to.pattern if isinstance(to, re.Pattern) else to
        self.listens_to.setdefault(what, set()).add(name)

    def event(self, event, *rest, **more):
        self._listening("event", event)
        return super().event(event, *rest, **more)

    def command(self, command, *rest, **more):
        self._listening("command", command)
        return super().command(command, *rest, **more)

    def message_shortcut(self, callback_id, *rest, **more):
        self._listening("shortcut", callback_id)
        return super().message_shortcut(callback_id, *rest, **more)

    def global_shortcut(self, callback_id, *rest, **more):
        self._listening("global shortcut", callback_id)
        return super().global_shortcut(callback_id, *rest, **more)


@pytest.fixture
def listens_to() -> dict[str, set[str]]:
    app = AttentiveApp()
    door = Door(Recorder())
    listen(app, door, clock=lambda: NOON)
    door.close()
    return app.listens_to


def run(*words: str) -> int:
    """Run a command as the command line does, and return its exit status."""
    parser = argparse.ArgumentParser()
    slack.add(parser.add_subparsers())
    parsed = parser.parse_args(words)
    return int(parsed.run(parsed))


def printed(url: str | None = "https://desk.example") -> dict[str, Any]:
    return manifest(texts(Language.NB), url)


def called() -> set[str]:
    """Return every method of Slack's that our sources call, in Slack's own spelling."""
    methods = {
        name
        for name, member in inspect.getmembers(AsyncWebClient, inspect.iscoroutinefunction)
        if "_" in name and not name.startswith("_") and name != "api_call"
    }
    return {
        node.attr.replace("_", ".", 1)
        for file in PLATFORMS.glob("slack_*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in methods
    }


def test_every_event_in_the_manifest_is_heard_and_no_other(
    listens_to: dict[str, set[str]],
) -> None:
    subscribed = printed()["settings"]["event_subscriptions"]["bot_events"]
    assert subscribed == sorted(EVENTS)
    assert {event.partition(".")[0] for event in subscribed} == listens_to["event"]


def test_every_command_and_shortcut_is_heard_and_no_other(
    listens_to: dict[str, set[str]],
) -> None:
    features = printed()["features"]
    assert {one["command"] for one in features["slash_commands"]} == listens_to["command"]
    assert {one["callback_id"] for one in features["shortcuts"]} == listens_to["shortcut"]
    assert {one["type"] for one in features["shortcuts"]} == {"message"}
    assert "global shortcut" not in listens_to


def test_every_method_that_is_called_has_its_rights_and_no_other() -> None:
    assert called() == METHODS.keys()


def test_the_rights_are_those_and_no_more() -> None:
    assert printed()["oauth_config"]["scopes"] == {
        "bot": [
            "app_mentions:read",
            "channels:history",
            "chat:write",
            "commands",
            "files:read",
            "files:write",
            "groups:history",
            "im:history",
            "reactions:read",
            "users:read",
            "users:read.email",
        ]
    }


def test_slack_is_told_where_we_are() -> None:
    said = printed("https://desk.example/")
    address = "https://desk.example/slack/events"
    assert said["settings"]["event_subscriptions"]["request_url"] == address
    assert said["settings"]["interactivity"] == {"is_enabled": True, "request_url": address}
    assert {one["url"] for one in said["features"]["slash_commands"]} == {address}
    assert said["settings"]["socket_mode_enabled"] is False


def test_without_an_address_we_call_slack_ourselves() -> None:
    said = printed(None)
    assert said["settings"]["socket_mode_enabled"] is True
    assert "url" not in json.dumps(said)


@pytest.mark.parametrize("language", list(Language))
def test_slack_takes_the_manifests_words_in_every_language(language: Language) -> None:
    said = manifest(texts(language), None)
    assert len(said["display_information"]["name"]) <= 35
    assert len(said["display_information"]["description"]) <= 140
    for shortcut in said["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
    for command in said["features"]["slash_commands"]:
        assert len(command["description"]) <= 2000


def test_the_manifest_is_printed_so_that_it_can_be_pasted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("slack-manifest", "--url", "https://desk.example", "--language", "nn") == 0
    said = json.loads(capsys.readouterr().out)
    assert said == manifest(texts(Language.NN), "https://desk.example")


def test_an_address_that_slack_would_not_call_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit, match="2"):
        run("slack-manifest", "--url", "http://desk.example")
    assert "https://" in capsys.readouterr().err
