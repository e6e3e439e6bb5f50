"""`vertsdesk doctor` says whether people can sign in, and how to mend what is missing."""

from dataclasses import replace

import pytest

from bot.checkup import Finding, Level
from bot.checkup.sign_in import SignIn, check_sign_in
from bot.cli.doctor import examined
from bot.settings import Settings
from tests.sign_in.door import Door
from tests.sign_in.issuer import CLIENT, SECRET, PretendIssuer

TENANTS_OWN = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0"
GOOD = SignIn(
    issuer=TENANTS_OWN,
    client_id=CLIENT,
    client_secret=SECRET,
    secret="x" * 32,
    public_url="https://desk.example",
)
NONE = SignIn(public_url="https://desk.example")


def found(told: SignIn) -> list[tuple[Level, str]]:
    return [(finding.level, finding.mend) for finding in check_sign_in(told)]


def test_all_is_well_where_everything_is_set() -> None:
    assert found(GOOD) == [(Level.OK, "")]


def test_no_sign_in_at_all_is_a_warning_alone() -> None:
    [(level, mend)] = found(NONE)
    assert level is Level.WARNING
    assert "VERTSDESK_OIDC_ISSUER and VERTSDESK_OIDC_CLIENT_ID and VERTSDESK_SECRET" in mend


@pytest.mark.parametrize(
    ("wrong", "mend"),
    [
        ({"secret": None}, "Set VERTSDESK_SECRET as well"),
        ({"public_url": None, "client_id": None}, "VERTSDESK_OIDC_CLIENT_ID and VERTSDESK_PUBLIC"),
        ({"public_url": "http://desk.example"}, "Write VERTSDESK_PUBLIC_URL with https://"),
        ({"issuer": "http://login.example"}, "Write VERTSDESK_OIDC_ISSUER with https://"),
        ({"issuer": f"{TENANTS_OWN}/.well-known/openid-configuration"}, "out of VERTSDESK_OIDC"),
        ({"issuer": "https://login.microsoftonline.com/common/v2.0"}, "VERTSDESK_OIDC_TENANTS"),
    ],
)
def test_what_is_wrong_is_said_with_how_to_mend_it(wrong: dict[str, str], mend: str) -> None:
    errors = [told for level, told in found(replace(GOOD, **wrong)) if level is Level.ERROR]
    assert len(errors) == 1
    assert mend in errors[0]


def test_the_issuer_is_asked_only_when_doctor_may_go_online(
    door: Door, issuer: PretendIssuer
) -> None:
    settings = Settings(
        _env_file=None,
        database_url="sqlite:///nowhere/desk.db",
        oidc_issuer=issuer.address,
        oidc_client_id=CLIENT,
        secret="x" * 32,
        public_url="https://desk.example",
    )

    def told(*, online: bool) -> list[Finding]:
        every = examined(settings, {}, now=door.now, online=online)
        return [finding for finding in every if finding.about == "issuer"]

    assert told(online=False) == []
    assert issuer.hits == []
    assert [finding.level for finding in told(online=True)] == [Level.OK]
    issuer.says = {"issuer": "https://login.evil.example"}
    assert [finding.level for finding in told(online=True)] == [Level.ERROR]
