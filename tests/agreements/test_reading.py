"""What is written in a good file is what the domain gets."""

from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.agreements import AgreementError, find_agreement, parse_agreement, read_agreement
from bot.agreements.values import read_promise, write_promise
from bot.domain.agreement import ByTime, Form, WorkingDays, WorkingTime
from tests.agreements.small import SMALL, changed, complaints_about

promises = st.one_of(
    st.integers(1, 9999).map(lambda n: WorkingTime(timedelta(minutes=n))),
    st.integers(1, 9999).map(WorkingDays),
    st.builds(
        ByTime,
        st.builds(time, st.integers(0, 23), st.integers(0, 59)),
        st.integers(1, 9999),
    ),
)


def test_another_cooperation_is_read_as_well_as_hald() -> None:
    read = parse_agreement(SMALL, "small.toml")
    assert (read.id, read.form, read.manager) == ("lonn", Form.KO, "leder@storvik.example")
    assert read.municipalities["lilleby"].starts == date(2027, 3, 1)
    assert read.targets["urgent"].resolution == ByTime(time(12), 1)
    assert read.targets["normal"].resolution is None


def test_the_digest_names_the_words_and_not_how_the_lines_end(tmp_path: Path) -> None:
    windows = tmp_path / "windows.toml"
    windows.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    digest = parse_agreement(SMALL, "small.toml").digest
    assert len(digest) == 12
    assert read_agreement(windows).digest == digest
    assert parse_agreement(SMALL + "# new\n", "small.toml").digest != digest


@given(promises)
def test_a_promise_is_read_as_it_was_written(promise: ByTime | WorkingDays | WorkingTime) -> None:
    assert read_promise(write_promise(promise)) == promise


@pytest.mark.parametrize(
    "words", ["", "4", "4h", "1.5 h", "-1 h", "99999999999 h", "by 24:00 on working day 1", "soon"]
)
def test_a_promise_nobody_can_keep_count_of_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="not a length of working time"):
        read_promise(words)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(AgreementError, match=r"missing\.toml: No such file"):
        read_agreement(tmp_path / "missing.toml")
    with pytest.raises(AgreementError, match="Write the name of an agreement file"):
        read_agreement(tmp_path)


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    old = tmp_path / "old.toml"
    old.write_bytes(SMALL.encode("latin-1"))
    with pytest.raises(AgreementError, match=r"old\.toml, line 2: this is not UTF-8"):
        read_agreement(old)


def test_a_file_that_is_not_toml() -> None:
    (complaint,) = complaints_about(changed('form = "ko"', "form = ko"))
    assert complaint.startswith("spoilt.toml, line 3: this is not TOML: Invalid value. Write ")


def test_a_file_that_breaks_off() -> None:
    (complaint,) = complaints_about(SMALL + "[calendar")
    assert complaint.startswith(f"spoilt.toml, line {SMALL.count(chr(10)) + 1}: this is not TOML")


def test_an_agreement_is_found_by_name_or_by_path() -> None:
    assert read_agreement(find_agreement("hald")).id == "hald"
    assert find_agreement("elsewhere/hald.toml") == Path("elsewhere/hald.toml")
    assert find_agreement("unheard-of") == Path("unheard-of")
