"""A chart is drawn the same each time, says what it shows, and takes no name for markup."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from bot.render.charts import Chart, Kind, Series, png, svg

MONTHS = ("januar", "februar", "mars")
CHART = Chart(
    title="Besvart i tide",
    description="Fra 70 % i januar til 90 % i mars.",
    of="Måned",
    unit="%",
    labels=MONTHS,
    series=(
        Series(name="Herøy", values=(70.0, None, 90.0), shown=("70 %", "–", "90 %")),
        Series(name="Alle", values=(80.0, 81.0, 82.0), shown=("80 %", "81 %", "82 %")),
    ),
    most=100,
)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("kind", list(Kind))
def test_the_same_chart_is_the_same_bytes(kind: Kind) -> None:
    chart = replace(CHART, kind=kind)
    for draw in (svg, png):
        again = draw.__wrapped__(chart)
        assert draw.__wrapped__(chart) == again


def test_it_has_a_title_a_description_and_its_words_as_text() -> None:
    drawn = read(svg(CHART, "first"))
    assert drawn.attrib["role"] == "img"
    assert drawn.attrib["aria-labelledby"] == "first-title"
    assert drawn.findtext(f"{SVG}title") == CHART.title
    assert drawn.findtext(f"{SVG}desc") == CHART.description
    words = {text.text for text in drawn.iter(f"{SVG}text")}
    assert words >= {*MONTHS, "Herøy", "Alle", "%"}


def test_a_page_that_forbids_styles_and_scripts_can_hold_it() -> None:
    drawn = svg(CHART)
    assert not re.search(r"<style|style=|<script|\bon\w+=|<!DOCTYPE|<\?xml", drawn)


def test_two_charts_on_a_page_share_no_id() -> None:
    first, second = (set(re.findall(r'id="([^"]+)"', svg(CHART, name))) for name in ("a", "b"))
    assert first
    assert first.isdisjoint(second)
    assert {"#a-" + name[2:] for name in first} >= set(
        re.findall(r'href="([^"]+)"', svg(CHART, "a"))
    )


def test_a_name_is_no_markup_and_no_formula() -> None:
    odd = replace(CHART, title="</svg><script>alert(1)</script>", labels=("$x^2$", "<b>", "&amp;"))
    drawn = svg(odd)
    assert "<script" not in drawn
    assert "<b>" not in drawn
    words = {text.text for text in read(drawn).iter(f"{SVG}text")}
    assert words >= {"$x^2$", "<b>", "&amp;"}


def test_series_differ_by_more_than_colour() -> None:
    assert "<pattern" in svg(CHART)
    dashed = svg(replace(CHART, kind=Kind.LINES))
    assert "stroke-dasharray" in dashed


def test_a_chart_of_nothing_is_still_a_chart() -> None:
    empty = replace(CHART, labels=(), series=())
    assert svg(empty).startswith("<svg")
    assert png(empty).startswith(b"\x89PNG")


def read(drawn: str) -> ET.Element:
    return ET.fromstring(drawn)  # noqa: S314 it is our own drawing
