"""The README tells the truth about settings and commands."""

from pathlib import Path

import pytest

from bot.cli import GROUPS
from bot.settings import Settings

README = Path(__file__).parent.parent.joinpath("README.md").read_text("utf-8")


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_every_setting_is_in_the_readme(setting: str) -> None:
    assert f"`VERTSDESK_{setting.upper()}`" in README


@pytest.mark.parametrize("command", [name for names in GROUPS.values() for name in names])
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"vertsdesk {command}" in README or command == "demo"
