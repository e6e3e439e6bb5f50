"""What is in each file: real numbers in Excel, tags in the PDF, no formulas, and no persons."""

import csv
import json
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from bot.domain.people import Language
from bot.domain.satisfaction import SMALLEST_SHOWN
from bot.reports.files import MEDIA_TYPES, written
from bot.reports.report import Report
from bot.reports.wording import document_of
from bot.texts import texts
from storage.database import Database
from tests.reports.office import LATER, report
from tests.stories import ASKER, CONTACT

FIFTH = date(2026, 3, 5)
EVIL = ("=HYPERLINK(A1)", "+1", "-1", "@SUM(A1)", "\tx", "＝1")


def book(made: Report, language: Language = Language.EN) -> Workbook:
    return load_workbook(BytesIO(written(made, "xlsx", language)))


def columns(page) -> dict[str, int]:
    return {cell.value: cell.column for cell in page[1]}


def lines(made: Report, language: Language = Language.EN) -> list[dict[str, str]]:
    text = written(made, "csv", language).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def evil(made: Report) -> Report:
    """Return the report with names that a spreadsheet would run."""
    agreement = made.agreement
    names = dict(zip(agreement.municipalities, EVIL, strict=False))
    towns = {
        town.id: replace(town, name=names[town.id]) for town in agreement.municipalities.values()
    }
    tasks = {task.id: replace(task, name=EVIL[4]) for task in agreement.tasks.values()}
    return replace(made, agreement=replace(agreement, municipalities=towns, tasks=tasks))


def test_excel_has_numbers_times_percentages_and_months(desk: Database) -> None:
    page = book(report(desk))["Twelve months"]
    at = columns(page)
    march, total = page[13], page[14]
    assert march[0].value == datetime(2026, 3, 1)  # noqa: DTZ001 Excel knows no zones
    assert march[0].number_format == "yyyy-mm"
    assert march[at["Asked"] - 1].value == 9
    share = march[at["First response: per cent in time"] - 1]
    assert (share.value, share.number_format) == (0.87, "0 %")
    median = march[at["First response: median"] - 1]
    assert median.value == timedelta(minutes=39)
    assert total[at["Asked"] - 1].value == 10


def test_excel_stands_still_at_the_head_and_filters_everything_but_the_total(
    desk: Database,
) -> None:
    page = book(report(desk, None))["By municipality"]
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref.startswith("A1:")
    assert page.auto_filter.ref.endswith("5")
    assert page["A6"].value == "Total"
    asked = columns(page)["Asked"]
    assert page.cell(6, asked).value == sum(page.cell(row, asked).value for row in range(2, 6))


def test_excel_says_what_every_figure_means(desk: Database) -> None:
    page = book(report(desk))["Definitions"]
    told = {row[0].value: row[1].value for row in page.iter_rows(max_col=2)}
    assert len(told) > 30
    assert "nearest rank" in told["Median"]
    assert all(told.values())


def test_excel_and_zip_say_nothing_of_today(desk: Database) -> None:
    with zipfile.ZipFile(BytesIO(written(report(desk), "xlsx", Language.NB))) as packed:
        assert {part.date_time for part in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = packed.read("docProps/core.xml").decode()
    assert re.findall(r"\d{4}-\d\d-\d\dT[\d:]+", core)[-2:] == ["2026-03-31T22:00:00"] * 2


def test_no_cell_is_a_formula_whatever_somebody_is_called(desk: Database) -> None:
    made = evil(report(desk, None))
    kinds = {cell.data_type for page in book(made).worksheets for row in page.rows for cell in row}
    assert "f" not in kinds
    names = [page.cell(2, 1) for page in book(made).worksheets if page.title == "By municipality"]
    assert [(cell.value, cell.quotePrefix) for cell in names] == [(EVIL[0], True)]
    cells = [value for line in lines(made) for value in line.values() if value]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "＝"))] == []
    assert f"'{EVIL[0]}" in cells


def test_csv_is_opened_by_excel_and_read_by_programs(desk: Database) -> None:
    made = report(desk, None)
    assert written(made, "csv", Language.NB).startswith(b"\xef\xbb\xbf")
    [asked] = [
        line["value"]
        for line in lines(made)
        if (line["table"], line["row"], line["figure"]) == ("municipality", "donna", "asked")
    ]
    assert asked == "9"
    rates = {
        language: next(
            line["value"]
            for line in lines(made, language)
            if (line["row"], line["figure"]) == ("donna", "per_thousand")
        )
        for language in (Language.NB, Language.EN)
    }
    assert rates == {Language.NB: "6,2", Language.EN: "6.2"}


def test_json_has_every_figure_in_seconds_and_its_rows_add_up(desk: Database) -> None:
    told = json.loads(written(report(desk, None), "json", Language.NB))
    figures = told["figures"]
    for cut in figures["cuts"].values():
        assert sum(row["asked"] for row in cut.values()) == figures["total"]["asked"] == 11
    assert figures["cuts"]["municipality"]["donna"]["first_response.median"] == 39 * 60
    assert sum(row["asked"] for row in figures["trend"].values()) == 13


def test_few_tickets_show_no_median_and_open_ones_are_counted(desk: Database) -> None:
    figures = json.loads(written(report(desk, "heroy"), "json", Language.NB))["figures"]
    assert figures["total"]["asked"] == figures["total"]["open"] == 2
    assert figures["total"]["first_response.median"] is None
    assert sum(figures["open_by_age"].values()) == 2


def test_whether_it_helped_is_shown_from_five_answers_on(desk: Database) -> None:
    with desk.transaction() as store:
        for _ in range(SMALLEST_SHOWN):
            store.satisfaction.count("hald", "donna", FIFTH, is_good=True)
        store.satisfaction.count("hald", "heroy", FIFTH, is_good=False)
    helped = json.loads(written(report(desk, None), "json", Language.NB))["figures"]["helped"]
    assert helped["donna"] == {"answers": 5, "percent_yes": 100}
    assert helped["heroy"] == {"answers": None, "percent_yes": None}


@pytest.mark.parametrize("language", list(Language))
def test_the_pdf_has_tags_bookmarks_a_language_and_a_picture_with_words(
    desk: Database, language: Language
) -> None:
    made = report(desk)
    file, say = written(made, "pdf", language), texts(language)
    for mark in (b"/StructTreeRoot", b"/MarkInfo<</Marked true", b"/Outlines", b"/S/TH", b"/S/H2"):
        assert mark in file
    assert f"/Lang({language})".encode() in file
    for heading in ("report.overview", "report.definitions", "report.sheet.trend"):
        assert _title(say(heading)) in file
    assert b"/Alt" in file
    assert b"/CreationDate(D:20260331220000Z)" in file


def _title(words: str) -> bytes:
    """Return the bookmark as a PDF writes it."""
    if words.isascii():
        return b"/Title(" + words.encode() + b")"
    return b"/Title<FEFF" + words.encode("utf-16-be").hex().upper().encode() + b">"


def test_no_person_is_in_any_file(desk: Database) -> None:
    made = report(desk, None)
    document = str(document_of(made, Language.NB))
    for who in (ASKER, CONTACT):
        for name in (who, who.title()):
            assert name not in document
            for ending in MEDIA_TYPES:
                assert name.encode() not in written(made, ending, Language.NB)
    assert LATER.date().isoformat() not in document
