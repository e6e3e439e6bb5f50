"""Commands are words where a chat has none: in each of the three languages, one and the same."""

import pytest

from bot.platforms.commands import ALIASES, NAMES, command_in
from handlers import TABLE


def test_every_word_is_a_command_that_is_handled() -> None:
    assert {*NAMES, *ALIASES.values()} <= TABLE.commanded.keys()
    assert set(ALIASES).isdisjoint(NAMES)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/order", ("bestill", "")),
        ("/ÅRSHJUL", ("årshjul", "")),
        ("/queue Dønna\nmine", ("saker", "Dønna\nmine")),
        ("/asking", None),
        ("order", None),
    ],
)
def test_a_command_is_known_however_it_is_written(
    text: str, command: tuple[str, str] | None
) -> None:
    assert command_in(text) == command
