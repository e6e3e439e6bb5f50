"""A link may lead to any page of ours after signing in, and nowhere else."""

import pytest

from bot.domain.letting_in import HOME, own_path


@pytest.mark.parametrize(
    "wanted", ["/figures", "/tickets/HALD-2026-0001", "/figures?from=2026-01&task=vat#table", "/"]
)
def test_a_page_of_ours_is_gone_to(wanted: str) -> None:
    assert own_path(wanted) == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        "",
        "figures",
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/figures\r\nSet-Cookie: a=b",
        " //evil.example",
        "javascript:alert(1)",
        "/å",
        "/" + "x" * 2_000,
        "/sign-in?next=/sign-in",
        "/sign-out",
    ],
)
def test_anything_else_is_not(wanted: str) -> None:
    assert own_path(wanted) == HOME
