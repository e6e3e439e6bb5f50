"""People files as offices really keep them: read without a change, or refused cell by cell."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

import bot
from bot.agreements import HALD, read_agreement
from bot.directory import Entry, read_people
from bot.domain.people import Account, Language, Platform, Role

AGREEMENT = read_agreement(HALD)
HEADINGS = "name;email;municipality;roles;language;slack"
OLA = "Ola Vik;ola.vik@heroy.example;Herøy;asker;nn;"
TEAMS_USER = "01234567-89ab-cdef-0123-456789abcdef"


def written(folder: Path, content: str | bytes, name: str = "people.csv") -> Path:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def workbook(folder: Path, *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    book.save(folder / "people.xlsx")
    return folder / "people.xlsx"


def good(file: Path) -> tuple[Entry, ...]:
    found, faults = read_people(file, AGREEMENT)
    assert faults == ()
    return found


def faults(file: Path) -> list[str]:
    return [str(fault) for fault in read_people(file, AGREEMENT)[1]]


def test_a_line_is_a_person(tmp_path: Path) -> None:
    who = "Kari  Nordnes ;Kari.Nordnes@ALSTAHAUG.example;alstahaug"
    line = f"{who};host-team, Contact-Heroy;;t1ab/u2cd"
    [kari] = good(written(tmp_path, f"{HEADINGS}\n{line}\n"))
    assert kari == Entry(
        line=2,
        name="Kari Nordnes",
        email="kari.nordnes@alstahaug.example",
        municipality="alstahaug",
        roles=frozenset({"host-team", "contact-heroy"}),
        language=Language.NB,
        accounts=(Account(Platform.SLACK, "T1AB", "U2CD"),),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_excel_may_save_it_as_it_likes(
    tmp_path: Path, encoding: str, delimiter: str, ending: str
) -> None:
    lines = ["Navn;E-post;Kommune;Roller;Språk", "Åse Ørn;ase@heroy.example;Herøy;manager;Nynorsk"]
    text = ending.join([*lines, ""]).replace(";", delimiter)
    [ase] = good(written(tmp_path, text.encode(encoding)))
    assert (ase.name, ase.municipality, ase.language) == ("Åse Ørn", "heroy", Language.NN)


def test_a_workbook_holds_the_same_people(tmp_path: Path) -> None:
    people = good(
        workbook(
            tmp_path,
            ("Navn", "E-post", "Kommune", "Roller", None),
            ("Ola Vik", "ola@heroy.example", "Herøy kommune", "asker;own-contact", None),
            (None, None, None, None, None),
            ("Emma Solfjell", "emma@donna.example", "DØNNA", None, ""),
        )
    )
    assert [(entry.line, entry.name, entry.municipality) for entry in people] == [
        (2, "Ola Vik", "heroy"),
        (4, "Emma Solfjell", "donna"),
    ]
    assert people[0].roles == {"asker", "own-contact"}
    assert people[1].roles == {Role.ASKER}


def test_remarks_and_empty_lines_are_passed_over_and_still_counted(tmp_path: Path) -> None:
    content = (
        f'# our people; all of them\n\n{HEADINGS}\n;;;;;\n"Ola\nVik"{OLA[7:]}\n# the end\n{OLA}'
    )
    found, [fault] = read_people(written(tmp_path, content), AGREEMENT)
    assert [entry.line for entry in found] == [5, 8]
    assert found[0].name == "Ola Vik"
    assert str(fault).startswith("line 8, email: line 5 has this one already")


def test_a_column_that_is_not_there_says_nothing(tmp_path: Path) -> None:
    [ola] = good(written(tmp_path, "name,email,municipality\nOla,ola@heroy.example,heroy"))
    assert (ola.roles, ola.language, ola.accounts) == (None, None, ())


def test_a_quoted_cell_may_hold_the_delimiter(tmp_path: Path) -> None:
    content = 'name,email,municipality,roles\n"Vik, Ola",ola@heroy.example,heroy,"asker,manager"'
    [ola] = good(written(tmp_path, content))
    assert (ola.name, ola.roles) == ("Vik, Ola", {"asker", "manager"})


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            ";o@heroy.example;heroy;;;",
            "line 2, name: nobody is named. Write the person's full name.",
        ),
        (f"{'x' * 201};o@heroy.example;heroy;;;", "line 2, name: this is too long for a name"),
        (
            "Ola;ola.heroy.example;heroy;;;",
            'line 2, email: "ola.heroy.example" is no e-mail address',
        ),
        ("Ola;;heroy;;;", 'line 2, email: "" is no e-mail address. Write one, such as'),
        ("Ola;o@p@heroy.example;heroy;;;", 'line 2, email: "o@p@heroy.example" is no e-mail'),
        (
            "Ola;o@heroy.example;Vega;;;",
            "no member of HALD økonomisamarbeid. Write one of Alstahaug, Herøy, Dønna, Leirfjord.",
        ),
        ("Ola;o@heroy.example;;;;", 'line 2, municipality: "" is no member'),
        ("Ola;o@heroy.example;heroy;mangaer;;", 'roles: "mangaer" is no role. Write manager.'),
        (
            "Ola;o@heroy.example;heroy;kjempe;;",
            'roles: "kjempe" is no role. Write one of admin, app',
        ),
        ("Ola;o@heroy.example;heroy;;dansk;", 'language: "dansk" is no language of ours. Write nb'),
        (
            "Ola;o@heroy.example;heroy;;;U12345",
            'slack: "U12345" is no Slack account. Write the work',
        ),
        (
            '=HYPERLINK("x");o@heroy.example;heroy;;;',
            'name: "=HYPERLINK("x")" begins like a formula',
        ),
        ("=1+1;o@heroy.example;heroy;;;", 'name: "=1+1" begins like a formula. Write the text'),
        ("@SUM(A1);o@heroy.example;heroy;;;", 'name: "@SUM(A1)" begins like a formula'),
        ("Ola\u202e;o@heroy.example;heroy;;;", "name: there are signs in it that cannot be seen"),
        ("Ola\x1b[31m;o@heroy.example;heroy;;;", "name: there are signs in it that cannot be seen"),
        ("Ola;o\u200b@heroy.example;heroy;;;", "email: there are signs in it that cannot be seen"),
        ("Ola;o@heroy.example;heroy;;;;more", 'line 2: "more" stands in no column'),
        (
            "Ola;o@heroy.example;heroy;host-team;;",
            "roles: host-team and lead are for Alstahaug's own",
        ),
        ("Ola;o@heroy.example;heroy;lead;;", "Take the role away, or write Alstahaug as the mun"),
    ],
)
def test_a_bad_cell_is_named_with_its_line_and_what_to_write(
    tmp_path: Path, line: str, told: str
) -> None:
    [fault] = faults(written(tmp_path, f"{HEADINGS}\n{line}\n"))
    assert told in fault


def test_every_bad_cell_is_named_not_the_first_alone(tmp_path: Path) -> None:
    content = f"{HEADINGS}\nOla;x;Vega;boss;xx;U1\n{OLA}\n;y@heroy.example;heroy;;;\n"
    assert [fault.partition(":")[0] for fault in faults(written(tmp_path, content))] == [
        "line 2, email",
        "line 2, municipality",
        "line 2, roles",
        "line 2, language",
        "line 2, slack",
        "line 4, name",
    ]


def test_nobody_stands_there_twice_whatever_the_capitals(tmp_path: Path) -> None:
    rows = [
        "Ola;ola@heroy.example;heroy;;;T1AB/U1AB",
        "Ola;OLA@heroy.example;heroy;;;",
        "Per;per@heroy.example;heroy;;;t1ab/u1ab",
    ]
    assert faults(written(tmp_path, "\n".join([HEADINGS, *rows]))) == [
        "line 3, email: line 2 has this one already. Keep one line for each person.",
        "line 4, slack: line 2 has this one already. Keep one line for each person.",
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "the file: it is empty. Put the columns' names on the first"),
        ("\n \n;;\n", "the file: it is empty"),
        (HEADINGS, "the file: nobody is in it. Put one person on each line."),
        (OLA, "line 1: it does not begin with the names of the columns. Write name, email, mun"),
        (
            "name;email\nOla;o@heroy.example",
            "line 1, municipality: this column is missing. Add it.",
        ),
        (
            f"{HEADINGS};telefon\n{OLA};1",
            "line 1, telefon: no such column. Use name, email, munici",
        ),
        (f"{HEADINGS};e-post\n{OLA};1", "line 1, email: this column is there twice. Keep one."),
        (f'{HEADINGS}\n{OLA}\n"Ola;o@', "line 3: this is not CSV (unexpected end of data). Check"),
        (b"\x00\x01\x02\xff", "the file: it is not text. Save it as «CSV UTF-8», or as .xlsx."),
        (b"PK\x03\x04rest", "the file: it is an Excel workbook or a zip file. Call it .xlsx."),
        (b"\xff\xfex", "the file: it is not text."),
    ],
)
def test_a_file_that_is_no_list_of_people_is_refused(
    tmp_path: Path, content: str | bytes, told: str
) -> None:
    [fault] = faults(written(tmp_path, content))
    assert fault.startswith(told)


def zipped(name: str, content: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        HEADINGS.encode(),
        zipped("hello.txt", "hello"),
        zipped("[Content_Types].xml", "<not xml"),
    ],
)
def test_a_workbook_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    [fault] = faults(written(tmp_path, content, "people.xlsx"))
    assert fault.startswith("the file: it is no Excel workbook, whatever its name says. Open it in")


def test_a_workbook_cut_short_is_refused(tmp_path: Path) -> None:
    whole = workbook(tmp_path, ("name", "email", "municipality"), ("a", "b", "c")).read_bytes()
    for size in range(0, len(whole), 97):
        [fault] = faults(written(tmp_path, whole[:size], "cut.xlsx"))
        assert "no Excel workbook" in fault


def test_a_formula_in_a_workbook_is_refused(tmp_path: Path) -> None:
    heading = ("name", "email", "municipality")
    file = workbook(tmp_path, heading, ("=A1", "ola@heroy.example", "heroy"))
    assert faults(file) == ['line 2, name: "=A1" begins like a formula. Write the text itself.']


@pytest.mark.parametrize("name", ["people.xls", "people.pdf", "people"])
def test_other_kinds_of_file_are_refused(tmp_path: Path, name: str) -> None:
    [fault] = faults(written(tmp_path, OLA, name))
    assert fault == f'the file: "{name}" is no CSV and no .xlsx. Save it as .xlsx or as CSV.'


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    [fault] = faults(tmp_path / "nowhere.csv")
    assert fault.endswith("nowhere.csv cannot be read (No such file or directory). Check the name.")


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    [fault] = faults(written(tmp_path, b"x" * 10_000_001))
    assert fault.startswith("the file: it is over 10 MB")


def test_a_teams_account_is_a_tenant_and_a_user(tmp_path: Path) -> None:
    content = f"name;email;municipality;teams\nOla;o@heroy.example;heroy;{TEAMS_USER}/{TEAMS_USER}"
    [ola] = good(written(tmp_path, content))
    assert ola.accounts == (Account(Platform.TEAMS, TEAMS_USER, TEAMS_USER),)
    [fault] = faults(written(tmp_path, content[:-1]))
    assert "is no Teams account. Write the tenant's id" in fault


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_is_in_a_file_it_is_read_or_refused(tmp_path: Path, content: bytes) -> None:
    for name in ("people.csv", "people.xlsx"):
        found, wrong = read_people(written(tmp_path, content, name), AGREEMENT)
        assert found or wrong


def test_the_people_of_the_demo_are_fictional_and_hold_every_role() -> None:
    people = good(Path(bot.__file__).parent / "demo" / "people.csv")
    roles = frozenset[str]().union(*(entry.roles or () for entry in people))
    assert {entry.email.rpartition(".")[2] for entry in people} == {"example"}
    assert roles >= set(AGREEMENT.roles) | {"host-team", "lead", "manager", "asker"}
    assert sum("host-team" in (entry.roles or ()) for entry in people) == 6
    assert {entry.language for entry in people} == set(Language)
    for member in AGREEMENT.municipalities:
        here = {
            role for entry in people if entry.municipality == member for role in entry.roles or ()
        }
        assert here >= {"asker", "own-contact", "manager"}
