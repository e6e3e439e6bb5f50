"""A complaint points at the line where the thing is written, however TOML lets one write it."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from bot.agreements import HALD
from bot.agreements.lines import Where, line_of, lines_of
from tests.agreements.small import SMALL

EVERY_WAY = '''# a comment with [brackets] = "and quotes"
plain = 1
"quoted key" = 2
dotted.inner = 3
text = """
not = a key
[not.a.table]
"""
quoted = 'it is # not "a comment'
when = 2026-01-01 10:00:00
list = [
  "one", "two",   # ] not the end
  [3, 4],
  { a = 5, b = [
    6,
  ] },
]

[table]
inner = { x = 1, y.z = 2 }

[table.nested]
deep = "a \\" quote"

[[entries]]
name = "first"
[entries.settings]
on = true

[[entries]]
name = "second"
[[entries.parts]]
size = 1
[[entries.parts]]
size = 2
'''


@pytest.mark.parametrize(
    ("where", "line"),
    [
        (("plain",), 2),
        (("quoted key",), 3),
        (("dotted", "inner"), 4),
        (("text",), 5),
        (("quoted",), 9),
        (("when",), 10),
        (("list",), 11),
        (("list", 1), 12),
        (("list", 2, 1), 13),
        (("list", 3, "b", 0), 15),
        (("table",), 19),
        (("table", "inner", "y", "z"), 20),
        (("table", "nested"), 22),
        (("table", "nested", "deep"), 23),
        (("entries", 0, "name"), 26),
        (("entries", 0, "settings", "on"), 28),
        (("entries", 1), 30),
        (("entries", 1, "parts", 1, "size"), 35),
    ],
)
def test_every_way_to_write_a_value(where: Where, line: int) -> None:
    assert lines_of(EVERY_WAY)[where] == line


def test_what_is_missing_is_missed_where_it_should_stand() -> None:
    lines = lines_of(EVERY_WAY)
    assert line_of(lines, ("entries", 1, "colour")) == 30
    assert line_of(lines, ("colour",)) == 1


@pytest.mark.parametrize(
    "source", [EVERY_WAY, SMALL, HALD.read_text("utf-8")], ids=["every way", "small", "hald"]
)
def test_exactly_what_tomls_reader_finds_is_found_and_stands_there(source: str) -> None:
    lines = lines_of(source)
    values = dict(values_in(tomllib.loads(source)))
    assert lines.keys() == values.keys()
    written = source.splitlines()
    for where, value in values.items():
        if isinstance(value, int) and not isinstance(value, bool):
            assert str(value) in written[lines[where] - 1]
        elif isinstance(where[-1], str) and not isinstance(value, list | dict):
            assert where[-1] in written[lines[where] - 1]


def values_in(value: Any, where: Where = ()) -> Iterator[tuple[Where, Any]]:
    """Yield everything inside *value* with its path."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for part, inner in inside:
        yield (*where, part), inner
        if isinstance(inner, dict | list):
            yield from values_in(inner, (*where, part))
