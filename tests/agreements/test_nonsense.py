"""Whatever somebody writes in whatever place of an agreement, the answer is an explanation."""

import json
import tomllib
from copy import deepcopy
from datetime import date, datetime
from typing import Any

import pytest

from bot.agreements import AgreementError, parse_agreement
from bot.agreements.lines import lines_of
from tests.agreements.small import SMALL
from tests.agreements.test_lines import values_in

NONSENSE = (
    0,
    -1,
    10**20,
    1.5,
    True,
    "",
    "\\ \" ' # ] } = \n",
    [],
    [[1], {"a": "b"}],
    {},
    {"a b": {"c": [1, 2]}},
    "x" * 600,
    date(1, 1, 1),
    datetime(2026, 1, 1),  # noqa: DTZ001 TOML has local times too
)
TABLES = tomllib.loads(SMALL)
PLACES = list(dict(values_in(TABLES)))


@pytest.mark.parametrize("place", PLACES, ids=lambda place: ".".join(map(str, place)))
def test_nonsense_in_any_place_is_explained_with_its_line(place: tuple[str | int, ...]) -> None:
    for nonsense in NONSENSE:
        source = written(spoilt(place, nonsense))
        assert lines_of(source).keys() == dict(values_in(tomllib.loads(source))).keys()
        try:
            parse_agreement(source, "spoilt.toml")
        except AgreementError as refused:
            for complaint in refused.complaints:
                assert complaint.startswith("spoilt.toml, line ")
                assert ". Write " in complaint


@pytest.mark.parametrize("sign", ["[", "{a=", "a."])
def test_nesting_without_end(sign: str) -> None:
    with pytest.raises(AgreementError, match="is not TOML"):
        parse_agreement(f"key = {sign * 100_000}", "spoilt.toml")


def spoilt(place: tuple[str | int, ...], nonsense: object) -> dict[str, Any]:
    tables = deepcopy(TABLES)
    around: Any = tables
    for part in place[:-1]:
        around = around[part]
    around[place[-1]] = nonsense
    return tables


def written(tables: dict[str, Any]) -> str:
    """Return *tables* as TOML, each on one line."""
    return "".join(f"{json.dumps(key)} = {inline(value)}\n" for key, value in tables.items())


def inline(value: Any) -> str:
    if isinstance(value, dict):
        inside = (f"{json.dumps(key)} = {inline(inner)}" for key, inner in value.items())
        return "{" + ", ".join(inside) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value)
